// What a call is given, and what a map holds, in all the ways the languages write it.
import type { Expr } from './expr.ts'
import type { Lowering } from './lowering.ts'
import { kid, type Node } from './tree.ts'

const HOLDERS =
  /^(?:argument_list|arguments|value_arguments|annotation_argument_list|attribute_argument_list|literal_value|field_initializer_list|initializer_expression|token_tree|call_suffix)$/
const ENTRIES =
  /^(?:pair|keyword_argument|keyed_element|element_value_pair|field_initializer|array_element_initializer|object_elem|shorthand_property_identifier)$/
const BLOCKS = /^(?:do_block|block|annotated_lambda|lambda_literal|closure_expression)$/

export const isEntry = (node: Node): boolean =>
  ENTRIES.test(node.type) && (node.type !== 'array_element_initializer' || node.kids.length > 1)

interface Given {
  args: Expr[]
  named: [string, Expr][]
}

export function argumentsOf(call: Node, lower: Lowering): Given {
  const given: Given = { args: [], named: [] }
  for (const part of call.kids) {
    if (HOLDERS.test(part.type)) for (const argument of part.kids) take(argument, given, lower)
    else if (BLOCKS.test(part.type)) given.args.push(lower.expr(part))
  }
  // Copies have room for what they hold; what was pushed into has it for a dozen more, and is kept as long as the scan.
  return { args: [...given.args], named: [...given.named] }
}

function take(node: Node, given: Given, lower: Lowering) {
  if (HOLDERS.test(node.type) && node.type !== 'literal_value' && node.type !== 'initializer_expression') {
    for (const inner of node.kids) take(inner, given, lower)
    return
  }
  if (isEntry(node)) {
    const [key, value] = entryOf(node, lower)
    given.named.push([keyText(key), value])
    return
  }
  const wrapped = /^(?:argument|value_argument|attribute_argument)$/.test(node.type)
  const [only] = node.kids
  if (node.type === 'attribute_argument' && only && node.kids.length === 1) return take(only, given, lower)
  if (node.type === 'assignment_expression' || (wrapped && node.kids.length > 1)) {
    const named = kid(node, 'name', 'left') ?? node.kids[0]
    const value = node.kids.at(-1)
    if (named && value && named !== value && /identifier|^name$|name_equals|name_colon/.test(named.type)) {
      given.named.push([lower.text(named).replace(/\s*[=:]$/, ''), lower.expr(value)])
      return
    }
  }
  given.args.push(lower.expr(wrapped ? node.kids.at(-1) : node))
}

export function entriesOf(node: Node, lower: Lowering): [Expr, Expr][] {
  return node.kids.map((part) => {
    if (isEntry(part)) return entryOf(part, lower)
    const line = lower.line(part)
    const key = part.type === 'method_definition' ? lower.text(kid(part, 'name') ?? part) : ''
    return [{ kind: 'text', value: key, line }, lower.expr(part)]
  })
}

function entryOf(node: Node, lower: Lowering): [Expr, Expr] {
  const line = lower.line(node)
  if (node.type === 'shorthand_property_identifier') {
    const value = lower.text(node)
    return [
      { kind: 'text', value, line },
      { kind: 'name', name: value, line },
    ]
  }
  const key = kid(node, 'key', 'name', 'field') ?? node.kids[0]
  const value = kid(node, 'value', 'val') ?? node.kids.at(-1)
  return [keyOf(key, lower, line), lower.expr(value)]
}

/** A bare word that names a field is its text; anything else is what it evaluates to. */
function keyOf(node: Node | undefined, lower: Lowering, line: number): Expr {
  if (!node) return { kind: 'text', value: '', line }
  const inner =
    node.type === 'literal_element' || node.type === 'computed_property_name' ? (node.kids[0] ?? node) : node
  if (node.type !== 'computed_property_name' && /identifier|symbol|^name$|bareword/.test(inner.type)) {
    return { kind: 'text', value: lower.text(inner).replaceAll(/^:|:$/g, ''), line }
  }
  return lower.expr(inner)
}

const keyText = (key: Expr): string => (key.kind === 'text' ? key.value : key.kind === 'name' ? key.name : '')
