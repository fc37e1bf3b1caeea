// Reads a body that nobody promised a shape, and keeps count of what was read. Whatever text is left over at the end is
// handed to the guards as well: a field that we do not know must not be a way past them.
// Invariant: each string of the body is in exactly one part, but for labels such as `type`.
import type { Json, JsonObject } from '../../lib/canonical-json.ts'
import type { JsonPath } from '../../lib/json-edit.ts'
import type { Speaker } from '../../model/finding.ts'
import type { TextPart } from '../../model/turn.ts'
import { leavesOf } from '../texts.ts'

const LABEL_KEYS = new Set(['type', 'role', 'object', 'status', 'detail', 'effort', 'event'])
const NONE: ReadonlySet<string> = new Set()
const LABEL = /^[\w.-]{0,48}$/

/** What is taken below a place; `true` where all of it is. It inherits nothing, so no name of a client means anything. */
class Taken {
  [step: string | number]: Taken | true | undefined
}
Object.setPrototypeOf(Taken.prototype, null)
Reflect.deleteProperty(Taken.prototype, 'constructor')

export class Claims {
  readonly #body: Json
  readonly #labels: ReadonlySet<string>
  readonly #taken = new Taken()
  /** Places of content that only this format can express. */
  readonly foreign: string[] = []

  /** `labels` are members of the body itself that hold no text. */
  constructor(body: Json, labels: ReadonlySet<string> = NONE) {
    this.#body = body
    this.#labels = labels
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

  /** A name or an id that only programs read. One that could say something to a reader is left to the guards. */
  label(at: JsonPath): void {
    let value: Json | undefined = this.#body
    for (const step of at) value = typeof value === 'object' && value !== null ? (value as JsonObject)[step] : undefined
    if (isWordless(value)) this.take(at)
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
      .filter((leaf) => !isLabel(leaf.at.at(-1), leaf.text))
      .map(({ at, text, fixed }) => ({ kind: 'text', origin, at, text, fixed }))
  }

  rest(originOf: (at: JsonPath) => Speaker): TextPart[] {
    const left: TextPart[] = []
    this.#walk(this.#body, [], this.#taken, originOf, left)
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
      if (!isLabel(at.at(-1), value)) left.push({ kind: 'text', origin: originOf(at), at: [...at], text: value })
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
      for (const key of Object.keys(object)) {
        const inner = object[key]
        const below = taken?.[key]
        const isPlain = isPlainKey(key)
        if (isPlain && (below === true || (isTop && this.#labels.has(key) && isWordless(inner)))) continue
        at.push(key)
        if (!isPlain)
          left.push({ kind: 'text', origin: originOf(at.slice(0, -1)), at: [...at], text: key, fixed: true })
        if (below !== true && inner !== undefined) this.#walk(inner, at, below, originOf, left)
        at.pop()
      }
    }
  }
}

const WORDLESS = /^[\w.:@/+=|~-]{0,512}$/

export function isWordless(value: Json | undefined): boolean {
  return typeof value !== 'string' || WORDLESS.test(value)
}

const PLAIN_KEY = /^[\w$.-]{0,64}$/
const MOST_KNOWN = 1000
/** The same few names come with every call. */
const plainKeys = new Set<string>()

function isPlainKey(key: string): boolean {
  if (plainKeys.has(key)) return true
  if (!PLAIN_KEY.test(key)) return false
  if (plainKeys.size >= MOST_KNOWN) plainKeys.clear()
  plainKeys.add(key)
  return true
}

function isLabel(key: string | number | undefined, text: string): boolean {
  return typeof key === 'string' && LABEL_KEYS.has(key) && LABEL.test(text)
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

export function textsIn(value: Json | undefined): string[] | undefined {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : undefined
}
