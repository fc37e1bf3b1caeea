// The matrix as a grid on wide screens, as a list by asset on narrow ones. Surfaces run down and assets across: names of
// threats then have room in a line, which they have not the other way round.
import { Link } from '@tanstack/react-router'
import type { Reply } from '../../api.ts'
import { plural, toWords } from '../../lib/format.ts'
import { cx } from '../../ui/class.ts'

type MatrixRow = Reply<'GET', '/api/catalog/matrix'>['rows'][number]
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
const GOAL_OF: Readonly<Record<string, Goal>> = {
  integrity: 'deceive',
  confidentiality: 'disclose',
  availability: 'disrupt',
}
const lookOf = (property: string) => {
  const goal = GOAL_OF[property]
  return goal ? GOALS[goal] : ANY
}

interface MatrixProps {
  rows: readonly MatrixRow[]
  goal: Goal | undefined
  counts: ReadonlyMap<string, number>
}

const aim = (row: MatrixRow) => `${row.asset.id}/${row.property}`
const surface = (row: MatrixRow) => `${row.lifecycle}/${row.attackSurface}`
/** What stands in brackets explains the asset; the page of a threat says it in full. */
const shortAsset = (name: string) => name.replace(/\s*\(.*\)$/, '')
const propertyWord = (property: string) => (property === 'CIA' ? 'any property' : property)

export function Grid({ rows, goal, counts }: MatrixProps) {
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
                          <Cell key={row.threat.id} row={row} goal={goal} controls={counts.get(row.threat.id)} />
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

export function Stack({ rows, goal, counts }: MatrixProps) {
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
                <li key={row.threat.id + row.attackSurface}>
                  <Cell row={row} goal={goal} controls={counts.get(row.threat.id)} withSurface />
                </li>
              ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

interface CellProps {
  row: MatrixRow
  goal: Goal | undefined
  controls: number | undefined
  withSurface?: boolean
}

function Cell({ row, goal, controls, withSurface = false }: CellProps) {
  const own = GOAL_OF[row.property]
  const look = lookOf(row.property)
  const note = [withSurface ? row.attackSurface : '', controls ? plural(controls, 'control') : '']
  return (
    <Link
      to="/catalog/threats/$id"
      params={{ id: row.threat.id }}
      title={toWords(row.harm)}
      className={cx(
        'block rounded-xs border-l-3 px-2 py-1.5 text-xs leading-snug transition-opacity hover:brightness-97 dark:hover:brightness-115',
        look.edge,
        look.tile,
        goal !== undefined && goal !== own && 'opacity-40',
      )}
    >
      <span className="font-medium">{row.threat.name}</span>
      <span className="mt-0.5 block text-2xs text-ink-2">{note.filter(Boolean).join(', ')}</span>
    </Link>
  )
}

/** The first row of each key, in order. */
function firsts(rows: readonly MatrixRow[], key: (row: MatrixRow) => string): MatrixRow[] {
  return rows.filter((row, i) => rows.findIndex((other) => key(other) === key(row)) === i)
}
