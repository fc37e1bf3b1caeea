// The same graph as a table: for a screen reader, a small screen, a spreadsheet, and whoever wants to sort.
import { Waypoints } from 'lucide-react'
import { plural } from '../../lib/format.ts'
import { useWords } from '../../lib/words.ts'
import { Button } from '../../ui/button.tsx'
import { LevelTag } from '../../ui/level.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { type Column, DataTable, RowLink } from '../../ui/table.tsx'
import { LEVEL_OF } from '../attack-paths/level-of.ts'
import { kindWord } from './kinds.ts'
import { type MapNode, WORST_FIRST } from './map-layout.ts'
import type { MapEdge } from './map-scene.ts'

interface GraphTableProps {
  nodes: readonly MapNode[]
  edges: readonly MapEdge[]
  nameOf: (system: string) => string
}

const PAGE = 100

export function GraphTable({ nodes, edges, nameOf }: GraphTableProps) {
  const [{ rows }, set] = useWords()
  const shown = Math.max(PAGE, Number.parseInt(rows ?? '', 10) || 0)
  const sorted = nodes.toSorted(worstFirst)
  const links = countLinks(edges)
  return (
    <>
      <DataTable
        label="Nodes of the graph"
        columns={columnsOf(links, nameOf)}
        rows={sorted.slice(0, shown)}
        rowKey={({ id }) => id}
        empty={
          <EmptyState icon={Waypoints} title="Nothing matches">
            Fewer filters find more.
          </EmptyState>
        }
      />
      {sorted.length > shown && (
        <p className="mt-3 flex items-center justify-end gap-3 text-sm text-ink-2">
          {shown} of {plural(sorted.length, 'node')}
          <Button small onClick={() => set({ rows: String(shown + PAGE) })}>
            Show more
          </Button>
        </p>
      )}
    </>
  )
}

const worstFirst = (a: MapNode, b: MapNode) =>
  rankOf(a) - rankOf(b) || b.paths - a.paths || a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1)
const rankOf = ({ severity }: MapNode) => (severity ? WORST_FIRST.indexOf(severity) : WORST_FIRST.length)

function countLinks(edges: readonly MapEdge[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { from, to } of edges) for (const id of [from, to]) counts.set(id, (counts.get(id) ?? 0) + 1)
  return counts
}

function columnsOf(links: ReadonlyMap<string, number>, nameOf: (system: string) => string): readonly Column<MapNode>[] {
  return [
    {
      id: 'name',
      head: 'Node',
      cell: ({ id, name, kind }) => (
        <RowLink to="." search={(before) => ({ ...before, node: id })} resetScroll={false}>
          <span className="block wrap-anywhere">{name}</span>
          <span className="block text-xs font-normal text-ink-3">{kindWord(kind)}</span>
        </RowLink>
      ),
    },
    {
      id: 'systems',
      head: 'System',
      hide: 'md',
      cell: ({ systems }) => (systems.length > 2 ? plural(systems.length, 'system') : systems.map(nameOf).join(', ')),
    },
    { id: 'links', head: 'Links', hide: 'md', end: true, className: 'w-20', cell: ({ id }) => links.get(id) ?? 0 },
    {
      id: 'paths',
      head: 'Attack paths',
      className: 'w-36',
      cell: ({ severity, paths }) =>
        severity ? (
          <span className="inline-flex items-center gap-2">
            <LevelTag is={LEVEL_OF[severity]}>{severity}</LevelTag>
            <span className="text-xs text-ink-3">{paths}</span>
          </span>
        ) : (
          <span className="text-ink-3">none</span>
        ),
    },
  ]
}
