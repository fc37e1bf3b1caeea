// Where the daily practices of an organisation stand, each requirement from what is on record. What the register and
// the decisions of people show by themselves is read from them; everything else stands where the measures stand that the requirement is about.
import type { Catalog, Obligation } from '../../catalog/catalog.ts'
import type { StatusReport } from '../../model/status.ts'
import { rollUp } from '../status/roll-up.ts'
import { measureAcross, type SystemStanding } from './across.ts'
import { RECORD_CHECKS, type Records } from './record-checks.ts'
import { REGISTER_CHECKS } from './register-checks.ts'

export interface RequirementStatus {
  practice: string
  requirement: string
  text: string
  check: string
  controls: readonly string[]
  /** Where the answer comes from. */
  from: 'register' | 'decisions' | 'measures'
  /** The measures it rests on. */
  measures: readonly string[]
  state: StatusReport
}

/** One for each requirement of the catalogue, in its order. */
export function practiceStatus(
  catalog: Catalog,
  systems: readonly SystemStanding[],
  records: Records,
): RequirementStatus[] {
  return catalog.practices.bestPractices.flatMap(({ id: practice, requirements }) =>
    requirements.map((one) => {
      const id = `${practice}.${one.id}`
      const known = REGISTER_CHECKS[id]?.(records.assets) ?? RECORD_CHECKS[id]?.(records)
      const measures = known ? [] : measuresOf(catalog, one)
      return {
        practice,
        requirement: one.id,
        text: one.requirement,
        check: one.check,
        controls: one.controls,
        from: known ? (REGISTER_CHECKS[id] ? 'register' : 'decisions') : 'measures',
        measures,
        state:
          known ??
          rollUp(
            measures.map((measure) => [measure, measureAcross(systems, measure)]),
            'measure',
          ),
      }
    }),
  )
}

/** Of the controls named, what the same part of the house observes; where nothing is, all of them. */
function measuresOf(catalog: Catalog, { controls, enforceableBy }: Omit<Obligation, 'kind'>): string[] {
  const all = controls.flatMap((id) => catalog.controlsById.get(id)?.measures ?? [])
  const own = all.filter((measure) => measure.enforceableBy === enforceableBy)
  return (own.length > 0 ? own : all).map(({ id }) => id)
}
