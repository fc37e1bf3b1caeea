// Tools by where they go: lists and maps that are handed over to an agent or to a model.
import { type Call, endOf, type Expr, field, lastName, pathOf, textField, type Unit } from '../../syntax/expr.ts'
import type { Evidence } from '../evidence.ts'
import { addedTo, meanings, textsMeant } from '../meanings.ts'
import { addTool, BASE, DECORATOR, isName, NAMING, NO_TOOL_FACTORY } from './tool-words.ts'
import type { Around } from '../visit.ts'

/** A list, or a map, of tools that is handed over. */
export function offered(
  call: Extract<Expr, { kind: 'call' }>,
  callee: string,
  { unit, scope }: Pick<Around, 'unit' | 'scope'>,
  evidence: Evidence,
) {
  const options = call.args.find((argument) => argument.kind === 'map')
  const positional = /^(?:bind_tools|bindTools|ToolNode|from_tools|tools|addTools|FunctionToolset|registerTools)$/.test(
    callee,
  )
    ? call.args[0]
    : /react_agent|create_agent|_agent$|ReactAgent/.test(callee)
      ? call.args[1]
      : undefined
  const given = field(call, 'tools', 'functions') ?? field(options, 'tools', 'functions') ?? positional
  if (given) take(given, unit, scope, evidence, 0)
}

function take(given: Expr, unit: Unit, scope: string, evidence: Evidence, depth: number) {
  if (depth > 4) return
  const held = evidence.resolver.meaning(given, unit, scope)
  if (held.expr.kind === 'map') {
    for (const [key, value] of held.expr.entries) {
      // What is spread out in a map has no key.
      if (key.kind === 'text' && key.value === '') take(value, held.unit, held.scope, evidence, depth + 1)
      if (key.kind !== 'text' || !isName(key.value)) continue
      const { expr: meant } = evidence.resolver.meaning(value, held.unit, held.scope)
      const names = meant.kind === 'call' || meant.kind === 'name' || meant.kind === 'map' || meant.kind === 'function'
      // A tool that says its own name is found by that.
      const options = meant.kind === 'call' ? meant.args.find((argument) => argument.kind === 'map') : undefined
      if (
        names &&
        textField(options, 'id', 'name') === undefined &&
        /^[\w-]+$/.test(key.value) &&
        field(held.expr, 'type', 'function_declarations', 'functionDeclarations', 'name') === undefined
      ) {
        addTool(key.value, '', held.unit, { line: key.line, end: endOf(value) }, evidence, 0.85)
        if (isPlainTool(meant)) handedAs(lastName(value), key.value, evidence)
      }
    }
    return
  }
  // `remote + local`
  if (held.expr.kind === 'join')
    for (const part of held.expr.parts) take(part, held.unit, held.scope, evidence, depth + 1)
  const items = held.expr.kind === 'list' ? held.expr.items : []
  for (const item of given.kind === 'name' ? [...items, ...addedTo(given.name, unit, scope)] : items) {
    if (item.kind === 'name' || item.kind === 'member') handed(item, held.unit, held.scope, evidence, depth)
    else if (item.kind === 'call' && isLibraryClass(item, held.unit, evidence)) {
      if (!field(item, 'name')) addTool(lastName(item.callee), '', held.unit, item, evidence, 0.8)
    } else if (
      item.kind === 'call' &&
      /^(?:tool|function_tool|FunctionTool|from_defaults|from_function)$/.test(lastName(item.callee))
    ) {
      const [first] = item.args
      if ((first?.kind === 'name' || first?.kind === 'member') && !field(item, 'name'))
        handed(first, held.unit, held.scope, evidence, depth)
    }
  }
}

/** `{ tools: { ...others, search: searchTool } }`, wherever that goes: the key is the name that a model is told. */
export function ofToolMap(map: Extract<Expr, { kind: 'map' }>, { unit, scope, keys }: Around, evidence: Evidence) {
  if (keys.at(-1) !== 'tools' || !/^(?:typescript|tsx|javascript)$/.test(unit.language)) return
  for (const [key, value] of map.entries) {
    if (key.kind !== 'text' || value.kind !== 'name' || !isName(key.value)) continue
    const { expr: meant, ...at } = evidence.resolver.meaning(value, unit, scope)
    if (!isPlainTool(meant)) continue
    addTool(
      key.value,
      evidence.resolver.first(field(meant.args[0], 'description'), at.unit, at.scope) ?? '',
      unit,
      { line: key.line, end: endOf(value) },
      evidence,
      0.85,
    )
    handedAs(value.name, key.value, evidence)
  }
}

/** `tool({ description, inputSchema, execute })`, which says no name. */
const isPlainTool = (made: Expr): made is Call =>
  made.kind === 'call' &&
  /^(?:tool|dynamicTool)$/.test(lastName(made.callee)) &&
  made.args[0]?.kind === 'map' &&
  !field(made.args[0], 'name', 'id')

/** Under which names a tool goes to models that is kept under another. */
const renamed = new WeakMap<Evidence, Map<string, Set<string>>>()

function handedAs(variable: string, name: string, evidence: Evidence) {
  const known = renamed.get(evidence) ?? new Map<string, Set<string>>()
  renamed.set(evidence, known)
  known.set(variable, (known.get(variable) ?? new Set()).add(name))
}

/** What keeps a tool is no name of it, where models are told another. */
export function mergeRenamed(evidence: Evidence) {
  for (const [variable, names] of renamed.get(evidence) ?? []) {
    const [name = variable] = names
    if (!names.has(variable)) evidence.collector.merge('tools', variable, name)
  }
}

/** `desk.tools.append(find)`, `desk.functions = [find]`: what an agent is given after it was made. */
export function givenLater(
  { of, name }: Extract<Expr, { kind: 'member' }>,
  items: Expr[],
  { unit, scope }: Pick<Around, 'unit' | 'scope'>,
  evidence: Evidence,
) {
  const made = /^(?:tools|functions)$/.test(name) ? evidence.resolver.meaning(of, unit, scope).expr : undefined
  if (made?.kind === 'call' && /agent$/i.test(lastName(made.callee)))
    take({ kind: 'list', items, line: of.line }, unit, scope, evidence, 0)
}

/** `TavilySearch()`: a tool that a library has ready, by its class. */
function isLibraryClass(call: Call, unit: Unit, evidence: Evidence): boolean {
  if (call.callee.kind !== 'name' || !/^[A-Z]\w*[a-z]/.test(call.callee.name)) return false
  const { name } = call.callee
  if (/^(?:AgentTool|Tool|M[Cc][Pp]\w*|Hosted[Mm][Cc][Pp]\w*|\w*Toolset|\w*Toolkit|\w*Agent)$/.test(name)) return false
  const local = evidence.project.index(unit).classes.has(name)
  return !local && evidence.packageOf(unit, name) !== undefined && !NAMING.test(name) && !ALONE.test(name)
}

/** A function or a class of the project that is handed over as it is. */
/** What is handed over as a tool by its name: a function or a class, wherever it is. */
export function handed(item: Expr, unit: Unit, scope: string, evidence: Evidence, depth: number) {
  const name = lastName(item)
  const index = evidence.project.index(unit)
  const imported = index.imports.get(pathOf(item).split('.')[0] ?? '')
  const units = imported
    ? [imported.module, ...within(imported)].flatMap((module) => evidence.project.unitsOf(unit, module))
    : [unit, ...passedOnTo(unit, evidence)]
  // A tool that a library has ready: `from google.adk.tools import google_search`.
  if (imported && units.length === 0 && OF_TOOLS.test(imported.module) && /^[a-z]/.test(name) && isName(name)) {
    if (evidence.packageOf(unit, name)) addTool(name, '', unit, { line: item.line, end: item.line }, evidence, 0.8)
    return
  }
  for (const at of units) {
    const { functions, classes } = evidence.project.index(at)
    const fn =
      functions.get(name) ??
      functions.get(scope === '' ? name : `${scope}.${name}`) ??
      [...functions.values()].find((two) => two.name === name)
    const cls = classes.get(name)
    if (fn?.decorators.some((decorator) => DECORATOR.test(pathOf(decorator).replace(/\(\)$/, '')))) return
    if (fn) return isName(fn.name) ? addTool(fn.name, fn.doc ?? '', at, fn, evidence, 0.85) : undefined
    if (cls && !cls.bases.some((base) => BASE.test(pathOf(base))))
      return addTool(cls.name, cls.doc ?? '', at, cls, evidence, 0.85)
  }
  // `desk = Desk()`, and `desk.close`: a method of a class of the project.
  const of = item.kind === 'member' ? evidence.resolver.meaning(item.of, unit, scope).expr : undefined
  const owner = of?.kind === 'call' ? evidence.project.classNamed(lastName(of.callee), unit) : undefined
  const method = owner && evidence.project.index(owner.unit).functions.get(`${owner.held.name}.${name}`)
  if (owner && method) return addTool(name, method.doc ?? '', owner.unit, method, evidence, 0.85)
  const held = evidence.resolver.meaning(item, unit, scope)
  if (held.expr.kind === 'list') take(held.expr, held.unit, held.scope, evidence, depth + 1)
  // `search = TavilySearch()`, handed over under the name that it is kept in.
  const made = held.expr.kind === 'call' ? held.expr : undefined
  if (made && isLibraryClass(made, held.unit, evidence) && !NO_LIBRARY_TOOL.test(lastName(made.callee)))
    addTool(
      evidence.resolver.first(field(made, 'name'), held.unit, held.scope) ?? lastName(made.callee),
      '',
      held.unit,
      made,
      evidence,
      0.8,
    )
}

/** `from configs.tools import *` */
const passedOnTo = (unit: Unit, evidence: Evidence): Unit[] =>
  unit.statements.flatMap((one) =>
    one.kind === 'import' && unit.language === 'python' && one.names.length === 0
      ? [...evidence.project.unitsOf(unit, one.module)]
      : [],
  )

/** `from .tools import docs`: what is imported may be a module itself. */
const within = ({ module, name }: { module: string; name: string }): string[] =>
  name === '' || name === '*' ? [] : [`${module}${module.endsWith('.') ? '' : '.'}${name}`]

const TAKES_FUNCTION =
  /^(?:add_tool|register_tool|tool|addTool|from_defaults|from_function|upsert_from_function|create_from_function|create_tool_from_function|register_function|add_function|FunctionTool|LongRunningFunctionTool|Tool)$/
/** These are called by themselves, or of their module; the others of a server, an agent or a class. */
const ALONE = /^(?:register_function|FunctionTool|LongRunningFunctionTool|Tool|create_tool_from_function)$/

/** A function that becomes a tool: `server.add_tool(run_query)`, `FunctionTool.from_defaults(async_fn=log_in)`. */
export function ofFunction(call: Extract<Expr, { kind: 'call' }>, { unit, scope }: Around, evidence: Evidence) {
  if (unit.language !== 'python') return
  // `server.tool(name="ask")(ask)`: the decorator, called by hand.
  const said = call.callee.kind === 'call' ? call.callee : call
  const callee = lastName(said.callee)
  if (callee === '__init__' && isToolkit(scope, unit)) offered(call, callee, { unit, scope }, evidence)
  const registers = callee === 'register' && isToolkit(scope, unit)
  if ((!TAKES_FUNCTION.test(callee) && !registers) || NO_TOOL_FACTORY.test(pathOf(said.callee))) return
  if (said.callee.kind !== 'member' && !ALONE.test(callee)) return
  const given = field(call, 'async_fn', 'coroutine') ?? field(call, 'fn', 'func', 'function') ?? call.args[0]
  if (given?.kind !== 'name' && given?.kind !== 'member') return
  const named = field(said, 'name') ?? (said === call ? undefined : said.args[0])
  const names = textsMeant(named, unit, scope, evidence)
  // What is called with a name finds it there, except by hand, or where a loop gives it.
  if (names.length > 0 && said === call && NAMING.test(callee)) return
  for (const name of names) if (isName(name)) addTool(name, '', unit, call, evidence, 0.85)
  if (names.length > 0 || (named && said !== call) || takesAnything(given, unit, scope, evidence)) return
  for (const { expr, unit: at, scope: within } of meanings(given, unit, scope, evidence))
    if (expr.kind === 'name' || expr.kind === 'member') handed(expr, at, within, evidence, 0)
}

/** What takes anything at all stands between the model and the tool; a model is told what a tool takes. */
function takesAnything(given: Expr, unit: Unit, scope: string, evidence: Evidence): boolean {
  const { functions } = evidence.project.index(unit)
  const takes = functions.get(scope === '' ? lastName(given) : `${scope}.${lastName(given)}`)
  return (
    takes !== undefined &&
    takes.params.length > 0 &&
    takes.params.every(({ name }) => /^\**(?:args|kwargs|kw|arguments)$/.test(name))
  )
}

/** Whether the class around is one whose methods are registered as tools. */
const isToolkit = (scope: string, unit: Unit): boolean =>
  unit.statements.some(
    (one) =>
      one.kind === 'class' && one.name === scope.split('.')[0] && one.bases.some((base) => pathOf(base) === 'Toolkit'),
  )

/** Modules in which libraries keep their tools. */
const OF_TOOLS = /(?:^|[._/])tools?(?:[._/]|$)/

/** Packages of nothing but tools: to import one is to take it. */
const COLLECTIONS = /^strands_tools$/

export function collected(unit: Unit, evidence: Evidence) {
  for (const statement of unit.statements) {
    if (statement.kind !== 'import' || !COLLECTIONS.test(statement.module)) continue
    for (const { name } of statement.names)
      if (/^[a-z]/.test(name)) addTool(name, '', unit, { line: statement.line, end: statement.line }, evidence, 0.85)
  }
}

/** What stands beside tools in the modules of libraries and is none. */
const NO_LIBRARY_TOOL =
  /Description$|ToolCallParam$|^(?:Base|Abstract|Structured|Dynamic|Function|Agent|Query|Retriever|Async|Long)\w*Tool$|^Tool(?:s|$|[A-Z])|^(?:Component|Pipeline)Tool$|[Mm][Cc][Pp]|Tool(?:set|kit|Node|Context|Spec|Box|Executor|Registry|Error|Message|Call|Result|Output|Input|Choice|Config|Response|Definition|Param|Runtime|Provider)s?$|(?:Wrapper|Error|Exception|Config|Input|Schema|Options|Settings|Param(?:eter)?s|Credentials?|Toolset|Toolkit|Client|Context|Filter|Content|Annotations|Resource|Environment|Mount|Info|Manager|Session|Store|Backend|Server|Handler|Callback|State|Event)$/

/** A tool of a library that is made somewhere: `search = DuckDuckGoSearchResults(name="WebSearch")`. */
export function madeOfLibrary(
  call: Extract<Expr, { kind: 'call' }>,
  { unit, scope, asked, parents }: Around,
  evidence: Evidence,
) {
  // What another tool is told under a word of its own is a setting of that.
  const [parent] = parents
  const setting =
    parent?.kind === 'call' &&
    parent.named.some(([word, value]) => value === call && !/tool|function|query_engine/i.test(word))
  if (asked || setting || call.callee.kind !== 'name' || !/^[A-Z]\w*[a-z]/.test(call.callee.name)) return
  const imported = evidence.project.index(unit).imports.get(call.callee.name)
  if (
    !imported ||
    !OF_TOOLS.test(imported.module) ||
    NO_LIBRARY_TOOL.test(imported.name) ||
    evidence.packageOf(unit, call.callee.name) === undefined
  )
    return
  const said = evidence.resolver.first(field(call, 'name'), unit, scope)
  const name = said ?? imported.name
  if (isName(name)) addTool(name, '', unit, call, evidence, 0.8)
}

/** Objects whose methods are tools: of the project they say so by themselves, of a library the class stands for them. */
export function offeredOnJvm(given: Expr, unit: Unit, evidence: Evidence) {
  if (given.kind === 'call' && /(?:^|\.)\w*(?:Function|Agent)Tool\.\w+$/.test(pathOf(given.callee)))
    return ofMethod(given, unit, evidence)
  const [head = ''] = pathOf(given.kind === 'call' ? given.callee : given).split(/[.(]/)
  if (given.kind !== 'call' || !/^[A-Z]\w*[a-z]/.test(head) || /Callback|^List$|^Arrays$|Provider|Mcp/.test(head))
    return
  const { imports } = evidence.project.index(unit)
  const local = evidence.project.units.some((one) => evidence.project.index(one).classes.has(head))
  if (imports.has(head) && !local) addTool(head, '', unit, given, evidence, 0.8)
}

/** `FunctionTool.create(desk, "closeTicket")`: of the ADK, a method by its name. */
function ofMethod(call: Call, unit: Unit, evidence: Evidence) {
  const name = call.args.find((one) => one.kind === 'text')
  if (name?.kind !== 'text' || !isName(name.value)) return
  const held = call.args[0] && evidence.resolver.meaning(call.args[0], unit).expr
  const [head = ''] = pathOf(held?.kind === 'call' ? held.callee : held?.kind === 'other' ? held.parts[0] : held).split(
    '.',
  )
  const owner = evidence.project.classNamed(head, unit)
  const fn = owner && evidence.project.index(owner.unit).functions.get(`${owner.held.name}.${name.value}`)
  addTool(name.value, fn?.doc ?? '', owner && fn ? owner.unit : unit, fn ?? call, evidence)
}
