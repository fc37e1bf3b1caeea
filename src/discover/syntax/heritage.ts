// What stands at the head of a class: the classes above it, and what they are made with there.
import { argumentsOf } from './arguments.ts'
import type { Expr } from './expr.ts'
import type { Lowering } from './lowering.ts'
import { type Node, ofType } from './tree.ts'

const BASES =
  /^(?:class_heritage|base_list|base_clause|superclass|super_interfaces|delegation_specifiers?|class_interface_clause)$/
const MADE_WITH = /^(?:constructor_invocation|primary_constructor_base_type)$/

export const isHeritage = ({ type, field }: Node): boolean =>
  /^(?:superclass(?:es)?|interfaces|trait)$/.test(field ?? '') || BASES.test(type)

/** `class Find : Tool(name = "find")`: what the class above is made with, where there is no constructor to say it in. */
export function handsUp(node: Node, lower: Lowering) {
  // Of C#, what the first is made with stands beside it.
  if (!MADE_WITH.test(node.type) && !(node.type === 'base_list' && ofType(node, /^argument_list$/))) {
    if (isHeritage(node)) for (const part of node.kids) handsUp(part, lower)
    return
  }
  const line = lower.line(node)
  const value = { kind: 'call' as const, callee: { kind: 'name' as const, name: 'super', line }, line }
  const given = argumentsOf(node, lower)
  if (given.args.length + given.named.length > 0)
    lower.within('constructor', () =>
      lower.add({ kind: 'do', value: { ...value, ...given, end: lower.endLine(node) }, scope: lower.scope, line }),
    )
}

export function basesOf(node: Node, lower: Lowering): Expr[] {
  if (
    /identifier|_name$|^name$|^constant$|^attribute$|^call$|user_type|generic|scope_resolution|subscript/.test(
      node.type,
    )
  ) {
    return [lower.expr(node)]
  }
  // What it is made with, or who stands in for it, is none of its names.
  const [first] = node.kids
  const named = MADE_WITH.test(node.type) || node.type === 'explicit_delegation'
  if (named && first) return basesOf(first, lower)
  return node.kids.flatMap((part) =>
    node.type === 'base_list' && part.type === 'argument_list' ? [] : basesOf(part, lower),
  )
}
