// The settings one by one, read off the schema: what the environment overrides and the reference lists.
import { z } from 'zod'
import { Config } from './config.ts'

export interface ConfigField {
  path: readonly string[]
  /** Name of the variable that overrides it; undefined for lists of objects. */
  variable: string | undefined
  /** Of one value; takes a missing one where there is a default. */
  schema: z.ZodType
  kind: 'text' | 'number' | 'boolean' | 'list' | 'other'
  description: string
  isSecret: boolean
  fallback: unknown
}

export const CONFIG_FIELDS: readonly ConfigField[] = fieldsOf(Config, [])

/** Members of what an operator names himself: `upstreams.<name>.key` is a field for each name that is there. */
export function fieldsWithin({ schema, path }: ConfigField, value: unknown): ConfigField[] {
  const record = bare(schema)
  if (!(record instanceof z.ZodRecord) || typeof value !== 'object' || value === null) return []
  const member = record.valueType
  if (!(member instanceof z.ZodObject)) return []
  return Object.keys(value).flatMap((name) =>
    fieldsOf(member, [...path, name]).map((field) => Object.assign(field, { variable: undefined })),
  )
}

function fieldsOf(schema: z.ZodObject, path: readonly string[]): ConfigField[] {
  return Object.entries(schema.shape).flatMap(([key, value]) => {
    if (!(value instanceof z.ZodType)) return []
    const inner = bare(value)
    if (inner instanceof z.ZodObject) return fieldsOf(inner, [...path, key])
    return [toField(value, inner, [...path, key])]
  })
}

function toField(schema: z.ZodType, inner: z.ZodType, path: readonly string[]): ConfigField {
  const kind = kindOf(inner)
  const fallback = schema.safeParse(undefined)
  return {
    path,
    variable: kind === 'other' ? undefined : `PARAPET_${path.map(screaming).join('_')}`,
    schema,
    kind,
    description: schema.description ?? inner.description ?? '',
    isSecret: isSecret(inner),
    fallback: fallback.success ? fallback.data : undefined,
  }
}

function isSecret(schema: z.ZodType): boolean {
  if (schema instanceof z.ZodArray && schema.element instanceof z.ZodType) return isSecret(schema.element)
  return z.globalRegistry.get(schema)?.['secret'] === true
}

export function bare(schema: z.ZodType): z.ZodType {
  const isWrapped = schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault
  if (!isWrapped) return schema
  const inner = schema.unwrap()
  return inner instanceof z.ZodType ? bare(inner) : schema
}

function kindOf(schema: z.ZodType): ConfigField['kind'] {
  if (schema instanceof z.ZodNumber) return 'number'
  if (schema instanceof z.ZodBoolean) return 'boolean'
  if (schema instanceof z.ZodArray) return isWord(bare(schema.element as z.ZodType)) ? 'list' : 'other'
  const isOther = schema instanceof z.ZodUnion || schema instanceof z.ZodObject || schema instanceof z.ZodRecord
  return isOther ? 'other' : 'text'
}

function isWord(schema: z.ZodType): boolean {
  return schema instanceof z.ZodString || schema instanceof z.ZodEnum
}

function screaming(word: string): string {
  return word
    .replace(/[A-Z]/g, (letter) => `_${letter}`)
    .replaceAll('-', '_')
    .toUpperCase()
}
