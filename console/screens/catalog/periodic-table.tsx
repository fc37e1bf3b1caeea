// The Exchange's periodic table: which control counters which threat, one tile an element. Pointing at a tile, or
// reaching it by key, lights up every place where the same control works.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { read, type Reply } from '../../api.ts'
import { toTitle } from '../../lib/format.ts'
import { NARROW, useMedia } from '../../lib/media.ts'
import { cx } from '../../ui/class.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { type Family, FAMILIES, familyOf } from './families.ts'
import { Cards, Grid, type Row, surfaceWords } from './periodic-grid.tsx'
import { symbolsOf } from './symbols.ts'

type Table = Reply<'GET', '/api/catalog/periodic-table'>

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
  const View = narrow ? Cards : Grid
  const lighting = { lit, onLight: setLit }
  return (
    <>
      <View
        table={table}
        familyOf={(id) => familyOf(elements.get(id)?.group ?? '')}
        threat={(row) => <ThreatLink row={row} />}
        tile={(id, family) => {
          const element = elements.get(id)
          return element && <Small element={element} family={family} {...lighting} />
        }}
      />
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

function Small({ element, family, lit, onLight }: Lighting & { element: Tile; family: Family }) {
  return (
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
