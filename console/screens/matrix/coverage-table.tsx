// The periodic table of the Exchange, each control coloured by the share of one's systems on which it is proven.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { read, type Reply } from '../../api.ts'
import { plural, toTitle } from '../../lib/format.ts'
import { NARROW, useMedia } from '../../lib/media.ts'
import type { Search } from '../../routes.tsx'
import { cx } from '../../ui/class.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Section } from '../../ui/page.tsx'
import { FAMILIES, familyOf } from '../catalog/families.ts'
import { Cards, Grid, surfaceWords } from '../catalog/periodic-grid.tsx'
import { symbolsOf } from '../catalog/symbols.ts'
import { type ControlCell, noteOfThreat, percent, shadeOfShare } from './shade.ts'

export function CoverageTable({ data }: { data: Reply<'GET', '/api/matrix'> }) {
  const query = useQuery({ ...read('/api/catalog/periodic-table'), staleTime: Infinity })
  const narrow = useMedia(NARROW)
  const controls = useMemo(() => new Map(data.controls.map((cell) => [cell.id, cell])), [data])
  const threats = useMemo(() => new Map(data.threats.map((cell) => [cell.id, cell])), [data])
  const symbols = useMemo(() => symbolsOf(data.controls.map(({ id }) => id)), [data])
  const View = narrow ? Cards : Grid
  return (
    <Loaded query={query}>
      {(table) => (
        <>
          <View
            table={table}
            familyOf={(id) => familyOf(controls.get(id)?.group ?? '')}
            threat={({ threat: { id, name }, attackSurface }) => (
              <>
                <Link
                  to="."
                  search={(before: Search) => ({ ...before, threat: id })}
                  resetScroll={false}
                  className="rounded-xs font-medium hover:text-accent-word"
                >
                  {name}
                </Link>
                <span className="block text-xs text-ink-3">{surfaceWords(attackSurface)}</span>
                <span className="tabular block text-xs text-ink-2">{noteOfThreat(threats.get(id), 'proven')}</span>
              </>
            )}
            tile={(id) => {
              const cell = controls.get(id)
              return cell && <Element cell={cell} symbol={symbols.get(id) ?? id.slice(0, 2)} />
            }}
          />
          <Section
            title="The elements"
            count={data.controls.length}
            note="Grouped by where the control acts."
            above="more"
          >
            <div className="grid gap-5">
              {FAMILIES.map((family) => (
                <div key={family.id}>
                  <h3 className={cx('mb-2 flex items-center gap-2 text-xs font-medium', family.ink)}>
                    <span aria-hidden className={cx('size-2 rounded-full', family.dot)} />
                    {family.name}
                  </h3>
                  <ul className="grid grid-cols-[repeat(auto-fill,minmax(8.5rem,1fr))] gap-1.5">
                    {data.controls
                      .filter(({ group }) => familyOf(group) === family)
                      .map((cell) => (
                        <li key={cell.id}>
                          <Big cell={cell} symbol={symbols.get(cell.id) ?? cell.id.slice(0, 2)} />
                        </li>
                      ))}
                  </ul>
                </div>
              ))}
            </div>
          </Section>
        </>
      )}
    </Loaded>
  )
}

interface ElementProps {
  cell: ControlCell
  symbol: string
}

const noteOf = ({ systems, proven }: ControlCell) =>
  systems === 0 ? 'no system needs it' : `${percent(proven)} of ${plural(systems, 'system')}`

function Element({ cell, symbol }: ElementProps) {
  return (
    <Link
      to="/controls/$id"
      params={{ id: cell.id }}
      title={`${toTitle(cell.name)}: ${noteOf(cell)}`}
      className={cx(
        'grid h-8 w-9 place-items-center rounded-xs border-b-2 text-sm font-semibold hover:brightness-95 dark:hover:brightness-125',
        shadeOfShare(cell.proven, cell.systems).tile,
        cell.systems === 0 ? 'border-line' : 'border-current/40',
      )}
    >
      {symbol}
      <span className="sr-only">
        {' '}
        {toTitle(cell.name)}, proven on {noteOf(cell)}
      </span>
    </Link>
  )
}

function Big({ cell, symbol }: ElementProps) {
  const { tile, edge } = shadeOfShare(cell.proven, cell.systems)
  return (
    <Link
      to="/controls/$id"
      params={{ id: cell.id }}
      className={cx(
        'flex h-full min-h-18 flex-col justify-between gap-1 rounded-sm border-l-3 p-2 hover:brightness-97 dark:hover:brightness-115',
        tile,
        edge,
      )}
    >
      <span className="text-md leading-none font-semibold">{symbol}</span>
      <span className="text-xs leading-tight text-ink">{toTitle(cell.name)}</span>
      <span className="tabular text-2xs">{noteOf(cell)}</span>
    </Link>
  )
}
