// Reads a body that nobody promised a shape, and keeps count of what was read. Whatever text is left over at the end is
// handed to the guards as well: a field that we do not know must not be a way past them.
// Invariant: each string of the body is in exactly one part, but for labels such as `type`.
import type { Json, JsonObject } from '../../lib/canonical-json.ts'
import type { JsonPath } from '../../lib/json-edit.ts'
import type { Speaker } from '../../model/finding.ts'
import type { TextPart } from '../../model/turn.ts'
import { leavesOf } from '../texts.ts'

const LABEL_KEYS = new Set(['type', 'role', 'object', 'status', 'detail', 'effort', 'event'])
const LABEL = /^[\w.-]{0,48}$/

export class Claims {
  readonly #body: Json
  readonly #claimed = new Set<string>()
  /** Places of content that only this format can express. */
  readonly foreign: string[] = []

  constructor(body: Json) {
    this.#body = body
  }

  take(at: JsonPath): void {
    this.#claimed.add(at.join('\0'))
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
    this.#walk(this.#body, [], '', originOf, left)
    return left
  }

  #walk(value: Json, at: JsonPath, key: string, originOf: (at: JsonPath) => Speaker, left: TextPart[]): void {
    if (typeof value === 'number' || typeof value === 'boolean' || value === null || this.#claimed.has(key)) return
    if (typeof value === 'string') {
      if (!isLabel(at.at(-1), value)) left.push({ kind: 'text', origin: originOf(at), at, text: value })
      return
    }
    const isList = Array.isArray(value)
    for (const [step, inner] of Object.entries(value)) {
      const place = [...at, isList ? Number(step) : step]
      if (!isList && !PLAIN_KEY.test(step))
        left.push({ kind: 'text', origin: originOf(at), at: place, text: step, fixed: true })
      this.#walk(inner, place, key === '' ? step : `${key}\0${step}`, originOf, left)
    }
  }
}

const PLAIN_KEY = /^[\w$.-]{0,64}$/

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
