// The graph around an asset, read from the register: what it reaches, and what links to it.
import { useQuery } from '@tanstack/react-query'
import { Waypoints } from 'lucide-react'
import { read } from '../../api.ts'
import { plural } from '../../lib/format.ts'
import { type Path, SystemGraph } from '../../ui/graph/system-graph.tsx'
import { TextLink } from '../../ui/link.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { EmptyState, Skeleton } from '../../ui/states.tsx'
import { LINK_WORDS } from '../../ui/graph/lanes.ts'
import { placeOfAsset } from '../../ui/asset-kind.tsx'
import { SystemName } from '../system/system-names.tsx'

interface AssetGraphProps {
  id: string
  name: string
  path?: Path | undefined
}

const MOST_NODES = 60

export function AssetGraph({ id, name, path }: AssetGraphProps) {
  const query = useQuery(read('/api/assets/:id/graph', { params: { id }, query: { nodes: MOST_NODES } }))
  return (
    <Loaded query={query} waiting={<Skeleton className="h-56 w-full" />}>
      {({ nodes, edges, usedBy, truncated }) => (
        <>
          {nodes.length > 1 ? (
            <SystemGraph
              label={`What ${name} is made of`}
              nodes={nodes.map((node) => node.asset)}
              links={edges}
              current={id}
              path={path}
            />
          ) : (
            <EmptyState icon={Waypoints} title="It links to nothing yet">
              Say which models, data, tools and identities it uses: threats, risks and the path from untrusted input to
              the outside follow these links.
            </EmptyState>
          )}
          {truncated && (
            <p className="mt-2 text-xs text-warn">
              Only the first {plural(MOST_NODES, 'asset')} are drawn; more can be reached.
            </p>
          )}
          {usedBy.length > 0 && (
            <p className="mt-3 text-sm text-ink-2">
              Linked from{' '}
              {usedBy.map(({ from, kind }, i) => (
                <span key={from + kind}>
                  {i > 0 && ', '}
                  <TextLink to={placeOfAsset(from)}>
                    <SystemName id={from} />
                  </TextLink>{' '}
                  ({LINK_WORDS[kind]})
                </span>
              ))}
              .
            </p>
          )}
        </>
      )}
    </Loaded>
  )
}
