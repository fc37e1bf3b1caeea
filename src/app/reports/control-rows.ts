// The controls of a system as rows, for the reports that list them.
import type { Catalog } from '../../catalog/catalog.ts'
import type { SystemPosture } from '../../derive/system-posture.ts'
import type { Cell } from '../../prove/reports/report-page.ts'
import { coverageText, day, plural, statusCell } from './report-source.ts'

export function controlsSummary({ overall, controls }: Pick<SystemPosture, 'overall' | 'controls'>): string {
  const needed = controls.size - overall.counts['not-needed']
  const { proven, failing, stale, missing } = overall.counts
  const parts = [
    `${proven} of ${plural(needed, 'needed control')} ${proven === 1 ? 'is' : 'are'} proven`,
    ...(failing > 0 ? [`${failing} failing`] : []),
    ...(stale > 0 ? [`${stale} stale`] : []),
    ...(missing > 0 ? [`${missing} without evidence`] : []),
  ]
  return `${parts.join(', ')}.`
}

export function controlRows(catalog: Catalog, { controls, analysis }: SystemPosture): Cell[][] {
  const parties = new Map(analysis.controls.map((need) => [need.control, need.need === 'needed' ? need.party : '']))
  return [...controls].map(([id, report]) => [
    { text: catalog.controlsById.get(id)?.name ?? id, about: id },
    statusCell(report),
    coverageText(report.coverage),
    day(report.validUntil),
    parties.get(id) ?? '',
    report.reason,
  ])
}
