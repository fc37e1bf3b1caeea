// The Exchange's periodic table: which control counters which threat, one tile an element. Pointing at a tile, or
// reaching it by key, lights up every place where the same control works.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useMemo, useState } from 'react'
import { read, type Reply } from '../../api.ts'
import { toTitle } from '../../lib/format.ts'
import { NARROW, useMedia } from '../../lib/media.ts'
import { cx } from '../../ui/class.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { type Family, FAMILIES, familyOf } from './families.ts'
import { symbolsOf } from './symbols.ts'

type Table = Reply<'GET', '/api/catalog/periodic-table'>
type Row = Table['rows'][number]

interface Tile {
  id: string
  name: string
  group: string
  symbol: string
}

export function PeriodicTable() {
  const table = useQuery({ ...read('/api/catalog/periodic-table'), staleTime: Infinity })
  const controls = useQuery({
    ...read('/api/catalog/controls', { query: { limit: 200 } }),
    staleTime: Infinity,
  })
  return (
    <Page
      wide
      title="Periodic table"
      lead="Every control of the AI Exchange that works against one threat more than others, where it works. Governance counters all of them, so it stands only among the elements below."
    >
      <Loaded query={controls}>
        {({ items }) => <Loaded query={table}>{(data) => <Elements table={data} controls={items} />}</Loaded>}
      </Loaded>
    </Page>
  )
}

function Elements({
  table,
  controls,
}: {
  table: Table
  controls: readonly { id: string; name: string; group: string }[]
}) {
  const [lit, setLit] = useState<string>()
  const narrow = useMedia(NARROW)
  const elements = useMemo(() => {
    const symbols = symbolsOf(controls.map(({ id }) => id))
    return new Map(
      controls.map(({ id, name, group }) => [
        id,
        { id, name: toTitle(name), group, symbol: symbols.get(id) ?? id.slice(0, 2) },
      ]),
    )
  }, [controls])
  const tile = (id: string) => elements.get(id)
  const lighting = { lit, onLight: setLit }
  return (
    <>
      {narrow ? <Cards table={table} tile={tile} {...lighting} /> : <Grid table={table} tile={tile} {...lighting} />}
      <Section title="The elements" count={elements.size} note="Grouped by where the control acts." above="more">
        <div className="grid gap-5">
          {FAMILIES.map((family) => (
            <div key={family.id}>
              <h3 className={cx('mb-2 flex items-center gap-2 text-xs font-medium', family.ink)}>
                <span aria-hidden className={cx('size-2 rounded-full', family.dot)} />
                {family.name}
              </h3>
              <ul className="grid grid-cols-[repeat(auto-fill,minmax(8.5rem,1fr))] gap-1.5">
                {[...elements.values()]
                  .filter(({ group }) => familyOf(group) === family)
                  .map((element) => (
                    <li key={element.id}>
                      <Big element={element} family={family} {...lighting} />
                    </li>
                  ))}
              </ul>
            </div>
          ))}
        </div>
      </Section>
    </>
  )
}

interface Lighting {
  lit: string | undefined
  onLight: (id: string | undefined) => void
}

interface TableProps extends Lighting {
  table: Table
  tile: (id: string) => Tile | undefined
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

function Grid({ table, tile, lit, onLight }: TableProps) {
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
                  <ThreatLink row={row} />
                </th>
                {COLUMNS.map((family, column) => (
                  <td key={family.id} className={cx('px-2 py-1.5 align-top', row.conventional && 'text-xs text-ink-3')}>
                    {row.conventional && column === 0 ? (
                      'Conventional security controls'
                    ) : (
                      <Tiles row={row} family={family} tile={tile} lit={lit} onLight={onLight} />
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

function ThreatLink({ row }: { row: Row }) {
  return (
    <>
      <Link
        to="/catalog/threats/$id"
        params={{ id: row.threat.id }}
        className="rounded-xs font-medium hover:text-accent-word"
      >
        {row.threat.name}
      </Link>
      <span className="block text-xs text-ink-3">{surfaceWords(row.attackSurface)}</span>
    </>
  )
}

function Cards({ table, tile, lit, onLight }: TableProps) {
  return (
    <div className="grid gap-6">
      {groupRows(table.rows).map(({ name, rows }) => (
        <section key={name} aria-label={name}>
          <h2 className="mb-2 text-sm font-semibold">{name}</h2>
          <ul className="grid gap-2">
            {rows.map((row) => (
              <li key={row.threat.id} className="rounded-md border border-line p-3 text-sm">
                <ThreatLink row={row} />
                <div className="mt-2 flex flex-wrap gap-1">
                  {row.conventional && <p className="text-xs text-ink-3">Conventional security controls</p>}
                  {COLUMNS.map((family) => (
                    <Tiles key={family.id} row={row} family={family} tile={tile} lit={lit} onLight={onLight} inline />
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

interface TilesProps extends Lighting {
  row: Row
  family: Family
  tile: TableProps['tile']
  inline?: boolean
}

function Tiles({ row, family, tile, lit, onLight, inline = false }: TilesProps) {
  const found = row.controls.flatMap(({ id }) => tile(id) ?? []).filter(({ group }) => familyOf(group) === family)
  if (found.length === 0) return null
  return (
    <ul className={inline ? 'contents' : 'flex flex-wrap gap-1'}>
      {found.map((element) => (
        <li key={element.id}>
          <Link
            to="/catalog/controls/$id"
            params={{ id: element.id }}
            title={element.name}
            onPointerEnter={() => onLight(element.id)}
            onPointerLeave={() => onLight(undefined)}
            onFocus={() => onLight(element.id)}
            onBlur={() => onLight(undefined)}
            className={cx(
              'relative grid h-8 w-9 place-items-center rounded-xs text-sm font-semibold transition-[opacity,box-shadow] duration-100',
              family.tile,
              family.ink,
              lit === element.id && 'shadow-[inset_0_0_0_2px_currentColor]',
              lit !== undefined && lit !== element.id && 'opacity-45',
            )}
          >
            {element.symbol}
            <span className="sr-only"> {element.name}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}

function Big({ element, family, lit, onLight }: Lighting & { element: Tile; family: Family }) {
  return (
    <Link
      to="/catalog/controls/$id"
      params={{ id: element.id }}
      onPointerEnter={() => onLight(element.id)}
      onPointerLeave={() => onLight(undefined)}
      onFocus={() => onLight(element.id)}
      onBlur={() => onLight(undefined)}
      className={cx(
        'flex h-full min-h-16 flex-col justify-between gap-1 rounded-sm p-2 transition-shadow duration-100',
        family.tile,
        family.ink,
        lit === element.id && 'shadow-[inset_0_0_0_2px_currentColor]',
      )}
    >
      <span className="text-md leading-none font-semibold">{element.symbol}</span>
      <span className="text-xs leading-tight text-ink">{element.name}</span>
    </Link>
  )
}

function groupRows(rows: readonly Row[]): { name: string; rows: Row[] }[] {
  const groups = new Map<string, Row[]>()
  for (const row of rows) groups.set(row.assetImpact, [...(groups.get(row.assetImpact) ?? []), row])
  return [...groups].map(([name, rows]) => ({ name: sentence(name), rows }))
}

const sentence = (text: string) =>
  text.replaceAll(/ (Integrity|Confidentiality|Availability)/g, (word) => `:${word.toLowerCase()}`)
const surfaceWords = (text: string) =>
  text
    .replace(/^Runtime\s*-\s*/, 'Run time: ')
    .replace(/^Development\s*-\s*/, 'Development: ')
    .replace(/\s*\(.*\)$/, '')
