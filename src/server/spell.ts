// A query string cannot say whether a word that occurs once is a list of one; the route's schema can.
import { z } from 'zod'

export function spell(schema: z.ZodObject, query: unknown): unknown {
  if (typeof query !== 'object' || query === null) return query
  return Object.fromEntries(
    Object.entries(query).map(([key, value]) => [
      key,
      isList(schema.shape[key]) && !Array.isArray(value) ? [value] : value,
    ]),
  )
}

function isList(schema: unknown): boolean {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return isList(schema.unwrap())
  return schema instanceof z.ZodArray
}
