// Decisions of people: what all of them share. What the register knows and what is derived come from outside, because
// verbs do not know each other.
import type { Catalog } from '../catalog/catalog.ts'
import { Failure } from '../lib/failure.ts'
import { suggest } from '../lib/suggest.ts'
import type { Actor } from '../model/actor.ts'
import type { Asset } from '../model/asset.ts'
import type { Level } from '../model/risk.ts'
import type { GovernHost } from './govern-store.ts'
import type { RiskState, Seen } from './snapshot.ts'

export interface GovernPolicy {
  /** Residual risk up to this level may be accepted by whoever proposes it. */
  appetite: Level
  acceptanceDays: number
  acceptanceDaysAboveAppetite: number
  reviewDays: number
}

/** What is derived from the register and the evidence, now or at a past moment. */
export interface Derived {
  /** Undefined: the threat does not stand for this system, or there is no such system. */
  risk(system: string, threat: string, at?: string): Promise<RiskState | undefined>
  /** Every open risk of a system, in short. */
  seen(system: string, at?: string): Promise<readonly Seen[]>
  /** Controls of a system that a supplier must see to, alone or with us. */
  suppliersPart(system: string): Promise<readonly string[]>
}

export interface Govern {
  store: GovernHost
  catalog: Catalog
  policy: GovernPolicy
  /** Ids of the factors that likelihood is computed from. */
  factors: readonly string[]
  derived: Derived
  now: () => Date
  /** An asset of the register. */
  asset(id: string): Promise<Asset | undefined>
  /** Secrets of links: made once, kept as a hash. */
  secrets: { make(): string; hash(secret: string): string }
  /** E-mail address of an account. */
  emailOf(account: string): Promise<string | undefined>
}

export const DAY_MS = 86_400_000

/** The one who decides: a person by whichever door, or whoever has the machine. */
export function personOf(actor: Actor): string {
  return actor.accountId ?? (actor.kind === 'account' ? actor.id : 'this-machine')
}

export async function activeSystem(govern: Govern, id: string): Promise<Asset> {
  const asset = await govern.asset(id)
  if (asset === undefined)
    throw new Failure('not_found', `there is no system ${id}`, { hint: 'list them: parapet asset list --kind system' })
  if (asset.kind !== 'system')
    throw new Failure('input_invalid', `${id} is a ${asset.kind}: decisions are made for systems`, {
      hint: 'name the system that uses it',
    })
  if (asset.retiredAt !== undefined)
    throw new Failure('conflict', `${id} left the register on ${asset.retiredAt.slice(0, 10)}`, {
      hint: 'declare it again if it still runs',
    })
  return asset
}

/** Refuses an end that has passed or lies further ahead than policy allows. */
export function checkEnd(until: string, now: string, mostDays: number): string {
  const end = new Date(until)
  const most = new Date(Date.parse(now) + mostDays * DAY_MS)
  if (end.toISOString() > now && end <= most) return end.toISOString()
  const message = `must be in the future and at most ${mostDays} days ahead`
  throw new Failure('input_invalid', `until: ${message}`, {
    hint: `choose a date up to ${most.toISOString().slice(0, 10)}`,
    issues: [{ path: 'until', message }],
  })
}

/** Refuses an id that the catalogue does not have, also one that an older edition had. */
export function checkKnown({ catalog }: Govern, what: 'threat' | 'control' | 'measure', id: string): void {
  const known = { threat: catalog.threatsById, control: catalog.controlsById, measure: catalog.measuresById }[what]
  if (known.has(id)) return
  const near = suggest(id, known.keys())
  throw new Failure('input_invalid', `${catalog.name} has no ${what} "${id}"`, {
    hint: near === undefined ? `look it up: parapet catalog resolve "${id}"` : `did you mean "${near}"?`,
    issues: [{ path: what, message: 'is not of this catalogue', ...(near === undefined ? {} : { suggestion: near }) }],
  })
}
