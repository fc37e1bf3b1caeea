// The graph as BloodHound OpenGraph takes it: kinds in its spelling, lists of plain values only, `Base` as the source kind.
// Paths are not part of that format; which edges an attacker can go along is said by `traversable`.
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
  return {
    metadata: { source_kind: SOURCE_KIND },
    graph: {
      nodes: nodes.map(({ id, kind, name, attributes }) => ({
        id,
        kinds: [`Parapet${pascal(kind)}`, SOURCE_KIND],
        properties: { ...lowerKeys(attributes), name, objectid: id },
      })),
      edges: edges.map(({ kind, from, to, known, evidence, attributes, guards }) => ({
        kind: `Parapet${pascal(kind)}`,
        start: { value: from, match_by: 'id' },
        end: { value: to, match_by: 'id' },
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

const pascal = (kind: string) => kind.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase())

/** BloodHound stores names of properties in small letters. */
const lowerKeys = (attributes: Readonly<Record<string, Attribute>>) =>
  Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key.toLowerCase(), value]))
