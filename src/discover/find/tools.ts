// Tools that a model may call, however they are declared: a decorator, a class, a description in data, an argument of a
// call, or a plain function in a list of tools.
import { isDocumentation } from '../classify.ts'
import { endOf, type Expr, field, lastName, pathOf, textField, type Unit } from '../syntax/expr.ts'
import { isSchemaChoice } from './catalogues.ts'
import type { Evidence } from './evidence.ts'
import { collected, madeOfLibrary, offered, offeredOnJvm, ofFunction } from './handed-tools.ts'
import type { ClassStatement, FunctionStatement } from './project.ts'
import { shaped } from './shaped-tools.ts'
import { addTool, BASE, DECORATOR, isName, NAMING, SCHEMA, TAKES_TOOLS } from './tool-words.ts'
import { type Around, visitUnit } from './visit.ts'

export function findTools(evidence: Evidence) {
  for (const unit of evidence.project.units) {
    if (
      isDocumentation(unit.file) ||
      (unit.format !== 'code' && unit.format !== 'notebook' && unit.format !== 'json' && unit.format !== 'yaml')
    )
      continue
    const related =
      evidence.usesAi(unit) ||
      unit.statements.some((one) => one.kind === 'class' && one.bases.some((base) => BASE.test(pathOf(base))))
    if (unit.format === 'json' || unit.format === 'yaml') {
      visitUnit(unit, (expr, around) => described(expr, around, evidence, true))
      continue
    }
    for (const statement of unit.statements) {
      if (statement.kind === 'function') decorated(statement, unit, evidence)
      else if (statement.kind === 'class' && attributed(statement, unit, evidence)) continue
      else if (statement.kind === 'class' && related) subclass(statement, unit, evidence)
      else if (statement.kind === 'class') shaped(statement, unit, evidence)
      else if (statement.kind === 'assign' && related)
        assigned(statement.target, statement.value, unit, statement.scope, evidence)
    }
    visitUnit(unit, (expr, around) => {
      described(expr, around, evidence, related)
      if (related && expr.kind === 'call') {
        called(expr, around, evidence)
        madeOfLibrary(expr, around, evidence)
        ofFunction(expr, around, evidence)
      }
    })
    collected(unit, evidence)
  }
}

function decorated(fn: FunctionStatement, unit: Unit, evidence: Evidence) {
  for (const decorator of fn.decorators) {
    const path = pathOf(decorator).replace(/\(\)$/, '')
    if (
      !DECORATOR.test(path) ||
      (path === 'P' && unit.language !== 'php') ||
      (/^Tool$/.test(path) && unit.language === 'python')
    )
      continue
    const given = field(decorator, 'name', 'Name', 'name_override')
    const first = decorator.kind === 'call' && unit.language === 'python' ? decorator.args[0] : undefined
    const sharp = decorator.kind === 'call' && unit.language === 'csharp' ? decorator.args[0] : undefined
    const named = evidence.resolver.first(given ?? first ?? sharp, unit, fn.scope)
    const description =
      textField(decorator, 'description', 'value', 'Description') ?? fn.doc ?? firstText(decorator) ?? ''
    const snake = unit.language === 'csharp' ? fn.name.replace(/Async$/, '') : fn.name
    addTool(
      isName(named) && (!/\s/.test(named) || saysName(decorator, unit, evidence)) ? named : snake,
      description,
      unit,
      fn,
      evidence,
    )
  }
}

/** With most decorators words are a description; these take the name first, as people would say it. */
const saysName = (decorator: Expr, unit: Unit, evidence: Evidence): boolean =>
  pathOf(decorator).replace(/\(\)$/, '') === 'tool' &&
  evidence
    .packages(unit)
    .some(({ pack, names }) => /crewai|langchain/.test(pack.name) && names.some(({ as }) => as === 'tool'))

const firstText = (expr: Expr): string | undefined => {
  const [first] = expr.kind === 'call' ? expr.args : []
  return first?.kind === 'text' ? first.value : undefined
}

/** A class of PHP that is a tool by its attribute. */
function attributed(one: ClassStatement, unit: Unit, evidence: Evidence): boolean {
  const attribute = one.decorators.find((decorator) =>
    /(?:^|\.)(?:AsTool|McpTool)$/.test(pathOf(decorator).replace(/\(\)$/, '')),
  )
  if (!attribute) return false
  const first = attribute.kind === 'call' ? attribute.args[0] : undefined
  const name = evidence.resolver.first(field(attribute, 'name') ?? first, unit, one.scope)
  addTool(isName(name) ? name : one.name, textField(attribute, 'description') ?? one.doc ?? '', unit, one, evidence)
  return true
}

function subclass(one: ClassStatement, unit: Unit, evidence: Evidence) {
  if (!one.bases.some((base) => BASE.test(pathOf(base)))) return
  const index = evidence.project.index(unit)
  const scope = one.scope === '' ? one.name : `${one.scope}.${one.name}`
  const property =
    index.bindings.get(`${scope}.name`)?.[0] ??
    index.bindings.get(`${scope}.__init__.name`)?.[0] ??
    inherited(one, unit, evidence)
  const description =
    evidence.resolver.first(index.bindings.get(`${scope}.description`)?.[0]?.value, unit, scope) ?? one.doc ?? ''
  let name = property ? evidence.resolver.first(property.value, unit, scope) : undefined
  if (unit.language === 'ruby' && name === undefined && index.functions.has(`${scope}.signature`))
    name = index.functions.get(`${scope}.name`)?.doc
  for (const statement of unit.statements) {
    if (
      name !== undefined ||
      statement.kind !== 'do' ||
      statement.value.kind !== 'call' ||
      !statement.scope.startsWith(scope)
    )
      continue
    if (/__init__$|^super$/.test(pathOf(statement.value.callee)))
      name = evidence.resolver.first(field(statement.value, 'name'), unit, statement.scope)
  }
  const children = evidence.project.units.some((other) =>
    other.statements.some(
      (two) => two.kind === 'class' && two !== one && two.bases.some((base) => lastName(base) === one.name),
    ),
  )
  if (isName(name)) addTool(name, description, unit, one, evidence)
  else if (
    !children &&
    // One that makes others is a kind of tool.
    !index.functions.has(`${scope}.from_defaults`) &&
    !/^(?:Base|Abstract)/.test(one.name) &&
    one.bases.some((base) => BASE.test(pathOf(base)) && evidence.packageOf(unit, pathOf(base)))
  )
    addTool(one.name, description, unit, one, evidence, 0.75)
}

/** The name may be said by a class above, if that is in the same file. */
function inherited(one: ClassStatement, unit: Unit, evidence: Evidence) {
  const { bindings } = evidence.project.index(unit)
  return one.bases.map((base) => bindings.get(`${lastName(base)}.name`)?.[0]).find((held) => held !== undefined)
}

const TOOL_LIST =
  /^(?:\w*_)?tools?(?:_?(?:list|definitions?|schemas?|specs?))?$|^\w+Tools?(?:List|Definitions?|Schemas?|Specs?)?$/i

/** Data that describes a tool: a name beside a schema of what it takes. */
function described(expr: Expr, around: Around, evidence: Evidence, related: boolean) {
  if (expr.kind !== 'map' && expr.kind !== 'call') return
  const { unit, scope, parents, keys } = around
  const nameOf = field(expr, 'name', 'Name')
  if (!nameOf) return
  const code = unit.format === 'code' || unit.format === 'notebook'
  // In code the last two are common words, so a description must stand beside them.
  const certain = field(expr, ...SCHEMA.slice(0, 6))
  const loose = code && field(expr, 'description', 'Description') ? field(expr, ...SCHEMA) : undefined
  // A list of inputs is what a step of a pipeline has.
  const schema = certain ?? (loose?.kind === 'list' ? undefined : loose)
  const parameters = field(expr, 'parameters', 'Parameters')
  const description = field(expr, 'description', 'Description')
  const inFunction = keys.at(-1) === 'function' || textField(parents[0], 'type') === 'function'
  const listed = keys.some((key) => /tools?|functions?(?:_?declarations)?$/i.test(key))
  const ofAgent =
    unit.format === 'yaml' &&
    keys.at(-1) === 'tools' &&
    keys.some((key) => /^agents?$/.test(key)) &&
    field(expr, 'service', 'agent', 'method', 'type') !== undefined
  const enough = ofAgent
    ? description !== undefined
    : schema
      ? description !== undefined || listed || related
      : parameters && description && (inFunction || listed)
  if (
    textField(expr, 'type') === 'json_schema' ||
    isSchemaChoice(unit, keys) ||
    keys.some((key) => /^examples?$/.test(key))
  )
    return
  // `{"type": "function", "function": {…}}` is said in no other trade.
  const wrapped = inFunction && textField(parents[0], 'type') === 'function' && keys.at(-1) === 'function'
  // Nor is a list called tools, in a file of tools, whose members say what they take.
  const listing = parents[0]?.kind === 'list' && TOOL_LIST.test(keys.at(-1) ?? '') && /tool|function/i.test(unit.file)
  const plain = (wrapped || listing) && parameters !== undefined
  if (!enough || (unit.format !== 'code' && unit.format !== 'notebook' && !description) || (!related && !plain)) return
  if (
    expr.kind === 'map' &&
    field(expr, 'type')?.kind === 'text' &&
    /^(?:object|string|array)$/.test(textField(expr, 'type') ?? '')
  )
    return
  const name = evidence.resolver.first(nameOf, unit, scope)
  if (isName(name))
    addTool(
      name,
      evidence.resolver.first(description, unit, scope) ?? '',
      unit,
      { line: expr.line, end: endOf(expr) },
      evidence,
    )
}

function called(call: Extract<Expr, { kind: 'call' }>, around: Around, evidence: Evidence) {
  const { unit, scope, asked, keys } = around
  const callee = lastName(call.callee)
  const annotated = callee === 'Tool' && /^(?:java|kotlin)$/.test(unit.language)
  // Of PHP: `Tool::make('search', …)`, `Tool::as('search')->for(…)`.
  const named = unit.language === 'php' && /(?:^|\.)\w*Tool(?:\(\))?\.(?:make|as|create)$/.test(pathOf(call.callee))
  // What a tool takes is often made like the tool itself.
  const ofTool = keys.some((key) => /^(?:params?|parameters|properties)$/i.test(key))
  if ((NAMING.test(callee) || named) && !asked && !annotated && !ofTool) {
    const options = call.args.find((argument) => argument.kind === 'map')
    const second = call.args[1]
    const given = field(call, 'name', 'Name') ?? field(options, 'name', 'id', 'Name') ?? nameGiven(call, callee, unit)
    const name = given ? evidence.resolver.first(given, unit, scope) : undefined
    const description =
      evidence.resolver.first(
        field(call, 'description') ?? field(options, 'description') ?? (second?.kind === 'text' ? second : undefined),
        unit,
        scope,
      ) ?? ''
    const fits = callee !== 'Function' && callee !== 'as_tool' ? true : description !== ''
    // `@server.tool("…")` is a decorator; `server.tool(find, name="…")` hands over a function.
    const [first] = call.args
    const python =
      callee === 'tool' &&
      unit.language === 'python' &&
      !(field(call, 'name') && (first?.kind === 'name' || first?.kind === 'member'))
    if (isName(name) && fits && !python && !(callee === 'Tool' && unit.language === 'ruby'))
      addTool(name, description, unit, call, evidence)
  }
  if (
    (pathOf(call.callee).endsWith('builder().name') &&
      /Tool(?:Specification|Definition|Callback)?\.builder/.test(pathOf(call.callee))) ||
    /(?:Function|Method)ToolCallback\.builder$/.test(pathOf(call.callee))
  ) {
    const name = evidence.resolver.first(call.args[0], unit, scope)
    if (isName(name)) addTool(name, '', unit, call, evidence)
  }
  if (/^create_?handoff_?tool$/i.test(callee)) {
    const options = call.args.find((argument) => argument.kind === 'map')
    const to = evidence.resolver.first(
      field(call, 'agent_name') ?? field(options, 'agentName') ?? call.args[0],
      unit,
      scope,
    )
    const said = evidence.resolver.first(field(call, 'name') ?? field(options, 'name'), unit, scope)
    const name =
      said ?? (to === undefined ? undefined : `transfer_to_${to.trim().replaceAll(/\s+/g, '_').toLowerCase()}`)
    if (isName(name)) addTool(name, '', unit, call, evidence, 0.85)
  }
  if (/(?:^|\.)(?:AIFunctionFactory\.Create|KernelFunctionFactory\.CreateFromMethod)$/.test(pathOf(call.callee)))
    madeOf(call, unit, scope, evidence)
  if (TAKES_TOOLS.test(callee)) offered(call, callee, around, evidence)
  if (/^(?:java|kotlin)$/.test(unit.language) && /^default(?:Tools|ToolCallbacks)$|^tool(?:s|Callbacks)$/.test(callee))
    for (const given of call.args) offeredOnJvm(given, unit, evidence)
}

/** .NET makes a tool of a method; its name is the method's, unless another is said. */
function madeOf(call: Extract<Expr, { kind: 'call' }>, unit: Unit, scope: string, evidence: Evidence) {
  const [first, second] = call.args
  const said = evidence.resolver.first(field(call, 'name', 'functionName') ?? second, unit, scope)
  const name =
    said ?? (first?.kind === 'name' || first?.kind === 'member' ? lastName(first).replace(/Async$/, '') : undefined)
  if (isName(name)) addTool(name, textField(call, 'description') ?? '', unit, call, evidence, 0.85)
}

/** The first argument, where the call is known to take the name there. */
function nameGiven(call: Extract<Expr, { kind: 'call' }>, callee: string, unit: Unit): Expr | undefined {
  const [first, second] = call.args
  if (/^(?:registerAppTool)$/.test(callee)) return second
  if (
    /^(?:from_defaults|from_function|FunctionTool|QueryEngineTool|create_retriever_tool|createRetrieverTool)$/.test(
      callee,
    )
  )
    return second?.kind === 'text' ? second : undefined
  if (callee === 'tool' && first?.kind === 'function') return undefined
  if (callee === 'Function' || callee === 'as_tool') return undefined
  if (unit.language === 'ruby' && first?.kind === 'name' && first.name.startsWith(':'))
    return { kind: 'text', value: first.name.slice(1), line: first.line }
  return first &&
    (first.kind === 'text' ||
      first.kind === 'member' ||
      first.kind === 'either' ||
      (first.kind === 'name' && call.args.length > 1 && unit.language !== 'python'))
    ? first
    : undefined
}

/** `export const getWeather = tool({…})`: the name is where it is kept. */
function assigned(target: string, value: Expr, unit: Unit, scope: string, evidence: Evidence) {
  if (
    value.kind !== 'call' ||
    !/^(?:tool|dynamicTool|createTool|StructuredTool|FunctionTool|function_tool)$/.test(lastName(value.callee))
  )
    return
  const options = value.args.find((argument) => argument.kind === 'map')
  const said = field(value, 'name') ?? field(options, 'name', 'id')
  if (said && evidence.resolver.first(said, unit, scope) !== undefined) return
  const [first] = value.args
  const of = first?.kind === 'name' ? evidence.project.index(unit).functions.get(first.name)?.name : undefined
  const renamed = evidence.project.index(unit).bindings.get(`${scope === '' ? '' : `${scope}.`}${target}.name`)?.[0]
  const name = evidence.resolver.first(renamed?.value, unit, scope) ?? of ?? target.slice(target.lastIndexOf('.') + 1)
  if (isName(name)) addTool(name, textField(options, 'description') ?? '', unit, value, evidence)
}
