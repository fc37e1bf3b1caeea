// A parse tree as plain objects, fetched from the parser in one walk: each look into WebAssembly costs more than the
// node is worth. Invariant: a tree has bounds in depth and in nodes, whatever the file does.
import type { Language, TreeCursor } from 'web-tree-sitter'

export interface Node {
  type: string
  field: string | undefined
  start: number
  end: number
  kids: Node[]
}

export interface Fetched {
  root: Node
  /** Something lies deeper, or further on, than is read. */
  cut: boolean
}

const MOST_NODES = 300_000
const MOST_DEPTH = 250

export function fetchTree(cursor: TreeCursor, { types, fields }: Language): Fetched {
  let left = MOST_NODES
  let cut = false

  function fetch(field: string | undefined, depth: number): Node {
    left -= 1
    const type = types[cursor.nodeTypeId] ?? 'ERROR'
    const node: Node = { type, field, start: cursor.startIndex, end: cursor.endIndex, kids: [] }
    if (left <= 0 || depth >= MOST_DEPTH) {
      cut = true
      return node
    }
    if (!cursor.gotoFirstChild()) return node
    do {
      const at = cursor.currentFieldId
      // Comments and bare punctuation are left behind; operators stand in a field and are kept.
      if (at > 0 || (cursor.nodeIsNamed && !(types[cursor.nodeTypeId] ?? '').includes('comment'))) {
        node.kids.push(fetch(at > 0 ? (fields[at] ?? undefined) : undefined, depth + 1))
      }
    } while (cursor.gotoNextSibling())
    cursor.gotoParent()
    return node
  }

  const root = fetch(undefined, 0)
  return { root, cut }
}

/** Line numbers from offsets. */
export class Lines {
  readonly #starts: number[] = [0]

  constructor(source: string) {
    for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) this.#starts.push(at + 1)
  }

  /** From 1. */
  at(offset: number): number {
    let low = 0
    let high = this.#starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.#starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return low + 1
  }
}

export const kid = (node: Node, ...fields: readonly string[]): Node | undefined =>
  node.kids.find(({ field }) => field !== undefined && fields.includes(field))

export const ofType = (node: Node, types: RegExp): Node | undefined => node.kids.find(({ type }) => types.test(type))
