// What the macros of Rust are given. The grammar leaves it as bare tokens, though `json!` and `vec!` hold what other
// languages write as maps and lists: the commas and colons between the tokens say where each begins.
import type { Expr } from './expr.ts'
import type { Lowering, Reader } from './lowering.ts'
import { kid, type Node, ofType } from './tree.ts'

const VALUES = /^(?:json|vec|hashmap|btreemap)$/

export const macroOr =
  (call: Reader): Reader =>
  (node, lower) => {
    const named = kid(node, 'macro')
    const tree = ofType(node, /^token_tree$/)
    const name = named ? lower.text(named) : ''
    return tree && VALUES.test(name.slice(name.lastIndexOf(':') + 1)) ? treeOf(tree, lower) : call(node, lower)
  }

/** Groups of tokens between commas, each split where a key ends. */
function rowsOf(tree: Node, lower: Lowering): { key: Node[]; value: Node[]; keyed: boolean }[] {
  const rows: { key: Node[]; value: Node[]; keyed: boolean }[] = []
  let end = tree.start + 1
  for (const token of tree.kids) {
    const gap = lower.source.slice(end, token.start).replaceAll(/\/\/.*|\/\*[\s\S]*?\*\//g, '')
    end = token.end
    if (rows.length === 0 || gap.includes(',')) rows.push({ key: [], value: [], keyed: false })
    const row = rows.at(-1)
    if (!row) continue
    if (!row.keyed && row.value.length > 0 && /(?:^|[^:]):(?!:)|=>/.test(gap)) {
      row.key = row.value
      row.value = []
      row.keyed = true
    }
    row.value.push(token)
  }
  return rows
}

function treeOf(tree: Node, lower: Lowering): Expr {
  const line = lower.line(tree)
  const rows = rowsOf(tree, lower)
  const [only] = rows
  if (lower.source[tree.start] === '(' && only && rows.length === 1) return valueOf(only.value, lower, line)
  if (!rows.some(({ keyed }) => keyed) && lower.source[tree.start] !== '{')
    return { kind: 'list', items: rows.map(({ value }) => valueOf(value, lower, line)), line }
  const entries = rows.map(({ key, value }): [Expr, Expr] => [valueOf(key, lower, line), valueOf(value, lower, line)])
  return { kind: 'map', entries, line, end: lower.endLine(tree) }
}

function valueOf(tokens: readonly Node[], lower: Lowering, around: number): Expr {
  const [first, second] = tokens
  if (!first) return { kind: 'constant', value: null, line: around }
  const line = lower.line(first)
  if (first.type === 'token_tree') return treeOf(first, lower)
  // `"…".to_string()`
  if (tokens.length === 1 || first.type.includes('string')) return lower.expr(first)
  const at = tokens.findIndex(({ type }) => type === 'token_tree')
  const given = tokens[at]
  const path = lower.source.slice(first.start, (tokens[at < 0 ? tokens.length - 1 : at - 1] ?? first).end)
  // `find::<Ticket>(…)`: what stands in brackets is its type.
  const plain = path.replaceAll(/::<[^>]*(?:>|$)/g, '').replaceAll('::', '.')
  const callee: Expr = { kind: 'name', name: plain.replaceAll(/[^\w.]/g, ''), line }
  if (!given) return callee
  const called = lower.source.slice(first.end, given.start).includes('!')
  if (called && second === given && VALUES.test(lower.text(first))) return treeOf(given, lower)
  const args = rowsOf(given, lower).map(({ value }) => valueOf(value, lower, line))
  return { kind: 'call', callee, args, named: [], line, end: lower.endLine(given) }
}
