// The risks of all systems in one table, worst first: what a risk owner signs and an auditor asks for.
import type { Cell } from '../../prove/reports/report-page.ts'
import { LEVELS } from '../../model/risk.ts'
import { day, evidenceOf, plural, type ReportSource, restingOn, type Written } from './report-source.ts'
import { RISK_COLUMNS, riskRows } from './risk-rows.ts'

const PROVEN_COLUMN = RISK_COLUMNS.indexOf('As proven')

export function riskRegister(source: ReportSource, systems: readonly string[]): Written {
  const postures = systems.map((id) => source.view.standing(id))
  const rows = postures
    .flatMap((posture) =>
      riskRows(source, posture).map((row) =>
        row.toSpliced(
          0,
          0,
          { text: posture.system.name, about: posture.system.id },
          posture.system.owners.risk ?? 'not named',
        ),
      ),
    )
    .toSorted((a, b) => severity(b) - severity(a))
  const above = postures.reduce((sum, { aboveAppetite }) => sum + aboveAppetite.length, 0)
  return {
    title: 'Risk register',
    summary: `${plural(rows.length, 'risk')} of ${plural(systems.length, 'system')}; ${above} above the appetite, counting only what is proven.`,
    subject: { kind: 'organisation', id: 'risk-register' },
    evidence: postures.flatMap((posture) => restingOn(evidenceOf(source.view, posture.id), posture.measures.values())),
    sections: [
      {
        title: 'Risks, worst first',
        table: {
          name: 'risks',
          columns: ['System', 'Risk owner', ...RISK_COLUMNS],
          rows,
          empty: 'No system is registered.',
        },
      },
      {
        title: 'Acceptances',
        table: {
          name: 'acceptances',
          columns: ['System', 'Threat', 'State', 'Until', 'Reason', 'Conditions', 'Snapshot'],
          rows: source.acceptances.map(({ system = '', subject, state, value }) => [
            system,
            subject,
            state,
            day(value.until),
            value.reason,
            value.conditions.join('; '),
            value.hash,
          ]),
          empty: 'No risk was accepted.',
        },
      },
    ],
  }
}

function severity(row: readonly Cell[]): number {
  const cell = row[PROVEN_COLUMN + 2]
  return LEVELS.findIndex((level) => level === cell)
}
