// Templates that a configuration carries under one of the names that tokenizers, processors and prompts use for them.
import { scanTemplate } from '../code/template.ts'
import { type Piece, report } from '../piece.ts'

const NAMED = /chat_template|^template$|_template$|_jinja$/

/** `isOne` says which texts are templates at all, where other template languages use the same names. */
export function templates(
  piece: Piece,
  object: Record<string, unknown>,
  isOne: (text: string) => boolean = () => true,
): void {
  const texts: [string, string][] = []
  const add = (key: string, value: unknown, depth: number) => {
    if (typeof value === 'string') texts.push([key, value])
    else if (Array.isArray(value) && depth < 3) for (const item of value) add(key, item, depth + 1)
    else if (typeof value === 'object' && value !== null && depth < 3)
      for (const [name, item] of Object.entries(value))
        if (depth === 0 || name === 'template' || typeof item === 'string') add(`${key}.${name}`, item, depth + 1)
  }
  for (const [key, value] of Object.entries(object)) if (NAMED.test(key)) add(key, value, 0)
  for (const [key, text] of texts.slice(0, 200)) {
    if (!/\{[{%]/.test(text) || !isOne(text)) continue
    for (const { technique, why, at } of scanTemplate(text))
      report(piece, technique, { why: `${key}: ${why}`, offset: at, place: key })
  }
}
