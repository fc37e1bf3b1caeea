// Every attack path of an estate of 50,000 nodes: systems of ten parts that share tool servers, stores, identities and a
// registry, as organisations do; beside one walk over all edges, which is the least that anybody has to do.
import { findPaths } from '../../src/derive/paths/find-paths.ts'
import { graphFromText } from '../../src/derive/paths/graph-text.ts'
import type { AssetGraph, GraphEdge, GraphNode } from '../../src/model/graph.ts'
import { defineBench, limited, type Row, told } from '../bench.ts'

const SYSTEMS = 4500
const ROUNDS = 3

/** A system; words in capitals are shared among systems. */
const SYSTEM = `
  door: endpoint exposure=EXPOSURE auth=AUTH
  bot: agent
  helper: agent privilege=PRIVILEGE
  mail: content-source trust=TRUST
  edit: tool effects=write
  run: tool effects=exec
  box: workload sandboxed=BOXED environment=production
  notes: data-store sensitivity=SENSITIVITY personal=PERSONAL
  index: vector-store
  docs: dataset sensitivity=internal writableBy=WRITERS
  robot: identity type=service
  door -exposes-> bot
  mail -ingests-> bot
  bot -delegates-> helper
  bot -calls-> MODEL
  bot -connects-> SERVER
  helper -uses-tool-> edit
  helper -uses-tool-> run
  edit -writes-> notes
  edit -reads-> STORE
  run -writes-> box
  bot -retrieves-> index
  index -indexes-> docs
  bot -sends-to-> OUTSIDE
  box -runs-as-> robot
  robot -has-grant-> STORE
  box -loads-> WEIGHTS
  PERSON -has-grant-> docs
`
const SHARED: [word: string, count: number, line: string][] = [
  ['MODEL', 20, 'model proprietary=true'],
  ['SERVER', 60, 'mcp-server pinned=PINNED'],
  ['STORE', 300, 'data-store sensitivity=confidential'],
  ['OUTSIDE', 40, 'external-host'],
  ['WEIGHTS', 60, 'artefact verdict=VERDICT signed=true'],
  ['PERSON', 500, 'identity type=human'],
]

function estate(): AssetGraph {
  const random = seeded(7)
  const one = (share: number) => random() < share
  const choose = (word: string): string =>
    ({
      EXPOSURE: one(0.1) ? 'public' : 'internal',
      AUTH: one(0.2) ? 'none' : 'strong',
      PRIVILEGE: one(0.1) ? 'high' : 'low',
      TRUST: one(0.1) ? 'untrusted' : 'internal',
      BOXED: one(0.8) ? 'true' : 'false',
      SENSITIVITY: one(0.3) ? 'restricted' : 'public',
      PERSONAL: one(0.2) ? 'true' : 'false',
      WRITERS: one(0.05) ? 'external' : 'staff',
      PINNED: one(0.7) ? 'true' : 'false',
      VERDICT: one(0.1) ? 'unscanned' : 'benign',
    })[word] ?? word
  const fill = (line: string) => line.replaceAll(/[A-Z]{2,}/g, choose)
  const nodes: GraphNode[] = []
  const edges: GraphEdge[] = []
  const shared = SHARED.flatMap(([word, count, line]) =>
    Array.from({ length: count }, (_, i) => `${word.toLowerCase()}${i}: ${fill(line)}`),
  )
  nodes.push(...graphFromText(shared.join('\n')).nodes)
  for (let i = 0; i < SYSTEMS; i++) {
    const own = SYSTEM.replaceAll(/^( +[a-z]+)(?=:| -)|(?<=-> )([a-z]+)$/gm, `$&-${i}`)
    const joined = SHARED.reduce(
      (text, [word, count]) => text.replaceAll(word, `${word.toLowerCase()}${Math.floor(random() * count)}`),
      own,
    )
    const part = graphFromText(fill(joined))
    nodes.push(...part.nodes)
    edges.push(...part.edges)
  }
  return { nodes, edges }
}

export const bench = defineBench({
  title: 'Attack paths',
  async run(): Promise<Row[]> {
    const graph = estate()
    const bare = Math.min(...Array.from({ length: ROUNDS }, () => timed(() => walkAll(graph))))
    const whole = Math.min(...Array.from({ length: ROUNDS }, () => timed(() => findPaths(graph))))
    const { paths, truncated } = findPaths(graph)
    const rules = new Set(paths.map(({ rule }) => rule))
    const size = `${graph.nodes.length} nodes, ${graph.edges.length} edges`
    return [
      limited(`all attack paths of a graph of ${size}`, whole, 5000, 'ms'),
      {
        what: 'the same, beside one walk over all edges',
        measured: `${Math.round(whole)} ms`,
        reference: `${Math.round(bare)} ms`,
        ratio: whole / bare,
        target: '',
        met: true,
      },
      told('paths found there', `${paths.length} by ${rules.size} rules; ${truncated.length} rules cut short at 500`),
    ]
  },
})

function walkAll({ nodes, edges }: AssetGraph): number {
  const out = new Map<string, string[]>(nodes.map(({ id }) => [id, []]))
  for (const { from, to } of edges) out.get(from)?.push(to)
  const seen = new Set<string>()
  for (const { id } of nodes) {
    const queue = [id]
    for (const here of queue) {
      if (seen.has(here)) continue
      seen.add(here)
      queue.push(...(out.get(here) ?? []))
    }
  }
  return seen.size
}

function timed(work: () => unknown): number {
  const started = performance.now()
  work()
  return performance.now() - started
}

function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 4_294_967_296
  }
}
