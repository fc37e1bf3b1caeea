// The record of calls to models: found by whatever is known of a call, shown with its whole trace, and proven.
import { z } from 'zod'
import type { App } from '../../app/app.ts'
import { matchCall } from '../../app/call-match.ts'
import { proveCall } from '../../app/call-proof.ts'
import { Failure } from '../../lib/failure.ts'
import { OUTCOMES } from '../../model/exchange.ts'
import { mark } from '../../record/call-row.ts'
import type { CallRow } from '../../record/call-store.ts'
import { defineRoute } from '../route.ts'
import { ListedCall, ShownCall, toListed, toShown } from './exchange-shapes.ts'
import { ReportReply } from './log.ts'
import { pageOf, paging } from './shapes.ts'

const Moment = z.iso.datetime({ offset: true })
const Word = z.string().min(1).max(256)
const MIB = 1_048_576
const CallId = z.strictObject({ id: z.string().min(1).max(100) })

const listExchanges = defineRoute({
  id: 'list-exchanges',
  method: 'GET',
  path: '/api/exchanges',
  command: 'calls list',
  summary: 'Lists calls to models, newest first; a page may be short and still have a next one',
  needs: 'call:read',
  query: z.strictObject({
    ...paging,
    since: Moment.optional().describe('begun at or after this time'),
    until: Moment.optional().describe('begun before this time'),
    key: Word.optional().describe('id of the gateway key'),
    asset: Word.optional().describe('the system that the key belongs to'),
    agent: Word.optional().describe('the agent that the key or token is bound to'),
    route: Word.optional(),
    model: Word.optional().describe('as the client named it'),
    outcome: z.enum(OUTCOMES).optional(),
    code: Word.optional().describe('of the trouble, as in blocked or budget_exceeded'),
    status: z.coerce.number().int().min(0).max(999).optional().describe('HTTP status of the answer'),
    guard: Word.optional().describe('a guard that found something or failed'),
  }),
  reply: pageOf(ListedCall),
  async handle({ app, query }) {
    const { key, outcome, status, code, guard, ...rest } = query
    // What is rare has a mark and leads at once; what nearly every call has in common is tried row by row.
    const [isRareOutcome, isRareStatus] = [outcome !== 'answered', status !== 200]
    const marks = [
      ...(guard === undefined ? [] : [mark('guard', guard)]),
      ...(code === undefined ? [] : [mark('code', code)]),
      ...(outcome === undefined || !isRareOutcome ? [] : [mark('outcome', outcome)]),
      ...(status === undefined || !isRareStatus ? [] : [mark('status', status)]),
    ]
    const page = await app.store.read.calls.list({
      ...rest,
      keyId: key,
      marks,
      outcome: isRareOutcome ? undefined : outcome,
      status: isRareStatus ? undefined : status,
    })
    return { items: page.items.map(toListed), next: page.next }
  },
})

const showExchange = defineRoute({
  id: 'show-exchange',
  method: 'GET',
  path: '/api/exchanges/:id',
  command: 'calls show',
  summary: 'Shows one call: its stages, what each guard said, what was decided under which policy, and its seal',
  needs: 'call:read',
  params: CallId,
  reply: ShownCall,
  async handle({ app, params }) {
    const row = await callOf(app, params.id)
    const [segment, content] = await Promise.all([
      app.store.read.calls.segment(row.segment),
      app.store.read.contents.byId(row.id),
    ])
    return toShown(row, segment, content?.kept)
  },
})

const proveExchange = defineRoute({
  id: 'prove-exchange',
  method: 'POST',
  path: '/api/exchanges/:id/proof',
  command: 'calls prove',
  summary:
    'A report that shows anybody with the public key that this call is on record word for word: `verify` reads it',
  needs: 'call:read',
  params: CallId,
  reply: ReportReply.extend({
    members: z.array(z.object({ entry: z.int(), position: z.int(), leaf: z.string(), path: z.array(z.string()) })),
  }),
  handle: async ({ app, params }) => proveCall(app, await callOf(app, params.id)),
})

const Match = z.object({
  isSame: z.boolean(),
  digest: z.string().describe('as it is on record, and in the leaf that `calls prove` shows'),
  opening: z
    .string()
    .optional()
    .describe('for who has the words: SHA-256 of this with the body behind it is the digest'),
})

const matchExchange = defineRoute({
  id: 'match-exchange',
  method: 'POST',
  path: '/api/exchanges/:id/match',
  command: 'calls match',
  summary: 'Tells whether these are the words of a call, to the last byte; that somebody asked is written into the log',
  needs: 'call:read',
  params: CallId,
  bodyLimit: 72 * MIB,
  body: z.strictObject({
    request: z.string().optional().describe('the body as the client sent it'),
    answer: z.string().optional().describe('the body as the client got it, streams with all of their events'),
  }),
  reply: z.object({ request: Match.optional(), answer: Match.optional() }),
  async handle({ app, actor, params, body }) {
    return matchCall(app, actor, await callOf(app, params.id), body)
  },
})

const readContent = defineRoute({
  id: 'read-exchange-content',
  method: 'GET',
  path: '/api/exchanges/:id/content',
  command: 'calls content',
  summary: 'Shows what is kept of the words of a call; that it was read is written into the log',
  needs: 'call:content',
  params: CallId,
  reply: z.object({
    kept: z.enum(['redacted', 'full']),
    request: z.string().describe('the body as the client sent it'),
    answer: z.string().describe('the body as the client got it; of a stream, JSON of what it amounted to'),
    isCut: z.boolean().describe('some of it was too long to keep'),
  }),
  handle: ({ app, actor, params }) => app.contents.read(params.id, actor),
})

const eraseContent = defineRoute({
  id: 'erase-exchange-content',
  method: 'DELETE',
  path: '/api/exchanges/:id/content',
  command: 'calls erase',
  summary: 'Takes the words of a call away for good; the call itself stays on record',
  needs: 'call:write',
  params: CallId,
  reply: z.object({ erased: z.boolean().describe('false where nothing was kept') }),
  async handle({ app, actor, params }) {
    const { id } = await callOf(app, params.id)
    return { erased: await app.contents.erase(id, actor) }
  },
})

export const exchangeRoutes = [
  listExchanges,
  showExchange,
  proveExchange,
  matchExchange,
  readContent,
  eraseContent,
] as const

/** Whoever follows the link of a call that just ended comes before its commit. */
async function afterFlush({ record, store }: App, id: string): Promise<CallRow | undefined> {
  if (record.state.waiting === 0) return undefined
  await record.settled()
  return store.read.calls.byId(id)
}

async function callOf(app: App, id: string): Promise<CallRow> {
  const row = (await app.store.read.calls.byId(id)) ?? (await afterFlush(app, id))
  if (row !== undefined) return row
  throw new Failure('not_found', `there is no call ${id.slice(0, 100)}`, {
    hint: 'it may not be written yet, or be older than record.days; list the calls',
  })
}
