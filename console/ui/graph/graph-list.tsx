// The graph of a system for reading: each asset under its lane, with its links as sentences.
import { Link } from '@tanstack/react-router'
import { KindIcon, kindName, placeOfAsset } from '../asset-kind.tsx'
import { TextLink } from '../link.tsx'
import type { GraphLink, GraphNode } from './flows.ts'
import { LANE_WORDS, laneOf, LANES, LINK_WORDS } from './lanes.ts'

interface GraphListProps {
  label: string
  nodes: readonly GraphNode[]
  links: readonly GraphLink[]
  current?: string
}

export function GraphList({ label, nodes, links, current }: GraphListProps) {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  return (
    <div role="group" aria-label={label} className="divide-y divide-line rounded-md border border-line">
      {LANES.map((lane) => {
        const here = nodes.filter(({ kind }) => laneOf(kind) === lane)
        if (here.length === 0) return null
        return (
          <section
            key={lane}
            aria-label={LANE_WORDS[lane]}
            className="grid gap-x-6 px-4 py-3 md:grid-cols-[9rem_minmax(0,1fr)]"
          >
            <h3 className="text-xs font-medium text-ink-3">{LANE_WORDS[lane]}</h3>
            <ul className="grid gap-2 text-sm">
              {here.map(({ id, kind, name }) => (
                <li key={id}>
                  <span className="flex items-center gap-2">
                    <KindIcon kind={kind} />
                    <Link
                      to={placeOfAsset(id, kind)}
                      aria-current={id === current || undefined}
                      className="min-w-0 truncate font-medium hover:text-accent-word"
                    >
                      {name}
                    </Link>
                    <span className="text-xs whitespace-nowrap text-ink-3">{kindName(kind)}</span>
                  </span>
                  <ul className="pl-6 text-xs text-ink-2">
                    {links
                      .filter(({ from }) => from === id)
                      .map(({ kind: how, to }) => (
                        <li key={how + to}>
                          {LINK_WORDS[how]}{' '}
                          <TextLink to={placeOfAsset(to, byId.get(to)?.kind)}>{byId.get(to)?.name ?? to}</TextLink>
                        </li>
                      ))}
                  </ul>
                </li>
              ))}
            </ul>
          </section>
        )
      })}
    </div>
  )
}
