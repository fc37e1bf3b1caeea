// The graph as BloodHound OpenGraph takes it: kinds in its spelling, lists of plain values only, `Base` as the source kind.
// Paths are not part of that format; which edges an attacker can go along is said by `traversable`.
import { createHash } from 'node:crypto'
import { type AssetGraph, type Attribute, TRAVERSED_EDGES } from '../../model/graph.ts'

interface OpenGraph {
  metadata: { source_kind: string }
  graph: {
    nodes: { id: string; kinds: string[]; properties: Record<string, Attribute> }[]
    edges: {
      kind: string
      start: { value: string; match_by: 'id' }
      end: { value: string; match_by: 'id' }
      properties: Record<string, Attribute>
    }[]
  }
}

const SOURCE_KIND = 'ParapetBase'
const TRAVERSED: ReadonlySet<string> = new Set(TRAVERSED_EDGES)

export function toOpenGraph({ nodes, edges }: AssetGraph): OpenGraph {
  const idOf = distinctIds(nodes.map(({ id }) => id))
  return {
    metadata: { source_kind: SOURCE_KIND },
    graph: {
      nodes: nodes.map(({ id, kind, name, attributes }) => ({
        id: idOf(id),
        kinds: [`Parapet${pascal(kind)}`, SOURCE_KIND],
        properties: { ...lowerKeys(attributes), name, objectid: idOf(id) },
      })),
      edges: edges.map(({ kind, from, to, known, evidence, attributes, guards }) => ({
        kind: `Parapet${pascal(kind)}`,
        start: { value: idOf(from), match_by: 'id' },
        end: { value: idOf(to), match_by: 'id' },
        properties: {
          ...lowerKeys(attributes),
          known,
          evidence,
          traversable: TRAVERSED.has(kind),
          controls: guards.filter(({ mode, proven }) => mode === 'enforce' && proven).map(({ control }) => control),
        },
      })),
    },
  }
}

/** BloodHound takes ids without case, so two that differ in it alone would become one node. */
function distinctIds(ids: readonly string[]): (id: string) => string {
  const alike = new Map<string, number>()
  for (const id of ids) alike.set(id.toUpperCase(), (alike.get(id.toUpperCase()) ?? 0) + 1)
  const isMixed = (id: string) => id !== id.toLowerCase() && (alike.get(id.toUpperCase()) ?? 0) > 1
  return (id) => (isMixed(id) ? `${id}~${createHash('sha256').update(id).digest('hex').slice(0, 12)}` : id)
}

const pascal = (kind: string) => kind.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase())

/** BloodHound stores names of properties in small letters. */
const lowerKeys = (attributes: Readonly<Record<string, Attribute>>) =>
  Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key.toLowerCase(), value]))
