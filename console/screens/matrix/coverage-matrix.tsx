// The matrix of the Exchange, each threat coloured by the coverage of one's own systems.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { read, type Reply } from '../../api.ts'
import { NARROW, useMedia } from '../../lib/media.ts'
import type { Search } from '../../routes.tsx'
import { cx } from '../../ui/class.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Section } from '../../ui/page.tsx'
import { Grid, Stack } from '../catalog/matrix-grid.tsx'
import { type Layer, noteOfThreat, shadeOfThreat, type ThreatCell } from './shade.ts'

interface CoverageProps {
  data: Reply<'GET', '/api/matrix'>
  layer: Layer
}

export function CoverageMatrix({ data, layer }: CoverageProps) {
  const query = useQuery({ ...read('/api/catalog/matrix'), staleTime: Infinity })
  const narrow = useMedia(NARROW)
  const cells = useMemo(() => new Map(data.threats.map((cell) => [cell.id, cell])), [data])
  const View = narrow ? Stack : Grid
  return (
    <Loaded query={query}>
      {({ rows }) => {
        const placed = new Set(rows.map(({ threat }) => threat.id))
        const outside = data.threats.filter(({ id, kind }) => kind !== 'group' && !placed.has(id))
        return (
          <>
            <View
              rows={rows}
              cell={({ threat: { id, name } }, surface) => (
                <Cell id={id} name={name} cell={cells.get(id)} layer={layer} surface={surface} />
              )}
            />
            {outside.length > 0 && (
              <Section
                title="Beside the matrix"
                count={outside.length}
                note="Variants, and threats that the matrix of the Exchange does not place."
              >
                <ul className="grid gap-1.5 sm:grid-cols-[repeat(auto-fill,minmax(13rem,1fr))]">
                  {outside.map((cell) => (
                    <li key={cell.id}>
                      <Cell id={cell.id} name={cell.name} cell={cell} layer={layer} surface="" />
                    </li>
                  ))}
                </ul>
              </Section>
            )}
          </>
        )
      }}
    </Loaded>
  )
}

interface CellProps {
  id: string
  name: string
  cell: ThreatCell | undefined
  layer: Layer
  surface: string
}

function Cell({ id, name, cell, layer, surface }: CellProps) {
  const { tile, edge } = shadeOfThreat(cell, layer)
  return (
    <Link
      to="."
      search={(before: Search) => ({ ...before, threat: id })}
      resetScroll={false}
      data-row=""
      className={cx(
        'block h-full rounded-xs border-l-3 px-2 py-1.5 text-xs leading-snug hover:brightness-97 dark:hover:brightness-115',
        edge,
        tile,
      )}
    >
      <span className="font-medium">{name}</span>
      <span className="tabular mt-0.5 block text-2xs">
        {surface && `${surface}: `}
        {noteOfThreat(cell, layer)}
      </span>
    </Link>
  )
}
