// JSON with one spelling only (RFC 8785), so that equal values have equal hashes on every machine.
// ECMAScript already writes numbers and strings as the RFC asks; what is left is the order of keys.

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
export type JsonObject = { readonly [key: string]: Json }

/** Throws on what JSON cannot say: undefined, NaN, infinities, lone surrogates, functions. */
export function canonicalJson(value: Json): string {
  if (typeof value === 'string') return canonicalText(value)
  if (typeof value === 'object' && value !== null)
    return Array.isArray(value) ? ofArray(value) : ofObject(value as JsonObject)
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError(`${value} has no canonical JSON`)
  if (typeof value === 'number') return `${value}`
  const text = JSON.stringify(value)
  if (text === undefined) throw new TypeError(`${typeof value} has no canonical JSON`)
  return text
}

/** Printable ASCII but for the two characters that are escaped, which most texts here are. */
const PLAIN = /^[ !#-[\]-~]*$/

function canonicalText(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`
  if (!text.isWellFormed()) throw new TypeError('a lone surrogate has no canonical JSON')
  return JSON.stringify(text)
}

function ofArray(items: readonly Json[]): string {
  let text = ''
  for (const item of items) text += `${text === '' ? '[' : ','}${canonicalJson(item)}`
  return text === '' ? '[]' : `${text}]`
}

/** Strings compare by their UTF-16 code units, as the RFC wants the keys. */
function ofObject(object: JsonObject): string {
  let text = ''
  for (const key of Object.keys(object).toSorted()) {
    const member = object[key]
    if (member === undefined) throw new TypeError('undefined has no canonical JSON')
    text += `${text === '' ? '{' : ','}${canonicalText(key)}:${canonicalJson(member)}`
  }
  return text === '' ? '{}' : `${text}}`
}
