// What suppliers were asked, what they said, what was believed here, and what is still open. Open means unknown, and
// unknown leaves the risk as it is.
import type { Assurance } from '../../govern/assurance.ts'
import type { Kept } from '../../model/decision.ts'
import type { Evidence } from '../../model/evidence.ts'
import type { Cell, ReportSection } from '../../prove/reports/report-page.ts'
import { day, evidenceOf, plural, type ReportSource, type Written } from './report-source.ts'

export function supplierAssurance(source: ReportSource, systems: readonly string[]): Written {
  const wanted = source.assurances.filter(({ system }) => system === undefined || systems.includes(system))
  const open = wanted.filter(({ value }) => value.state === 'asked').length
  const proofs = systems.flatMap((id) => evidenceOf(source.view, id).filter(({ kind }) => kind === 'assurance'))
  return {
    title: 'Supplier assurance',
    summary: `${plural(wanted.length, 'request')} to suppliers, ${open} without an answer; ${plural(proofs.length, 'paper')} on file.`,
    subject: { kind: 'organisation', id: 'supplier-assurance' },
    evidence: proofs,
    sections: [...wanted.map(requestSection), onFile(proofs)],
  }
}

function requestSection({ value, system = '' }: Kept<Assurance>): ReportSection {
  const answers = new Map(
    (value.state === 'answered' || value.state === 'reviewed' ? value.answers : []).map((one) => [one.measure, one]),
  )
  const judged = new Map((value.state === 'reviewed' ? value.judged : []).map((one) => [one.measure, one]))
  return {
    title: `${value.supplier}, for ${system}`,
    facts: [
      ['State', value.state],
      ['Asked', day(value.askedAt)],
      ['Until', day(value.until)],
    ],
    table: {
      name: `${system}-${value.supplier}`
        .toLowerCase()
        .replaceAll(/[^a-z0-9]+/g, '-')
        .slice(0, 60),
      columns: ['Measure', 'Answer', 'Ground', 'Reference', 'Valid until', 'Believed'],
      rows: value.questions.map(({ measure, what }): Cell[] => {
        const answer = answers.get(measure)
        const verdict = judged.get(measure)
        return [
          { text: what, about: measure },
          answer ? `${answer.says}: ${answer.text}` : 'no answer',
          answer?.ground ?? '',
          answer?.reference ?? '',
          day(answer?.validUntil),
          verdict
            ? verdict.believed
              ? 'yes'
              : `no${verdict.why === undefined ? '' : `: ${verdict.why}`}`
            : 'not yet judged',
        ]
      }),
      empty: 'Nothing was asked.',
    },
  }
}

function onFile(proofs: readonly Evidence[]): ReportSection {
  return {
    title: 'On file',
    table: {
      name: 'on-file',
      columns: ['System or part', 'Measure', 'Says', 'Valid until', 'Log entry'],
      rows: proofs.map(({ asset, measure, supports, validUntil, entry }) => [
        asset,
        measure,
        supports ? 'holds' : 'does not hold',
        day(validUntil),
        entry,
      ]),
      empty: 'No supplier has shown anything yet.',
    },
  }
}
