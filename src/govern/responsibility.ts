// Who must see to a control of a system. The deployment model says it for each threat; where a contract says otherwise,
// somebody overrides it for a control, with the reason.
import { z } from 'zod'
import type { Actor } from '../model/actor.ts'
import type { Kept } from '../model/decision.ts'
import { activeSystem, checkKnown, type Govern } from './govern.ts'
import type { DecisionStore } from './govern-store.ts'
import { all, type Noun } from './noun.ts'
import { Cleared, clearRuling, ruled, setRuling } from './ruling.ts'

export const ASSIGNABLE = ['you', 'supplier', 'shared'] as const
export type Assignable = (typeof ASSIGNABLE)[number]

export type Responsibility = z.infer<typeof Responsibility>
export const Responsibility = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('set'), party: z.enum(ASSIGNABLE), ...ruled }),
  Cleared,
])

export const responsibilityNoun: Noun<Responsibility> = {
  name: 'responsibility',
  schema: Responsibility,
  until: () => undefined,
}

export async function assignResponsibility(
  govern: Govern,
  actor: Actor,
  given: { system: string; control: string; party: Assignable; reason: string },
): Promise<Kept<Responsibility>> {
  await activeSystem(govern, given.system)
  checkKnown(govern, 'control', given.control)
  const thing = { system: given.system, subject: given.control }
  return govern.store.change((tx) =>
    setRuling(responsibilityNoun, tx, actor, thing, (ruler): Responsibility => ({
      state: 'set',
      party: given.party,
      ...ruler,
      reason: given.reason,
    })),
  )
}

export async function unassignResponsibility(
  govern: Govern,
  actor: Actor,
  given: { system: string; control: string; reason: string },
): Promise<Kept<Responsibility>> {
  const thing = { system: given.system, subject: given.control }
  return govern.store.change((tx) => clearRuling(responsibilityNoun, tx, actor, thing, given.reason))
}

/** System → control → who was made responsible for it, and why; as it is, or as it was at a past moment. */
export async function assignmentsAt(
  decisions: DecisionStore,
  at?: string,
): Promise<Map<string, Map<string, { party: Assignable; reason: string }>>> {
  const found = new Map<string, Map<string, { party: Assignable; reason: string }>>()
  for (const { system, subject, value } of await all(responsibilityNoun, decisions, { states: ['set'] }, at)) {
    if (system === undefined || value.state !== 'set') continue
    const ofSystem = found.get(system) ?? new Map<string, { party: Assignable; reason: string }>()
    found.set(system, ofSystem.set(subject, { party: value.party, reason: value.reason }))
  }
  return found
}
