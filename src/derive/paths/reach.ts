// How far things reach along open edges, whatever the rule: which share of identities and endpoints gets to a node, and
// which share of sensitive stores is within reach of some. What a workload loads, a model learns from or an agent recalls
// has a hold on it, so such edges are gone along against their direction too.
import type { TraversedEdge } from '../../model/graph.ts'
import type { IndexedGraph } from './indexed-graph.ts'
import { isSensitive } from './rules/words.ts'

export interface Reach {
  exposure(target: number): number
  blastRadius(sources: readonly number[]): number
}

const HELD_BY_END: ReadonlySet<TraversedEdge> = new Set<TraversedEdge>([
  'connects',
  'retrieves',
  'indexes',
  'loads',
  'trained-on',
  'derived-from',
  'stored-in',
  'remembers',
])

const total = (flags: Uint8Array) => flags.reduce((sum, one) => sum + one, 0)

export function createReach(graph: IndexedGraph): Reach {
  const { nodes, edges, out, in: into, from, to } = graph
  const isHeldByEnd = (edge: number) => HELD_BY_END.has(edges[edge]?.kind ?? 'exposes')
  const isDoor = Uint8Array.from(nodes, ({ kind }) => (kind === 'identity' || kind === 'endpoint' ? 1 : 0))
  const isStore = Uint8Array.from(nodes, (one) => (isSensitive(one) ? 1 : 0))
  const [doors, stores] = [total(isDoor), total(isStore)]
  const exposures = new Map<number, number>()
  const radii = new Map<string, number>()
  const seen = new Int32Array(nodes.length)
  const queue = new Int32Array(nodes.length)
  let search = 0

  /** How many that are flagged are met from here, with the edges or against them. */
  function count(begin: readonly number[], against: boolean, flags: Uint8Array): number {
    search++
    let size = 0
    for (const one of begin) {
      if (seen[one] === search) continue
      seen[one] = search
      queue[size++] = one
    }
    let found = 0
    for (let i = 0; i < size; i++) {
      const here = queue[i] ?? 0
      found += flags[here] ?? 0
      const meet = (edge: number, next: number) => {
        if (seen[next] === search || graph.isClosed(edge)) return
        seen[next] = search
        queue[size++] = next
      }
      for (const edge of out[here] ?? []) if (!against || isHeldByEnd(edge)) meet(edge, to[edge] ?? 0)
      for (const edge of into[here] ?? []) if (against || isHeldByEnd(edge)) meet(edge, from[edge] ?? 0)
    }
    return found
  }

  return {
    exposure(target) {
      const known = exposures.get(target)
      if (known !== undefined) return known
      const share = doors === 0 ? 0 : count([target], true, isDoor) / doors
      exposures.set(target, share)
      return share
    },
    blastRadius(sources) {
      const key = sources.join()
      const known = radii.get(key)
      if (known !== undefined) return known
      const share = stores === 0 ? 0 : count(sources, false, isStore) / stores
      radii.set(key, share)
      return share
    },
  }
}
