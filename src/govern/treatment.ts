// What is to be done about a risk: mitigate, transfer, avoid or accept it. Accepting is an intention until an acceptance
// is in force: only that one bears the risk.
import { z } from 'zod'
import type { Actor } from '../model/actor.ts'
import type { Kept } from '../model/decision.ts'
import { activeSystem, checkKnown, type Govern } from './govern.ts'
import type { Noun } from './noun.ts'
import { Cleared, clearRuling, ruled, setRuling } from './ruling.ts'

export const TREATMENTS = ['mitigate', 'transfer', 'avoid', 'accept'] as const

export type Treatment = z.infer<typeof Treatment>
export const Treatment = z.discriminatedUnion('state', [
  z.strictObject({ state: z.enum(TREATMENTS), ...ruled }),
  Cleared,
])

export const treatmentNoun: Noun<Treatment> = { name: 'treatment', schema: Treatment, until: () => undefined }

export interface NewTreatment {
  system: string
  threat: string
  treatment: (typeof TREATMENTS)[number]
  reason: string
}

export async function treat(govern: Govern, actor: Actor, given: NewTreatment): Promise<Kept<Treatment>> {
  await activeSystem(govern, given.system)
  checkKnown(govern, 'threat', given.threat)
  const thing = { system: given.system, subject: given.threat }
  return govern.store.change((tx) =>
    setRuling(treatmentNoun, tx, actor, thing, (ruler): Treatment => ({
      state: given.treatment,
      ...ruler,
      reason: given.reason,
    })),
  )
}

export async function untreat(
  govern: Govern,
  actor: Actor,
  given: { system: string; threat: string; reason: string },
): Promise<Kept<Treatment>> {
  const thing = { system: given.system, subject: given.threat }
  return govern.store.change((tx) => clearRuling(treatmentNoun, tx, actor, thing, given.reason))
}
