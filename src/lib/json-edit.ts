// Changes single values in a JSON text and leaves every other byte as it was: spaces, order of keys, spelling of numbers.
// A path that goes on below a string goes into the JSON which that string holds, as the arguments of tool calls do.
import type { Json } from './canonical-json.ts'
import { endOfString } from './strict-json.ts'

export type JsonPath = readonly (string | number)[]

export interface JsonEdit {
  at: JsonPath
  /** The new value. A member that is not there is added to its object, and so are the objects that it needs. */
  to: Json
  /** Of an element of a list: put before it, which stays. */
  before?: boolean
  /** Of an element of a list: it is taken out. */
  out?: boolean
}

interface Span {
  start: number
  end: number
  /** JSON, or a long text that becomes JSON when it is its turn. */
  put: string | LongText
}

interface LongText {
  text: string
}

/** In characters: what is cut, written as JSON or encoded in a millisecond. */
const PIECE = 262_144

/** `text` is known to be JSON without equal keys. Of edits that lie in each other the outer one counts. */
export function editJson(text: string, edits: readonly JsonEdit[]): string {
  if (edits.length === 0) return text
  let out = ''
  for (const piece of editedPieces(text, edits)) out += piece
  return out
}

/** The same in pieces, for a large text: each is worked out when it is asked for, and none ends within a character. */
export function* editedPieces(text: string, edits: readonly JsonEdit[]): Generator<string> {
  const spans: Span[] = []
  new Reader(text, spans).value(0, edits)
  let copied = 0
  for (const { start, end, put } of spans) {
    yield* piecesOf(text, copied, start)
    if (typeof put === 'string') yield put
    else {
      yield '"'
      for (const piece of piecesOf(put.text, 0, put.text.length)) yield JSON.stringify(piece).slice(1, -1)
      yield '"'
    }
    copied = end
  }
  yield* piecesOf(text, copied, text.length)
}

function* piecesOf(text: string, from: number, to: number): Generator<string> {
  for (let at = from; at < to;) {
    let end = Math.min(at + PIECE, to)
    if (end < to && isHighSurrogate(text.charCodeAt(end - 1))) end--
    yield text.slice(at, end)
    at = end
  }
}

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff

const toPut = (to: Json): Span['put'] =>
  typeof to === 'string' && to.length > PIECE ? { text: to } : JSON.stringify(to)

class Reader {
  readonly #text: string
  readonly #spans: Span[]

  constructor(text: string, spans: Span[]) {
    this.#text = text
    this.#spans = spans
  }

  /** Returns where the value ends. Invariant: spans are noted from left to right and never overlap. */
  value(from: number, edits: readonly JsonEdit[] = []): number {
    const start = this.#skipSpace(from)
    if (edits.some(isBefore)) {
      const put = edits.flatMap((edit) => (isBefore(edit) ? `${JSON.stringify(edit.to)},` : [])).join('')
      this.#spans.push({ start, end: start, put })
      return this.value(
        start,
        edits.filter((edit) => !isBefore(edit)),
      )
    }
    const whole = edits.find(({ at }) => at.length === 0)
    const opener = edits.length > 0 && whole === undefined ? this.#text[start] : ''
    if (opener === '{') return this.#object(start, edits)
    if (opener === '[') return this.#array(start, edits)
    const end = this.#end(start)
    if (whole !== undefined) this.#spans.push({ start, end, put: toPut(whole.to) })
    if (opener === '"') {
      const inner = String(JSON.parse(this.#text.slice(start, end)))
      this.#spans.push({ start, end, put: JSON.stringify(editJson(inner, edits)) })
    }
    return end
  }

  #object(start: number, edits: readonly JsonEdit[]): number {
    const below = byStep(edits)
    const added = this.#spans.length
    let at = this.#skipSpace(start + 1)
    const comma = this.#text[at] === '}' ? '' : ','
    while (this.#text[at] !== '}') {
      const keyEnd = this.#end(at)
      const key = String(JSON.parse(this.#text.slice(at, keyEnd)))
      at = this.#skipSpace(this.value(this.#skipSpace(keyEnd) + 1, below.get(key)))
      below.delete(key)
      if (this.#text[at] === ',') at = this.#skipSpace(at + 1)
    }
    const members = [...below].flatMap(([key, [edit]]) =>
      edit?.at.every((step) => typeof step === 'string') ? [{ key, to: within(edit) }] : [],
    )
    const put = members.map(({ key, to }) => `${JSON.stringify(key)}:${JSON.stringify(to)}`).join(',')
    if (put !== '') this.#spans.splice(added, 0, { start: start + 1, end: start + 1, put: put + comma })
    return at + 1
  }

  #array(start: number, edits: readonly JsonEdit[]): number {
    const below = byStep(edits)
    let at = this.#skipSpace(start + 1)
    /** Where the last element ended; undefined until one stays. */
    let end: number | undefined
    for (let index = 0; this.#text[at] !== ']'; index++) {
      const edits = below.get(String(index))
      const isOut = edits?.some(isTakenOut) === true
      const from = at
      const to = isOut ? this.#end(at) : this.value(at, edits)
      at = this.#skipSpace(to)
      if (this.#text[at] === ',') at = this.#skipSpace(at + 1)
      // With the comma before it, or, where nothing stays before it, with that behind it.
      if (isOut) this.#spans.push({ start: end ?? from, end: end === undefined ? at : to, put: '' })
      if (!isOut || end !== undefined) end = to
    }
    return at + 1
  }

  /** Where the value that begins here ends. */
  #end(start: number): number {
    let depth = 0
    let at = start
    do {
      const char = this.#text[at] ?? ''
      if (char === '"') at = endOfString(this.#text, at)
      else if (isWord(char)) while (isWord(this.#text[at])) at++
      else {
        if (char === '{' || char === '[') depth++
        if (char === '}' || char === ']') depth--
        at++
      }
    } while (depth > 0)
    return at
  }

  #skipSpace(from: number): number {
    let at = from
    while (isSpace(this.#text[at])) at++
    return at
  }
}

function within({ at, to }: JsonEdit): Json {
  return at.reduceRight<Json>((inner, step) => ({ [step]: inner }), to)
}

function isSpace(char: string | undefined): boolean {
  return char === ' ' || char === '\n' || char === '\r' || char === '\t'
}

/** Part of a number, or of true, false and null. */
function isWord(char: string | undefined): boolean {
  return char !== undefined && /[\w.+-]/.test(char)
}

function isBefore({ at, before }: JsonEdit): boolean {
  return at.length === 0 && before === true
}

function isTakenOut({ at, out }: JsonEdit): boolean {
  return at.length === 0 && out === true
}

function byStep(edits: readonly JsonEdit[]): Map<string, JsonEdit[]> {
  const groups = new Map<string, JsonEdit[]>()
  for (const edit of edits) {
    const { at } = edit
    const step = String(at[0])
    const group = groups.get(step)
    const below = { ...edit, at: at.slice(1) }
    if (group) group.push(below)
    else groups.set(step, [below])
  }
  return groups
}
