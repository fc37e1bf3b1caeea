// Nearly every event of a streamed answer is the one before it with another word in it. An event that was read once is
// kept as a mould: one that fits into it, letter for letter but for the word, says what the first one said, and need not be
// parsed, walked and examined again. Anything that does not fit is read in full.
// Invariant: what is recognised gives the very deltas that reading it would give.
import { randomInt, randomUUID } from 'node:crypto'
import type { Json, JsonObject } from '../lib/canonical-json.ts'
import type { Delta, TextDelta } from './wire/delta.ts'
import { objectOf } from './wire/claims.ts'
import { isPadding } from './wire/labels.ts'

export interface Recognised {
  deltas: readonly [TextDelta]
  /** As it would be read, but for words below the top. */
  body: Json
  isKnown: true
}

type HoleKind = 'text' | 'label' | 'count'

interface Hole {
  kind: HoleKind
  /** The member that holds a count. */
  key: string
  /** What stands between whatever comes before it and the first character of its value. */
  before: string
}

interface Mould {
  delta: TextDelta
  body: JsonObject
  holes: readonly Hole[]
  last: string
}

interface Filled {
  text: string
  /** By their members. */
  counts: Readonly<Record<string, number>> | undefined
}

/** Of answers with several choices, one for each of the first few. */
const MOST_MOULDS = 4
/** So many in vain, and each event is read in full: it always differs in something else. */
const MOST_TRIES = 16
/** Without the quotes: what stands in a string of JSON. */
const IN_STRING = /(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/uy
const COUNT = /0|[1-9]\d{0,14}/y
const IS_PLAIN = /^[^\\\p{Cc}]*$/u
/** Letters that need no escape in JSON, so that a text stands there as it is. */
const SPELT = /^[^"\\\p{Cc}]+$/u

export class EventMoulds {
  readonly #varying: ReadonlySet<string>
  #moulds: Mould[] = []
  #tries = 0

  /** `varying`: members of an event whose labels and counts may differ. */
  constructor(varying: ReadonlySet<string>) {
    this.#varying = varying
  }

  recognise(raw: string): Recognised | undefined {
    for (const mould of this.#moulds) {
      const filled = filledIn(raw, mould)
      if (filled === undefined) continue
      this.#tries = 0
      const { choice, block, channel, at } = mould.delta
      const delta: TextDelta = { kind: 'text', choice, block, channel, text: filled.text, at }
      return { deltas: [delta], body: filled.counts === undefined ? mould.body : bodyOf(mould, filled), isKnown: true }
    }
    return undefined
  }

  /** Something else happened than that a text went on: what was known of the stream may not hold any more. */
  forget(): void {
    if (this.#moulds.length > 0) this.#moulds = []
  }

  /** `raw` is an event that says nothing but this text. `silent` tells whether guards have nothing to say of its body. */
  learn(raw: string, data: string, delta: TextDelta, body: Json, silent: (body: Json) => boolean): void {
    if (this.#tries >= MOST_TRIES || !SPELT.test(delta.text)) return
    this.#tries++
    const mould = mouldOf(raw, data, delta, body, this.#varying)
    if (mould === undefined || !silent(body)) return
    if (this.#moulds.length >= MOST_MOULDS) this.#moulds.shift()
    this.#moulds.push(mould)
  }
}

/** What an event says beside names and keys, which are read once and stay the same in a mould. */
export function onlyText(deltas: readonly Delta[]): TextDelta | undefined {
  let only: TextDelta | undefined
  for (const delta of deltas) {
    if (delta.kind === 'whole' && delta.fixed) continue
    if (delta.kind !== 'text' || only !== undefined) return undefined
    only = delta
  }
  return only
}

function filledIn(raw: string, { holes, last }: Mould): Filled | undefined {
  let at = 0
  let text: string | undefined
  let counts: Record<string, number> | undefined
  for (const { before, kind, key } of holes) {
    // Comparing a slice is several times as fast as startsWith.
    const start = at + before.length
    if (raw.slice(at, start) !== before) return undefined
    at = kind === 'count' ? endOf(COUNT, raw, start) : endOfString(raw, start)
    const inside = raw.slice(start, at)
    if (kind === 'count') {
      if (inside === '') return undefined
      counts ??= {}
      counts[key] = Number(inside)
    } else if (raw[at] !== '"') return undefined
    else if (kind === 'text') text = IS_PLAIN.test(inside) ? inside : String(JSON.parse(`"${inside}"`))
    else if (!isPadding(inside)) return undefined
  }
  return text !== undefined && raw.slice(at) === last ? { text, counts } : undefined
}

/** Where the string ends whose first character stands here. */
function endOfString(raw: string, start: number): number {
  const quote = raw.indexOf('"', start)
  return quote >= 0 && IS_PLAIN.test(raw.slice(start, quote)) ? quote : endOf(IN_STRING, raw, start)
}

function endOf(pattern: RegExp, raw: string, start: number): number {
  pattern.lastIndex = start
  return pattern.test(raw) ? pattern.lastIndex : start
}

function bodyOf({ body, delta: { at } }: Mould, { text, counts }: Filled): JsonObject {
  const [key] = at
  return Object.assign({ ...body }, counts, at.length === 1 ? { [String(key)]: text } : {})
}

interface Place {
  kind: HoleKind
  key: string
  at: TextDelta['at']
  value: string
}

/** Undefined where it is not certain that a place in the event is the place of the text. */
function mouldOf(
  raw: string,
  data: string,
  delta: TextDelta,
  body: Json,
  varying: ReadonlySet<string>,
): Mould | undefined {
  const members = objectOf(body)
  if (members === undefined) return undefined
  const places: Place[] = [{ kind: 'text', key: '', at: delta.at, value: delta.text }]
  for (const key of varying) {
    const value = members[key]
    if (typeof value === 'string') places.push({ kind: 'label', key, at: [key], value })
    if (typeof value === 'number') places.push({ kind: 'count', key, at: [key], value: `${value}` })
  }
  places.sort((a, b) => onlyPlaceOf(a, raw) - onlyPlaceOf(b, raw))
  let [from, tried, copied] = [0, '', 0]
  const holes: Hole[] = []
  for (const place of places) {
    const [start, inData] = [onlyPlaceOf(place, raw), onlyPlaceOf(place, data)]
    if (start < from || inData < copied) return undefined
    holes.push({ kind: place.kind, key: place.key, before: raw.slice(from, start) })
    from = start + place.value.length
    tried += data.slice(copied, inData) + PROBES[place.kind]
    copied = inData + place.value.length
  }
  const probed: unknown = JSON.parse(tried + data.slice(copied))
  const isThere = places.every(({ at, kind }) => String(valueAt(probed, at)) === PROBES[kind])
  return isThere ? { delta, body: members, holes, last: raw.slice(from) } : undefined
}

/** Where the value begins; -1 where it is not there, or might be in several places. */
function onlyPlaceOf({ kind, key, value }: Place, text: string): number {
  if (kind === 'count') {
    const found = [...text.matchAll(new RegExp(`"${key}"[ ]?:[ ]?(?=${value}[,} ])`, 'g'))]
    return found.length === 1 && found[0] ? found[0].index + found[0][0].length : -1
  }
  const at = text.indexOf(`"${value}"`)
  return at < 0 || text.includes(`"${value}"`, at + 1) ? -1 : at + 1
}

/** Put where values are thought to stand, to see whether they are read there. Nobody outside can know them. */
const PROBES: Readonly<Record<HoleKind, string>> = {
  text: randomUUID(),
  label: randomUUID(),
  count: String(randomInt(2 ** 40, 2 ** 47)),
}

function valueAt(value: unknown, at: TextDelta['at']): unknown {
  return at.reduce<unknown>((inner, step) => {
    return typeof inner === 'object' && inner !== null ? (Reflect.get(inner, step) as unknown) : undefined
  }, value)
}
