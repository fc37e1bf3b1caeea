// Looking at a system again: before its launch, on a schedule, and when something got worse since. What is due is derived
// from the register and from what the last review saw; what is kept is each review that was held, until the last of its
// findings is settled.
import { z } from 'zod'
import { Failure } from '../lib/failure.ts'
import type { Asset } from '../model/asset.ts'
import { LEVELS } from '../model/risk.ts'
import type { Noun } from './noun.ts'
import { Seen } from './snapshot.ts'

const DAY_MS = 86_400_000
/** A scheduled review may be held this long before its day. */
const EARLY_DAYS = 14

export const OCCASIONS = ['before-launch', 'scheduled', 'change'] as const
export const OUTCOMES = ['fit', 'fit-with-conditions', 'not-fit'] as const

const open = { what: z.string(), owner: z.string(), due: z.string() }
const Finding = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('open'), ...open }),
  z.strictObject({ state: z.literal('settled'), ...open, by: z.string(), at: z.string(), how: z.string() }),
])

const held = {
  occasion: z.enum(OCCASIONS),
  outcome: z.enum(OUTCOMES),
  summary: z.string(),
  findings: z.array(Finding),
  by: z.string(),
  at: z.string(),
  /** The risks as they were. */
  seen: z.array(Seen),
}

export type Review = z.infer<typeof Review>
/** `closed`: none of its findings is open. */
export const Review = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('open'), ...held }),
  z.strictObject({ state: z.literal('closed'), ...held }),
])

export const reviewNoun: Noun<Review> = {
  name: 'review',
  schema: Review,
  until: ({ findings }) => findings.flatMap((one) => (one.state === 'open' ? [one.due] : [])).toSorted()[0],
}

export function heldReview(review: Omit<Review, 'state'>): Review {
  return { ...review, state: review.findings.some(({ state }) => state === 'open') ? 'open' : 'closed' }
}

export function settleFinding(review: Review, n: number, settled: { by: string; at: string; how: string }): Review {
  const finding = review.findings[n]
  if (finding === undefined)
    throw new Failure('not_found', `this review has no finding ${n}`, {
      hint: `it has ${review.findings.length}, counted from 0`,
    })
  if (finding.state === 'settled')
    throw new Failure('conflict', `finding ${n} was settled on ${finding.at.slice(0, 10)}`, {
      hint: 'hold another review where it came back',
    })
  const { state: _, ...held } = review
  return heldReview({ ...held, findings: review.findings.with(n, { ...finding, state: 'settled', ...settled }) })
}

export type ReviewDue =
  | { state: 'not-due'; next: string }
  | { state: 'due' | 'overdue'; occasion: (typeof OCCASIONS)[number]; since: string; why: readonly string[] }

/** `last`: the newest review that was held. */
export function reviewDue(
  system: Pick<Asset, 'environment' | 'firstSeen'>,
  last: Pick<Review, 'at' | 'seen'> | undefined,
  seen: readonly Seen[],
  now: string,
  everyDays: number,
): ReviewDue {
  if (last === undefined) {
    const isLive = system.environment === 'production'
    const why = isLive
      ? 'it runs in production and was never reviewed'
      : 'it was never reviewed, and must be before its launch'
    return { state: isLive ? 'overdue' : 'due', occasion: 'before-launch', since: system.firstSeen, why: [why] }
  }
  const next = new Date(Date.parse(last.at) + everyDays * DAY_MS).toISOString()
  if (next <= now)
    return {
      state: 'overdue',
      occasion: 'scheduled',
      since: next,
      why: [`${everyDays} days have passed since the last review`],
    }
  const worse = worsened(last.seen, seen)
  if (worse.length > 0) return { state: 'due', occasion: 'change', since: last.at, why: worse }
  const from = new Date(Date.parse(next) - EARLY_DAYS * DAY_MS).toISOString()
  if (from <= now)
    return { state: 'due', occasion: 'scheduled', since: from, why: [`to be held by ${next.slice(0, 10)}`] }
  return { state: 'not-due', next }
}

/** What got worse since, in words. What got better asks for no review. */
export function worsened(then: readonly Seen[], now: readonly Seen[]): string[] {
  const before = new Map(then.map((one) => [one.threat, one]))
  return now.flatMap(({ threat, verdict, residual }) => {
    const old = before.get(threat)
    if (old === undefined) return [`${threat} is new`]
    if (old.verdict === 'unknown' && verdict === 'applies') return [`${threat} was not certain and now applies`]
    if (LEVELS.indexOf(residual) > LEVELS.indexOf(old.residual))
      return [`the residual risk of ${threat} was ${old.residual} and is ${residual}`]
    return []
  })
}
