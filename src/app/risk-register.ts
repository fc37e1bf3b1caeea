// The risk register: every open risk of every system with the fields of the catalogue, what people decided about it, and
// since when it has been open. Derived in the order of the systems, as far as a page needs.
import { type Acceptance, acceptanceNoun, counts, type Standing, standingOf } from '../govern/acceptance.ts'
import { all } from '../govern/noun.ts'
import type { RiskState } from '../govern/snapshot.ts'
import type { TREATMENTS } from '../govern/treatment.ts'
import { type Treatment, treatmentNoun } from '../govern/treatment.ts'
import { Failure } from '../lib/failure.ts'
import type { Party } from '../model/applicability.ts'
import type { About, Kept } from '../model/decision.ts'
import type { Page, PageQuery } from '../model/page.ts'
import { type Level, LEVELS, type Severity } from '../model/risk.ts'
import type { App } from './app.ts'
import type { View } from './posture.ts'
import { type Against, against, toRiskState } from './posture/risk-states.ts'
import type { Standing as SystemStanding } from './posture/world.ts'

export const RISK_STATUSES = ['open', 'proposed', 'accepted', 'reopened'] as const

export interface RiskRow {
  /** `<system>/<threat>` */
  id: string
  state: RiskState
  owner: string | undefined
  party: Party
  aboveAppetite: boolean
  treatment: (typeof TREATMENTS)[number] | undefined
  /** `reopened`: an acceptance of it expired or was voided, and no other is in force. */
  status: (typeof RISK_STATUSES)[number]
  /** Its clock: since it became known, or since the last acceptance of it ended. Absent while it is accepted. */
  openSince: string | undefined
  acceptance: { id: string; approvedBy: string; until: string } | undefined
  evidence: readonly string[]
}

export interface RiskQuery extends PageQuery {
  system?: string | undefined
  threat?: string | undefined
  owner?: string | undefined
  /** Residual severity at least. */
  severity?: Level | undefined
  aboveAppetite?: boolean | undefined
  status?: RiskRow['status'] | undefined
  treatment?: RiskRow['treatment'] | undefined
  at?: string | undefined
}

const MOST_EVIDENCE = 20
/** Decisions are read for so many systems at once. */
const SYSTEMS_AT_ONCE = 100

interface Candidate {
  standing: SystemStanding
  /** Of which a page may be, in order; undefined where only decisions tell. */
  threats: readonly string[] | undefined
}

export async function riskRegister(
  app: Pick<App, 'posture' | 'store' | 'config'>,
  query: RiskQuery,
): Promise<Page<RiskRow>> {
  const { appetite } = app.config.risk
  const view = await app.posture.view(query.at)
  const items: RiskRow[] = []
  for (const some of candidates(view, appetite, query)) {
    const decided = await decisionsOn(
      app,
      some.map(({ standing }) => standing.id),
      query.at && view.at,
    )
    for (const { standing, threats } of some) {
      const decisions = decided.get(standing.id) ?? UNDECIDED
      for (const threat of threats ?? threatsOf(standing, decisions.keys(), appetite, query)) {
        const row = rowOf(standing, threat, decisions.get(threat), appetite, query, view.at)
        if (row === undefined) continue
        if (items.length === query.limit) return { items, next: items.at(-1)?.id }
        items.push(row)
      }
    }
  }
  return { items }
}

/** In order, as many at once as a page may need. */
function* candidates(view: View, appetite: Level, query: RiskQuery): Iterable<Candidate[]> {
  const [fromSystem = ''] = cursorOf(query)
  const systems = view.assets().filter(({ id, kind, owners }) => {
    const isOwners = query.owner === undefined || owners.risk?.toLowerCase() === query.owner.toLowerCase()
    return kind === 'system' && id >= fromSystem && (query.system === undefined || id === query.system) && isOwners
  })
  // Most risks were never decided on: where a decision is asked for, they are not looked at one by one.
  const onlyDecided = asksForDecided(query)
  let [some, found]: [Candidate[], number] = [[], 0]
  for (const { id } of systems) {
    const standing = view.standing(id)
    const threats = onlyDecided ? undefined : threatsOf(standing, standing.severities.keys(), appetite, query)
    if (threats?.length !== 0) some.push({ standing, threats })
    found += threats?.length ?? 0
    if (found <= query.limit && some.length < SYSTEMS_AT_ONCE) continue
    yield some
    ;[some, found] = [[], 0]
  }
  yield some
}

/** In order: what the levels alone can tell is told before anything is put together. */
function threatsOf(
  { id, severities }: SystemStanding,
  among: Iterable<string>,
  appetite: Level,
  query: RiskQuery,
): string[] {
  const [fromSystem, fromThreat = ''] = cursorOf(query)
  const isMeant = (threat: string) => {
    const levels = severities.get(threat)
    const isAhead = id !== fromSystem || threat > fromThreat
    return levels !== undefined && isAhead && isAsSevere(threat, levels.proven, appetite, query)
  }
  return [...among].filter(isMeant).toSorted()
}

function cursorOf({ cursor }: PageQuery): string[] {
  if (cursor === undefined) return []
  const parts = cursor.split('/')
  if (parts.length === 2) return parts
  throw new Failure('input_invalid', 'cursor: not one that this list gave', { hint: 'start again without a cursor' })
}

function isAsSevere(threat: string, { severity }: Severity, appetite: Level, query: RiskQuery): boolean {
  const rank = LEVELS.indexOf(severity)
  return (
    (query.threat === undefined || threat === query.threat) &&
    (query.severity === undefined || rank >= LEVELS.indexOf(query.severity)) &&
    (query.aboveAppetite === undefined || rank > LEVELS.indexOf(appetite) === query.aboveAppetite)
  )
}

/** Whether only risks can be meant that somebody decided on, or proposed to. */
const asksForDecided = ({ status, treatment }: RiskQuery) =>
  (status !== undefined && status !== 'open') || treatment !== undefined

function isDecidedAs({ status, treatment }: Pick<RiskRow, 'status' | 'treatment'>, query: RiskQuery): boolean {
  return (
    (query.status === undefined || status === query.status) &&
    (query.treatment === undefined || treatment === query.treatment)
  )
}

interface Decisions {
  acceptances: Kept<Acceptance>[]
  treatment?: Kept<Treatment>
}

/** By threat. */
type Decided = Map<string, Decisions>

const UNDECIDED: Decided = new Map()

/** By system. */
async function decisionsOn(
  { store }: Pick<App, 'store'>,
  systems: string[],
  at: string | undefined,
): Promise<Map<string, Decided>> {
  const decided = new Map<string, Decided>(systems.map((id) => [id, new Map()]))
  const on = ({ system = '', subject }: About): Decisions => {
    const decisions = decided.get(system)?.get(subject) ?? { acceptances: [] }
    decided.get(system)?.set(subject, decisions)
    return decisions
  }
  for (const one of await all(acceptanceNoun, store.read.decisions, { systems }, at)) on(one).acceptances.push(one)
  for (const one of await all(treatmentNoun, store.read.decisions, { systems }, at)) on(one).treatment = one
  return decided
}

/** Undefined: it is not decided on as was asked. */
function rowOf(
  whole: SystemStanding,
  threat: string,
  decisions: Decisions | undefined,
  appetite: Level,
  query: RiskQuery,
  now: string,
): RiskRow | undefined {
  const { system, measures, controlNeeds } = whole
  const state = toRiskState(whole, threat)
  if (state === undefined) return undefined
  const standings = (decisions?.acceptances ?? []).map((kept) => ({
    kept,
    standing: standingOf(kept.value, state, now),
  }))
  const inForce = standings.find(({ standing }) => counts(standing))?.kept
  const all = standings.map(({ standing }) => standing)
  const status = statusOf(all)
  const treatment = treatmentOf(decisions?.treatment, status)
  if (!isDecidedAs({ status, treatment }, query)) return undefined
  const controls = new Set(state.controls.map((one) => one.id))
  const proofs = [...measures].filter(([measure]) => controls.has(measure.slice(0, measure.indexOf('.'))))
  return {
    id: `${system.id}/${threat}`,
    state,
    owner: system.owners.risk,
    party: partyOf(against(controlNeeds, threat)),
    aboveAppetite: LEVELS.indexOf(state.proven.severity) > LEVELS.indexOf(appetite),
    treatment,
    status,
    openSince: status === 'accepted' ? undefined : openSince(all, system.firstSeen),
    acceptance:
      inForce?.value.state === 'active'
        ? { id: inForce.id, approvedBy: inForce.value.approvedBy, until: inForce.value.until }
        : undefined,
    evidence: [...new Set(proofs.flatMap(([, { evidence }]) => evidence))].slice(0, MOST_EVIDENCE),
  }
}

function statusOf(standings: readonly Standing[]): RiskRow['status'] {
  if (standings.some(counts)) return 'accepted'
  if (standings.some(({ state }) => state === 'proposed')) return 'proposed'
  return standings.some(({ state }) => state === 'expired' || state === 'voided') ? 'reopened' : 'open'
}

/** The end of the last acceptance that was in force restarts it. */
function openSince(standings: readonly Standing[], known: string): string {
  const ends = standings.flatMap((one) => (one.state === 'expired' || one.state === 'voided' ? [one.endedAt] : []))
  return ends.reduce((latest, end) => (end > latest ? end : latest), known)
}

function treatmentOf(kept: Kept<Treatment> | undefined, status: RiskRow['status']): RiskRow['treatment'] {
  if (status === 'accepted') return 'accept'
  return kept === undefined || kept.value.state === 'cleared' ? undefined : kept.value.state
}

/** Whose part it is: of all the controls against it, or shared where they differ. */
function partyOf(controls: readonly Against[]): Party {
  const parties = new Set(controls.map(({ party }) => party))
  const [only] = parties
  return parties.size === 1 && only !== undefined ? only : parties.size === 0 ? 'you' : 'shared'
}
