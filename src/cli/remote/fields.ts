// The fields that an operation takes, read from its schemas: what becomes a flag, of which type, and what it means.
import { z } from 'zod'
import type { AnyRoute } from '../../server/route.ts'

export interface Field {
  /** As the API calls it. */
  name: string
  /** As the flag is called. */
  flag: string
  part: 'query' | 'body'
  /** `loose`: JSON, or a word as it stands. */
  type: 'string' | 'number' | 'boolean' | 'time' | 'json' | 'loose'
  array: boolean
  required: boolean
  /** Never given as a flag's value: it would stand in the shell's history and the list of processes. */
  secret: boolean
  choices: readonly string[]
  about: string
}

interface Schema {
  type?: string
  format?: string
  enum?: unknown[]
  const?: unknown
  items?: Schema
  anyOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  description?: string
  default?: unknown
  secret?: boolean
  readOnly?: boolean
  /** Where the command line has a flag of that name already. */
  flag?: string
}

/** Members that are only passed over are no flags. */
export function fieldsOf(route: AnyRoute): Field[] {
  return [...fields(route.query, 'query'), ...fields(route.body, 'body')]
}

function fields(schema: z.ZodObject | undefined, part: Field['part']): Field[] {
  if (!schema) return []
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema
  return Object.entries(properties)
    .filter(([, { readOnly }]) => !readOnly)
    .map(([name, property]) => field(name, property, part, required.includes(name)))
}

function field(name: string, property: Schema, part: Field['part'], required: boolean): Field {
  const whole = plain(property)
  const array = whole.type === 'array'
  const one = array ? plain(whole.items ?? {}) : whole
  const choices = (one.enum ?? []).map(String)
  return {
    name,
    flag: whole.flag ?? property.flag ?? name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    part,
    type: typeOf(one),
    array,
    required,
    secret: whole.secret === true || /password|secret/i.test(name),
    choices,
    about: about(property, choices, required),
  }
}

/** Looks through "or null" and choices that are all words. */
function plain(schema: Schema): Schema {
  const options = schema.anyOf?.filter(({ type }) => type !== 'null')
  if (!options) return schema
  if (options.length === 1 && options[0]) return plain(options[0])
  const words = options.flatMap((option) => option.enum ?? (option.const === undefined ? [] : [option.const]))
  if (words.length >= options.length) return { type: 'string', enum: words }
  return options.some(({ type }) => type === 'string') ? { type: 'loose' } : { type: 'object' }
}

function typeOf({ type, format, enum: words }: Schema): Field['type'] {
  if (type === 'number' || type === 'integer') return 'number'
  if (type === 'boolean') return 'boolean'
  if (type === 'string' && format === 'date-time') return 'time'
  if (type === 'loose') return type
  return type === 'string' || words || type === undefined ? 'string' : 'json'
}

function about(property: Schema, choices: readonly string[], required: boolean): string {
  const notes = [
    property.description ?? '',
    choices.length > 0 ? `one of ${choices.join(', ')}` : '',
    property.default === undefined ? '' : `default ${JSON.stringify(property.default)}`,
    required ? 'required' : '',
  ]
  return notes.filter(Boolean).join('; ')
}
