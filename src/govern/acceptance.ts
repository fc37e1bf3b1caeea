// Bearing a risk, as a state machine. A step that the state does not allow throws; what time and the world do to an
// acceptance in the meantime is derived by `standingOf`, so that an expired or outdated one never counts, noticed or not.
//
//     proposed ─► active ─► expired | voided
//        │  │        └────► withdrawn
//        │  └─► refused
//        └────► withdrawn
import { z } from 'zod'
import { Failure } from '../lib/failure.ts'
import type { Noun } from './noun.ts'
import { Difference, differencesOf, RiskState } from './snapshot.ts'

const proposal = {
  proposedBy: z.string(),
  proposedAt: z.string(),
  reason: z.string(),
  conditions: z.array(z.string()),
  until: z.string(),
  /** Above the appetite of then: the approver was, or has to be, somebody else than the proposer. */
  aboveAppetite: z.boolean(),
  snapshot: RiskState,
  /** Of the snapshot. */
  hash: z.string(),
}
const approval = { approvedBy: z.string(), approvedAt: z.string() }
const ended = { endedAt: z.string() }
const endedBySomebody = { ...ended, endedBy: z.string(), why: z.string() }

export type Acceptance = z.infer<typeof Acceptance>
export const Acceptance = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('proposed'), ...proposal }),
  z.strictObject({ state: z.literal('refused'), ...proposal, ...endedBySomebody }),
  z.strictObject({
    state: z.literal('withdrawn'),
    ...proposal,
    approvedBy: z.string().optional(),
    approvedAt: z.string().optional(),
    ...endedBySomebody,
  }),
  z.strictObject({ state: z.literal('active'), ...proposal, ...approval }),
  z.strictObject({ state: z.literal('expired'), ...proposal, ...approval, ...ended }),
  z.strictObject({
    state: z.literal('voided'),
    ...proposal,
    ...approval,
    ...ended,
    differences: z.array(Difference).min(1),
  }),
])

type Active = Extract<Acceptance, { state: 'active' }>

export const ACCEPTANCE_STATES = ['proposed', 'refused', 'withdrawn', 'active', 'expired', 'voided'] as const

export const acceptanceNoun: Noun<Acceptance> = {
  name: 'acceptance',
  schema: Acceptance,
  until: (acceptance) =>
    acceptance.state === 'active' || acceptance.state === 'proposed' ? acceptance.until : undefined,
}

export type AcceptanceEvent =
  | { event: 'approved'; by: string; at: string; risk: RiskState | undefined; aboveAppetite: boolean }
  | { event: 'refused'; by: string; at: string; why: string }
  | { event: 'withdrawn'; by: string; at: string; why: string }
  /** Time went on, or the risk changed: whatever there is to notice is noticed. */
  | { event: 'looked-at'; at: string; risk: RiskState | undefined }

export function nextAcceptance(acceptance: Acceptance, event: AcceptanceEvent): Acceptance {
  if (event.event === 'looked-at') return lookedAt(acceptance, event.at, event.risk)
  if (event.event === 'withdrawn' && acceptance.state === 'active')
    return { ...acceptance, state: 'withdrawn', endedBy: event.by, endedAt: event.at, why: event.why }
  if (acceptance.state !== 'proposed')
    throw new Failure('conflict', `this acceptance is ${acceptance.state} and cannot be ${event.event}`, {
      hint: 'propose a new one where the risk should be borne',
    })
  if (event.event !== 'approved')
    return { ...acceptance, state: event.event, endedBy: event.by, endedAt: event.at, why: event.why }
  if (acceptance.until <= event.at)
    throw new Failure('conflict', `the proposed end ${acceptance.until} has passed`, { hint: 'propose it anew' })
  const aboveAppetite = acceptance.aboveAppetite || event.aboveAppetite
  if (aboveAppetite && acceptance.proposedBy === event.by)
    throw new Failure('forbidden', 'above the appetite nobody approves what he proposed himself', {
      hint: 'ask another risk owner to approve it',
    })
  refuseOutdated(differencesOf(acceptance.snapshot, event.risk))
  return { ...acceptance, state: 'active', aboveAppetite, approvedBy: event.by, approvedAt: event.at }
}

function lookedAt(acceptance: Acceptance, at: string, risk: RiskState | undefined): Acceptance {
  if (acceptance.state !== 'active') return acceptance
  const standing = standingOfActive(acceptance, risk, at)
  if (standing.state === 'expired') return { ...acceptance, state: 'expired', endedAt: standing.endedAt }
  if (standing.state === 'voided')
    return { ...acceptance, state: 'voided', endedAt: at, differences: [...standing.differences] }
  return acceptance
}

function refuseOutdated(differences: readonly Difference[]): void {
  const [first] = differences
  if (first === undefined) return
  const more = differences.length > 1 ? ` (and ${differences.length - 1} more)` : ''
  const change = `${first.what} was ${first.before} and is ${first.after}${more}`
  throw new Failure('conflict', `the risk is no longer the one that was proposed: ${change}`, {
    hint: 'withdraw it and propose the risk as it is now',
    issues: differences
      .slice(0, 20)
      .map(({ what, before, after }) => ({ path: what, message: `${before} → ${after}` })),
  })
}

export type Standing =
  | { state: 'proposed'; outdated: readonly Difference[] }
  | { state: 'active' | 'expiring'; until: string }
  | { state: 'expired'; endedAt: string }
  | { state: 'voided'; endedAt: string; differences: readonly Difference[] }
  | { state: 'refused' | 'withdrawn'; endedAt: string }

export const STANDINGS = ['proposed', 'active', 'expiring', 'expired', 'voided', 'refused', 'withdrawn'] as const

/** How an acceptance stands at a moment, given what the risk is then. */
export function standingOf(acceptance: Acceptance, risk: RiskState | undefined, at: string): Standing {
  switch (acceptance.state) {
    case 'proposed':
      return { state: 'proposed', outdated: differencesOf(acceptance.snapshot, risk) }
    case 'active':
      return standingOfActive(acceptance, risk, at)
    case 'voided':
      return { state: 'voided', endedAt: acceptance.endedAt, differences: acceptance.differences }
    case 'expired':
    case 'refused':
    case 'withdrawn':
      return { state: acceptance.state, endedAt: acceptance.endedAt }
  }
}

/** Whether the risk is borne by it. Nothing else does so. */
export function counts(standing: Standing): boolean {
  return standing.state === 'active' || standing.state === 'expiring'
}

const WARN_MS = 30 * 86_400_000

function standingOfActive(acceptance: Active, risk: RiskState | undefined, at: string): Standing {
  const { until, approvedAt } = acceptance
  if (until <= at) return { state: 'expired', endedAt: until }
  const differences = differencesOf(acceptance.snapshot, risk)
  if (differences.length > 0) return { state: 'voided', endedAt: at, differences }
  const [end, length] = [Date.parse(until), Date.parse(until) - Date.parse(approvedAt)]
  const warnsFrom = end - Math.min(WARN_MS, length / 3)
  return { state: Date.parse(at) >= warnsFrom ? 'expiring' : 'active', until }
}
