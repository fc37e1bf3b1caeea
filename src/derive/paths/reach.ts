// How far things reach along open edges, whatever the rule: which share of identities and endpoints gets to a node, and
// which share of sensitive stores is within reach of some.
import type { IndexedGraph } from './indexed-graph.ts'

export interface Reach {
  exposure(target: number): number
  blastRadius(sources: readonly number[]): number
}

const total = (flags: Uint8Array) => flags.reduce((sum, one) => sum + one, 0)

export function createReach(graph: IndexedGraph): Reach {
  const { nodes, out, from, to } = graph
  const isDoor = Uint8Array.from(nodes, ({ kind }) => (kind === 'identity' || kind === 'endpoint' ? 1 : 0))
  const isStore = Uint8Array.from(nodes, ({ attributes }) =>
    attributes['sensitivity'] === 'restricted' || attributes['sensitivity'] === 'confidential' ? 1 : 0,
  )
  const [doors, stores] = [total(isDoor), total(isStore)]
  const exposures = new Map<number, number>()
  const radii = new Map<string, number>()
  const seen = new Int32Array(nodes.length)
  const queue = new Int32Array(nodes.length)
  let search = 0

  function count(begin: readonly number[], lists: IndexedGraph['out'], ends: Int32Array, flags: Uint8Array): number {
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
      for (const edge of lists[here] ?? []) {
        const next = ends[edge] ?? 0
        if (seen[next] === search || graph.isClosed(edge)) continue
        seen[next] = search
        queue[size++] = next
      }
    }
    return found
  }

  return {
    exposure(target) {
      const known = exposures.get(target)
      if (known !== undefined) return known
      const share = doors === 0 ? 0 : count([target], graph.in, from, isDoor) / doors
      exposures.set(target, share)
      return share
    },
    blastRadius(sources) {
      const key = sources.join()
      const known = radii.get(key)
      if (known !== undefined) return known
      const share = stores === 0 ? 0 : count(sources, out, to, isStore) / stores
      radii.set(key, share)
      return share
    },
  }
}
