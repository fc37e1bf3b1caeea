// Tools that a model may call, however they are declared: a decorator, a class, a description in data, an argument of a
// call, or a plain function in a list of tools.
import { isDocumentation, isTest } from '../../classify.ts'
import { type Expr, field, lastName, pathOf, textField, type Unit } from '../../syntax/expr.ts'
import { HANDS, SPOKEN } from '../agents/agent-words.ts'
import { callsWithin } from '../calls.ts'
import { described, toldInOrder } from './described-tools.ts'
import type { Evidence } from '../evidence.ts'
import { toolOfFile } from './file-tools.ts'
import { collected, givenLater, madeOfLibrary, offered, offeredOnJvm, ofFunction } from './handed-tools.ts'
import type { FunctionStatement } from '../project.ts'
import { textsMeant } from '../meanings.ts'
import { pathOfBase } from '../class-line.ts'
import { prefixesOf } from '../mcp/mounted.ts'
import { ofInterface } from './openapi-tools.ts'
import { toolOfClass } from './tool-classes.ts'
import { addTool, BASE, DECORATOR, isName, NAMING, NO_TOOL_FACTORY, TAKES_TOOLS } from './tool-words.ts'
import { type Around, FIELDED, visitUnit } from '../visit.ts'

export function findTools(evidence: Evidence) {
  for (const unit of evidence.project.units) {
    if (
      isDocumentation(unit.file) ||
      (unit.format !== 'code' && unit.format !== 'notebook' && unit.format !== 'json' && unit.format !== 'yaml')
    )
      continue
    const related =
      evidence.usesAi(unit) ||
      unit.statements.some((one) => one.kind === 'class' && one.bases.some((base) => BASE.test(pathOfBase(base))))
    if (unit.format === 'json' || unit.format === 'yaml') {
      visitUnit(unit, (expr, around) => described(expr, around, evidence, true), FIELDED)
      continue
    }
    for (const statement of unit.statements) {
      if (statement.kind === 'function') decorated(statement, unit, evidence)
      else if (statement.kind === 'class') toolOfClass(statement, unit, related, evidence)
      else if (statement.kind === 'assign' && related) {
        assigned(statement, unit, evidence)
        const [, of = '', name = ''] = /^(\w+)\.(tools|functions)$/.exec(statement.target) ?? []
        const kept: Expr = { kind: 'name', name: of, line: statement.line }
        if (of !== '' && statement.value.kind === 'list')
          givenLater(
            { kind: 'member', of: kept, name, line: statement.line },
            statement.value.items,
            { unit, scope: statement.scope },
            evidence,
          )
      }
    }
    visitUnit(
      unit,
      (expr, around) => {
        described(expr, around, evidence, related)
        toldInOrder(expr, around, evidence)
        if (!related && expr.kind === 'call' && evidence.anyAi()) {
          keyed(expr, around, evidence)
          if (isToldLikeAgent(expr)) offered(expr, lastName(expr.callee), around, evidence)
        }
        if (related && expr.kind === 'call') {
          called(expr, around, evidence)
          ofInterface(expr, around, evidence)
          madeOfLibrary(expr, around, evidence)
          ofFunction(expr, around, evidence)
        }
      },
      FIELDED,
    )
    collected(unit, evidence)
    toolOfFile(unit, evidence)
  }
}

/** `Agent(name="Desk", instructions="Help.", functions=[find])` of a library that nobody here knows. */
const isToldLikeAgent = (call: Extract<Expr, { kind: 'call' }>): boolean => {
  const options = call.args.find((argument) => argument.kind === 'map')
  return (
    [['name'], SPOKEN, HANDS].every((words) => field(call, ...words) ?? field(options, ...words)) &&
    /agent$/i.test(lastName(call.callee))
  )
}

function decorated(fn: FunctionStatement, unit: Unit, evidence: Evidence) {
  // A function that Spring is told to keep, with a description, is there for a model.
  const [bean, told] = ['Bean', 'Description'].map((name) => fn.decorators.find((one) => lastName(one) === name))
  if (bean && told && unit.language !== 'csharp') addTool(fn.name, firstText(told) ?? '', unit, fn, evidence, 0.8)
  for (const decorator of fn.decorators) {
    const path = pathOf(decorator).replace(/\(\)$/, '')
    if (
      !(DECORATOR.test(path) || isOwnDecorator(path, unit, evidence)) ||
      (path === 'P' && unit.language !== 'php') ||
      (/^Tool$/.test(path) && unit.language === 'python')
    )
      continue
    const [first] = decorator.kind === 'call' ? decorator.args : []
    const given = field(decorator, 'name', 'Name', 'name_override', 'customName') ?? field(first, 'name')
    const named = evidence.resolver.first(
      given ?? (namesFirst(path, unit, evidence) ? first : undefined),
      unit,
      fn.scope,
    )
    const description =
      textField(decorator, 'description', 'value', 'Description') ??
      textField(first, 'description') ??
      fn.doc ??
      firstText(decorator) ??
      ''
    const snake = unit.language === 'csharp' ? fn.name.replace(/Async$/, '') : fn.name
    const name = isName(named) && (!/\s/.test(named) || saysName(decorator, unit, evidence)) ? named : snake
    for (const prefix of prefixesOfMark(decorator, unit, fn.scope, evidence))
      addTool(prefix === '' ? name : `${prefix}_${name}`, description, unit, fn, evidence)
  }
}

/** `@desk.tool`, where the server desk stands in another one. */
function prefixesOfMark(decorator: Expr, unit: Unit, scope: string, evidence: Evidence): string[] {
  const mark = decorator.kind === 'call' ? decorator.callee : decorator
  return unit.language === 'python' && mark.kind === 'member' ? prefixesOf(mark.of, unit, scope, evidence) : ['']
}

/** These say something more about what is a tool already. */
const ABOUT =
  /^(?:with|requires?|needs|check|validate|log|trace|wrap|time|retry|cache|count|track|audit|guard|safe|on|for)_/

/** `@desk_tool(…)`: a function of the project that makes tools of others. */
function isOwnDecorator(path: string, unit: Unit, evidence: Evidence): boolean {
  if (unit.language !== 'python' || !/^[a-z]\w*_tool$/.test(path) || ABOUT.test(path) || !evidence.anyAi()) return false
  const { imports, functions } = evidence.project.index(unit)
  const imported = imports.get(path)
  return imported ? evidence.project.isLocal(unit, imported.module, [imported.name]) : functions.has(path)
}

/** What stands in front is the name; in Java and LangChain4j it is the description. */
const namesFirst = (mark: string, unit: Unit, evidence: Evidence): boolean =>
  unit.language === 'python' ||
  unit.language === 'csharp' ||
  (unit.language === 'php' && /(?:^|\.)McpTool$/.test(mark)) ||
  evidence.packages(unit).some(({ pack }) => pack.frameworks.includes('koog'))

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

function called(call: Extract<Expr, { kind: 'call' }>, around: Around, evidence: Evidence) {
  const { unit, scope, asked, keys } = around
  const callee = wordOf(call, unit, evidence)
  const annotated = callee === 'Tool' && /^(?:java|kotlin)$/.test(unit.language) && call.args.length < 2
  // Of PHP: `Tool::make('search', …)`, `Tool::as('search')->for(…)`.
  const ofPhp = unit.language === 'php' && /(?:^|\.)\w*Tool(?:\(\))?\.(?:make|as|create)$/.test(pathOf(call.callee))
  // What a tool takes is often made like the tool itself.
  const ofTool = keys.some((key) => /^(?:params?|parameters|properties)$/i.test(key))
  if (
    (NAMING.test(callee) || ofPhp || isHandlerOfPhp(callee, unit)) &&
    !NO_TOOL_FACTORY.test(pathOf(call.callee)) &&
    !asked &&
    !annotated &&
    !ofTool
  ) {
    const options = call.args.find((argument) => argument.kind === 'map')
    const second = call.args[1]
    // Options behind a name may be the schema of what the tool takes, with a name in it.
    const positional = named(call, callee, unit, scope, evidence)
    const first = textsMeant(positional, unit, scope, evidence)
    const given =
      field(call, ...SAID) ??
      (first.length > 0 ? positional : (field(options, ...SAID) ?? field(options, 'id') ?? positional))
    const description =
      evidence.resolver.first(
        field(call, ...TOLD) ?? field(options, ...TOLD) ?? (second?.kind === 'text' ? second : undefined),
        unit,
        scope,
      ) ?? ''
    const fits = callee !== 'Function' && callee !== 'as_tool' ? true : description !== ''
    // `@server.tool("…")` is a decorator; `server.tool(find, name="…")` hands over a function.
    const [taken] = call.args
    const python =
      callee === 'tool' &&
      unit.language === 'python' &&
      !(field(call, 'name') && (taken?.kind === 'name' || taken?.kind === 'member'))
    if (fits && !python && !(callee === 'Tool' && unit.language === 'ruby'))
      for (const name of textsMeant(given, unit, scope, evidence))
        if (isName(name)) addTool(name, description, unit, call, evidence)
  }
  if (
    (pathOf(call.callee).endsWith('builder().name') &&
      /Tool(?:Specification|Definition|Callback)?\.builder/.test(pathOf(call.callee))) ||
    /(?:Function|Method)ToolCallback\.builder$/.test(pathOf(call.callee))
  ) {
    for (const name of textsMeant(call.args[0], unit, scope, evidence))
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
  keyed(call, around, evidence)
  if (callee === 'ComponentTool' && !field(call, 'name')) ofComponent(call, unit, scope, evidence)
  if (callee === 'append' && call.callee.kind === 'member' && call.callee.of.kind === 'member')
    givenLater(call.callee.of, call.args, around, evidence)
  if (MADE_OF_METHOD.test(pathOf(call.callee))) {
    if (isReflected(call, unit)) describedMethods(evidence)
    else madeOf(call, unit, scope, evidence)
  }
  if (TAKES_TOOLS.test(callee)) offered(call, callee, around, evidence)
  if (/^(?:java|kotlin)$/.test(unit.language) && /^default(?:Tools|ToolCallbacks)$|^tool(?:s|Callbacks)$/.test(callee))
    for (const given of call.args) offeredOnJvm(given, unit, evidence)
}

/** The word by which a call makes a tool, where the last of its path alone would say too little. */
function wordOf(call: Extract<Expr, { kind: 'call' }>, unit: Unit, evidence: Evidence): string {
  const path = pathOf(call.callee)
  // Of Go, each library has words of its own for it: `fantasy.NewParallelAgentTool(name, description, run)`.
  if (unit.language === 'go' && /\.New\w+Tool$/.test(path) && call.args.length > 2 && evidence.packageOf(unit, path))
    return 'NewTool'
  if (/(?:^|\.)functiontool\.Config$|(?:^|\.)FunctionTool\.from$/.test(path)) return 'FunctionTool'
  return /(?:^|\.)Tool\.new$/.test(path) && call.args.length > 2 ? 'Tool' : lastName(call.callee)
}

/** `typeof(T).GetMethods().Select(m => AIFunctionFactory.Create(m, instance))`: of every method that somebody described. */
const isReflected = (call: Extract<Expr, { kind: 'call' }>, unit: Unit): boolean =>
  unit.statements.some(
    (one) =>
      one.kind === 'function' &&
      one.line <= call.line &&
      call.line <= one.end &&
      callsWithin(unit, one.line, one.end).some((path) => /(?:^|\.)GetMethods$/.test(path)),
  )

function describedMethods(evidence: Evidence) {
  if (DESCRIBED.has(evidence)) return
  DESCRIBED.add(evidence)
  for (const unit of evidence.project.units)
    for (const fn of unit.language === 'csharp' && !isTest(unit.file) ? unit.statements : []) {
      const told = fn.kind === 'function' ? fn.decorators.find((one) => lastName(one) === 'Description') : undefined
      if (fn.kind === 'function' && told)
        addTool(fn.name.replace(/Async$/, ''), firstText(told) ?? '', unit, fn, evidence, 0.8)
    }
}

/** Once is enough, however many calls make tools so. */
const DESCRIBED = new WeakSet<Evidence>()

/** Where a call or its options say the name. */
const TOLD = ['description', 'Description', 'tool_description', 'toolDescription']
const SAID = ['name', 'Name', 'tool_name', 'toolName']
const MADE_OF_METHOD =
  /(?:^|\.)(?:AIFunctionFactory\.Create|KernelFunctionFactory\.CreateFromMethod|McpServerTool\.Create)$/

/** `ComponentTool(component=WebSearch())`: of Haystack, the class says the name in small letters. */
function ofComponent(call: Extract<Expr, { kind: 'call' }>, unit: Unit, scope: string, evidence: Evidence) {
  const given = field(call, 'component') ?? call.args[0]
  const held = given && evidence.resolver.meaning(given, unit, scope).expr
  const name =
    held?.kind === 'call'
      ? lastName(held.callee)
          .replaceAll(/(?<!^)(?=[A-Z])/g, '_')
          .toLowerCase()
      : undefined
  if (isName(name)) addTool(name, '', unit, call, evidence, 0.85)
}

/** `{ list_tables: tool({ description, parameters, execute }) }`: the key is the name. */
function keyed(call: Extract<Expr, { kind: 'call' }>, { unit, scope, parents, keys }: Around, evidence: Evidence) {
  const [options] = call.args
  const [parent] = parents
  if (!/^(?:tool|[a-z]\w*Tool)$/.test(lastName(call.callee)) || parent?.kind !== 'map' || options?.kind !== 'map')
    return
  // A description that stands elsewhere is spread out into the options.
  const spread = options.entries.filter(([key]) => key.kind === 'text' && key.value === '')
  if (field(options, 'name', 'id') || (!field(options, 'description') && spread.length === 0)) return
  if (spread.some(([, held]) => field(evidence.resolver.meaning(held, unit, scope).expr, 'name', 'id'))) return
  const name = keys.at(-1)
  const takes = field(options, 'parameters', 'inputSchema', 'schema', 'execute', 'handler')
  if (takes && isName(name) && parent.entries.some(([, value]) => value === call))
    addTool(name, textField(options, 'description') ?? '', unit, call, evidence, 0.85)
}

/** .NET makes a tool of a method; its name is the method's, unless another is said. */
function madeOf(call: Extract<Expr, { kind: 'call' }>, unit: Unit, scope: string, evidence: Evidence) {
  const [first, second] = call.args
  const said = evidence.resolver.first(
    field(call, 'name', 'functionName') ?? field(second, 'Name') ?? second,
    unit,
    scope,
  )
  const name =
    said ?? (first?.kind === 'name' || first?.kind === 'member' ? lastName(first).replace(/Async$/, '') : undefined)
  if (isName(name)) addTool(name, textField(call, 'description') ?? '', unit, call, evidence, 0.85)
}

/** `->withTool([Desk::class, 'close'], 'close_ticket')`: what answers comes first. */
const isHandlerOfPhp = (callee: string, unit: Unit): boolean =>
  unit.language === 'php' && /^(?:with|add)Tool$/.test(callee)

/** Without a name, a tool is called like its method, or like the class that is one. */
function methodOf(handler: Expr | undefined): Expr | undefined {
  const last = handler?.kind === 'list' ? handler.items.at(-1) : handler
  const held = last?.kind === 'other' ? last.parts[0] : last
  const [, name] = held?.kind === 'name' ? (/(\w+)\.class$/.exec(held.name) ?? []) : []
  return name === undefined ? held : { kind: 'text', value: name, line: held?.line ?? 0 }
}

/** The first argument, where the call is known to take the name there. */
function named(
  call: Extract<Expr, { kind: 'call' }>,
  callee: string,
  unit: Unit,
  scope: string,
  evidence: Evidence,
): Expr | undefined {
  const [first, second] = call.args
  if (/^(?:registerAppTool|DefineTool)$/.test(callee)) return second
  if (isHandlerOfPhp(callee, unit)) return second?.kind === 'text' ? second : methodOf(field(call, 'handler') ?? first)
  // A function of the project, which is told the server first: `addTool(server, "find", …)`.
  if (call.callee.kind === 'name' && first?.kind === 'name' && second?.kind === 'text' && /[tT]ool$/.test(callee)) {
    if (evidence.resolver.first(first, unit, scope) === undefined) return second
  }
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
      first.kind === 'join' ||
      first.kind === 'either' ||
      (first.kind === 'call' && (unit.language === 'rust' || lastName(first.callee) === 'nameof')) ||
      (first.kind === 'name' && call.args.length > 1 && unit.language !== 'python'))
    ? first
    : undefined
}

/** `export const getWeather = tool({…})`: the name is where it is kept. */
function assigned({ target, value, type, scope }: Assigned, unit: Unit, evidence: Evidence) {
  if (value.kind === 'map' && TOOL_TYPE.test(type ?? '')) {
    const name = evidence.resolver.first(field(value, 'name'), unit, scope)
    const description = textField(value, 'description')
    if (isName(name) && description !== undefined) addTool(name, description, unit, value, evidence)
    return
  }
  if (
    value.kind !== 'call' ||
    // `made = server.tool(name="ask")(ask)`: the decorator, called by hand.
    value.callee.kind === 'call' ||
    !/^(?:tool|dynamicTool|createTool|StructuredTool|FunctionTool|function_tool)$/.test(lastName(value.callee)) ||
    // `for tool in tools: result = tool(**given)`: what is called is one of them.
    (value.callee.kind === 'name' && !isKnown(value.callee.name, unit, evidence))
  )
    return
  const options = value.args.find((argument) => argument.kind === 'map')
  const said = field(value, 'name') ?? field(options, 'name', 'id')
  if (said && evidence.resolver.first(said, unit, scope) !== undefined) return
  const first = field(value, 'func', 'fn', 'function') ?? value.args[0]
  // `made = tool("find", {…})`: it says its name itself.
  if (first?.kind === 'text' && options) return
  // `made = server.tool(wrap(fn))`: what a method of a server makes is called like the function.
  if (unit.language === 'python' && value.callee.kind === 'member' && first && first.kind !== 'name') return
  const of = first?.kind === 'name' ? evidence.project.index(unit).functions.get(first.name)?.name : undefined
  const renamed = evidence.project.index(unit).bindings.get(`${scope === '' ? '' : `${scope}.`}${target}.name`)?.[0]
  const name = evidence.resolver.first(renamed?.value, unit, scope) ?? of ?? target.slice(target.lastIndexOf('.') + 1)
  if (isName(name)) addTool(name, textField(options, 'description') ?? '', unit, value, evidence)
}

const isKnown = (name: string, unit: Unit, evidence: Evidence): boolean => {
  const { imports, functions } = evidence.project.index(unit)
  return imports.has(name) || imports.has('*') || functions.has(name)
}

type Assigned = Extract<Unit['statements'][number], { kind: 'assign' }>

/** `const metadata: ToolMetadata = { name, description }` */
const TOOL_TYPE = /^\W*(?:\w+\.)?\w*Tool(?:Metadata|Definition|Def|Spec|Config|Info|Schema|Declaration)?\s*$/
