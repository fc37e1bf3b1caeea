// Where everything stands that a system needs: each measure from proof, each control from its measures, each threat from
// the controls against it. Pure.
import type { Catalog, Control, Measure } from '../../catalog/catalog.ts'
import type { Party } from '../../model/applicability.ts'
import type { Evidence } from '../../model/evidence.ts'
import type { Rollup, StatusReport } from '../../model/status.ts'
import type { MeasureNeed } from '../measure-needs.ts'
import { measureStatus } from './measure-status.ts'
import type { ProvenAsset } from './parts.ts'
import { rollUp } from './roll-up.ts'

export interface StatusInput {
  catalog: Catalog
  /** What the system needs of each measure. */
  needs: readonly MeasureNeed[]
  /** The system first, then its components. */
  assets: readonly ProvenAsset[]
  /** By measure. */
  evidence: ReadonlyMap<string, readonly Evidence[]>
  now: Date
}

const NOTHING: readonly Evidence[] = []

export function measureStatuses({ catalog, needs, assets, evidence, now }: StatusInput): Map<string, StatusReport> {
  const statuses = new Map<string, StatusReport>()
  for (const need of needs) {
    const { measure: id, party = 'you' } = need
    const measure = catalog.measuresById.get(id)
    if (!measure) continue
    const proofs = evidence.get(id) ?? NOTHING
    if (need.need === 'not-needed' || proofs.length === 0) statuses.set(id, unproven(measure, need))
    else statuses.set(id, measureStatus(measure, { party, assets }, proofs, now))
  }
  return statuses
}

/** Without proof it follows from the need alone, and systems that are alike share their needs. */
const unprovenNeeds = new WeakMap<MeasureNeed, StatusReport>()

function unproven(measure: Measure, need: MeasureNeed): StatusReport {
  const before = unprovenNeeds.get(need)
  if (before) return before
  const { party = 'you', reason } = need
  const report = need.need === 'not-needed' ? notNeeded(measure, reason) : withoutEvidence(measure, party)
  unprovenNeeds.set(need, report)
  return report
}

/** The same for every system, so they are made once. What most systems share costs no memory for each of them. */
const missing = new WeakMap<Measure, Map<Party, StatusReport>>()
const NEVER = new Date(0)

function withoutEvidence(measure: Measure, party: Party): StatusReport {
  const known = missing.get(measure) ?? new Map<Party, StatusReport>()
  missing.set(measure, known)
  const report = known.get(party) ?? measureStatus(measure, { party, assets: [] }, NOTHING, NEVER)
  known.set(party, report)
  return report
}

const notNeededBefore = new WeakMap<Measure, StatusReport>()

function notNeeded(measure: Measure, why: string): StatusReport {
  const reason = `${why.charAt(0).toUpperCase()}${why.slice(1)}.`
  const before = notNeededBefore.get(measure)
  if (before?.reason === reason) return before
  const report: StatusReport = { status: 'not-needed', reason, evidence: [] }
  notNeededBefore.set(measure, report)
  return report
}

/** By the first of its parts: what is the same for many systems is rolled up once. */
const lastWhole = new WeakMap<StatusReport, { control: Control; parts: readonly Part[]; whole: Rollup }>()
type Part = readonly [id: string, report: StatusReport]

export function controlStatuses(catalog: Catalog, measures: ReadonlyMap<string, StatusReport>): Map<string, Rollup> {
  const statuses = new Map<string, Rollup>()
  for (const control of catalog.controls) statuses.set(control.id, controlStatus(control, measures))
  return statuses
}

function controlStatus(control: Control, measures: ReadonlyMap<string, StatusReport>): Rollup {
  const parts: Part[] = []
  for (const { id } of control.measures) {
    const report = measures.get(id)
    if (report) parts.push([id, report])
  }
  const first = parts[0]?.[1]
  const last = first && lastWhole.get(first)
  if (
    last?.control === control &&
    last.parts.length === parts.length &&
    last.parts.every((part, i) => part[1] === parts[i]?.[1])
  )
    // prettier-ignore
    return last.whole
  const whole = rollUp(parts, 'measure')
  if (first && parts.every(([, { evidence }]) => evidence.length === 0)) lastWhole.set(first, { control, parts, whole })
  return whole
}

/** `controls`: those against one threat. */
export function threatStatus(controls: readonly string[], statuses: ReadonlyMap<string, Rollup>): Rollup {
  return rollUp(
    controls.flatMap((id) => {
      const report = statuses.get(id)
      return report ? [[id, report] as const] : []
    }),
    'control',
  )
}
