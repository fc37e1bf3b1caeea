// The risks of a system as rows, worst first, for the reports that list them.
import { LEVELS, type Severity } from '../../model/risk.ts'
import type { Cell } from '../../prove/reports/report-page.ts'
import type { Standing } from '../posture/world.ts'
import { day, type ReportSource } from './report-source.ts'

export const RISK_COLUMNS = [
  'Threat',
  'Likelihood',
  'Impact',
  'Without controls',
  'As designed',
  'As proven',
  'Controls against it',
  'Treatment',
] as const

const rank = ({ severity }: Severity) => LEVELS.indexOf(severity)

export function riskRows({ view, acceptances }: ReportSource, standing: Standing): Cell[][] {
  const { severities, aboveAppetite, threats, system } = standing
  return [...severities]
    .toSorted(([, a], [, b]) => rank(b.proven) - rank(a.proven))
    .map(([threat, { inherent, designed, proven }]) => {
      const status = threats.get(threat)
      const accepted = acceptances.find(
        (one) => one.system === system.id && one.subject === threat && one.inForceUntil !== undefined,
      )
      return [
        { text: view.catalog.threatsById.get(threat)?.name ?? threat, about: threat },
        inherent.likelihood,
        inherent.impact,
        inherent.severity,
        designed.severity,
        proven.severity,
        status ? { status } : '',
        accepted
          ? `accepted until ${day(accepted.inForceUntil)}`
          : aboveAppetite.includes(threat)
            ? 'open'
            : 'within appetite',
      ]
    })
}
