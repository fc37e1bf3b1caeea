// The matrix as a grid on wide screens, as a list by asset on narrow ones. Surfaces run down and assets across: names of
// threats then have room in a line, which they have not the other way round.
import { Fragment, type ReactNode } from 'react'
import type { Reply } from '../../api.ts'
import { cx } from '../../ui/class.ts'

export type MatrixRow = Reply<'GET', '/api/catalog/matrix'>['rows'][number]
export type Goal = 'deceive' | 'disclose' | 'disrupt'

export const GOALS: Readonly<Record<Goal, { name: string; says: string; edge: string; tile: string; dot: string }>> = {
  deceive: { name: 'Deceive', says: 'integrity', edge: 'border-l-fam-5', tile: 'bg-fam-5-soft', dot: 'bg-fam-5' },
  disclose: {
    name: 'Disclose',
    says: 'confidentiality',
    edge: 'border-l-fam-6',
    tile: 'bg-fam-6-soft',
    dot: 'bg-fam-6',
  },
  disrupt: { name: 'Disrupt', says: 'availability', edge: 'border-l-fam-4', tile: 'bg-fam-4-soft', dot: 'bg-fam-4' },
}
const ANY = { edge: 'border-l-line-strong', tile: 'bg-hover', dot: 'bg-line-strong' }
export const GOAL_OF: Readonly<Record<string, Goal>> = {
  integrity: 'deceive',
  confidentiality: 'disclose',
  availability: 'disrupt',
}
export const lookOf = (property: string) => {
  const goal = GOAL_OF[property]
  return goal ? GOALS[goal] : ANY
}

interface MatrixProps {
  rows: readonly MatrixRow[]
  /** On narrow screens a cell has to say where the attack comes in. */
  cell: (row: MatrixRow, surface: string) => ReactNode
}

const aim = (row: MatrixRow) => `${row.asset.id}/${row.property}`
const surface = (row: MatrixRow) => `${row.lifecycle}/${row.attackSurface}`
/** What stands in brackets explains the asset; the page of a threat says it in full. */
const shortAsset = (name: string) => name.replace(/\s*\(.*\)$/, '')
const propertyWord = (property: string) => (property === 'CIA' ? 'any property' : property)

export function Grid({ rows, cell }: MatrixProps) {
  const aims = firsts(rows, aim)
  const phases = [
    { name: 'Run time', surfaces: firsts(rows, surface).filter(({ lifecycle }) => lifecycle === 'runtime') },
    { name: 'Development', surfaces: firsts(rows, surface).filter(({ lifecycle }) => lifecycle !== 'runtime') },
  ]
  return (
    <div className="overflow-clip rounded-md border border-line">
      <table className="w-full table-fixed border-collapse text-left">
        <caption className="sr-only">Threats by attack surface (rows) and by asset and impact (columns)</caption>
        <colgroup>
          <col className="w-36" />
          {aims.map((row) => (
            <col key={aim(row)} />
          ))}
        </colgroup>
        <thead>
          <tr>
            <th
              scope="col"
              className="sticky top-(--bar) z-10 border-b border-line bg-sunken px-3 py-2 align-bottom text-xs font-medium text-ink-3"
            >
              Attack surface
            </th>
            {aims.map((row) => (
              <th
                key={aim(row)}
                scope="col"
                className="sticky top-(--bar) z-10 border-b border-l border-line bg-sunken px-2.5 py-2 align-bottom text-xs font-medium"
              >
                {shortAsset(row.asset.name)}
                <span className="mt-0.5 flex items-center gap-1.5 font-normal text-ink-3">
                  <span aria-hidden className={cx('size-1.5 shrink-0 rounded-full', lookOf(row.property).dot)} />
                  {propertyWord(row.property)}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        {phases.map(({ name, surfaces }) => (
          <tbody key={name} className="group/phase">
            <tr className="border-b border-line">
              <th
                scope="rowgroup"
                colSpan={aims.length + 1}
                className="bg-sunken/60 px-3 pt-3 pb-1.5 text-xs font-semibold text-ink-2"
              >
                {name}
              </th>
            </tr>
            {surfaces.map((line) => (
              <tr key={surface(line)} className="border-b border-line group-last/phase:last:border-b-0">
                <th scope="row" className="px-3 py-2.5 align-top text-sm font-medium">
                  {line.attackSurface.replace('/', ' / ')}
                </th>
                {aims.map((column) => (
                  <td key={aim(column)} className="border-l border-line p-1 align-top">
                    <div className="grid gap-1">
                      {rows
                        .filter((row) => surface(row) === surface(line) && aim(row) === aim(column))
                        .map((row) => (
                          <Fragment key={row.threat.id}>{cell(row, '')}</Fragment>
                        ))}
                    </div>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </div>
  )
}

export function Stack({ rows, cell }: MatrixProps) {
  return (
    <div className="grid gap-6">
      {firsts(rows, aim).map((head) => (
        <section key={aim(head)} aria-label={`${head.asset.name}: ${propertyWord(head.property)}`}>
          <h2 className="mb-2 text-sm font-semibold">
            {shortAsset(head.asset.name)} <span className="font-normal text-ink-3">{propertyWord(head.property)}</span>
          </h2>
          <ul className="grid gap-1.5">
            {rows
              .filter((row) => aim(row) === aim(head))
              .map((row) => (
                <li key={row.threat.id + row.attackSurface}>{cell(row, row.attackSurface)}</li>
              ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

/** The first row of each key, in order. */
function firsts(rows: readonly MatrixRow[], key: (row: MatrixRow) => string): MatrixRow[] {
  return rows.filter((row, i) => rows.findIndex((other) => key(other) === key(row)) === i)
}
