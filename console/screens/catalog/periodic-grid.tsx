// The periodic table as a table on wide screens, as cards on narrow ones: threats down, families of controls across. What
// stands for a threat and for a control is given: the catalogue links them, the coverage colours them.
import type { ReactNode } from 'react'
import type { Reply } from '../../api.ts'
import { cx } from '../../ui/class.ts'
import { type Family, FAMILIES } from './families.ts'

type Table = Reply<'GET', '/api/catalog/periodic-table'>
export type Row = Table['rows'][number]

interface TableProps {
  table: Table
  familyOf: (control: string) => Family | undefined
  tile: (control: string, family: Family) => ReactNode
  threat: (row: Row) => ReactNode
}

/** Room for whole rows of tiles: four, three, five, five, two. */
const WIDTHS: Readonly<Record<string, string>> = {
  'limit-unwanted-behaviour': 'w-[11.25rem]',
  'data-limitation': 'w-[8.75rem]',
  input: 'w-[13.75rem]',
  development: 'w-[13.75rem]',
  runtime: 'w-[6.25rem]',
}
const COLUMNS = FAMILIES.filter(({ id }) => id !== 'governance')

export function Grid({ table, familyOf, tile, threat }: TableProps) {
  const groups = groupRows(table.rows)
  return (
    <div className="overflow-clip rounded-md border border-line">
      <table className="w-full table-fixed border-collapse text-left text-sm">
        <caption className="sr-only">Threats by asset and impact, with the controls against each by family</caption>
        <colgroup>
          <col className="w-32" />
          <col />
          {COLUMNS.map(({ id }) => (
            <col key={id} className={WIDTHS[id]} />
          ))}
        </colgroup>
        <thead>
          <tr>
            <Head>Asset and impact</Head>
            <Head>Threat</Head>
            {COLUMNS.map((family) => (
              <Head key={family.id}>
                <span className={cx('flex items-center gap-1.5', family.ink)}>
                  <span aria-hidden className={cx('size-2 rounded-full', family.dot)} />
                  {family.name}
                </span>
              </Head>
            ))}
          </tr>
        </thead>
        {groups.map(({ name, rows }) => (
          <tbody key={name} className="border-b border-line last:border-b-0">
            {rows.map((row, i) => (
              <tr key={row.threat.id} className="border-b border-line/60 last:border-b-0">
                {i === 0 && (
                  <th
                    scope="rowgroup"
                    rowSpan={rows.length}
                    className="border-r border-line bg-sunken px-3 py-2.5 align-top text-xs font-medium text-ink-2"
                  >
                    {name}
                  </th>
                )}
                <th scope="row" className="px-3 py-2 align-top font-normal">
                  {threat(row)}
                </th>
                {COLUMNS.map((family, column) => (
                  <td key={family.id} className={cx('px-2 py-1.5 align-top', row.conventional && 'text-xs text-ink-3')}>
                    {row.conventional && column === 0 ? (
                      'Conventional security controls'
                    ) : (
                      <Tiles row={row} family={family} familyOf={familyOf} tile={tile} />
                    )}
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

function Head({ children }: { children: ReactNode }) {
  return (
    <th
      scope="col"
      className="sticky top-(--bar) z-10 h-9 border-b border-line bg-sunken px-3 text-xs font-medium text-ink-3"
    >
      {children}
    </th>
  )
}

export function Cards({ table, familyOf, tile, threat }: TableProps) {
  return (
    <div className="grid gap-6">
      {groupRows(table.rows).map(({ name, rows }) => (
        <section key={name} aria-label={name}>
          <h2 className="mb-2 text-sm font-semibold">{name}</h2>
          <ul className="grid gap-2">
            {rows.map((row) => (
              <li key={row.threat.id} className="rounded-md border border-line p-3 text-sm">
                {threat(row)}
                <div className="mt-2 flex flex-wrap gap-1">
                  {row.conventional && <p className="text-xs text-ink-3">Conventional security controls</p>}
                  {COLUMNS.map((family) => (
                    <Tiles key={family.id} row={row} family={family} familyOf={familyOf} tile={tile} inline />
                  ))}
                </div>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

interface TilesProps extends Pick<TableProps, 'familyOf' | 'tile'> {
  row: Row
  family: Family
  inline?: boolean
}

function Tiles({ row, family, familyOf, tile, inline = false }: TilesProps) {
  const found = row.controls.filter(({ id }) => familyOf(id) === family)
  if (found.length === 0) return null
  return (
    <ul className={inline ? 'contents' : 'flex flex-wrap gap-1'}>
      {found.map(({ id }) => (
        <li key={id}>{tile(id, family)}</li>
      ))}
    </ul>
  )
}

function groupRows(rows: readonly Row[]): { name: string; rows: Row[] }[] {
  const groups = new Map<string, Row[]>()
  for (const row of rows) groups.set(row.assetImpact, [...(groups.get(row.assetImpact) ?? []), row])
  return [...groups].map(([name, rows]) => ({ name: sentence(name), rows }))
}

const sentence = (text: string) =>
  text.replaceAll(/ (Integrity|Confidentiality|Availability)/g, (word) => `:${word.toLowerCase()}`)
export const surfaceWords = (text: string) =>
  text
    .replace(/^Runtime\s*-\s*/, 'Run time: ')
    .replace(/^Development\s*-\s*/, 'Development: ')
    .replace(/\s*\(.*\)$/, '')
