// Turns words and flags into the request that they mean. What is right or wrong with the values is the server's to say:
// it knows, and says it the same way to everybody.
import { Failure } from '../../lib/failure.ts'
import type { AnyRoute } from '../../server/route.ts'
import type { VerbCall } from '../verb.ts'
import type { Field } from './fields.ts'

export interface ApiRequest {
  method: AnyRoute['method']
  /** With its query. */
  path: string
  body: unknown
}

export function toRequest(
  route: AnyRoute,
  fields: readonly Field[],
  { args, flags }: Pick<VerbCall, 'args' | 'flags'>,
  given: { body: unknown; secrets: Readonly<Record<string, string>>; now: Date },
): ApiRequest {
  const query = new URLSearchParams()
  const body: Record<string, unknown> = {}
  const lead = leadOf(route)
  for (const field of fields) {
    const spoken = field.name === lead ? (flags[field.flag] ?? args[0]) : flags[field.flag]
    const value = field.secret ? given.secrets[field.name] : spoken
    if (value === undefined) continue
    const values = wordsOf(field, value).map((one) => toValue(field, one, given.now))
    if (field.part === 'query') for (const one of values) query.append(field.name, String(one))
    else body[field.name] = field.array ? values : values[0]
  }
  const search = query.size > 0 ? `?${query}` : ''
  return { method: route.method, path: `${fillPath(route.path, args)}${search}`, body: merged(route, given.body, body) }
}

/** Known words may also stand in one, between commas. */
function wordsOf({ array, choices }: Field, value: string | boolean | readonly string[]): (string | boolean)[] {
  const words = typeof value === 'object' ? [...value] : [value]
  return array && choices.length > 0 ? words.flatMap((word) => String(word).split(',')) : words
}

/** The one query field that cannot be left out, where the path has no parameters. */
export function leadOf({ path, query }: AnyRoute): string | undefined {
  if (path.includes(':') || !query) return undefined
  const needed = Object.entries(query.shape).filter(([, schema]) => !schema.safeParse(undefined).success)
  return needed.length === 1 ? needed[0]?.[0] : undefined
}

export function parameters(path: string): string[] {
  return [...path.matchAll(/:(?<name>\w+)/g)].map(({ groups }) => groups?.['name'] ?? '')
}

function fillPath(path: string, args: readonly string[]): string {
  let at = 0
  return path.replaceAll(/:(\w+)/g, (_, name: string) => {
    const word = args[at++] ?? ''
    if (/^\.{0,2}$/.test(word)) throw new Failure('input_invalid', `${name}: "${word}" names nothing`)
    return encodeURIComponent(word)
  })
}

function merged(route: AnyRoute, whole: unknown, parts: Record<string, unknown>): unknown {
  if (!route.body) return undefined
  if (whole === undefined) return parts
  if (Object.keys(parts).length === 0) return whole
  if (typeof whole === 'object' && whole !== null && !Array.isArray(whole)) return { ...whole, ...parts }
  throw new Failure('input_invalid', '--body is no JSON object, so flags cannot be added to it')
}

function toValue({ type, flag }: Field, value: string | boolean, now: Date): unknown {
  if (typeof value === 'boolean') return value
  if (type === 'number') return value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value
  if (type === 'boolean') return value === 'true' || (value === 'false' ? false : value)
  if (type === 'time') return toTime(value, now)
  if (type === 'loose') return toJsonOrWord(value)
  return type === 'json' ? toJson(value, `--${flag}`) : value
}

/** `true` and `["rag"]` are JSON; `llm` is a word, and needs no quotes within quotes. */
function toJsonOrWord(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}

export function toJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (cause) {
    throw new Failure('input_invalid', `${name} is not JSON: ${cause instanceof Error ? cause.message : ''}`, { cause })
  }
}

const UNITS: Readonly<Record<string, number>> = { s: 1e3, m: 60e3, h: 3600e3, d: 86_400e3, w: 604_800e3 }

/** `+30d` and `-2h` count from now; everything else is for the server to read. */
function toTime(text: string, now: Date): string {
  const { sign, count, unit } = /^(?<sign>[+-])(?<count>\d{1,6})(?<unit>[smhdw])$/.exec(text)?.groups ?? {}
  if (sign === undefined || count === undefined) return text
  const ms = Number(count) * (UNITS[unit ?? ''] ?? 0)
  return new Date(now.getTime() + (sign === '+' ? ms : -ms)).toISOString()
}
