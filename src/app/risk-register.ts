// The risk register: every open risk of every system with the fields of the catalogue, what people decided about it, and
// since when it has been open. Derived in the order of the systems, as far as a page needs.
import { counts, acceptanceNoun, type Standing, standingOf } from '../govern/acceptance.ts'
import { all } from '../govern/noun.ts'
import type { RiskState } from '../govern/snapshot.ts'
import type { TREATMENTS } from '../govern/treatment.ts'
import { type Treatment, treatmentNoun } from '../govern/treatment.ts'
import { Failure } from '../lib/failure.ts'
import type { Party } from '../model/applicability.ts'
import type { Kept } from '../model/decision.ts'
import type { Page, PageQuery } from '../model/page.ts'
import { type Level, LEVELS } from '../model/risk.ts'
import type { SystemPosture } from '../derive/system-posture.ts'
import type { App } from './app.ts'
import { toRiskState } from './posture/risk-states.ts'

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

export async function riskRegister(
  app: Pick<App, 'posture' | 'store' | 'config'>,
  query: RiskQuery,
): Promise<Page<RiskRow>> {
  const view = await app.posture.view(query.at)
  const [fromSystem = '', fromThreat = ''] = cursorOf(query)
  const systems = view
    .assets()
    .filter(
      ({ id, kind }) => kind === 'system' && id >= fromSystem && (query.system === undefined || id === query.system),
    )
    .filter(({ owners }) => query.owner === undefined || owners.risk?.toLowerCase() === query.owner.toLowerCase())
    .map(({ id }) => id)
  const items: RiskRow[] = []
  for (const system of systems) {
    const whole = view.system(system)
    const rows = await rowsOf(app, whole, view.at, query.at === undefined ? undefined : view.at)
    for (const row of rows) {
      if (system === fromSystem && row.state.threat <= fromThreat) continue
      if (!matches(row, query)) continue
      if (items.length === query.limit) return { items, next: items.at(-1)?.id }
      items.push(row)
    }
  }
  return { items }
}

function cursorOf({ cursor }: PageQuery): string[] {
  if (cursor === undefined) return []
  const parts = cursor.split('/')
  if (parts.length === 2) return parts
  throw new Failure('input_invalid', 'cursor: not one that this list gave', { hint: 'start again without a cursor' })
}

function matches(row: RiskRow, query: RiskQuery): boolean {
  const { state, aboveAppetite, status, treatment } = row
  const isSevere =
    query.severity === undefined || LEVELS.indexOf(state.proven.severity) >= LEVELS.indexOf(query.severity)
  return (
    isSevere &&
    (query.threat === undefined || state.threat === query.threat) &&
    (query.aboveAppetite === undefined || aboveAppetite === query.aboveAppetite) &&
    (query.status === undefined || status === query.status) &&
    (query.treatment === undefined || treatment === query.treatment)
  )
}

async function rowsOf(
  { store, config }: Pick<App, 'store' | 'config'>,
  whole: SystemPosture,
  now: string,
  at: string | undefined,
): Promise<RiskRow[]> {
  const { system, analysis, measures } = whole
  const filter = { system: system.id }
  const acceptances = Map.groupBy(await all(acceptanceNoun, store.read.decisions, filter, at), ({ subject }) => subject)
  const treatments = new Map(
    (await all(treatmentNoun, store.read.decisions, filter, at)).map((one) => [one.subject, one]),
  )
  return analysis.risks
    .toSorted((a, b) => (a.threat < b.threat ? -1 : 1))
    .map((risk) => {
      const state = toRiskState(whole, risk)
      const standings = (acceptances.get(risk.threat) ?? []).map((kept) => ({
        kept,
        standing: standingOf(kept.value, state, now),
      }))
      const inForce = standings.find(({ standing }) => counts(standing))?.kept
      const status = statusOf(standings.map(({ standing }) => standing))
      const against = new Set(state.controls.map(({ id }) => id))
      const proofs = [...measures].filter(([id]) => against.has(id.slice(0, id.indexOf('.'))))
      return {
        id: `${system.id}/${risk.threat}`,
        state,
        owner: system.owners.risk,
        party: partyOf(whole, risk.threat),
        aboveAppetite: LEVELS.indexOf(risk.proven.severity) > LEVELS.indexOf(config.risk.appetite),
        treatment: treatmentOf(treatments.get(risk.threat), status),
        status,
        openSince:
          status === 'accepted'
            ? undefined
            : openSince(
                standings.map(({ standing }) => standing),
                system.firstSeen,
              ),
        acceptance:
          inForce?.value.state === 'active'
            ? { id: inForce.id, approvedBy: inForce.value.approvedBy, until: inForce.value.until }
            : undefined,
        evidence: [...new Set(proofs.flatMap(([, { evidence }]) => evidence))].slice(0, MOST_EVIDENCE),
      }
    })
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
function partyOf({ analysis }: SystemPosture, threat: string): Party {
  const parties = new Set(
    analysis.controls.flatMap((need) =>
      need.need === 'needed'
        ? need.for.filter((one) => one.threat === threat && one.by !== 'general').map(({ party }) => party)
        : [],
    ),
  )
  const [only] = parties
  return parties.size === 1 && only !== undefined ? only : parties.size === 0 ? 'you' : 'shared'
}
