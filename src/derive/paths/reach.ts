// How far things reach along open edges, whatever the rule: which share of identities and endpoints gets to a node, and
// which share of sensitive stores is within reach of some. Whoever may change a thing holds what depends on it: what loads
// it, learns from it or recalls it. Who only gets to a thing does not, so edges are gone against their direction from what
// is held alone.
import type { GraphEdge, TraversedEdge } from '../../model/graph.ts'
import type { IndexedGraph } from './indexed-graph.ts'
import { isSensitive, mayWrite } from './rules/words.ts'

export interface Reach {
  exposure(target: number): number
  blastRadius(sources: readonly number[]): number
}

/** Who holds what such an edge leads to holds what it comes from. */
const DEPENDS: ReadonlySet<TraversedEdge> = new Set<TraversedEdge>([
  'connects',
  'retrieves',
  'indexes',
  'loads',
  'trained-on',
  'derived-from',
  'stored-in',
  'remembers',
])

/** Along these, what is got to can be changed. */
const CHANGES: ReadonlySet<TraversedEdge> = new Set<TraversedEdge>([
  'writes',
  'remembers',
  'publishes',
  'builds',
  'can-assume',
  'runs-as',
])

const isChange = ({ kind, attributes }: GraphEdge & { kind: TraversedEdge }): boolean =>
  CHANGES.has(kind) || (kind === 'has-grant' && mayWrite(attributes['action']))

const total = (flags: Uint8Array) => flags.reduce((sum, one) => sum + one, 0)

const [GOT_TO, HELD] = [0, 1]
const STATES = 2

export function createReach(graph: IndexedGraph): Reach {
  const { nodes, edges, out, in: into, from, to } = graph
  const isDoor = Uint8Array.from(nodes, ({ kind }) => (kind === 'identity' || kind === 'endpoint' ? 1 : 0))
  const isStore = Uint8Array.from(nodes, (one) => (isSensitive(one) ? 1 : 0))
  const isChanged = Uint8Array.from(edges, (edge) => (isChange(edge) ? 1 : 0))
  const isNeeded = Uint8Array.from(edges, ({ kind }) => (DEPENDS.has(kind) ? 1 : 0))
  const [doors, stores] = [total(isDoor), total(isStore)]
  const exposures = new Map<number, number>()
  const radii = new Map<string, number>()
  const seen = new Int32Array(nodes.length * STATES)
  const counted = new Int32Array(nodes.length)
  const queue = new Int32Array(nodes.length * STATES)
  let [search, size] = [0, 0]

  function meet(node: number, state: number): void {
    const at = node * STATES + state
    if (seen[at] === search) return
    seen[at] = search
    queue[size++] = at
  }

  /** How many that are flagged are met; `next` meets what a state leads to. */
  function count(
    begin: readonly number[],
    state: number,
    next: (node: number, state: number) => void,
    flags: Uint8Array,
  ) {
    search++
    size = 0
    for (const one of begin) meet(one, state)
    let found = 0
    for (let i = 0; i < size; i++) {
      const [node, held] = [(queue[i] ?? 0) >> 1, (queue[i] ?? 0) % STATES]
      if (counted[node] !== search) found += flags[node] ?? 0
      counted[node] = search
      next(node, held)
    }
    return found
  }

  function onwards(node: number, state: number): void {
    for (const edge of out[node] ?? [])
      if (!graph.isClosed(edge)) meet(to[edge] ?? 0, isChanged[edge] === 1 ? HELD : GOT_TO)
    if (state !== HELD) return
    for (const edge of into[node] ?? []) if (isNeeded[edge] === 1 && !graph.isClosed(edge)) meet(from[edge] ?? 0, HELD)
  }

  /** The other way round: `HELD` means that getting to the node would not be enough. */
  function back(node: number, state: number): void {
    for (const edge of into[node] ?? [])
      if ((state === GOT_TO || isChanged[edge] === 1) && !graph.isClosed(edge)) meet(from[edge] ?? 0, GOT_TO)
    for (const edge of out[node] ?? []) if (isNeeded[edge] === 1 && !graph.isClosed(edge)) meet(to[edge] ?? 0, HELD)
  }

  return {
    exposure(target) {
      const known = exposures.get(target)
      if (known !== undefined) return known
      const share = doors === 0 ? 0 : count([target], GOT_TO, back, isDoor) / doors
      exposures.set(target, share)
      return share
    },
    blastRadius(sources) {
      const key = sources.join()
      const known = radii.get(key)
      if (known !== undefined) return known
      const share = stores === 0 ? 0 : count(sources, HELD, onwards, isStore) / stores
      radii.set(key, share)
      return share
    },
  }
}
