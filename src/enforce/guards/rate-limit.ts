// How much is asked in a time, and at once: by a key, a user, a system, an address, on a route or by all. What a key may do
// at most is written on the key itself and counts on every route.
import { z } from 'zod'
import { estimateTokens } from '../../detect/tokens.ts'
import { Failure } from '../../lib/failure.ts'
import { type Admission, type AdmitContext, type Arrival, type CallEnd, defineGuard } from '../guard.ts'
import type { Pool, Refused } from '../spend/lease.ts'
import { type Taken, takeAll } from '../spend/take-all.ts'
import { SUBJECTS, subjectOf, UserHeader } from '../subject.ts'
import { textsOfTurn } from '../texts.ts'
import { BYTES_PER_TOKEN } from '../used-at-least.ts'

const WINDOWS = { second: 1000, minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const
type Window = keyof typeof WINDOWS
const windows = ['second', 'minute', 'hour', 'day'] as const satisfies readonly Window[]

const count = (text: string) => z.int().min(1).max(1_000_000_000).optional().describe(text)

const Rule = z.strictObject({
  per: z.enum(SUBJECTS).default('key').describe('who shares the limit'),
  window: z.enum(windows).default('minute').describe('the time that requests and tokens are counted in'),
  requests: count('most requests in this time'),
  tokens: count('most tokens of requests and answers in this time'),
  concurrent: count('most requests at once'),
})
type Rule = z.output<typeof Rule>

const Settings = z.strictObject({
  rules: z.array(Rule).max(20).default([]).describe('limits, all of which hold'),
  userHeader: UserHeader,
})

const OF_ACTORS = new Set<Rule['per']>(['key', 'user', 'asset', 'address'])

/** One thing to count: how much of which pool. */
interface Counted {
  what: 'requests' | 'tokens' | 'concurrent'
  pool: Pool
  amount: number
  said: string
}

export const rateLimit = defineGuard({
  id: 'rate-limit',
  title: 'Limits requests, tokens and requests at once',
  settings: Settings,
  proves: ({ rules }) => [
    ...(rules.some(({ per }) => OF_ACTORS.has(per)) ? ['rate-limit.per-actor'] : []),
    ...(rules.some(({ per }) => per === 'all') ? ['rate-limit.total'] : []),
  ],
  admit(arrival, { rules, userHeader }, context) {
    const counted = [...keyRules(arrival), ...rules].flatMap((rule) => countedBy(rule, arrival, userHeader))
    return counted.length === 0 ? { outcome: 'pass' } : admit(counted, arrival, context)
  },
})

function keyRules({ limits: { requestsPerMinute, tokensPerMinute, concurrent } }: Arrival): Rule[] {
  if (requestsPerMinute === undefined && tokensPerMinute === undefined && concurrent === undefined) return []
  return [{ per: 'key', window: 'minute', requests: requestsPerMinute, tokens: tokensPerMinute, concurrent }]
}

function countedBy(rule: Rule, arrival: Arrival, userHeader: string | undefined): Counted[] {
  const { per, window, requests, tokens, concurrent } = rule
  const whose = `${per}:${subjectOf(per, arrival, userHeader)}`
  const flow = (what: string, limit: number): Pool => ({
    kind: 'flow',
    id: `${what}:${limit}/${window}:${whose}`,
    limit,
    windowMs: WINDOWS[window],
  })
  const words = WORDS[per]
  const counted: Counted[] = []
  if (concurrent !== undefined) {
    const pool: Pool = { kind: 'slots', id: `concurrent:${whose}`, limit: concurrent }
    counted.push({ what: 'concurrent', pool, amount: 1, said: `${concurrent} requests at once ${words}` })
  }
  if (requests !== undefined) {
    const said = `${requests} requests a ${window} ${words}`
    counted.push({ what: 'requests', pool: flow('requests', requests), amount: 1, said })
  }
  if (tokens !== undefined) {
    const said = `${tokens} tokens a ${window} ${words}`
    const amount = Math.min(tokens, estimate(arrival))
    counted.push({ what: 'tokens', pool: flow('tokens', tokens), amount, said })
  }
  return counted
}

const WORDS: Readonly<Record<Rule['per'], string>> = {
  key: 'for this key',
  user: 'for this user',
  asset: 'for this system',
  address: 'from this address',
  route: 'on this route',
  all: 'for all together',
}

/** Of the request alone: how long the answer gets is known when it has come, and counted then. */
function estimate({ turn }: Arrival): number {
  let tokens = 1
  for (const { text } of textsOfTurn(turn)) tokens += estimateTokens(text)
  return tokens
}

function admit(counted: readonly Counted[], arrival: Arrival, context: AdmitContext): Admission | Promise<Admission> {
  const taken = takeAll(context.meters.leases, counted, context.patienceMs)
  const said = (all: Taken): Admission => {
    if ('why' in all) return refused(counted, all, arrival, context)
    return {
      outcome: 'pass',
      headers: headersFor(counted, arrival, context),
      settle: (end) => {
        for (const [i, { what }] of counted.entries()) all[i]?.settle(settledAs(what, all[i].amount, end))
      },
    }
  }
  return taken instanceof Promise ? taken.then(said) : said(taken)
}

function settledAs(what: Counted['what'], amount: number, { went, usage, seenBytes }: CallEnd): number {
  if (what === 'concurrent') return 0
  if (what === 'requests') return 1
  if (went === 'nowhere') return 0
  if (went === 'whole' && usage !== undefined) return usage.input + usage.output
  return Math.max(amount, usage?.input ?? 0) + Math.max(usage?.output ?? 0, Math.ceil(seenBytes / BYTES_PER_TOKEN))
}

function refused(
  counted: readonly Counted[],
  { pool, waitMs }: Refused,
  arrival: Arrival,
  context: AdmitContext,
): Admission {
  const { what = 'requests', said = '' } = counted.find((one) => one.pool === pool) ?? {}
  const retryAfter = Math.max(1, Math.ceil((waitMs ?? 1000) / 1000))
  return {
    outcome: 'hit',
    found: [{ kind: what, note: `More than ${said}` }],
    refusal: new Failure('rate_limited', `there are no more than ${said}`, {
      hint: `try again in ${retryAfter} s`,
      retryAfter,
    }),
    headers: headersFor(counted, arrival, context),
  }
}

/** What is left, in the words of the client's format: of several limits the one that is nearest. */
function headersFor(
  counted: readonly Counted[],
  { wire }: Arrival,
  { meters, now }: AdmitContext,
): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const what of ['requests', 'tokens'] as const) {
    const all = counted.flatMap(({ what: of, pool }) =>
      of === what && pool.kind === 'flow' ? [{ ...pool, left: meters.leases.remaining(pool.id) ?? pool.limit }] : [],
    )
    const [nearest] = all.toSorted((a, b) => a.left / a.limit - b.left / b.limit)
    if (nearest === undefined) continue
    const { limit, windowMs } = nearest
    const left = Math.min(limit, nearest.left)
    const resetMs = Math.ceil(((limit - left) / limit) * windowMs)
    if (wire.startsWith('anthropic')) {
      headers[`anthropic-ratelimit-${what}-limit`] = String(limit)
      headers[`anthropic-ratelimit-${what}-remaining`] = String(left)
      headers[`anthropic-ratelimit-${what}-reset`] = new Date(now.getTime() + resetMs).toISOString()
    } else {
      headers[`x-ratelimit-limit-${what}`] = String(limit)
      headers[`x-ratelimit-remaining-${what}`] = String(left)
      headers[`x-ratelimit-reset-${what}`] = `${Number((resetMs / 1000).toFixed(3))}s`
    }
  }
  return headers
}
