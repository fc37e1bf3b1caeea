// Tools that a call makes: its words say the name, or the first thing that it is given.
import { type Expr, field, lastName, pathOf, textField, type Unit } from '../../syntax/expr.ts'
import type { Evidence } from '../evidence.ts'
import { givenLater, offered, offeredOnJvm } from './handed-tools.ts'
import { textsMeant } from '../meanings.ts'
import { addTool, isName, NAMING, NO_TOOL_FACTORY, TAKES_TOOLS } from './tool-words.ts'
import type { Around } from '../visit.ts'
import { describedMethods, isReflected, madeOf } from './dotnet-tools.ts'

export function called(call: Extract<Expr, { kind: 'call' }>, around: Around, evidence: Evidence) {
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
    /(?:Function|Method)ToolCallback\.builder$/.test(pathOf(call.callee)) ||
    NAMED_IN_BUILDER.test(pathOf(call.callee))
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

/** `FunctionDefinition.builder().name("…")`, `FunctionObjectArgs::default().name("…")`: of the SDKs of OpenAI. */
const NAMED_IN_BUILDER =
  /(?:^|\.)Function(?:Definition|Object|Declaration)(?:Args)?\.(?:builder|default|new)\(\)\.(?:\w+\(\)\.)*name$/

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
export function keyed(
  call: Extract<Expr, { kind: 'call' }>,
  { unit, scope, parents, keys }: Around,
  evidence: Evidence,
) {
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
export function named(
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
