// Nearly every event of a streamed answer is the one before it with another word in it. An event that was read once is
// kept as a mould: one that fits into it, letter for letter but for the word, says what the first one said, and need not be
// parsed, walked and examined again. Anything that does not fit is read in full.
// Invariant: what is recognised gives the very deltas that reading it would give.
import { randomUUID } from 'node:crypto'
import type { Json } from '../lib/canonical-json.ts'
import type { Delta, TextDelta } from './wire/delta.ts'
import { isWordless } from './wire/claims.ts'

export interface Recognised {
  deltas: readonly [TextDelta]
  /** Of the event that was read: the same but for words. */
  body: Json
}

interface Hole {
  /** A label of the event's own, which has nothing to say; else the text. */
  isLabel: boolean
  /** What stands between the opening quote of this hole and whatever comes before it. */
  before: string
}

interface Mould {
  delta: TextDelta
  body: Json
  holes: readonly Hole[]
  last: string
}

/** Of answers with several choices, one for each of the first few. */
const MOST_MOULDS = 4
/** So many in vain, and each event is read in full: it always differs in something else. */
const MOST_TRIES = 16
/** Without the quotes: what stands in a string of JSON. */
const IN_STRING = /(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/uy
const IS_PLAIN = /^[^\\\p{Cc}]*$/u
/** Letters that need no escape in JSON, so that a text stands there as it is. */
const SPELT = /^[^"\\\p{Cc}]+$/u

export class EventMoulds {
  readonly #labels: ReadonlySet<string>
  #moulds: Mould[] = []
  #tries = 0

  /** `labels`: members of an event that hold no text and may differ. */
  constructor(labels: ReadonlySet<string>) {
    this.#labels = labels
  }

  recognise(raw: string): Recognised | undefined {
    for (const mould of this.#moulds) {
      const text = textIn(raw, mould)
      if (text === undefined) continue
      this.#tries = 0
      const { choice, block, channel, at } = mould.delta
      return { deltas: [{ kind: 'text', choice, block, channel, text, at }], body: mould.body }
    }
    return undefined
  }

  /** Something else happened than that a text went on: what was known of the stream may not hold any more. */
  forget(): void {
    if (this.#moulds.length > 0) this.#moulds = []
  }

  /** `raw` is an event that says nothing but this text. `silent` tells whether guards have nothing to say of its body. */
  learn(raw: string, data: string, delta: Delta, body: Json, silent: (body: Json) => boolean): void {
    if (delta.kind !== 'text' || this.#tries >= MOST_TRIES || !SPELT.test(delta.text)) return
    this.#tries++
    const mould = mouldOf(raw, data, delta, body, this.#labels)
    if (mould === undefined || !silent(body)) return
    if (this.#moulds.length >= MOST_MOULDS) this.#moulds.shift()
    this.#moulds.push(mould)
  }
}

function textIn(raw: string, { holes, last }: Mould): string | undefined {
  let at = 0
  let text: string | undefined
  for (const { before, isLabel } of holes) {
    // Comparing a slice is several times as fast as startsWith.
    const start = at + before.length
    if (raw.slice(at, start) !== before) return undefined
    at = raw.indexOf('"', start)
    if (at < 0) return undefined
    let inside = raw.slice(start, at)
    if (isLabel) {
      if (!isWordless(inside)) return undefined
      continue
    }
    if (!IS_PLAIN.test(inside)) {
      IN_STRING.lastIndex = start
      inside = IN_STRING.exec(raw)?.[0] ?? ''
      at = start + inside.length
      if (raw[at] !== '"') return undefined
      inside = String(JSON.parse(`"${inside}"`))
    }
    text = inside
  }
  return raw.slice(at) === last ? text : undefined
}

/** Undefined where it is not certain that a place in the event is the place of the text. */
function mouldOf(
  raw: string,
  data: string,
  delta: TextDelta,
  body: Json,
  labels: ReadonlySet<string>,
): Mould | undefined {
  const members = typeof body === 'object' && body !== null && !Array.isArray(body) ? Object.entries(body) : []
  const places = [
    { isLabel: false, value: delta.text, at: delta.at },
    ...members.flatMap(([key, value]) =>
      labels.has(key) && typeof value === 'string' ? [{ isLabel: true, value, at: [key] }] : [],
    ),
  ].map((place) => Object.assign(place, { start: raw.indexOf(`"${place.value}"`) }))
  places.sort((a, b) => a.start - b.start)
  let [from, tried] = [0, data]
  const holes: Hole[] = []
  for (const [i, { isLabel, value, start }] of places.entries()) {
    const quoted = `"${value}"`
    if (start < 0 || raw.includes(quoted, start + 1)) return undefined
    holes.push({ isLabel, before: raw.slice(from, start + 1) })
    from = start + 1 + value.length
    tried = tried.replace(quoted, () => `"${PROBE}${i}"`)
  }
  const isThere = places.every(({ at }, i) => valueAt(tried, at) === `${PROBE}${i}`)
  return isThere ? { delta, body, holes, last: raw.slice(from) } : undefined
}

/** Put where the text is thought to stand, to see whether it is read there. Nobody outside can know it. */
const PROBE = randomUUID()

function valueAt(data: string, at: TextDelta['at']): unknown {
  let value: unknown = JSON.parse(data)
  for (const step of at) value = typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined
  return value
}
