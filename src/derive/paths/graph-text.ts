// A graph as a few lines of text, for fixtures and documents: `bot: agent privilege=high` is a node, `mail -ingests-> bot`
// an edge. Attributes follow as `name=value`, lists as `a,b`; an edge may say `known=observed` and `guard=<control>/<mode>`,
// proven unless it says `/unproven`.
import {
  type AssetGraph,
  type Attribute,
  type EdgeGuard,
  type EdgeKind,
  type GraphEdge,
  type GraphNode,
  KNOWN_BY,
  NODE_KINDS,
  TELLING_EDGES,
  TRAVERSED_EDGES,
} from '../../model/graph.ts'

const LISTS = new Set(['effects', 'writableBy', 'scope', 'tenants', 'action'])

export function graphFromText(text: string): AssetGraph {
  const nodes: GraphNode[] = []
  const edges: GraphEdge[] = []
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (line === '') continue
    const edge = /^(\S+) -([a-z-]+)-> (\S+)(.*)$/.exec(line)
    const node = /^([^\s:]+): (\S+)(.*)$/.exec(line)
    if (edge) edges.push(edgeFrom(line, edge))
    else if (node) nodes.push(nodeFrom(line, node))
    else throw new SyntaxError(`neither node nor edge: ${line}`)
  }
  return { nodes, edges }
}

function nodeFrom(line: string, [, id = '', said = '', rest = '']: RegExpExecArray): GraphNode {
  const kind = NODE_KINDS.find((one) => one === said)
  if (kind === undefined) throw new SyntaxError(`no kind of node: ${line}`)
  return { id, kind, name: id, attributes: Object.fromEntries(pairs(rest)) }
}

function edgeFrom(line: string, [, from = '', said = '', to = '', rest = '']: RegExpExecArray): GraphEdge {
  const kind = ([...TRAVERSED_EDGES, ...TELLING_EDGES] as EdgeKind[]).find((one) => one === said)
  if (kind === undefined) throw new SyntaxError(`no kind of edge: ${line}`)
  const all = pairs(rest)
  const known = KNOWN_BY.find((one) => all.some(([name, value]) => name === 'known' && value === one))
  return {
    id: `${from} ${kind} ${to}`,
    kind,
    from,
    to,
    known: known ?? 'declared',
    evidence: [],
    attributes: Object.fromEntries(all.filter(([name]) => name !== 'known' && name !== 'guard')),
    guards: all.flatMap(([name, value]) => (name === 'guard' ? guardFrom(String(value)) : [])),
  }
}

function guardFrom(text: string): EdgeGuard {
  const [control = '', mode = 'enforce', proof] = text.split('/')
  return { control, mode: mode === 'observe' || mode === 'off' ? mode : 'enforce', proven: proof !== 'unproven' }
}

function pairs(text: string): [string, Attribute][] {
  return text
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => {
      const [name = '', value = ''] = word.split('=')
      if (value === 'true' || value === 'false') return [name, value === 'true']
      return [name, LISTS.has(name) ? value.split(',') : value]
    })
}
