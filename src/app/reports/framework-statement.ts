// Where somebody else's framework stands here, item by item, from the same proofs as everything else.
import { frameworkStatus } from '../../derive/organisation/framework-status.ts'
import { Failure } from '../../lib/failure.ts'
import { suggest } from '../../lib/suggest.ts'
import type { Cell } from '../../prove/reports/report-page.ts'
import { evidenceOf, plural, type ReportSource, restingOn, statusCell, type Written } from './report-source.ts'

export function frameworkStatement({ view }: ReportSource, id: string, systems: readonly string[]): Written {
  const { catalog } = view
  const framework = catalog.frameworksById.get(id)
  if (!framework) {
    const near = suggest(id, catalog.frameworksById.keys())
    throw new Failure('not_found', `the catalogue has no framework "${id.slice(0, 100)}"`, {
      hint: near ? `did you mean "${near}"?` : 'list them: parapet catalog frameworks',
    })
  }
  const postures = systems.map((system) => view.standing(system))
  const items = frameworkStatus(catalog, framework, postures)
  const mapped = items.filter(({ controls }) => controls.length > 0)
  const proven = mapped.filter(({ status }) => status.status === 'proven').length
  const measures = new Set(
    mapped.flatMap(({ controls }) => controls.flatMap((one) => one.measures.map(({ measure }) => measure))),
  )
  return {
    title: `${framework.name} ${framework.version}`,
    summary: `${proven} of ${plural(mapped.length, 'item')} with controls of the AI Exchange ${proven === 1 ? 'is' : 'are'} proven on ${plural(systems.length, 'system')}.`,
    subject: { kind: 'framework', id },
    evidence: postures.flatMap((posture) =>
      restingOn(
        evidenceOf(view, posture.id),
        [...posture.measures].flatMap(([measure, report]) => (measures.has(measure) ? [report] : [])),
      ),
    ),
    sections: [
      {
        title: 'Items',
        table: {
          name: 'items',
          columns: ['Item', 'Status', 'Controls', 'Why'],
          rows: items.map(({ item, controls, status }): Cell[] => [
            { text: item.name, about: item.id },
            controls.length > 0 ? statusCell(status) : 'no control of the AI Exchange',
            controls.map((one) => `${one.control}: ${one.status.status}`).join('; '),
            controls.length > 0 ? status.reason : '',
          ]),
          empty: 'The framework has no items.',
        },
      },
    ],
  }
}
