// Statements of all languages, by node type: what is declared, assigned, imported or asked about.
import { CHOICES, choiceOf } from './choices.ts'
import { type Expr, field, lastName, type Parameter } from './expr.ts'
import { echoed } from './echoes.ts'
import { basesOf, handsUp, isHeritage } from './heritage.ts'
import { readImport } from './imports.ts'
import { each, type Lowering, type Writer } from './lowering.ts'
import { loop } from './loops.ts'
import { defaultsOf, takenApart } from './patterns.ts'
import { kid, type Node, ofType } from './tree.ts'

const STRING = /string|heredoc/
const PARAMETERS = /parameters$|^parameter_list$|^formal_parameters$/
/** What a class is made of, where that stands at its head. */
const CONSTRUCTED = new RegExp(`${PARAMETERS.source}|^primary_constructor$`)

const decorated: Writer = (node, lower) => {
  for (const part of node.kids) {
    if (part.type === 'decorator') lower.pending.push(lower.expr(part))
    else lower.visit(part)
  }
}

/** `#[tool(description = "…")]`: its tokens are not parsed by the grammar, so only the words and texts are kept. */
const rustAttribute: Writer = (node, lower) => {
  const inner = node.kids[0] ?? node
  const line = lower.line(node)
  const tokens = ofType(inner, /token_tree/)?.kids ?? []
  const named: [string, Expr][] = []
  for (const [at, token] of tokens.entries()) {
    const before = tokens[at - 1]
    // `default_value_t = String::from("…")` has its text one level down.
    const said = STRING.test(token.type) ? token : before && ofType(token, STRING)
    const word = before && STRING.test(token.type) ? before : tokens.slice(0, at).findLast(isDefault(lower))
    if (said) named.push([word?.type === 'identifier' ? lower.text(word) : '', lower.expr(said)])
  }
  const callee: Expr = { kind: 'name', name: lower.name(inner.kids[0]), line }
  lower.pending.push({ kind: 'call', callee, args: [], named, line, end: line })
}

const isDefault = (lower: Lowering) => (token: Node) =>
  token.type === 'identifier' && lower.text(token).startsWith('default')

function takeDecorators(node: Node, lower: Lowering): Expr[] {
  const found = lower.pending
  lower.pending = []
  for (const part of node.kids) {
    if (part.type === 'decorator' || part.type.endsWith('annotation')) found.push(lower.expr(part))
    if (!/^(?:modifiers|attribute_list|attribute_group)$/.test(part.type)) continue
    for (const inner of part.kids) {
      if (inner.type === 'attribute_group') found.push(...inner.kids.map((one) => attributeCall(one, lower)))
      else if (inner.type === 'attribute') found.push(attributeCall(inner, lower))
      else if (inner.type.endsWith('annotation')) found.push(annotationCall(inner, lower))
    }
  }
  return found
}

/** The grammar of Python calls member access an attribute; those of C# and PHP mean the thing in brackets. */
function attributeCall(node: Node, lower: Lowering): Expr {
  return lower.expr({ ...node, type: 'annotation' })
}

function annotationCall(node: Node, lower: Lowering): Expr {
  const [only] = node.kids
  return only?.type === 'constructor_invocation' || only?.type === 'user_type' ? lower.expr(only) : lower.expr(node)
}

const functionLike: Writer = (node, lower) => {
  const decorators = takeDecorators(node, lower)
  const name = lower.name(kid(node, 'name') ?? ofType(node, /identifier$/)) || 'constructor'
  const holder = kid(node, 'parameters') ?? ofType(node, PARAMETERS)
  const body = kid(node, 'body') ?? ofType(node, /body|^block$/)
  const doc = docOf(body, lower)
  const params = holder ? parametersOf(holder, lower) : []
  const write = () => {
    lower.add({
      kind: 'function',
      name,
      params,
      decorators,
      ...(doc === undefined ? {} : { doc }),
      scope: lower.scope,
      line: lower.line(node),
      end: lower.endLine(node),
    })
    lower.within(name, () => {
      attributesOf(holder, lower)
      if (body) lower.visit(body)
      // Of Ruby, Rust and Kotlin; where a statement stands round the text, it is none.
      const last = body?.kids.at(-1)
      if (last && STRING.test(last.type))
        lower.add({ kind: 'do', value: lower.expr(last), scope: lower.scope, line: lower.line(last), returns: true })
    })
  }
  const receiver = receiverOf(node, lower)
  if (receiver === undefined) write()
  else lower.within(receiver, write)
}

/** `func (c *Calculator) Name() string`: of Go, a method belongs to the type that it is written for. */
function receiverOf(node: Node, lower: Lowering): string | undefined {
  const declared = kid(node, 'receiver')?.kids[0]
  const typed = declared && kid(declared, 'type')
  return typed ? lower.text(typed).replaceAll(/[*\s]|\[.*$/g, '') : undefined
}

/** `Save([McpToolTrigger("save", "Saves.")] Context context)`: what C# says of a parameter. */
function attributesOf(holder: Node | undefined, lower: Lowering) {
  for (const part of holder?.kids ?? []) {
    for (const list of part.kids) {
      for (const one of list.type === 'attribute_list' ? list.kids : [])
        lower.add({ kind: 'do', value: attributeCall(one, lower), scope: lower.scope, line: lower.line(one) })
    }
  }
}

function parametersOf(holder: Node, lower: Lowering): Parameter[] {
  return holder.kids.flatMap((part, at): Parameter[] => {
    // Of Kotlin, what is taken when nothing is said stands behind the parameter.
    const behind = holder.type === 'function_value_parameters' ? holder.kids[at + 1] : undefined
    if (holder.type === 'function_value_parameters' && part.type !== 'parameter') return []
    const defaults = defaultsOf(kid(part, 'pattern') ?? part, lower)
    if (defaults.length > 0) return defaults
    const named = kid(part, 'name', 'pattern') ?? ofType(part, /identifier|variable_name/)
    const typed = kid(part, 'type')
    const value =
      kid(part, 'value', 'default_value') ??
      (behind && behind.type !== 'parameter' ? behind : undefined) ??
      part.kids.find(({ type, field }) => !field && STRING.test(type))
    const given = value ? lower.expr(value) : injectedInto(part, lower)
    return [
      {
        name: lower.name(named ?? part).replace(/^\$/, ''),
        ...(typed ? { type: lower.text(typed) } : {}),
        ...(given ? { value: given } : {}),
      },
    ]
  })
}

/** `@ConfigProperty(name = "model", defaultValue = "…") String model`: of Java, what a parameter is when nothing is set. */
const injectedInto = (parameter: Node, lower: Lowering): Expr | undefined =>
  ofType(parameter, /^modifiers$/)
    ?.kids.filter(({ type }) => type === 'annotation')
    .map((one) => annotationCall(one, lower))
    .find((one) => one.kind === 'call' && /^(?:Value|ConfigProperty|DefaultValue|Property)$/.test(lastName(one.callee)))

function docOf(body: Node | undefined, lower: Lowering): string | undefined {
  const first = body?.kids[0]
  const only = first?.type === 'expression_statement' && first.kids.length === 1 ? first.kids[0] : first
  if (only?.type !== 'string') return undefined
  const value = lower.expr(only)
  return value.kind === 'text' ? value.value : undefined
}

const classLike: Writer = (node, lower) => {
  if (node.kids.length === 0) return
  // Of Kotlin, what stands in the companion of a class is the class's own.
  if (node.type === 'companion_object') {
    const held = ofType(node, /body$/)
    return held ? lower.visit(held) : undefined
  }
  const decorators = takeDecorators(node, lower)
  const name = lower.name(kid(node, 'name', 'type') ?? ofType(node, /identifier$/))
  const heritage = node.kids.filter(isHeritage)
  const body = kid(node, 'body') ?? ofType(node, /body|block|^struct_type$|_list$/)
  const doc = docOf(body, lower)
  lower.add({
    kind: 'class',
    name,
    bases: heritage.flatMap((part) => basesOf(part, lower)),
    decorators,
    ...(doc === undefined ? {} : { doc }),
    scope: lower.scope,
    line: lower.line(node),
    end: lower.endLine(node),
  })
  lower.within(name, () => {
    for (const part of heritage) handsUp(part, lower)
    for (const part of node.kids) if (part === body || CONSTRUCTED.test(part.type)) lower.visit(part)
  })
}

/** `self.answer`: a member of the object. */
const OF_ITSELF = /^(?:self|this|\$this)\./

const assign =
  (targetFields: readonly string[], valueFields: readonly string[]): Writer =>
  (node, lower) => {
    const decorators = takeDecorators(node, lower)
    const left =
      kid(node, ...targetFields) ?? node.kids.find(({ type }) => /identifier|variable_declaration|name$/.test(type))
    const right = single(givenBy(kid(node, ...valueFields) ?? rest(node, left)))
    const typed = kid(node, 'type')
    if (!left || (!right && decorators.length === 0 && !typed)) return
    for (const { name, value } of defaultsOf(left, lower))
      lower.add({ kind: 'assign', target: name, value, scope: lower.scope, line: lower.line(left) })
    if (left.type === 'object_pattern' && right) return takenApart(left, lower.expr(right), lower)
    const pairs = pairsOf(left, right)
    for (const [target, value] of pairs) {
      const inner = target.type === 'variable_declaration' ? (target.kids[0] ?? target) : target
      const said = lower.name(inner)
      const written = said.replace(OF_ITSELF, '')
      lower.add({
        kind: 'assign',
        target: written,
        ...(written === said ? {} : { own: true }),
        value: value ? lower.expr(value) : (decorators[0] ?? { kind: 'constant', value: null, line: lower.line(node) }),
        ...(typed ? { type: lower.text(typed) } : {}),
        scope: lower.scope,
        line: lower.line(node),
      })
    }
  }

const FUNCTION = /^(?:arrow_function|function_expression)$/

/** `const find = async (id) => { … }` is a function like any other, and what is kept under the name as well. */
const declarator: Writer = (node, lower) => {
  const named = kid(node, 'name')
  const given = kid(node, 'value')
  const isFunction = given && FUNCTION.test(given.type) && kid(given, 'body')?.type === 'statement_block'
  if (named?.type !== 'identifier' || !isFunction) return assign(['name'], ['value'])(node, lower)
  functionLike({ ...given, kids: [named, ...given.kids] }, lower)
  const value: Expr = { kind: 'function', line: lower.line(given), end: lower.endLine(given) }
  lower.add({ kind: 'assign', target: lower.text(named), value, scope: lower.scope, line: lower.line(node) })
}

/** `val name: String get() = "…"`: what Kotlin works out each time. */
function givenBy(node: Node | undefined): Node | undefined {
  return node?.type === 'getter' ? ofType(node, /body/)?.kids[0] : node
}

/** Go writes one value as a list of one. */
function single(node: Node | undefined): Node | undefined {
  return node?.type === 'expression_list' && node.kids.length === 1 ? node.kids[0] : node
}

function rest(node: Node, left: Node | undefined): Node | undefined {
  const last = node.kids.at(-1)
  return last &&
    last !== left &&
    !/^(?:type|modifiers|accessor_list|type_annotation)$/.test(last.type) &&
    last.field !== 'type'
    ? last
    : undefined
}

/** `a, b = x, y` is two assignments where both sides have as many. */
function pairsOf(left: Node, right: Node | undefined): [Node, Node | undefined][] {
  const many = /^(?:expression_list|pattern_list|left_assignment_list)$/
  if (!many.test(left.type)) return [[left, right]]
  if (left.kids.length === 1) return left.kids.map((target) => [target, right])
  const values = right && /list|tuple/.test(right.type) ? right.kids : []
  if (values.length === left.kids.length) return left.kids.map((target, at) => [target, values[at]])
  return left.kids.slice(0, 1).map((target) => [target, right])
}

const DEFAULTS = ['default_value', 'default_value_t']

/** Java keeps annotations at the declaration, the value at the declarator. */
const fieldDeclaration: Writer = (node, lower) => {
  const decorators = takeDecorators(node, lower)
  // A field of Rust has no value, but an attribute of it may say one.
  const named = kid(node, 'name')
  const given = decorators.find((one) => field(one, ...DEFAULTS) !== undefined)
  if (named && given)
    lower.add({
      kind: 'assign',
      target: lower.text(named),
      value: given,
      scope: lower.scope,
      line: lower.line(node),
    })
  for (const part of node.kids) {
    if (part.type === 'modifiers' || part.type === 'attribute_list') continue
    if (part.field === 'declarator') lower.pending = decorators
    lower.visit(part)
  }
  lower.pending = []
}

/** `class Settings(val model: String = "…")` */
const classParameter: Writer = (node, lower) => {
  const typed = node.kids.findIndex(({ type }) => type.endsWith('_type'))
  const named = ofType(node, /identifier$/)
  const value = typed < 0 ? undefined : node.kids[typed + 1]
  if (named && value)
    lower.add({
      kind: 'assign',
      target: lower.text(named),
      value: lower.expr(value),
      scope: lower.scope,
      line: lower.line(node),
    })
}

/** Properties of PHP stand inside of the declaration. */
const propertyDeclaration: Writer = (node, lower) => {
  const elements = node.kids.filter(({ type }) => type === 'property_element')
  if (elements.length === 0) return assign(['pattern', 'name'], ['value'])(node, lower)
  lower.pending = takeDecorators(node, lower)
  for (const element of elements) lower.visit(element)
  lower.pending = []
}

/** `#[serde(rename = "…")]`: how the member is written outside. */
const WRITTEN = ['rename', 'serialize', 'to_string', 'value', 'name']

const enumMember: Writer = (node, lower) => {
  const decorators = takeDecorators(node, lower)
  const written = decorators.map((one) => field(one, ...WRITTEN)).find((one) => one !== undefined)
  const named = kid(node, 'name') ?? node.kids[0]
  const given = kid(node, 'value') ?? ofType(node, /argument_list|value_arguments/) ?? rest(node, named)
  if (!named) return
  const held = given && /argument/.test(given.type) ? (given.kids[0] ?? given) : given
  const inner = held?.type === 'value_argument' ? held.kids.at(-1) : held
  const line = lower.line(node)
  const value: Expr = inner ? lower.expr(inner) : (written ?? { kind: 'constant', value: null, line })
  lower.add({ kind: 'assign', target: lower.text(named), value, scope: lower.scope, line })
}

const returned: Writer = (node, lower) => {
  const given = single(node.kids[0])
  const value = given ? lower.expr(given) : undefined
  if (value) lower.add({ kind: 'do', value, scope: lower.scope, line: lower.line(node), returns: true })
}

const imported: Writer = (node, lower) => {
  for (const one of readImport(node, lower)) lower.add(one)
}

/** Rust keeps tests beside what they try; they name what does not run. */
const module: Writer = (node, lower) => {
  if (!/(?:^|_)tests?$/.test(lower.name(kid(node, 'name')))) for (const part of node.kids) lower.visit(part)
}

const exported: Writer = (node, lower) => {
  if (kid(node, 'source')) imported(node, lower)
  else for (const part of node.kids) lower.visit(part)
}

export const STATEMENTS: Readonly<Record<string, Writer>> = Object.fromEntries<Writer>([
  ...each('decorated_definition', decorated),
  ...each<Writer>('decorator', (node, lower) => void lower.pending.push(lower.expr(node))),
  ...each('attribute_item', rustAttribute),
  ...each(
    `function_definition function_declaration generator_function_declaration method_definition method_declaration
     function_item method singleton_method constructor_declaration local_function_statement secondary_constructor
     function_signature_item`,
    functionLike,
  ),
  ...each(
    `class_definition class_declaration abstract_class_declaration class interface_declaration enum_declaration
     struct_item enum_item impl_item trait_item object_declaration companion_object record_declaration
     struct_declaration type_spec trait_declaration internal_module`,
    classLike,
  ),
  ...each(
    `import_statement import_from_statement import_declaration using_directive use_declaration
     namespace_use_declaration import import_header`,
    imported,
  ),
  ...each('mod_item', module),
  ...each('export_statement', exported),
  ...each('assignment assignment_expression assignment_statement short_var_declaration', assign(['left'], ['right'])),
  ...each('variable_declarator', declarator),
  ...each('const_spec var_spec const_item static_item', assign(['name'], ['value'])),
  ...each(
    'public_field_definition field_definition property_element const_element',
    assign(['name', 'property'], ['value', 'default_value']),
  ),
  ...each('let_declaration', assign(['pattern', 'name'], ['value'])),
  ...each('property_declaration', propertyDeclaration),
  ...each('class_parameter', classParameter),
  ...each('field_declaration', fieldDeclaration),
  ...each('enum_assignment enum_constant enum_case enum_entry enum_member_declaration enum_variant', enumMember),
  ...each('echo_statement', echoed),
  ...each('return_statement return jump_expression return_expression', returned),
  ...each(CHOICES, choiceOf(isStatement)),
  ...each('for_statement for_in_statement for_in_clause enhanced_for_statement foreach_statement for_expression', loop),
])

export function isStatement(type: string): boolean {
  return STATEMENTS[type] !== undefined
}
