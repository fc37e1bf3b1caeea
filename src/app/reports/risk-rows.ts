// The risks of a system as rows, worst first, for the reports that list them.
import type { SystemPosture } from '../../derive/system-posture.ts'
import { LEVELS, type Risk } from '../../model/risk.ts'
import type { Cell } from '../../prove/reports/report-page.ts'
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

const rank = ({ proven }: Risk) => LEVELS.indexOf(proven.severity)

export function riskRows({ view, acceptances }: ReportSource, posture: SystemPosture): Cell[][] {
  const { analysis, threats, system } = posture
  return analysis.risks
    .toSorted((a, b) => rank(b) - rank(a))
    .map((risk) => {
      const status = threats.get(risk.threat)
      const accepted = acceptances.find(
        (one) => one.system === system.id && one.subject === risk.threat && one.inForceUntil !== undefined,
      )
      return [
        { text: view.catalog.threatsById.get(risk.threat)?.name ?? risk.threat, about: risk.threat },
        risk.inherent.likelihood,
        risk.inherent.impact,
        risk.inherent.severity,
        risk.designed.severity,
        risk.proven.severity,
        status ? { status } : '',
        accepted
          ? `accepted until ${day(accepted.inForceUntil)}`
          : analysis.aboveAppetite.includes(risk.threat)
            ? 'open'
            : 'within appetite',
      ]
    })
}
