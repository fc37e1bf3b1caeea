// Loops, and functions that are called for each member: what a turn is given is one of the members of what is gone
// through. Said as an assignment, so that a name bound by a loop is followed like any other.
import { type Expr, lastName } from './expr.ts'
import type { Lowering, Writer } from './lowering.ts'
import { kid, type Node, ofType } from './tree.ts'

const ANY: Expr = { kind: 'other', parts: [], line: 0 }
const PATTERNS = /pattern|^expression_list$|^tuple|variable_declaration$|^multi_variable/
const EACH = /^(?:map|forEach|flatMap|each)$/

export const loop: Writer = (node, lower) => {
  const clause = ofType(node, /^range_clause$/) ?? node
  // Kotlin's grammar does not name its parts.
  const [first, second] = clause.kids[0]?.type.endsWith('variable_declaration') ? clause.kids : []
  const left = kid(clause, 'left', 'pattern', 'name') ?? first
  const right = kid(clause, 'right', 'value') ?? second
  if (!left || !right) {
    for (const part of node.kids) lower.visit(part)
    return
  }
  const through = lower.say(right)
  bind(namesIn(left, lower), through, lower, lower.line(node), clause !== node)
  for (const part of node.kids) if (part !== clause && part !== left && part !== right) lower.visit(part)
}

/** `tools.forEach((tool) => …)`: bound inside of the function, where its scope is. */
export function boundByCall(call: Node, callee: Expr, lower: Lowering) {
  if (callee.kind !== 'member' || !EACH.test(callee.name)) return
  const given = ofType(call, /^arguments$/)?.kids[0]
  if (!given || !/^(?:arrow_function|function_expression)$/.test(given.type)) return
  const alone = kid(given, 'parameter')
  const first = alone ?? kid(given, 'parameters')?.kids[0]
  const pattern = first && first !== alone ? (kid(first, 'pattern') ?? first) : first
  if (!pattern || pattern.type === 'object_pattern') return
  lower.within('', () => bind(namesIn(pattern, lower), callee.of, lower, lower.line(call), false))
}

const namesIn = (pattern: Node, lower: Lowering): string[] =>
  (PATTERNS.test(pattern.type) ? pattern.kids : [pattern]).map((part) => lower.text(part))

function bind(names: readonly string[], through: Expr, lower: Lowering, line: number, ranged: boolean) {
  const give = (target: string | undefined, value: Expr) => {
    if (target !== undefined && /^\$?\w+$/.test(target) && target !== '_')
      lower.add({ kind: 'assign', target, value, scope: lower.scope, line })
  }
  const member = (of: Expr): Expr => ({ kind: 'index', of, key: ANY, line })
  const [first, second] = names
  if (names.length === 1) return give(first, member(through))
  const word = through.kind === 'call' ? lastName(through.callee) : ''
  const paired =
    through.kind !== 'call'
      ? undefined
      : through.callee.kind === 'member' && through.args.length === 0
        ? through.callee.of
        : through.args[0]
  if (ranged || (paired && /^(?:items|entries|iteritems)$/.test(word))) {
    const of = ranged ? through : (paired ?? through)
    give(first, {
      kind: 'call',
      callee: { kind: 'member', of, name: 'keys', line },
      args: [],
      named: [],
      line,
      end: line,
    })
    give(second, member(of))
  } else if (paired && word === 'enumerate') give(second, member(paired))
  else
    for (const [at, name] of names.entries())
      give(name, { kind: 'index', of: member(through), key: { kind: 'number', value: at, line }, line })
}
