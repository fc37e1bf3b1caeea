// States a fact about an asset, or takes back what a source claimed. Nothing is overwritten: the newest claim of a
// source and collector is what they say today.
import { Failure } from '../lib/failure.ts'
import { newId } from '../lib/id.ts'
import type { Actor } from '../model/actor.ts'
import type { Fact, FactSource, FactValue } from '../model/fact.ts'
import { conflictsOf } from './conflicts.ts'
import { checkFact } from './fact-value.ts'
import type { RecordedFact, RegisterChange } from './register-store.ts'
import { mustFind, named, type Register } from './register.ts'

/** Clocks of others may be a little ahead of ours. */
const TOLERATED_MS = 5 * 60_000
/** Of all sources and collectors about one asset. */
const MOST_CLAIMS = 1000

export interface Claim {
  asset: string
  key: string
  value: unknown
  source: FactSource
  by: string
  observedAt?: string | undefined
  confidence?: number | undefined
}

export async function stateFact(register: Register, actor: Actor, claim: Claim): Promise<Fact> {
  const checked = checkFact(register.catalog, claim.key, claim.value)
  if ('issue' in checked) {
    const { issue } = checked
    throw new Failure('input_invalid', `${issue.path}: ${issue.message}`, {
      hint: issue.suggestion === undefined ? undefined : `did you mean "${issue.suggestion}"?`,
      issues: [issue],
    })
  }
  const latest = new Date(register.now().getTime() + TOLERATED_MS).toISOString()
  const observedAt = claim.observedAt === undefined ? undefined : new Date(claim.observedAt).toISOString()
  if (observedAt !== undefined && observedAt > latest)
    throw new Failure('input_invalid', 'observedAt: lies in the future', { hint: 'check the clock of whoever saw it' })
  return append(register, actor, 'fact.stated', { ...claim, observedAt }, checked.value)
}

export async function withdrawFact(
  register: Register,
  actor: Actor,
  claim: Pick<Claim, 'asset' | 'key' | 'source' | 'by'>,
): Promise<Fact> {
  return append(register, actor, 'fact.withdrawn', claim, null)
}

async function append(
  register: Register,
  actor: Actor,
  kind: 'fact.stated' | 'fact.withdrawn',
  { asset, key, source, by, observedAt, confidence = 1 }: Omit<Claim, 'value'>,
  value: FactValue | null,
): Promise<Fact> {
  return register.store.change((tx) =>
    claimIn(tx, actor, kind, { asset, key, source, by, observedAt, confidence }, value),
  )
}

/** The same within a change that does more; the value is one of the catalogue's. */
export async function claimIn(
  tx: RegisterChange,
  actor: Actor,
  kind: 'fact.stated' | 'fact.withdrawn',
  { asset, key, source, by, observedAt, confidence = 1 }: Omit<Claim, 'value'>,
  value: FactValue | null,
): Promise<Fact> {
  const { at, entry } = await tx.stamp()
  const { retiredAt } = await mustFind(tx.register, asset)
  if (retiredAt !== undefined)
    throw new Failure('conflict', `"${asset}" has left the register`, { hint: 'state the asset again first' })
  const claims = await tx.register.claims([asset])
  const previous = claims.find((one) => one.key === key && one.source === source && one.by === by)
  if (value === null && previous === undefined)
    throw new Failure('not_found', `${source} by ${by} claims nothing about ${key} of "${asset}"`, {
      hint: `\`parapet fact list ${asset}\` shows who claims what`,
    })
  if (previous === undefined && claims.length >= MOST_CLAIMS)
    throw new Failure('too_many', `${MOST_CLAIMS} claims stand about "${asset}" already`, {
      hint: 'withdraw those of collectors that are gone, or let one collector speak for several',
    })
  const id = newId('fact', new Date(at))
  const fact: Fact = { id, asset, key, value, source, by, observedAt: observedAt ?? at, recordedAt: at, confidence }
  await addFacts(tx, [{ ...fact, entry }])
  tx.record({
    kind,
    actor: named(actor),
    subject: { kind: 'asset', id: asset },
    data: {
      fact: id,
      key,
      ...(previous ? { before: previous.value } : {}),
      after: value,
      source,
      by,
      observedAt: fact.observedAt,
      confidence,
    },
  })
  return fact
}

/** Appends claims and keeps in mind where sources now disagree. */
export async function addFacts(tx: RegisterChange, facts: readonly RecordedFact[]): Promise<void> {
  await tx.register.addFacts(facts)
  const assets = [...new Set(facts.map(({ asset }) => asset))]
  const conflicts = Map.groupBy(conflictsOf(await tx.register.claims(assets)), ({ asset }) => asset)
  await tx.register.setContested(
    new Map(assets.map((asset) => [asset, (conflicts.get(asset) ?? []).map(({ key }) => key)])),
  )
}
