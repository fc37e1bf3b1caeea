// What can reach what, as a map and as a table. Filters, the chosen node and an attack path to show are in the address.
import { useQuery } from '@tanstack/react-query'
import { FoldVertical, List, Network, UnfoldVertical, Waypoints } from 'lucide-react'
import { useCallback, useMemo, useState } from 'react'
import { read, type Reply } from '../../api.ts'
import { plural } from '../../lib/format.ts'
import { NARROW, useMedia } from '../../lib/media.ts'
import { useFilters, useWords } from '../../lib/words.ts'
import type { Search } from '../../routes.tsx'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { ExportMenu } from '../../ui/export-menu.tsx'
import { FilterBar, FilterSelect, FilterText, MoreFilters } from '../../ui/filter-bar.tsx'
import { TextLink } from '../../ui/link.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Page } from '../../ui/page.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { FilterSystem } from '../system/filter-system.tsx'
import { GraphCanvas } from './graph-canvas.tsx'
import { GraphTable } from './graph-table.tsx'
import { kindWord, LANE_WORDS, LANES, NODE_KINDS } from './kinds.ts'
import { groupOf, layOutMap, type MapNode } from './map-layout.ts'
import { toScene } from './map-scene.ts'
import { around, isReadable } from './map-view.ts'
import { NodeDrawer } from './node-drawer.tsx'

type GraphMap = Reply<'GET', '/api/graph/map'>

const FILTERS = ['q', 'kind', 'system', 'on', 'path'] as const
/** Beyond that many nodes boxes begin folded. */
const MANY = 400
const MOST_NODES = 10_000

export function Graph() {
  const { words, set, clear } = useFilters(FILTERS)
  const query = useQuery({
    ...read('/api/graph/map', { query: { system: words['system'], limit: MOST_NODES } }),
    staleTime: 30_000,
  })
  return (
    <Page
      wide
      title="Graph"
      lead="Everything in the register, in scans and in the traffic, and what can reach what. Attack paths are found in it."
      actions={query.data && <ExportMenu name="graph" rows={() => ({ rows: shownOf(query.data, words) })} />}
    >
      <Filters clear={clear} />
      <Loaded query={query}>
        {(map) =>
          map.total === 0 && !clear ? (
            <EmptyState
              icon={Waypoints}
              title="Nothing to draw yet"
              action={<ButtonLink to="/inventory">Open the inventory</ButtonLink>}
            >
              Register a system and link it to its models, data and tools, or scan a repository: each becomes a node.
            </EmptyState>
          ) : (
            <MapOrTable map={map} />
          )
        }
      </Loaded>
      {words['node'] && <NodeDrawer id={words['node']} onClose={() => set({ node: undefined })} />}
    </Page>
  )
}

function Filters({ clear }: { clear: (() => void) | undefined }) {
  const [words, set] = useWords()
  return (
    <FilterBar label="Filter the graph" clear={clear}>
      <FilterText main label="Find a node" value={words['q']} onChange={(q) => set({ q })} />
      <MoreFilters active={['kind', 'system', 'on'].filter((name) => words[name]).length}>
        <FilterSystem />
        <FilterSelect
          label="Any kind"
          value={words['kind']}
          options={NODE_KINDS.map((kind) => ({ value: kind, label: kindWord(kind) }))}
          onChange={(kind) => set({ kind })}
        />
        <FilterSelect
          label="On a path or not"
          value={words['on']}
          options={[{ value: 'path', label: 'On an attack path' }]}
          onChange={(on) => set({ on })}
        />
      </MoreFilters>
    </FilterBar>
  )
}

function shownOf({ nodes }: GraphMap, { kind, on }: Search): MapNode[] {
  return nodes.filter((node) => (!kind || node.kind === kind) && (on !== 'path' || node.paths > 0))
}

const matches = ({ name, id }: MapNode, q: string) =>
  name.toLowerCase().includes(q.toLowerCase()) || id.toLowerCase().includes(q.toLowerCase())

function MapOrTable({ map }: { map: GraphMap }) {
  const narrow = useMedia(NARROW)
  const [words, set] = useWords()
  const asTable = words['view'] ? words['view'] === 'table' : narrow
  const { q = '', kind, on } = words
  const nodes = useMemo(() => shownOf(map, { ...(kind ? { kind } : {}), ...(on ? { on } : {}) }), [map, kind, on])
  const found = useMemo(() => (q === '' ? nodes : nodes.filter((node) => matches(node, q))), [nodes, q])
  const names = useMemo(() => new Map(map.systems.map(({ id, name }) => [id, name])), [map])
  const nameOf = (system: string) => names.get(system) ?? system
  return (
    <>
      <div className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-2 text-xs text-ink-3">
        <p role="status">
          {q === ''
            ? `${plural(nodes.length, 'node')}, ${plural(map.edges.length, 'link')}`
            : `${found.length} of ${plural(nodes.length, 'node')} match`}
          {map.truncated &&
            `; only the first ${plural(map.nodes.length, 'node')} of ${map.total} are shown: choose a system for the rest`}
        </p>
        <Button
          small
          variant="quiet"
          icon={asTable ? Network : List}
          onClick={() => set({ view: asTable ? 'map' : 'table' })}
          className="ml-auto"
        >
          {asTable ? 'Show the map' : 'Show as a table'}
        </Button>
      </div>
      {asTable ? (
        <GraphTable nodes={found} edges={map.edges} nameOf={nameOf} />
      ) : nodes.length === 0 ? (
        <EmptyState icon={Waypoints} title="Nothing matches">
          Fewer filters find more.
        </EmptyState>
      ) : (
        <Picture map={map} nodes={nodes} found={found} names={names} />
      )}
    </>
  )
}

interface PictureProps {
  map: GraphMap
  nodes: readonly MapNode[]
  found: readonly MapNode[]
  names: ReadonlyMap<string, string>
}

function Picture({ map, nodes, found, names }: PictureProps) {
  const [words, set] = useWords()
  const by = words['by'] === 'kind' ? 'kind' : 'system'
  const { node: chosen, path: pathId, q = '' } = words
  const way = useWay(pathId)
  const [folds, setFolds] = useState<{ all: boolean; but: ReadonlySet<string> }>()
  const nameOf = useCallback((system: string) => names.get(system) ?? system, [names])
  // Boxes whose names nobody could read say less than the names of the systems.
  const isSmall = useMemo(
    () => nodes.length <= MANY && isReadable(layOutMap(nodes, { by, isFolded: () => false, nameOf })),
    [nodes, by, nameOf],
  )
  const state = folds ?? { all: !isSmall, but: NONE }
  const opened = useMemo(
    () => new Set(nodes.filter(({ id }) => id === chosen || way?.lit.has(id)).map((node) => groupOf(node, by))),
    [nodes, chosen, way, by],
  )
  const scene = useMemo(
    () =>
      toScene(
        layOutMap(nodes, {
          by,
          isFolded: (group) => state.all !== state.but.has(group) && !opened.has(group),
          nameOf,
        }),
        map.edges,
      ),
    [nodes, by, state.all, state.but, opened, nameOf, map.edges],
  )
  const lit = useMemo(() => way?.lit ?? (q === '' ? undefined : new Set(found.map(({ id }) => id))), [way, q, found])
  const sight = useMemo(() => {
    const placesOf = (ids: Iterable<string>) => [...ids].flatMap((id) => scene.nodes.get(id) ?? [])
    if (lit) return around(placesOf(lit))
    const [one] = placesOf(chosen === undefined ? [] : [chosen])
    // Its drawer covers the right of the screen.
    return one && { ...one, x: one.x - ROOM, width: one.width + ROOM * 6 }
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- a node that was just pointed at is in sight already
  }, [lit, scene])
  const fold = (group: string) =>
    setFolds({
      all: state.all,
      but: new Set(state.but.has(group) ? [...state.but].filter((one) => one !== group) : [...state.but, group]),
    })
  return (
    <>
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <FilterSelect
          label="Boxes are systems"
          value={by === 'kind' ? 'kind' : undefined}
          options={[{ value: 'kind', label: 'Boxes are kinds' }]}
          onChange={(word) => {
            setFolds(undefined)
            set({ by: word })
          }}
        />
        <Button small icon={FoldVertical} onClick={() => setFolds({ all: true, but: NONE })}>
          Fold all
        </Button>
        <Button small icon={UnfoldVertical} onClick={() => setFolds({ all: false, but: NONE })}>
          Open all
        </Button>
        <Legend />
      </div>
      {way && pathId && (
        <p className="mb-2 text-sm">
          Shown in red:{' '}
          <TextLink to="/attack-paths/$path" params={{ path: pathId }}>
            {way.title}
          </TextLink>{' '}
          <Button small variant="quiet" onClick={() => set({ path: undefined })}>
            Show all again
          </Button>
        </p>
      )}
      <GraphCanvas
        label="What can reach what"
        scene={scene}
        marks={{ chosen, lit, way: way?.steps }}
        sight={sight}
        onChoose={(id) => set({ node: id })}
        onFold={fold}
      />
    </>
  )
}

const ROOM = 150
const NONE: ReadonlySet<string> = new Set()

/** The attack path that the address names, as steps to draw. */
function useWay(id: string | undefined) {
  const { data } = useQuery({
    ...read('/api/attack-paths/:path', { params: { path: id ?? '' } }),
    enabled: id !== undefined,
  })
  return useMemo(
    () =>
      data && {
        title: `${data.title} to ${data.targetName}`,
        steps: data.steps.map(({ from, to }) => ({ from, to })),
        lit: new Set(data.steps.flatMap(({ from, to }) => [from, to])),
      },
    [data],
  )
}

const LANE_LOOK = {
  entry: 'bg-fam-4',
  mind: 'bg-fam-1',
  hand: 'bg-fam-5',
  data: 'bg-fam-2',
  origin: 'bg-fam-3',
} as const

function Legend() {
  return (
    <ul aria-label="What the colours mean" className="flex flex-wrap gap-x-3 gap-y-1 text-xs text-ink-3 md:ml-auto">
      {LANES.map((lane) => (
        <li key={lane} className="inline-flex items-center gap-1.5">
          <span aria-hidden className={`size-2.5 rounded-xs ${LANE_LOOK[lane]}`} />
          {LANE_WORDS[lane]}
        </li>
      ))}
      <li className="inline-flex items-center gap-1.5">
        <span aria-hidden className="size-2.5 rounded-xs border-2 border-bad-mark" />
        On a critical or high attack path
      </li>
    </ul>
  )
}
