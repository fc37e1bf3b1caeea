// Holding reviews and settling what they found.
import type { Actor } from '../model/actor.ts'
import type { Asset } from '../model/asset.ts'
import type { Kept } from '../model/decision.ts'
import { activeSystem, type Govern, personOf } from './govern.ts'
import type { DecisionStore } from './govern-store.ts'
import { advance, all, begin, find, newestBySystem } from './noun.ts'
import {
  heldReview,
  type OUTCOMES,
  type Review,
  type ReviewDue,
  reviewDue,
  reviewNoun,
  settleFinding,
} from './review.ts'

export interface NewReview {
  system: string
  outcome: (typeof OUTCOMES)[number]
  summary: string
  findings: readonly { what: string; owner: string; due: string }[]
}

/** The occasion is what makes one due, or the schedule where none is. */
export async function holdReview(govern: Govern, actor: Actor, given: NewReview): Promise<Kept<Review>> {
  const system = await activeSystem(govern, given.system)
  const [due, seen] = [await dueOf(govern, system), await govern.derived.seen(system.id)]
  return govern.store.change(async (tx) => {
    const { at } = await tx.stamp()
    const value = heldReview({
      occasion: due.state === 'not-due' ? 'scheduled' : due.occasion,
      outcome: given.outcome,
      summary: given.summary,
      findings: given.findings.map((finding) => ({
        state: 'open',
        ...finding,
        due: new Date(finding.due).toISOString(),
      })),
      by: personOf(actor),
      at,
      seen: [...seen],
    })
    return begin(reviewNoun, tx, { system: system.id, subject: system.id }, { actor, event: 'held', value })
  })
}

export async function settle(
  govern: Govern,
  actor: Actor,
  id: string,
  { finding, how }: { finding: number; how: string },
): Promise<Kept<Review>> {
  return govern.store.change(async (tx) => {
    const { at } = await tx.stamp()
    const before = await find(reviewNoun, tx.decisions, id)
    const value = settleFinding(before.value, finding, { by: personOf(actor), at, how })
    return advance(reviewNoun, tx, before, { actor, event: 'finding-settled', value })
  })
}

/** The last review held of each system. */
export async function lastReviews(decisions: DecisionStore, at?: string): Promise<Map<string, Review>> {
  const kept = await newestBySystem(reviewNoun, decisions, at)
  return new Map([...kept].map(([system, { value }]) => [system, value]))
}

/** Whether a system must be reviewed, now or at a past moment. */
export async function dueOf(govern: Govern, system: Asset, at?: string): Promise<ReviewDue> {
  const held = await all(reviewNoun, govern.store.read.decisions, { system: system.id }, at)
  const seen = await govern.derived.seen(system.id, at)
  const now = at ?? govern.now().toISOString()
  return reviewDue(system, held.at(-1)?.value, seen, now, govern.policy.reviewDays)
}
