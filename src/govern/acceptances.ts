// Proposing, approving and ending acceptances of risks. The risk is derived anew at every step: nobody accepts what is no
// longer so.
import { Failure } from '../lib/failure.ts'
import { type Actor, SYSTEM } from '../model/actor.ts'
import type { Asset } from '../model/asset.ts'
import type { Kept } from '../model/decision.ts'
import { LEVELS } from '../model/risk.ts'
import {
  type Acceptance,
  type AcceptanceEvent,
  acceptanceNoun,
  nextAcceptance,
  type Standing,
  standingOf,
} from './acceptance.ts'
import { activeSystem, checkEnd, checkKnown, type Govern, personOf } from './govern.ts'
import { advance, all, begin, find } from './noun.ts'
import { type RiskState, snapshotHash } from './snapshot.ts'

export interface NewAcceptance {
  system: string
  threat: string
  reason: string
  conditions: readonly string[]
  until: string
}

export async function proposeAcceptance(govern: Govern, actor: Actor, given: NewAcceptance): Promise<Kept<Acceptance>> {
  await activeSystem(govern, given.system)
  const snapshot = await standingRisk(govern, given.system, given.threat)
  const aboveAppetite = isAboveAppetite(govern, snapshot)
  const { acceptanceDays, acceptanceDaysAboveAppetite } = govern.policy
  return govern.store.change(async (tx) => {
    const { at } = await tx.stamp()
    const until = checkEnd(given.until, at, aboveAppetite ? acceptanceDaysAboveAppetite : acceptanceDays)
    const about = { system: given.system, subject: given.threat }
    const [waiting] = await all(acceptanceNoun, tx.decisions, { ...about, states: ['proposed'] })
    if (waiting !== undefined)
      throw new Failure('conflict', `${waiting.id} already asks to accept this risk`, {
        hint: 'decide on it or withdraw it first',
      })
    const value: Acceptance = {
      state: 'proposed',
      proposedBy: personOf(actor),
      proposedAt: at,
      reason: given.reason,
      conditions: [...given.conditions],
      until,
      aboveAppetite,
      snapshot,
      hash: snapshotHash(snapshot),
    }
    return begin(acceptanceNoun, tx, about, { actor, event: 'proposed', value })
  })
}

/** Only the system's risk owner, or an owner of Parapet. What it replaces ends in the same change. */
export async function approveAcceptance(govern: Govern, actor: Actor, id: string): Promise<Kept<Acceptance>> {
  const { system = '', subject } = await find(acceptanceNoun, govern.store.read.decisions, id)
  await mustOwnRisk(govern, actor, await activeSystem(govern, system))
  const risk = await govern.derived.risk(system, subject)
  return govern.store.change(async (tx) => {
    const { at } = await tx.stamp()
    const before = await find(acceptanceNoun, tx.decisions, id)
    const by = personOf(actor)
    const aboveAppetite = risk !== undefined && isAboveAppetite(govern, risk)
    if (aboveAppetite && before.value.state === 'proposed')
      checkEnd(before.value.until, at, govern.policy.acceptanceDaysAboveAppetite)
    const value = nextAcceptance(before.value, { event: 'approved', by, at, risk, aboveAppetite })
    for (const old of await all(acceptanceNoun, tx.decisions, { system, subject, states: ['active'] })) {
      const end: AcceptanceEvent = { event: 'withdrawn', by, at, why: `replaced by ${id}` }
      await advance(acceptanceNoun, tx, old, { actor, event: 'replaced', value: nextAcceptance(old.value, end) })
    }
    return advance(acceptanceNoun, tx, before, { actor, event: 'approved', value })
  })
}

export async function endAcceptance(
  govern: Govern,
  actor: Actor,
  id: string,
  { event, why }: { event: 'refused' | 'withdrawn'; why: string },
): Promise<Kept<Acceptance>> {
  const { system = '', value } = await find(acceptanceNoun, govern.store.read.decisions, id)
  const isOwn = value.proposedBy === personOf(actor)
  if (event === 'refused' || !isOwn) await mustOwnRisk(govern, actor, await govern.asset(system))
  return govern.store.change(async (tx) => {
    const { at } = await tx.stamp()
    const before = await find(acceptanceNoun, tx.decisions, id)
    const step: AcceptanceEvent = { event, by: personOf(actor), at, why }
    return advance(acceptanceNoun, tx, before, { actor, event, value: nextAcceptance(before.value, step) })
  })
}

export interface StandingAcceptance extends Kept<Acceptance> {
  standing: Standing
}

/** How it stands now, whether or not anybody has noticed. */
export async function withStanding(govern: Govern, kept: Kept<Acceptance>, at?: string): Promise<StandingAcceptance> {
  const { system = '', subject, value } = kept
  const isOpen = value.state === 'proposed' || value.state === 'active'
  const risk = isOpen ? await govern.derived.risk(system, subject, at) : undefined
  return { ...kept, standing: standingOf(value, risk, at ?? govern.now().toISOString()) }
}

/** Records what became of acceptances in force: expired, or void because the risk changed. Returns how many ended. */
export async function noticeEndedAcceptances(govern: Govern, signal?: AbortSignal): Promise<number> {
  let ended = 0
  for (const kept of await all(acceptanceNoun, govern.store.read.decisions, { states: ['active'] })) {
    signal?.throwIfAborted()
    const { standing } = await withStanding(govern, kept)
    if (standing.state !== 'expired' && standing.state !== 'voided') continue
    const risk = await govern.derived.risk(kept.system ?? '', kept.subject)
    const hasEnded = await govern.store.change(async (tx) => {
      const { at } = await tx.stamp()
      const before = await find(acceptanceNoun, tx.decisions, kept.id)
      const value = nextAcceptance(before.value, { event: 'looked-at', at, risk })
      if (value === before.value) return false
      await advance(acceptanceNoun, tx, before, { actor: SYSTEM, event: value.state, value })
      return true
    })
    if (hasEnded) ended++
  }
  return ended
}

export function isAboveAppetite({ policy }: Govern, risk: RiskState): boolean {
  return LEVELS.indexOf(risk.proven.severity) > LEVELS.indexOf(policy.appetite)
}

async function standingRisk(govern: Govern, system: string, threat: string): Promise<RiskState> {
  checkKnown(govern, 'threat', threat)
  const risk = await govern.derived.risk(system, threat)
  if (risk !== undefined) return risk
  throw new Failure('conflict', `${threat} does not apply to ${system}: there is no risk to accept`, {
    hint: `why: parapet system threat ${system} ${threat}`,
  })
}

async function mustOwnRisk(govern: Govern, actor: Actor, system: Asset | undefined): Promise<void> {
  if (actor.role === 'owner') return
  const email = actor.accountId === undefined ? undefined : await govern.emailOf(actor.accountId)
  const owner = system?.owners.risk
  if (email !== undefined && owner !== undefined && email.toLowerCase() === owner.toLowerCase()) return
  throw new Failure('forbidden', `only the risk owner of ${system?.id ?? 'this system'} decides on its risks`, {
    hint: owner === undefined ? 'it has no risk owner: name one first' : 'ask its risk owner, or an owner of Parapet',
  })
}
