// Which controls are needed, which are not and why, and where each stands, measure by measure: a statement of
// applicability that rests on proof.
import type { Cell } from '../../prove/reports/report-page.ts'
import { controlsSummary } from './control-rows.ts'
import {
  coverageText,
  day,
  evidenceOf,
  plural,
  type ReportSource,
  restingOn,
  statusCell,
  type Written,
} from './report-source.ts'

export function controlStatement({ view }: ReportSource, systems: readonly string[]): Written {
  const { catalog } = view
  const postures = systems.map((id) => view.standing(id))
  const [only] = postures
  const one = postures.length === 1 ? only : undefined
  return {
    title: one ? `Control statement: ${one.system.name}` : 'Control statement',
    summary: one ? controlsSummary(one) : `The controls of ${plural(systems.length, 'system')}, measure by measure.`,
    subject: one ? { kind: 'asset', id: one.id } : { kind: 'organisation', id: 'control-statement' },
    evidence: postures.flatMap((posture) => restingOn(evidenceOf(view, posture.id), posture.measures.values())),
    sections: postures.map((posture) => ({
      title: posture.system.name,
      text: [controlsSummary(posture)],
      table: {
        name: posture.id,
        columns: ['Control', 'Measure', 'Status', 'Covered', 'Valid until', 'Needed', 'Why'],
        rows: posture.measureNeeds.map((need): Cell[] => {
          const report = posture.measures.get(need.measure)
          const { name } = catalog.controlsById.get(need.control) ?? { name: need.control }
          return [
            { text: name, about: need.control },
            { text: catalog.measuresById.get(need.measure)?.what ?? need.measure, about: need.measure },
            report ? statusCell(report) : '',
            coverageText(report?.coverage),
            day(report?.validUntil),
            need.need === 'needed' ? (need.party ?? 'yes') : 'no',
            need.need === 'needed' ? (report?.reason ?? '') : need.reason,
          ]
        }),
        empty: 'The catalogue has no measures.',
      },
    })),
  }
}
