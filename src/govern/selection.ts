// Which measures a system is to have: chosen ones count in the residual as designed, and one that is not needed is left
// out, for a reason and for a time. What nobody ruled on is as the catalogue asks.
import { z } from 'zod'
import { Failure } from '../lib/failure.ts'
import { type Actor, SYSTEM } from '../model/actor.ts'
import type { Kept } from '../model/decision.ts'
import { activeSystem, checkEnd, checkKnown, type Govern } from './govern.ts'
import type { DecisionStore } from './govern-store.ts'
import { all, type Noun } from './noun.ts'
import { Cleared, clearRuling, ruled, setRuling } from './ruling.ts'

export const CHOICES = ['chosen', 'not-needed'] as const

export type Selection = z.infer<typeof Selection>
export const Selection = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('chosen'), ...ruled, until: z.string().optional() }),
  z.strictObject({ state: z.literal('not-needed'), ...ruled, until: z.string() }),
  Cleared,
])

export const selectionNoun: Noun<Selection> = {
  name: 'selection',
  schema: Selection,
  until: (selection) => (selection.state === 'cleared' ? undefined : selection.until),
}

export interface NewSelection {
  system: string
  measure: string
  choice: (typeof CHOICES)[number]
  reason: string
  until?: string | undefined
}

export async function select(govern: Govern, actor: Actor, given: NewSelection): Promise<Kept<Selection>> {
  const { policy } = govern
  await activeSystem(govern, given.system)
  checkKnown(govern, 'measure', given.measure)
  const thing = { system: given.system, subject: given.measure }
  return govern.store.change((tx) =>
    setRuling(selectionNoun, tx, actor, thing, ({ by, at }): Selection => {
      const common = { by, at, reason: given.reason }
      const until = given.until === undefined ? undefined : checkEnd(given.until, at, policy.acceptanceDays)
      if (given.choice === 'chosen') return { state: 'chosen', ...common, ...(until === undefined ? {} : { until }) }
      if (until !== undefined) return { state: 'not-needed', ...common, until }
      throw new Failure('input_invalid', 'until: a measure is left out for a time, not for ever', {
        hint: `name the day on which somebody looks at it again, at most ${policy.acceptanceDays} days ahead`,
        issues: [{ path: 'until', message: 'is needed' }],
      })
    }),
  )
}

export async function unselect(
  govern: Govern,
  actor: Actor,
  given: { system: string; measure: string; reason: string },
): Promise<Kept<Selection>> {
  const thing = { system: given.system, subject: given.measure }
  return govern.store.change((tx) => clearRuling(selectionNoun, tx, actor, thing, given.reason))
}

export interface Selected {
  decision: (typeof CHOICES)[number]
  reason: string
  /** From then on it holds no longer. */
  until?: string
}

/** System → measure → what was selected last, also where its time has passed. */
export async function selectionsAt(decisions: DecisionStore, at?: string): Promise<Map<string, Map<string, Selected>>> {
  const found = new Map<string, Map<string, Selected>>()
  for (const { system, subject, value } of await all(selectionNoun, decisions, {}, at)) {
    if (system === undefined || value.state === 'cleared') continue
    const { state: decision, reason, until } = value
    const ofSystem = found.get(system) ?? new Map<string, Selected>()
    found.set(system, ofSystem.set(subject, { decision, reason, ...(until === undefined ? {} : { until }) }))
  }
  return found
}

/** Clears choices whose time has passed, so that whatever was derived from them is derived anew. */
export async function noticeEndedSelections(govern: Govern): Promise<number> {
  let ended = 0
  for (const { system, subject, value } of await all(selectionNoun, govern.store.read.decisions, { states: CHOICES })) {
    const hasPassed =
      value.state !== 'cleared' && value.until !== undefined && value.until <= govern.now().toISOString()
    if (system === undefined || !hasPassed) continue
    const thing = { system, subject }
    const hasEnded = await govern.store.change(async (tx) => {
      const { at } = await tx.stamp()
      const [kept] = await all(selectionNoun, tx.decisions, thing)
      if (kept === undefined || kept.value.state === 'cleared') return false
      if (kept.value.until === undefined || kept.value.until > at) return false
      await clearRuling(selectionNoun, tx, SYSTEM, thing, 'its time has passed')
      return true
    })
    if (hasEnded) ended++
  }
  return ended
}
