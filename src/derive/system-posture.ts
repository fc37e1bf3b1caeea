// Everything that can be said of one system at one time: what threatens it and why, what it needs, what of that is proven,
// and the risk that is left. Pure. Invariant: the same ground and the same time give the same answer, byte for byte.
import type { Asset } from '../model/asset.ts'
import type { Evidence } from '../model/evidence.ts'
import type { Rollup, Status, StatusReport } from '../model/status.ts'
import { analyseWith, type SystemAnalysis, type SystemInput } from './analyse.ts'
import { catalogNeeds } from './catalog-needs.ts'
import type { SystemStanding } from './organisation/across.ts'
import { rollUp, worstOf } from './status/roll-up.ts'
import { controlStatuses, measureStatuses } from './status/system-status.ts'

export interface PostureInput extends Omit<SystemInput, 'statuses'> {
  /** By measure, of the system and its components. */
  evidence: ReadonlyMap<string, readonly Evidence[]>
  now: Date
}

export interface SystemPosture extends SystemStanding {
  system: Asset
  components: readonly Asset[]
  analysis: SystemAnalysis
  /** By threat that applies or may apply: where the controls against it stand. */
  threats: ReadonlyMap<string, Status>
  /** All controls that it needs. */
  overall: Rollup
  /** When the answer changes by itself if nothing arrives. */
  validUntil?: string
}

export function systemPosture(input: PostureInput): SystemPosture {
  const { catalog, system, components, evidence, now } = input
  let measures: ReadonlyMap<string, StatusReport> = new Map()
  const analysis = analyseWith(input, (needs) => {
    measures = measureStatuses({ needs, catalog, assets: [system, ...components], evidence, now })
    return measures
  })
  const controls = controlStatuses(catalog, measures)
  const open = analysis.threats.filter(({ verdict }) => verdict !== 'does-not-apply')
  const threats = new Map(open.map(({ threat }) => [threat, worstOf(controlsAgainst(input, threat, controls))]))
  const overall = rollUp(controls, 'control')
  const { validUntil } = overall
  return {
    id: system.id,
    system,
    components,
    analysis,
    measures,
    controls,
    threats,
    overall,
    ...(validUntil === undefined ? {} : { validUntil }),
  }
}

function controlsAgainst({ catalog }: PostureInput, threat: string, controls: ReadonlyMap<string, Rollup>): Status[] {
  const found: Status[] = []
  for (const { control } of catalogNeeds(catalog).get(threat) ?? []) {
    const report = controls.get(control.id)
    if (report) found.push(report.status)
  }
  return found
}
