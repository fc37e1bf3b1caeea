// Whether the people who decide look at what they decide: how long each takes, how much of it each approves, how much falls
// to one of them, what nobody answers, and that nobody approved what was their own. Pure: from what became of real questions.
import { z } from 'zod'
import type { Approval } from '../../model/approval.ts'

const HOUR_MS = 3_600_000

const share = (most: number, text: string) => z.number().min(0).max(1).default(most).describe(text)

export type ReviewerBounds = z.output<typeof ReviewerBounds>
export const ReviewerBounds = z.strictObject({
  hours: z.int().min(1).max(720).default(168).describe('how far back is looked'),
  least: z.int().min(1).max(1000).default(5).describe('of fewer decisions nothing can be told'),
  hastySeconds: z.number().min(0).max(3600).default(3).describe('who approves sooner has not read it'),
  mostHasty: share(0.5, 'largest share of one person’s approvals that may be so hasty'),
  mostApproved: share(1, 'largest share of one person’s decisions that may be approvals'),
  mostUnanswered: share(0.5, 'largest share of questions that may run out of time'),
  mostADay: z.int().min(1).max(100_000).default(200).describe('most decisions of one person on a day (UTC)'),
})

export interface Reviewer {
  /** Id of the account. */
  by: string
  approved: number
  refused: number
  /** Approvals that were given too soon. */
  hasty: number
  /** Seconds from question to decision, of half of them at most. */
  medianSeconds: number
  /** Decisions on the day that had most. */
  mostOnADay: number
  /** Approvals of their own calls: there must be none. */
  own: number
}

export interface ReviewerHealth {
  /** Questions that had an end which people owe: decided, or out of time. */
  questions: number
  unanswered: number
  reviewers: Reviewer[]
  decisions: number
  /** What is beyond bounds. Names accounts by id. */
  strays: string[]
  /** Whether there are enough of them to tell that nothing is. */
  isEnough: boolean
}

interface Decision {
  by: string
  at: string
  isApproval: boolean
  isOwn: boolean
  seconds: number
}

export function reviewerHealth(approvals: readonly Approval[], bounds: ReviewerBounds, now: Date): ReviewerHealth {
  const since = new Date(now.getTime() - bounds.hours * HOUR_MS).toISOString()
  const ended = approvals.filter(({ endedAt = '' }) => endedAt >= since)
  const unanswered = ended.filter(isUnanswered).length
  const questions = ended.filter(({ state }) => state === 'approved' || state === 'refused').length + unanswered
  const decisions = Map.groupBy(ended.flatMap(decisionsOf), ({ by }) => by)
  const reviewers = Array.from(decisions, ([by, own]) => reviewerOf(by, own, bounds)).toSorted(
    (a, b) => b.approved + b.refused - (a.approved + a.refused) || (a.by < b.by ? -1 : 1),
  )
  const strays = reviewers.flatMap((one) => straysOf(one, bounds))
  const [approved, refused, hasty] = (['approved', 'refused', 'hasty'] as const).map((what) =>
    reviewers.reduce((sum, one) => sum + one[what], 0),
  ) as [number, number, number]
  // Many who decide little each.
  if (strays.length === 0) strays.push(...shares({ by: 'everybody together', approved, refused, hasty }, bounds))
  if (questions >= bounds.least && unanswered > questions * bounds.mostUnanswered)
    strays.push(`${unanswered} of ${questions} questions were answered by nobody`)
  const decided = approved + refused
  return { questions, unanswered, reviewers, decisions: decided, strays, isEnough: decided >= bounds.least }
}

/** Not where nobody waited for the answer any more. */
const isUnanswered = ({ state, endedAt = '', expiresAt }: Approval) => state === 'expired' && endedAt >= expiresAt

function decisionsOf({ given, askers, askedAt, state, endedBy, endedAt }: Approval): Decision[] {
  const seconds = (at: string) => Math.max(0, (Date.parse(at) - Date.parse(askedAt)) / 1000)
  const approvals = given.map(({ by, at }) => {
    return { by, at, isApproval: true, isOwn: askers.includes(by), seconds: seconds(at) }
  })
  if (state !== 'refused' || endedBy === undefined || endedAt === undefined) return approvals
  return [...approvals, { by: endedBy, at: endedAt, isApproval: false, isOwn: false, seconds: seconds(endedAt) }]
}

function reviewerOf(by: string, decisions: readonly Decision[], { hastySeconds }: ReviewerBounds): Reviewer {
  const approvals = decisions.filter(({ isApproval }) => isApproval)
  const seconds = decisions.map((one) => one.seconds).toSorted((a, b) => a - b)
  const days = Map.groupBy(decisions, ({ at }) => at.slice(0, 10))
  return {
    by,
    approved: approvals.length,
    refused: decisions.length - approvals.length,
    hasty: approvals.filter((one) => one.seconds < hastySeconds).length,
    medianSeconds: Math.round(seconds[Math.floor((seconds.length - 1) / 2)] ?? 0),
    mostOnADay: Math.max(0, ...Array.from(days.values(), ({ length }) => length)),
    own: approvals.filter(({ isOwn }) => isOwn).length,
  }
}

function straysOf(reviewer: Reviewer, bounds: ReviewerBounds): string[] {
  const { by, mostOnADay, own } = reviewer
  return [
    ...(own > 0 ? [`${by} approved ${own} of their own calls`] : []),
    ...shares(reviewer, bounds),
    ...(mostOnADay > bounds.mostADay ? [`${by} decided ${mostOnADay} times on one day`] : []),
  ]
}

function shares(
  { by, approved, refused, hasty }: Pick<Reviewer, 'by' | 'approved' | 'refused' | 'hasty'>,
  { least, hastySeconds, mostHasty, mostApproved }: ReviewerBounds,
): string[] {
  const all = approved + refused
  if (all < least) return []
  return [
    ...(hasty > approved * mostHasty ? [`${by} gave ${hasty} of ${approved} approvals within ${hastySeconds} s`] : []),
    ...(approved > all * mostApproved ? [`${by} approved ${approved} of ${all}`] : []),
  ]
}
