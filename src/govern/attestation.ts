// What a person states with his name: training done, a policy read, something seen to be so. It ends, and where it speaks
// of a measure it becomes evidence, which alone never makes more than the catalogue lets a statement make.
import { z } from 'zod'
import { Failure } from '../lib/failure.ts'
import { type Actor, may } from '../model/actor.ts'
import type { Kept } from '../model/decision.ts'
import { activeSystem, checkEnd, checkKnown, type Govern, personOf } from './govern.ts'
import type { GovernChange } from './govern-store.ts'
import { advance, begin, find, type Noun } from './noun.ts'

export const ATTESTED = ['training', 'policy', 'statement'] as const

const attested = {
  what: z.enum(ATTESTED),
  /** Of the course or the policy; for a statement, what is stated. */
  title: z.string(),
  version: z.string().optional(),
  /** Account id or e-mail address of the one who did it. */
  person: z.string(),
  measure: z.string().optional(),
  doneAt: z.string(),
  until: z.string(),
  by: z.string(),
  at: z.string(),
  evidence: z.array(z.string()),
}

export type Attestation = z.infer<typeof Attestation>
export const Attestation = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('current'), ...attested }),
  z.strictObject({
    state: z.literal('withdrawn'),
    ...attested,
    endedBy: z.string(),
    endedAt: z.string(),
    why: z.string(),
  }),
])

export const attestationNoun: Noun<Attestation> = {
  name: 'attestation',
  schema: Attestation,
  until: (attestation) => (attestation.state === 'current' ? attestation.until : undefined),
}

export const ATTESTATION_STANDINGS = ['current', 'expired', 'withdrawn'] as const

export function attestationStanding(attestation: Attestation, now: string): (typeof ATTESTATION_STANDINGS)[number] {
  return attestation.state === 'current' && attestation.until <= now ? 'expired' : attestation.state
}

export interface NewAttestation {
  what: (typeof ATTESTED)[number]
  title: string
  version?: string | undefined
  /** Somebody else than the one who calls. */
  person?: string | undefined
  doneAt?: string | undefined
  until: string
  /** What it is to prove: a measure on a system. */
  proves?: { measure: string; system: string } | undefined
}

const MOST_DAYS = 366

/** Everybody attests for himself; for others, and as evidence, only who may add evidence. */
export async function attest(govern: Govern, actor: Actor, given: NewAttestation): Promise<Kept<Attestation>> {
  const me = personOf(actor)
  const person = given.person ?? me
  if ((person !== me || given.proves !== undefined) && !may(actor, 'evidence:write'))
    throw new Failure('forbidden', 'you may attest for yourself; for others and as evidence it takes evidence:write', {
      hint: 'leave `person` and `proves` out, or ask an engineer or risk owner',
    })
  if (given.proves !== undefined) {
    checkKnown(govern, 'measure', given.proves.measure)
    await activeSystem(govern, given.proves.system)
  }
  return govern.store.change(async (tx) => {
    const { at } = await tx.stamp()
    const until = checkEnd(given.until, at, MOST_DAYS)
    const doneAt = new Date(given.doneAt ?? at).toISOString()
    if (doneAt > at)
      throw new Failure('input_invalid', 'doneAt: lies in the future', {
        hint: 'attest what was done, when it was done',
        issues: [{ path: 'doneAt', message: 'lies in the future' }],
      })
    const { what, title, version, proves } = given
    const evidence = await proofOf(tx, actor, { proves, title, by: me, doneAt, at, until })
    const value: Attestation = {
      state: 'current',
      what,
      title,
      ...(version === undefined ? {} : { version }),
      person,
      ...(proves === undefined ? {} : { measure: proves.measure }),
      doneAt,
      until,
      by: me,
      at,
      evidence,
    }
    const about = { subject: title, ...(proves === undefined ? {} : { system: proves.system }) }
    return begin(attestationNoun, tx, about, { actor, event: 'made', value, personal: ['person'] })
  })
}

/** Evidence stays what it was; a withdrawn statement is answered by one that says no. */
export async function withdrawAttestation(
  govern: Govern,
  actor: Actor,
  id: string,
  why: string,
): Promise<Kept<Attestation>> {
  return govern.store.change(async (tx) => {
    const { at } = await tx.stamp()
    const before = await find(attestationNoun, tx.decisions, id)
    const { value, system } = before
    const me = personOf(actor)
    if (value.person !== me && value.by !== me && !may(actor, 'evidence:write'))
      throw new Failure('forbidden', 'this is the attestation of somebody else', { hint: 'ask the one who made it' })
    if (value.state !== 'current')
      throw new Failure('conflict', `it was withdrawn on ${value.endedAt.slice(0, 10)}`, { hint: 'make a new one' })
    if (value.measure !== undefined && system !== undefined) {
      const proof = {
        measure: value.measure,
        asset: system,
        kind: 'attestation',
        supports: false,
        failing: [],
      } as const
      const times = { observedFrom: at, observedTo: at, collectedAt: at }
      await tx.prove(
        [{ ...proof, ...times, collector: value.by, note: `withdrawn: ${value.title}`.slice(0, 300) }],
        actor,
      )
    }
    const ended: Attestation = { ...value, state: 'withdrawn', endedBy: me, endedAt: at, why }
    return advance(attestationNoun, tx, before, { actor, event: 'withdrawn', value: ended, personal: ['person'] })
  })
}

async function proofOf(
  tx: GovernChange,
  actor: Actor,
  given: Pick<NewAttestation, 'proves' | 'title'> & { by: string; doneAt: string; at: string; until: string },
): Promise<string[]> {
  if (given.proves === undefined) return []
  const { measure, system } = given.proves
  const proof = {
    measure,
    asset: system,
    kind: 'attestation',
    supports: true,
    failing: [],
    observedFrom: given.doneAt,
    observedTo: given.doneAt,
    collectedAt: given.at,
    collector: given.by,
    validUntil: given.until,
    note: given.title,
  } as const
  return tx.prove([proof], actor)
}
