// Which links make sense. Only what cannot be meant is refused: a data set calls nobody, nothing is trained on an
// identity. Cycles are allowed, as agents do call each other; whoever walks along links keeps count of where it was.
import type { Issue } from '../lib/failure.ts'
import type { AssetKind, Link, LinkKind } from '../model/asset.ts'

const DATA: readonly AssetKind[] = ['dataset', 'knowledge-base', 'vector-store', 'prompt', 'memory', 'log-store']
const RUNS: readonly AssetKind[] = [
  'system',
  'application',
  'agent',
  'model',
  'tool',
  'mcp-server',
  'endpoint',
  'provider',
  'pipeline',
]
const HOLDS: readonly AssetKind[] = [...RUNS, ...DATA]

/** Kinds at either end; absent: any. */
const ENDS: Record<LinkKind, { from?: readonly AssetKind[]; to?: readonly AssetKind[] }> = {
  uses: {},
  calls: { from: RUNS, to: RUNS },
  servedBy: { to: RUNS },
  hostedBy: { to: RUNS },
  trainedOn: { from: RUNS, to: [...DATA, 'pipeline', 'provider'] },
  fineTunedFrom: {
    from: ['model', 'agent', 'system', 'application', 'pipeline'],
    to: ['model', 'endpoint', 'provider'],
  },
  derivedFrom: { from: HOLDS, to: HOLDS },
  retrievesFrom: { from: RUNS, to: HOLDS },
  reads: { from: [...RUNS, 'identity'], to: HOLDS },
  writes: { from: [...RUNS, 'identity'], to: HOLDS },
  authenticatesAs: { from: RUNS, to: ['identity'] },
  exposedTo: {},
  decidesAbout: { from: RUNS },
  ownedBy: { to: ['identity', 'provider', 'system', 'application'] },
}

export interface KnownEnd {
  kind: AssetKind
  retired: boolean
}

/** What is wrong with these links. `known` tells of every id that may be an end; `kept`: they were there before. */
export function checkLinks(
  from: { id: string; kind: AssetKind; links: readonly Link[] },
  known: ReadonlyMap<string, KnownEnd>,
  kept: readonly Link[],
  near: ReadonlyMap<string, string>,
): Issue[] {
  return from.links.flatMap((link, i): Issue[] => {
    const path = `links[${i}]`
    const end = known.get(link.to)
    if (link.to === from.id) return [{ path: `${path}.to`, message: 'an asset cannot be linked to itself' }]
    if (end === undefined) {
      const suggestion = near.get(link.to)
      const message = `there is no asset "${link.to}"`
      return [{ path: `${path}.to`, message, ...(suggestion === undefined ? {} : { suggestion }) }]
    }
    if (end.retired && !kept.some(({ kind, to }) => kind === link.kind && to === link.to))
      return [
        { path: `${path}.to`, message: `"${link.to}" has left the register; state it again before linking to it` },
      ]
    const { from: starts, to: ends } = ENDS[link.kind]
    if (starts && !starts.includes(from.kind))
      return [{ path: `${path}.kind`, message: `no ${from.kind} ${link.kind} anything; it can be ${list(starts)}` }]
    if (ends && !ends.includes(end.kind))
      return [{ path: `${path}.to`, message: `"${link.to}" is a ${end.kind}; ${link.kind} leads to ${list(ends)}` }]
    return []
  })
}

const list = (kinds: readonly string[]) => `${kinds.slice(0, -1).join(', ')} or ${kinds.at(-1)}`.replace(/^ or /, '')
