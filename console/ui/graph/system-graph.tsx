// A system as a picture: where data comes from, the models, the system itself, its tools, and who is reached. Every node
// is a link in the order of the lanes; arrows walk between them. The same graph can be read as a list, which is what small
// screens get first.
import { Link } from '@tanstack/react-router'
import { List, Network } from 'lucide-react'
import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import { NARROW, useMedia } from '../../lib/media.ts'
import { useWords } from '../../lib/words.ts'
import { KindIcon, kindName, placeOfAsset } from '../asset-kind.tsx'
import { Button } from '../button.tsx'
import { cx } from '../class.ts'
import { type Flow, gatherFlows, type GraphLink, type GraphNode } from './flows.ts'
import { GraphList } from './graph-list.tsx'
import { LANE_WORDS, laneOf } from './lanes.ts'
import { layOut, type Line, NODE } from './lay-out.ts'

/** Links to point out, whichever way they are drawn, and what they are together. */
export interface Path {
  links: readonly { from: string; to: string }[]
  says: string
}

interface SystemGraphProps {
  label: string
  nodes: readonly GraphNode[]
  links: readonly GraphLink[]
  /** The node that the page is about. */
  current?: string
  path?: Path | undefined
}

export function SystemGraph({ label, nodes, links, current, path }: SystemGraphProps) {
  const narrow = useMedia(NARROW)
  const [{ view }, setWords] = useWords()
  const asList = view ? view === 'list' : narrow
  return (
    <div>
      <div className="mb-2 flex flex-wrap items-center justify-between gap-2">
        <p className="text-xs text-ink-3">
          {path ? (
            <span className="inline-flex items-center gap-1.5">
              <span aria-hidden className="inline-block h-0 w-5 border-t-3 border-bad-mark" />
              {path.says}
            </span>
          ) : (
            'Arrows follow the data.'
          )}
        </p>
        <Button
          small
          variant="quiet"
          icon={asList ? Network : List}
          onClick={() => setWords({ view: asList ? 'graph' : 'list' })}
        >
          {asList ? 'Show the graph' : 'Show as a list'}
        </Button>
      </div>
      {asList ? (
        <GraphList label={label} nodes={nodes} links={links} {...(current ? { current } : {})} />
      ) : (
        <Picture label={label} nodes={nodes} links={links} path={path} {...(current ? { current } : {})} />
      )}
    </div>
  )
}

function Picture({ label, nodes, links, current, path }: SystemGraphProps) {
  const frame = useRef<HTMLDivElement>(null)
  const [near, setNear] = useState<string>()
  const flows = useMemo(() => gatherFlows(nodes, links), [nodes, links])
  const {
    lanes,
    nodes: places,
    lines,
    width,
    height,
  } = useMemo(
    () =>
      layOut(
        nodes.map(({ id, kind }) => ({ id, lane: laneOf(kind) })),
        flows,
      ),
    [nodes, flows],
  )
  const sorted = useMemo(() => nodes.toSorted(byPlace(places)), [nodes, places])
  const touches = (flow: Flow) => near === undefined || flow.from === near || flow.to === near
  const beside = new Set(near === undefined ? [] : flows.filter(touches).flatMap(({ from, to }) => [from, to]))
  const onPath = new Set(path?.links.flatMap(({ from, to }) => [from, to]))
  function walk(event: KeyboardEvent) {
    const next = nextByArrow(event.key, near, places)
    if (next === undefined) return
    event.preventDefault()
    frame.current?.querySelector<HTMLElement>(`[data-node="${CSS.escape(next)}"]`)?.focus()
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- arrows only move the focus between the links inside
    <div className="scroll-x rounded-md border border-line bg-canvas p-4" onKeyDown={walk}>
      <div ref={frame} className="relative mx-auto" style={{ width, height }}>
        <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden className="absolute inset-0">
          {flows.map((flow, i) => (
            <FlowLine
              key={`${flow.from}>${flow.to}`}
              line={lines[i]}
              look={isOnPath(flow, path) ? 'path' : near === undefined ? 'plain' : touches(flow) ? 'near' : 'far'}
            />
          ))}
        </svg>
        {lanes.map(({ lane, x }) => (
          <p key={lane} aria-hidden className="absolute top-0 text-2xs font-medium text-ink-3" style={{ left: x }}>
            {LANE_WORDS[lane]}
          </p>
        ))}
        <ul aria-label={label}>
          {sorted.map(({ id, kind, name }) => {
            const at = places.get(id)
            return (
              <li
                key={id}
                className="absolute"
                style={{ left: at?.x, top: at?.y, width: NODE.width, height: NODE.height }}
              >
                <Link
                  to={placeOfAsset(id, kind)}
                  data-node={id}
                  title={flows
                    .filter(({ from, to }) => from === id || to === id)
                    .map(({ says }) => says)
                    .join('\n')}
                  onFocus={() => setNear(id)}
                  onBlur={() => setNear(undefined)}
                  onPointerEnter={() => setNear(id)}
                  onPointerLeave={() => setNear(undefined)}
                  className={cx(
                    'flex h-full items-center gap-2 rounded-sm border bg-panel px-2.5 shadow-card transition-[opacity,border-color] hover:border-accent',
                    onPath.has(id) ? 'border-bad-mark' : id === current ? 'border-accent' : 'border-line',
                    id === current && 'bg-accent-soft',
                    near !== undefined && near !== id && !beside.has(id) && 'opacity-45',
                  )}
                >
                  <KindIcon kind={kind} />
                  <span className="min-w-0">
                    <span className="block truncate text-xs font-medium">{name}</span>
                    <span className="block truncate text-2xs text-ink-3">{kindName(kind)}</span>
                  </span>
                </Link>
              </li>
            )
          })}
        </ul>
      </div>
    </div>
  )
}

const LINE_LOOK = {
  plain: 'stroke-line-strong/70 fill-line-strong',
  near: 'stroke-accent fill-accent',
  far: 'stroke-line fill-line',
  path: 'stroke-bad-mark fill-bad-mark',
}

function FlowLine({ line, look }: { line: Line | undefined; look: keyof typeof LINE_LOOK }) {
  if (!line) return null
  const { x, y, leftward } = line.tip
  const back = leftward ? 6 : -6
  return (
    <g className={LINE_LOOK[look]}>
      <path d={line.path} fill="none" strokeWidth={look === 'path' ? 2.5 : look === 'near' ? 1.8 : 1.3} />
      <path d={`M${x} ${y}l${back} -3.5v7Z`} stroke="none" />
    </g>
  )
}

type Places = ReturnType<typeof layOut>['nodes']

const byPlace = (places: Places) => (a: GraphNode, b: GraphNode) => {
  const [one, other] = [places.get(a.id), places.get(b.id)]
  return one && other ? one.x - other.x || one.y - other.y : 0
}

const isOnPath = (flow: Flow, path: Path | undefined) =>
  path?.links.some(
    ({ from, to }) => (from === flow.from && to === flow.to) || (from === flow.to && to === flow.from),
  ) ?? false

/** Up and down within a lane; left and right to whatever stands closest in the next one. */
function nextByArrow(key: string, from: string | undefined, places: Places): string | undefined {
  const here = from === undefined ? undefined : places.get(from)
  if (!here || !/^Arrow(Up|Down|Left|Right)$/.test(key)) return undefined
  const sideways = key === 'ArrowLeft' || key === 'ArrowRight'
  const sign = key === 'ArrowLeft' || key === 'ArrowUp' ? -1 : 1
  const ahead = [...places]
    .map(([id, at]) => ({ id, dx: (at.x - here.x) * sign, dy: at.y - here.y }))
    .filter(({ dx, dy }) => (sideways ? dx > 0 : dx === 0 && dy * sign > 0))
  return ahead.toSorted((a, b) => a.dx - b.dx || Math.abs(a.dy) - Math.abs(b.dy))[0]?.id
}
