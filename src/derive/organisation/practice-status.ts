// Where the daily practices of an organisation stand, each requirement from what is on record. What the register can
// show by itself is read from it; everything else stands where the measures stand that the requirement is about.
import type { Catalog, Obligation } from '../../catalog/catalog.ts'
import type { Asset } from '../../model/asset.ts'
import type { StatusReport } from '../../model/status.ts'
import { rollUp } from '../status/roll-up.ts'
import { measureAcross, type SystemStanding } from './across.ts'
import { REGISTER_CHECKS } from './register-checks.ts'

export interface RequirementStatus {
  practice: string
  requirement: string
  text: string
  check: string
  controls: readonly string[]
  /** Where the answer comes from. */
  from: 'register' | 'measures'
  /** The measures it rests on. */
  measures: readonly string[]
  state: StatusReport
}

/** One for each requirement of the catalogue, in its order. */
export function practiceStatus(
  catalog: Catalog,
  assets: readonly Asset[],
  systems: readonly SystemStanding[],
): RequirementStatus[] {
  return catalog.practices.bestPractices.flatMap(({ id: practice, requirements }) =>
    requirements.map((one) => {
      const check = REGISTER_CHECKS[`${practice}.${one.id}`]
      const measures = check ? [] : measuresOf(catalog, one)
      return {
        practice,
        requirement: one.id,
        text: one.requirement,
        check: one.check,
        controls: one.controls,
        from: check ? 'register' : 'measures',
        measures,
        state: check
          ? check(assets)
          : rollUp(
              measures.map((id) => [id, measureAcross(systems, id)]),
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
