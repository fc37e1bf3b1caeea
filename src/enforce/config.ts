// What an operator writes about models: where they are, which name leads where, what is in force, and the bounds.
import { z } from 'zod'
import { GuardChanges } from './policy.ts'
import { RecordChanges } from './record-rule.ts'
import { BODY_NAMED, WIRES } from './wire/wire.ts'
import { PROVIDERS } from './upstream/providers.ts'

const Id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'small letters, digits and dashes')
const Model = z.string().min(1).max(256)
const ids = PROVIDERS.map(({ id }) => id)

export type UpstreamConfig = z.infer<typeof UpstreamConfig>
export const UpstreamConfig = z.strictObject({
  provider: z.enum(ids).describe('whose rules it follows'),
  url: z
    .url({ protocol: /^https?$/ })
    .refine((url) => !/[?#@]/.test(url), 'an address without user, query and fragment')
    .optional()
    .describe('where it is, up to the version, as in https://models.example/v1; known for most providers'),
  key: z.string().min(1).meta({ secret: true }).optional().describe('the key that the provider gave you'),
  region: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'as in eu-central-1')
    .optional()
    .describe('of Amazon, where the address does not say it'),
  formats: z
    .array(z.enum(WIRES))
    .min(1)
    .optional()
    .describe('which formats it speaks, where that is less than its provider does'),
  private: z.boolean().default(false).describe('its name may lead into a private network'),
})

export type RouteConfig = z.infer<typeof RouteConfig>
const RouteConfig = z.strictObject({
  models: z
    .array(Model)
    .min(1)
    .max(200)
    .describe('names of models that take this route; a * stands for any characters'),
  upstreams: z
    .array(z.union([Id, z.strictObject({ use: Id, model: Model.describe('its name there') })]))
    .min(1)
    .max(10)
    .describe('where to, in the order of preference: `id`, or `{ use: id, model: name }` where the name differs there'),
  unnamed: z
    .partialRecord(z.enum(BODY_NAMED), Model)
    .default({})
    .describe(
      'which model is meant where a request of this format names none, as OpenAI’s moderations may; without it such a request is refused',
    ),
  guards: GuardChanges.prefault({}).describe('what differs on this route from `guards`'),
  record: RecordChanges.prefault({}).describe('what differs on this route from `record`'),
  realtime: z
    .enum(['refuse', 'unguarded'])
    .default('refuse')
    .describe(
      'WebSockets of OpenAI’s realtime API: refuse them, or let them through although no guard can look into them; then controls that read are not proven on this route',
    ),
  lostSettings: z
    .enum(['tell', 'refuse'])
    .default('tell')
    .describe(
      'where the upstream’s format lacks a setting of the request: leave it out and name it in x-parapet-left-out, or refuse',
    ),
})

export const UpstreamsConfig = z.record(Id, UpstreamConfig)
export const RoutesConfig = z.record(Id, RouteConfig)

export type GatewayLimits = z.infer<typeof GatewayLimits>
export const GatewayLimits = z.strictObject({
  demo: z
    .boolean()
    .default(true)
    .describe('serves the model demo/assistant, a script that answers without any provider'),
  secret: z
    .string()
    .min(32)
    .meta({ secret: true })
    .optional()
    .describe(
      'from which pseudonyms and marks are made, the same for every replica; made in the data directory unless given',
    ),
  bodyBytes: z.int().min(1024).max(268_435_456).default(33_554_432).describe('most bytes of a request, unpacked'),
  answerBytes: z
    .int()
    .min(1024)
    .max(268_435_456)
    .default(33_554_432)
    .describe('most bytes of an answer that is not streamed'),
  streamBytes: z
    .int()
    .min(1024)
    .max(17_179_869_184)
    .default(134_217_728)
    .describe('most bytes of an answer that is streamed'),
  heldBytes: z
    .int()
    .min(1024)
    .max(16_777_216)
    .default(1_048_576)
    .describe('most bytes of a stream that guards may hold back'),
  bufferBytes: z
    .int()
    .min(65_536)
    .max(17_179_869_184)
    .default(536_870_912)
    .describe('most bytes of requests and whole answers held at once, over all calls'),
  concurrency: z.int().min(1).max(100_000).default(1000).describe('most requests at once'),
  heldCalls: z.int().min(1).max(10_000).default(100).describe('most calls that wait for a person at once'),
  heldCallsPerKey: z.int().min(1).max(10_000).default(10).describe('the same of one key'),
  connectionsPerUpstream: z.int().min(1).max(100_000).default(1000).describe('most connections to one upstream'),
  connectSeconds: z
    .number()
    .min(0.1)
    .max(120)
    .default(5)
    .describe('an upstream must have taken the connection by then'),
  firstByteSeconds: z
    .number()
    .min(0.1)
    .max(3600)
    .default(120)
    .describe('an upstream must have begun to answer by then'),
  idleSeconds: z.number().min(0.1).max(3600).default(60).describe('an upstream, or a client, may be silent so long'),
  signSeconds: z
    .number()
    .min(1)
    .max(60)
    .default(10)
    .describe('a stream whose call waits for a person says so often that it lives'),
  realtimeSeconds: z
    .number()
    .min(1)
    .max(86_400)
    .default(1800)
    .describe('how long a realtime session may last, on routes that let them through'),
  attempts: z.int().min(1).max(10).default(3).describe('how often a request is tried, over all upstreams of its route'),
  drainSeconds: z
    .int()
    .min(0)
    .max(3600)
    .default(30)
    .describe('how long answers under way may go on when the server stops'),
})
