// All that a policy says: where models are, which names lead where, what is in force. Secrets are no part of it.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { canonicalJson, type Json, type JsonObject } from '../../lib/canonical-json.ts'
import { parse } from '../../lib/parse.ts'
import { RoutesConfig, UpstreamConfig, UpstreamsConfig } from '../config.ts'
import { GuardsConfig } from '../policy.ts'

const MOST_UPSTREAMS = 200
const MOST_ROUTES = 1000

export type GatewayPolicy = z.infer<typeof GatewayPolicy>
export const GatewayPolicy = z.strictObject({
  upstreams: z
    .record(UpstreamsConfig.keyType, UpstreamConfig.omit({ key: true }))
    .refine((all) => Object.keys(all).length <= MOST_UPSTREAMS, `at most ${MOST_UPSTREAMS} upstreams`)
    .default({})
    .describe('where models are; their keys are set with `parapet upstream key set`'),
  routes: RoutesConfig.refine((all) => Object.keys(all).length <= MOST_ROUTES, `at most ${MOST_ROUTES} routes`)
    .default({})
    .describe('which models are served, and by which upstreams'),
  guards: GuardsConfig.prefault({}).describe('what is in force on every route'),
})

export const NO_POLICY: GatewayPolicy = GatewayPolicy.parse({})

export const parsePolicy = (input: unknown): GatewayPolicy => parse(GatewayPolicy, input)

export function bodyOf(policy: GatewayPolicy): JsonObject {
  return JSON.parse(JSON.stringify(policy)) as JsonObject
}

export function hashOf(body: Json): string {
  return createHash('sha256').update(canonicalJson(body)).digest('hex')
}

/** Of what is said beyond the defaults, so that a new release with new settings does not count as a change of them. */
export function hashOfSaid(policy: GatewayPolicy): string {
  return hashOf(withoutDefaults(GatewayPolicy, bodyOf(policy)))
}

function withoutDefaults(schema: unknown, value: Json): Json {
  const inner = unwrapped(schema)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const members = Object.entries(value).flatMap(([key, member]): [string, Json][] => {
    const below =
      inner instanceof z.ZodObject ? inner.shape[key] : inner instanceof z.ZodRecord ? inner.valueType : undefined
    const said = withoutDefaults(below, member)
    return below instanceof z.ZodType && goesWithoutSaying(below, member, said) ? [] : [[key, said]]
  })
  return Object.fromEntries(members)
}

/** It is the default, or an object of which nothing but defaults is said. */
function goesWithoutSaying(schema: z.ZodType, value: Json, said: Json): boolean {
  const fallback = schema.safeParse(undefined).data
  if (fallback === undefined) return false
  if (typeof said === 'object' && said !== null && !Array.isArray(said)) return Object.keys(said).length === 0
  return canonicalJson(JSON.parse(JSON.stringify(fallback)) as Json) === canonicalJson(value)
}

function unwrapped(schema: unknown): unknown {
  const isWrapped = schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault
  return isWrapped ? unwrapped(schema.unwrap()) : schema
}
