// Expressions of all languages, by node type.
import { type Expr, lastName } from './expr.ts'
import { argumentsOf, entriesOf, isEntry } from './arguments.ts'
import { boundIn } from './patterns.ts'
import { each, type Lowering, type Reader } from './lowering.ts'
import { boundByCall } from './loops.ts'
import { macroOr } from './rust-macros.ts'
import { readString } from './strings.ts'
import { kid, type Node, ofType } from './tree.ts'

const name: Reader = (node, lower) => ({ kind: 'name', name: dotted(lower.text(node)), line: lower.line(node) })

const dotted = (path: string): string =>
  /^\w*$/.test(path) ? path : withoutBrackets(path.replaceAll(/::|\\|->|\?\./g, '.')).replaceAll(/^[$@&.*]+|\s+/g, '')

/** `Tool<{ take: List<Word> }>`: what stands between the brackets is no part of a name, however deep it goes. */
function withoutBrackets(path: string): string {
  if (!path.includes('<')) return path
  let kept = ''
  let depth = 0
  let before = ''
  for (const char of path) {
    if (char === '<') {
      if (depth === 0 && kept.endsWith('.')) kept = kept.slice(0, -1)
      depth += 1
    } else if (char === '>' && depth > 0) depth -= before === '=' ? 0 : 1
    else if (depth === 0) kept += char
    before = char
  }
  return kept
}

const string: Reader = (node, lower) => readString(node, lower.source, lower.line(node), (inner) => lower.expr(inner))

const member: Reader = (node, lower) => {
  const last = kid(node, 'attribute', 'property', 'field', 'name') ?? node.kids.at(-1)
  const of = kid(node, 'object', 'operand', 'expression', 'value', 'scope', 'argument', 'path') ?? node.kids[0]
  if (!last || !of || of === last) return name(node, lower)
  return {
    kind: 'member',
    of: lower.expr(of),
    name: lower.text(last).replace(/^[$@]|<.*$/s, ''),
    line: lower.line(last),
  }
}

const index: Reader = (node, lower) => {
  const of = kid(node, 'value', 'object', 'operand', 'array', 'expression') ?? node.kids[0]
  const key = kid(node, 'subscript', 'index') ?? node.kids.find((part) => part !== of)
  return { kind: 'index', of: lower.expr(of), key: unwrapped(lower.expr(key)), line: lower.line(node) }
}

function unwrapped(expr: Expr): Expr {
  const only = expr.kind === 'other' && expr.parts.length === 1 ? expr.parts[0] : undefined
  return only ? unwrapped(only) : expr
}

const call: Reader = (node, lower) => {
  const made = calleeOf(node, lower)
  // Of JavaScript and PHP, types never stand there.
  const callee = node.kids.some(({ type }) => type === 'subscript_expression') ? made : withoutTypes(made)
  boundByCall(node, callee, lower)
  return { kind: 'call', callee, ...argumentsOf(node, lower), line: lower.line(node), end: lower.endLine(node) }
}

/** `Agent[Context](…)`: what stands in brackets is the type of a generic class, in the languages that write types there. */
function withoutTypes(callee: Expr): Expr {
  if (callee.kind !== 'index') return callee
  const ofClass = /^[A-Z]\w*[a-z]/.test(lastName(callee.of))
  return ofClass || (callee.key.kind === 'name' && /^[A-Z]/.test(callee.key.name)) ? callee.of : callee
}

function calleeOf(node: Node, lower: Lowering): Expr {
  // `new() { Name = "…" }`: its type is said elsewhere.
  if (node.type === 'implicit_object_creation_expression') return { kind: 'name', name: 'new', line: lower.line(node) }
  const method = kid(node, 'name', 'method')
  const on = kid(node, 'object', 'receiver', 'scope')
  if (method && on) return { kind: 'member', of: lower.expr(on), name: lower.text(method), line: lower.line(method) }
  const callee = kid(node, 'function', 'constructor', 'type', 'macro', 'name', 'method')
  return lower.expr(callee ?? ofType(node, /^(?!.*(?:arguments|argument_list)).*$/))
}

/** Go's literal: a map, a list or the fields of a struct, by its type. */
const composite: Reader = (node, lower) => {
  const type = kid(node, 'type')
  const body = kid(node, 'body') ?? node
  const line = lower.line(node)
  if (type?.type === 'map_type') return { kind: 'map', entries: entriesOf(body, lower), line, end: lower.endLine(node) }
  if (/slice_type|array_type/.test(type?.type ?? '')) {
    return { kind: 'list', items: body.kids.map((item) => lower.expr(item)), line }
  }
  return call(node, lower)
}

const collection: Reader = (node, lower) => {
  const line = lower.line(node)
  const isMap = node.kids.some(isEntry) || /^(?:dictionary|object|hash)$/.test(node.type)
  if (isMap) return { kind: 'map', entries: entriesOf(node, lower), line, end: lower.endLine(node) }
  return { kind: 'list', items: node.kids.map((item) => lower.expr(item)), line }
}

/** `new { input, model = "acme-2" }` of C#: a map whose names stand beside their values. */
const fieldsOf: Reader = (node, lower) => {
  const entries: [Expr, Expr][] = []
  for (let at = 0; at < node.kids.length; at++) {
    const [part, next] = [node.kids[at], node.kids[at + 1]]
    if (!part) continue
    const assigned = next !== undefined && lower.source.slice(part.end, next.start).trim() === '='
    if (assigned) at += 1
    const value = lower.expr(assigned ? next : part)
    const name = lower.source.slice(part.start, part.end)
    entries.push([{ kind: 'text', value: name.slice(name.lastIndexOf('.') + 1), line: lower.line(part) }, value])
  }
  return { kind: 'map', entries, line: lower.line(node), end: lower.endLine(node) }
}

/** C# writes a list as if something were looked up: `string[] names = ["a"]`. */
const bracketed: Reader = (node, lower) => ({
  kind: 'list',
  items: node.kids.map((part) => unwrapped(lower.expr(part))),
  line: lower.line(node),
})

const ternary: Reader = (node, lower) => {
  const condition = kid(node, 'condition')
  const [first, second, third] = node.kids
  const python = !condition && node.kids.length === 3
  const asked = condition ?? (python ? second : undefined)
  const options = python ? [first, third] : node.kids.filter((part) => part !== condition)
  const line = lower.line(node)
  const either: Expr = { kind: 'either', options: options.map((option) => lower.expr(option)), line }
  if (!asked) return either
  const compare: Expr = { kind: 'compare', parts: [lower.expr(asked)], line }
  return { ...either, options: [...either.options, compare] }
}

const binary: Reader = (node, lower) => {
  const left = kid(node, 'left') ?? node.kids[0]
  const right = kid(node, 'right') ?? node.kids.at(-1)
  const line = lower.line(node)
  if (!left || !right || left === right)
    return { kind: 'other', parts: node.kids.map((part) => lower.expr(part)), line }
  const operator = lower.source.slice(left.end, right.start).trim()
  const parts = [lower.expr(left), lower.expr(right)]
  if (/^(?:\|\||\?\?|or|\?:)$/.test(operator)) {
    return { kind: 'either', options: parts.flatMap((part) => (part.kind === 'either' ? part.options : [part])), line }
  }
  if (/^(?:\+|\.)$/.test(operator)) return join(parts, line)
  if (/^(?:[=!]==?|in|not in|is|=~|<|>|<=|>=|instanceof)$/.test(operator)) return { kind: 'compare', parts, line }
  return { kind: 'other', parts, line }
}

function join(pieces: readonly Expr[], line: number): Expr {
  const parts = pieces.flatMap((piece) => (piece.kind === 'join' ? piece.parts : [piece]))
  if (parts.every((part) => part.kind === 'text')) {
    return {
      kind: 'text',
      value: parts
        .map(({ value }) => value)
        .join('')
        .slice(0, 8_000),
      line,
    }
  }
  return { kind: 'join', parts, line }
}

const through =
  (pick: (node: Node) => Node | undefined): Reader =>
  (node, lower) =>
    lower.expr(pick(node))

const anonymous: Reader = (node, lower) => {
  const line = lower.line(node)
  const end = lower.endLine(node)
  const body = node.kids.at(-1)
  const short = body?.field === 'body' && EXPRESSIONS[body.type] !== undefined
  let gives: Expr | undefined
  lower.within('', () => {
    for (const part of node.kids) {
      if (part === body && short) {
        gives = lower.say(part)
        if (gives.kind === 'text') lower.add({ kind: 'do', value: gives, scope: lower.scope, line, returns: true })
      } else if (part.field !== 'parameters') lower.visit(part)
    }
  })
  const given = kid(node, 'parameters', 'parameter')
  const first = given?.field === 'parameters' ? given.kids[0] : given
  const params = first ? boundIn(first, lower) : []
  return { kind: 'function', line, end, ...(gives ? { gives } : {}), ...(params.length > 0 ? { params } : {}) }
}

/** Of Rust it is `x?`; of Kotlin the blocks that are tried. */
const tried: Reader = (node, lower) => {
  const [only, ...others] = node.kids
  if (others.length === 0) return lower.expr(only)
  return { kind: 'other', parts: node.kids.map((part) => lower.expr(part)), line: lower.line(node) }
}

/** `by lazy { … }`: what the block comes to. */
const delegated: Reader = (node, lower) => {
  const made = node.kids.at(-1)
  const block = made && ofType(made, /^annotated_lambda$/)?.kids.at(-1)
  const last = block?.kids.at(-1)
  if (!block || !last || lower.text(made.kids[0] ?? made) !== 'lazy') return lower.expr(made)
  for (const part of block.kids) if (part !== last) lower.visit(part)
  return lower.expr(last)
}

/** `<p dangerouslySetInnerHTML={{ __html: answer }} />`: what becomes markup, said as the assignment that it comes to. */
const attribute: Reader = (node, lower) => {
  const line = lower.line(node)
  const parts = node.kids.map((part) => lower.expr(part))
  const value = parts.at(-1)
  if (
    node.kids.length < 2 ||
    !value ||
    !/^(?:dangerouslySetInnerHTML|innerHTML)$/.test(lower.text(node.kids[0] ?? node))
  )
    return { kind: 'other', parts, line }
  lower.add({ kind: 'assign', target: 'innerHTML', value, scope: lower.scope, line })
  return { kind: 'constant', value: null, line }
}

/** `said += more`: a call of what adds. Texts alone add nothing that is not known. */
const added: Reader = (node, lower) => {
  const line = lower.line(node)
  const [left, right] = [kid(node, 'left'), kid(node, 'right')]
  const [into, what] = [left && lower.expr(left), right && lower.expr(right)]
  if (!into || !what || what.kind === 'text') return { kind: 'other', parts: [], line }
  const callee: Expr = { kind: 'name', name: '+=', line }
  return { kind: 'call', callee, args: [into, what], named: [], line, end: lower.endLine(node) }
}

/** `<Message text={answer} />`: the names that a component is handed, said as the call that it comes to. */
const element: Reader = (node, lower) => {
  const line = lower.line(node)
  const [tag, ...rest] = node.kids
  const component = tag ? lower.text(tag) : ''
  const named = rest.flatMap((part): [string, Expr][] => {
    const [key, value] = part.type === 'jsx_attribute' ? part.kids : []
    const inner = value?.type === 'jsx_expression' ? value.kids[0] : undefined
    return key && inner && /^(?:identifier|member_expression|subscript_expression)$/.test(inner.type)
      ? [[lower.text(key), lower.expr(inner)]]
      : []
  })
  if (named.length > 0 && /^[A-Z]\w*$/.test(component)) {
    const callee: Expr = { kind: 'name', name: `<${component}>`, line }
    const value: Expr = { kind: 'call', callee, args: [], named, line, end: lower.endLine(node) }
    lower.add({ kind: 'do', value, scope: lower.scope, line })
  }
  return { kind: 'other', parts: node.kids.map((part) => lower.expr(part)), line }
}

const constant =
  (value: boolean | null): Reader =>
  (node, lower) => ({ kind: 'constant', value, line: lower.line(node) })

/** One node stands for both, and PHP may write them in capitals. */
const either: Reader = (node, lower) => constant(lower.text(node).toLowerCase() === 'true')(node, lower)

export const EXPRESSIONS: Readonly<Record<string, Reader>> = Object.fromEntries<Reader>([
  ...each(
    `identifier type_identifier field_identifier property_identifier private_property_identifier simple_identifier
     package_identifier constant name variable_name self this super instance_variable dotted_name qualified_name
     scoped_identifier scoped_type_identifier scope_resolution generic_type generic_name user_type nested_identifier
     namespace_name qualified_type class_constant_access_expression simple_symbol hash_key_symbol variable_expr
     bareword constant_identifier predefined_type generic_function type`,
    name,
  ),
  ...each(
    `string string_literal interpreted_string_literal raw_string_literal template_string text_block encapsed_string
     interpolated_string_expression verbatim_string_literal multiline_string_literal string_lit template_expr
     quoted_template heredoc_template heredoc nowdoc char_literal character_literal line_string_literal
     multi_line_string_literal bare_string delimited_symbol`,
    string,
  ),
  ...each('attribute member_expression selector_expression field_access navigation_expression', member),
  ...each('member_access_expression field_expression optional_chain nullsafe_member_access_expression', member),
  ...each('scoped_property_access_expression conditional_access_expression', member),
  ...each('subscript subscript_expression index_expression element_access_expression element_reference', index),
  ...each('array_access', index),
  ...each('call call_expression new_expression invocation_expression method_invocation', call),
  ...each('object_creation_expression implicit_object_creation_expression function_call_expression', call),
  ...each('member_call_expression nullsafe_member_call_expression scoped_call_expression struct_expression', call),
  ...each('macro_invocation', macroOr(call)),
  ...each('annotation marker_annotation constructor_invocation', call),
  ...each('composite_literal', composite),
  ...each('dictionary object hash list tuple set array array_expression array_initializer', collection),
  ...each('array_creation_expression initializer_expression collection_literal collection_expression', collection),
  ...each('string_array symbol_array', collection),
  ...each('element_binding_expression', bracketed),
  ...each('literal_value tuple_expression expression_list', collection),
  ...each('anonymous_object_creation_expression', fieldsOf),
  ...each('conditional_expression ternary_expression conditional', ternary),
  ...each('binary_expression binary boolean_operator binary_operator binary_operation', binary),
  ...each<Reader>('comparison_operator in_expression', (node, lower) => ({
    kind: 'compare',
    parts: node.kids.map((part) => lower.expr(part)),
    line: lower.line(node),
  })),
  ...each<Reader>('concatenated_string chained_string', (node, lower) =>
    join(
      node.kids.map((part) => lower.expr(part)),
      lower.line(node),
    ),
  ),
  ...each(
    'parenthesized_expression as_expression satisfies_expression non_null_expression postfix_unary_expression',
    through(({ kids }) => kids[0]),
  ),
  ...each(
    'literal_element expression_statement_value decorator constant_pattern',
    through(({ kids }) => kids[0]),
  ),
  ...each(
    'await await_expression reference_expression unary_expression',
    through(({ kids }) => kids.at(-1)),
  ),
  ...each('jsx_attribute', attribute),
  ...each('augmented_assignment augmented_assignment_expression', added),
  ...each('jsx_self_closing_element jsx_opening_element', element),
  ...each('try_expression', tried),
  ...each('property_delegate', delegated),
  ...each(
    'cast_expression list_splat spread_element type_conversion_expression implicit_array_creation_expression',
    through(({ kids }) => kids.at(-1)),
  ),
  ...each('lambda arrow_function function_expression func_literal lambda_expression lambda_literal', anonymous),
  ...each('closure_expression anonymous_function anonymous_function_creation_expression do_block', anonymous),
  ...each('anonymous_method_expression annotated_lambda async_block', anonymous),
  ...each<Reader>(
    `integer float number int_literal float_literal decimal_integer_literal decimal_floating_point_literal
     number_literal integer_literal real_literal numeric_lit`,
    (node, lower) => ({
      kind: 'number',
      value: Number(lower.text(node).replaceAll('_', '')) || 0,
      line: lower.line(node),
    }),
  ),
  ...each('true', constant(true)),
  ...each('false', constant(false)),
  ...each('boolean_literal boolean bool_lit', either),
  ...each('none null nil null_literal null_lit undefined', constant(null)),
])
