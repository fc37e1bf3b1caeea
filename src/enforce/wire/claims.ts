// Reads a body that nobody promised a shape, and keeps count of what was read. Whatever text is left over at the end is
// handed to the guards as well: a field that we do not know must not be a way past them.
// Invariant: each string of the body is in exactly one part, but for labels that are known by heart, and packed data.
import type { Json, JsonObject } from '../../lib/canonical-json.ts'
import { Failure } from '../../lib/failure.ts'
import type { JsonPath } from '../../lib/json-edit.ts'
import type { Speaker } from '../../model/finding.ts'
import type { TextPart } from '../../model/turn.ts'
import { leavesOf } from '../texts.ts'
import { isKnownLabel, isOpaque, isPadding, isPlainKey, isWordless } from './labels.ts'

const LABEL_KEYS = new Set(['type', 'role', 'object', 'status', 'detail', 'effort', 'event'])
const NONE: ReadonlySet<string> = new Set()
const PADDED = 'obfuscation'
/** Of the labels and keys of one stream. */
const MOST_READ = 512

/** What is taken below a place; `true` where all of it is. It inherits nothing, so no name of a client means anything. */
class Taken {
  [step: string | number]: Taken | true | undefined
}
Object.setPrototypeOf(Taken.prototype, null)
Reflect.deleteProperty(Taken.prototype, 'constructor')

export class Claims {
  readonly #body: Json
  readonly #labels: ReadonlySet<string>
  readonly #read: Set<string> | undefined
  readonly #taken = new Taken()
  /** Names and packed data that are to be read, and cannot be changed. */
  readonly #fixed: { at: JsonPath; text: string }[] = []
  /** Places of content that only this format can express. */
  readonly foreign: string[] = []
  /** Places of reasoning that its provider did not sign. */
  unsigned: JsonPath[] | undefined

  /** `labels` are members of the body itself that hold no text; `read` knows the names that were read in events before. */
  constructor(body: Json, labels: ReadonlySet<string> = NONE, read?: Set<string>) {
    this.#body = body
    this.#labels = labels
    this.#read = read
  }

  take(at: JsonPath): void {
    let taken = this.#taken
    for (let i = 0; i < at.length - 1; i++) {
      const step = at[i] ?? ''
      const below = taken[step]
      if (below === true) return
      taken = below ?? (taken[step] = new Taken())
    }
    taken[at.at(-1) ?? ''] = true
  }

  /** A name or an id, which loses its meaning when it is changed. One that says something in words is a text like others. */
  label(at: JsonPath): void {
    const value = this.#at(at)
    if (typeof value !== 'string' || !isWordless(value)) return
    this.take(at)
    this.#name(value, at)
  }

  /** Packed data. What is none is read, and stops what it stands in where something is found. */
  blob(at: JsonPath, value = this.#at(at)): void {
    this.take(at)
    if (typeof value === 'string' && !isOpaque(value)) this.#fixed.push({ at, text: value })
  }

  #at(at: JsonPath): Json | undefined {
    let value: Json | undefined = this.#body
    for (const step of at) value = typeof value === 'object' && value !== null ? (value as JsonObject)[step] : undefined
    return value
  }

  #name(text: string, at: JsonPath): void {
    if (isKnownLabel(text) || this.#read?.has(text)) return
    if (this.#read !== undefined && this.#read.size < MOST_READ) this.#read.add(text)
    this.#fixed.push({ at, text })
  }

  text(origin: Speaker, at: JsonPath, text: string, kind: TextPart['kind'] = 'text'): TextPart {
    this.take(at)
    return { kind, origin, at, text }
  }

  /** A content part of a kind that we do not know: read by the guards, lost on the way to another format. */
  unknown(origin: Speaker, at: JsonPath, value: Json): TextPart[] {
    this.foreign.push(at.join('.'))
    this.take(at)
    return [...leavesOf(value, origin, at)]
      .filter((leaf) => !(isLabel(leaf.at.at(-1)) && isKnownLabel(leaf.text)))
      .map(({ at, text, fixed }) => ({ kind: 'text', origin, at, text, fixed }))
  }

  rest(originOf: (at: JsonPath) => Speaker): TextPart[] {
    const left: TextPart[] = []
    this.#walk(this.#body, [], this.#taken, originOf, left)
    for (const { at, text } of this.#fixed) left.push({ kind: 'text', origin: originOf(at), at, text, fixed: true })
    return left
  }

  /** `at` grows and shrinks with the walk; who keeps it copies it. */
  #walk(
    value: Json,
    at: (string | number)[],
    taken: Taken | undefined,
    originOf: (at: JsonPath) => Speaker,
    left: TextPart[],
  ): void {
    if (typeof value === 'string') {
      if (isLabel(at.at(-1)) && isWordless(value)) this.#name(value, [...at])
      else left.push({ kind: 'text', origin: originOf(at), at: [...at], text: value })
    } else if (Array.isArray(value)) {
      for (let i = 0; i < value.length; i++) {
        const below = taken?.[i]
        if (below === true) continue
        at.push(i)
        this.#walk(value[i], at, below, originOf, left)
        at.pop()
      }
    } else if (typeof value === 'object' && value !== null) {
      const isTop = at.length === 0
      const object = value as JsonObject
      for (const key in object) {
        const inner = object[key]
        if (inner === undefined) continue
        const below = taken?.[key]
        at.push(key)
        if (!isPlainKey(key)) this.#name(key, [...at])
        if (isTop && this.#labels.has(key) && typeof inner === 'string' && isWordless(inner)) {
          if (key !== PADDED || !isPadding(inner)) this.#name(inner, [...at])
        } else if (below !== true) this.#walk(inner, at, below, originOf, left)
        at.pop()
      }
    }
  }
}

function isLabel(key: string | number | undefined): boolean {
  return typeof key === 'string' && LABEL_KEYS.has(key)
}

export function objectOf(value: Json | undefined): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined
}

export function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : []
}

export function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}

export function numberOf(value: Json | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined
}

/** How many are asked for. Written as a string it counts as well, because lenient servers count it; anything else is refused. */
export function countOf(value: Json | undefined, name: string): number | undefined {
  if (value === undefined || value === null) return undefined
  const count = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value
  if (typeof count === 'number' && Number.isSafeInteger(count) && count >= 0) return count
  throw new Failure('input_invalid', `${name}: expected a whole number`)
}

/** Anything but yes and no is refused: lenient servers take `"true"` and 1 for yes, and strict ones do not. */
export function flagOf(value: Json | undefined, name: string): boolean {
  if (typeof value === 'boolean') return value
  if (value === undefined || value === null) return false
  throw new Failure('input_invalid', `${name}: expected true or false`)
}

export function textsIn(value: Json | undefined): string[] | undefined {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : undefined
}
