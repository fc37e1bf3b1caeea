// What calls amount to, and who was seen without being known.
import { z } from 'zod'
import { USAGE_JOB } from '../../app/usage-job.ts'
import { SIGHTING_KINDS, USAGE_GROUPS } from '../../record/call-store.ts'
import { defineRoute } from '../route.ts'
import { ShownJob, shownJob } from './jobs.ts'
import { pageOf, paging } from './shapes.ts'

const DAY_MS = 86_400_000
const Day = z.iso.date()
const Word = z.string().min(1).max(256)

const Sum = z.object({
  day: z.string().optional(),
  asset: z.string().optional().describe('empty: of keys that belong to no system'),
  agent: z.string().optional().describe('empty: the key is bound to no agent'),
  keyId: z.string().optional(),
  route: z.string().optional().describe('empty: the model was not served'),
  model: z.string().optional().describe('empty: no upstream was asked'),
  calls: z.int(),
  blocked: z.int().describe('stopped by a guard'),
  failed: z.int().describe('neither answered nor blocked'),
  inputTokens: z.int(),
  outputTokens: z.int(),
  costMicros: z.number().describe('millionths of a dollar, of calls whose price is known'),
})

const showUsage = defineRoute({
  id: 'show-usage',
  method: 'GET',
  path: '/api/usage',
  command: 'usage',
  summary: 'Adds up calls, tokens and cost by day, system, agent, key, route or model',
  needs: 'call:read',
  query: z.strictObject({
    by: z.array(z.enum(USAGE_GROUPS)).max(USAGE_GROUPS.length).default(['day']).describe('what to add up by'),
    order: z
      .enum(['name', 'cost'])
      .default('name')
      .describe('by what is added up by, or what cost most first (of the same cost, by tokens, then calls)'),
    from: Day.optional().describe('first day (UTC); thirty days ago unless given'),
    to: Day.optional().describe('last day (UTC); today unless given'),
    asset: Word.optional(),
    agent: Word.optional(),
    key: Word.optional(),
    route: Word.optional(),
    model: Word.optional(),
    ...paging,
  }),
  reply: pageOf(Sum),
  async handle({ app, query }) {
    const { key, from, to, order, ...rest } = query
    const day = (ago: number) => new Date(app.now().getTime() - ago * DAY_MS).toISOString().slice(0, 10)
    const range = { from: from ?? day(30), to: to ?? day(0) }
    const sums = await app.store.read.usage.sums({ ...rest, ...range, keyId: key, mostFirst: order === 'cost' })
    const items = sums.items.map(({ costNanos, ...sum }) => Object.assign(sum, { costMicros: costNanos / 1000 }))
    return { items, next: sums.next }
  },
})

const rebuildUsage = defineRoute({
  id: 'rebuild-usage',
  method: 'POST',
  path: '/api/usage/rebuild',
  command: 'usage rebuild',
  summary: 'Makes the sums anew from the calls on record, as a job',
  needs: 'call:write',
  reply: ShownJob,
  handle: async ({ app, actor }) => shownJob(await app.jobs.enqueue(USAGE_JOB, {}, actor)),
})

const listSightings = defineRoute({
  id: 'list-sightings',
  method: 'GET',
  path: '/api/sightings',
  command: 'calls strangers',
  summary:
    'Lists traffic that no system accounts for (unknown models, unknown or ended keys, keys without a system) and use that looks like misuse',
  needs: 'call:read',
  query: z.strictObject({
    kind: z.enum(SIGHTING_KINDS).optional(),
    since: z.iso.datetime({ offset: true }).optional().describe('seen at or after this time'),
    ...paging,
  }),
  reply: pageOf(
    z.object({
      kind: z.enum(SIGHTING_KINDS),
      subject: z.string().describe('the model, the address of the client, the route, or the id of the key'),
      message: z.string(),
      remedy: z.string(),
      firstSeen: z.string(),
      lastSeen: z.string(),
      count: z.int(),
      lastCall: z.string(),
      keyId: z.string().optional(),
      asset: z.string().optional(),
      client: z.string().optional(),
    }),
  ),
  async handle({ app, query }) {
    const since = query.since === undefined ? undefined : new Date(query.since).toISOString()
    const { items, next } = await app.store.read.sightings.list({ ...query, since })
    return { items: items.map((one) => Object.assign({ ...one }, WORDS[one.kind])), next }
  },
})

const WORDS = {
  'unknown-model': {
    message: 'a model is asked for that no route serves, or not for this key',
    remedy: 'serve it on a route under controls, or tell who asks which model to take',
  },
  'unknown-key': {
    message: 'calls come from this address with a key that never was one, or with none',
    remedy: 'find the program, and give it a key of the system that it belongs to',
  },
  'ended-key': {
    message: 'a key is still used that expired or was revoked',
    remedy: 'find the program that has it: it is out of date, or the key is in the wrong hands',
  },
  'key-without-system': {
    message: 'a key is used that belongs to no system, so its calls prove nothing and nobody answers for them',
    remedy: 'make a key that belongs to a system of the register, and revoke this one',
  },
  'unguarded-session': {
    message: 'realtime sessions go through this route, and no guard can look into them',
    remedy: 'move what needs controls to chat completions or responses; or set `realtime: refuse` on the route',
  },
  'stopped-often': {
    message: 'guards wanted to stop calls of this key again and again',
    remedy: 'look at what was stopped; revoke the key if somebody is trying what gets through',
  },
  'refused-often': {
    message: 'calls of this key were refused in a burst, for how much or for what they asked',
    remedy: 'ask who has the key what it does; raise its limits or revoke it',
  },
  'sudden-use': {
    message: 'this key took many times more tokens in an hour than it usually does',
    remedy: 'ask who has the key what changed; put a budget on it',
  },
  'unusual-hour': {
    message: 'this key was used at a time when nobody is expected to work',
    remedy: 'ask who has the key; revoke it if nobody knows',
  },
} as const

export const usageRoutes = [showUsage, rebuildUsage, listSightings] as const
