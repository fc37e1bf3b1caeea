// Which measures a system is to have: chosen ones count in the residual as designed, and one that is not needed is left
// out, for a reason and for a time. What nobody ruled on is as the catalogue asks.
import { z } from 'zod'
import { Failure } from '../lib/failure.ts'
import type { Actor } from '../model/actor.ts'
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

export type MeasureChoice = { choice: 'chosen' } | { choice: 'not-needed'; reason: string; until: string }

/** System → measure → what holds at this moment. A choice whose time has passed holds no longer. */
export async function selectionsAt(
  decisions: DecisionStore,
  now: string,
  filter: { system?: string } = {},
  at?: string,
): Promise<Map<string, Map<string, MeasureChoice>>> {
  const found = new Map<string, Map<string, MeasureChoice>>()
  for (const { system, subject, value } of await all(selectionNoun, decisions, filter, at)) {
    if (system === undefined || value.state === 'cleared') continue
    if (value.until !== undefined && value.until <= now) continue
    const ofSystem = found.get(system) ?? new Map<string, MeasureChoice>()
    const choice: MeasureChoice =
      value.state === 'chosen'
        ? { choice: 'chosen' }
        : { choice: 'not-needed', reason: value.reason, until: value.until }
    found.set(system, ofSystem.set(subject, choice))
  }
  return found
}
