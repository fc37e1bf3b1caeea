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
  if (schema instanceof z.ZodArray) return bare(schema.element as z.ZodType) instanceof z.ZodString ? 'list' : 'other'
  return schema instanceof z.ZodUnion || schema instanceof z.ZodObject ? 'other' : 'text'
}

function screaming(word: string): string {
  return word.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()
}
