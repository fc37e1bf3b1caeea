// Agents: what decides for itself which tool to use next. A class called Agent is one only where it comes from a library
// about AI, or asks a model itself.
import { isDocumentation, isTest } from '../../classify.ts'
import { type Call, type Expr, field, lastName, pathOf, type Unit } from '../../syntax/expr.ts'
import { configuredAs, isRunBy, madeBy, MAKES_AGENT, nameOf, namesHanded, ownerOf } from './agent-names.ts'
import { ABILITIES, addAgent, ASKS, CALLED_AGENT } from './agent-words.ts'
import { callsWithin } from '../calls.ts'
import { classesAbove, hasChildren, lastOf } from '../class-line.ts'
import { member } from '../class-members.ts'
import { declaredAgents } from './declared-agents.ts'
import { ofChatAsked } from './dotnet-agents.ts'
import { annotated, isAnnotation, JVM, ofChatClient, ofService } from './jvm-agents.ts'
import type { Evidence } from '../evidence.ts'
import { beginning, isGeneric, mergeRegistered, nameOfGraph, registeredUnder } from './graphs.ts'
import { ofMap } from './mapped-agents.ts'
import { meanings } from '../meanings.ts'
import { madeOfPlain, ofFile, ofOwnBase, ofUnknownLibrary } from './own-agents.ts'
import { type Around, FIELDED, visitUnit } from '../visit.ts'

const MAKERS =
  /^(?:Agent|LlmAgent|SequentialAgent|ParallelAgent|LoopAgent|ReActAgent|ReactAgent|FunctionAgent|FunctionCallingAgent|OpenAIAgent|OpenAIAssistantAgent|AssistantAgent|ConversableAgent|UserProxyAgent|GroupChatManager|CodeAgent|ToolCallingAgent|MultiStepAgent|ToolLoopAgent|ChatCompletionAgent|OpenAIResponsesAgent|AzureAIAgent|AgentWorkflow|AgentExecutor|RealtimeAgent|VoiceAgent|VoicePipelineAgent|ChatAgent|BedrockAgent|RoutedAgent|SandboxAgent|BrowserAgent|StructuredChatAgent|ZeroShotAgent|AgentRunner|create_react_agent|createReactAgent|create_agent|createAgent|create_tool_calling_agent|create_openai_functions_agent|create_openai_tools_agent|create_deep_agent|createDeepAgent|create_supervisor|createSupervisor|create_swarm|initialize_agent|create_sql_agent|create_pandas_dataframe_agent|create_csv_agent|create_structured_chat_agent|create_conversational_retrieval_agent|BaseAgent|MultiModalReActAgent|SelectorGroupChat|RoundRobinGroupChat|MagenticOneGroupChat|NewAgent|New(?:Typed)?ChatModelAgent|NewSequentialAgent|NewParallelAgent|NewLoopAgent|NewDeepAgent|NewSupervisorAgent|NewMultiAgent|AIAgent|CreateAIAgent|AsAIAgent|agentBuilder|define_deep_agent|defineDeepAgent|supervisorBuilder|multiAgent|createSwarm|createHandoffAgent|AgentCard|Team|AtomicAgent|DurableAgent)$/
const GENERIC =
  /^(?:Agent|LlmAgent|create_\w+|createReactAgent|createAgent|AgentExecutor|initialize_agent|createDeepAgent|New\w*Agent|ToolLoopAgent|BaseAgent|ChatAgent|CodeAgent|ToolCallingAgent|agentBuilder|AIAgent|CreateAIAgent|AsAIAgent|AtomicAgent|DurableAgent|ChatCompletionAgent|supervisorBuilder)$/
const NO_LIBRARY = /^(?:mcp|transformers|pytorch|tensorflow|scikit-learn)$/

/** Decorators that make an agent of a function. */
const MARKS = /^agent(?:\(\))?$|\.agent(?:\(\))?$/

/** Of fast-agent, an agent that is made of others is declared as one is. */
const COMPOSED =
  /\.(?:orchestrator|chain|router|parallel|evaluator_optimizer|iterative_planner|maker|custom|smart)\(\)$/

function isMark(decorator: Expr, unit: Unit, evidence: Evidence): boolean {
  const path = pathOf(decorator)
  return (
    (COMPOSED.test(path) && isFastAgent(unit, evidence)) || MARKS.test(path) || isEntrypoint(decorator, unit, evidence)
  )
}

/** `@fast.agent("finder", …)`, `@fast.agent(name="finder")`: a function may carry several of them. */
function namedByMark(mark: Expr, unit: Unit, scope: string, evidence: Evidence): string | undefined {
  const first = mark.kind === 'call' ? mark.args[0] : undefined
  const name = evidence.resolver.first(field(mark, 'name') ?? first, unit, scope)
  if (name !== undefined && name.length <= 60) return name
  return mark.kind === 'call' && isFastAgent(unit, evidence) ? 'default' : undefined
}

const isFastAgent = (unit: Unit, evidence: Evidence): boolean =>
  evidence.packages(unit).some(({ pack }) => pack.frameworks.includes('fast-agent'))

/** The functional interface of LangGraph: a function is the whole graph. */
const isEntrypoint = (decorator: Expr, unit: Unit, evidence: Evidence): boolean =>
  /^entrypoint(?:\(\))?$/.test(pathOf(decorator)) &&
  evidence.packageOf(unit, 'entrypoint')?.frameworks.includes('langgraph') === true

/** An agent that only a variable names, which many others may be called as well. */
interface Nameless {
  variable: string
  line: number
  unit: Unit
  via: string
  /** It counts where nothing else in the file is one. */
  last?: boolean
}

export function findAgents(evidence: Evidence) {
  const nameless: Nameless[] = []
  found(evidence, nameless)
  const named = new Set(evidence.collector.said('agents').map(({ file }) => file))
  const counted = nameless.filter(({ last, unit }) => !last || !named.has(unit.file))
  for (const { variable, line, unit, via } of counted) {
    const alone = counted.every((other) => other.variable !== variable || other.unit === unit)
    addAgent(alone ? variable : `${variable} (${unit.file})`, line, unit, evidence, via, 0.75)
  }
  for (const unit of evidence.project.units)
    if (unit.format === 'code' && evidence.anyAi() && !isDocumentation(unit.file)) ofFile(unit, evidence)
  madeOfPlain(evidence)
  mergeRegistered(evidence)
}

function found(evidence: Evidence, nameless: Nameless[]) {
  for (const unit of evidence.project.units) {
    if (isDocumentation(unit.file)) continue
    if (unit.format === 'json' || unit.format === 'yaml' || unit.format === 'toml')
      for (const { name, line, via } of declaredAgents(unit)) addAgent(name, line, unit, evidence, via)
    if (unit.format !== 'code' && unit.format !== 'notebook') continue
    const packages = evidence
      .packages(unit)
      .filter(({ pack }) => pack.provider !== undefined || pack.frameworks.some((one) => !NO_LIBRARY.test(one)))
    for (const statement of unit.statements) {
      const marks =
        statement.kind === 'function' && packages.length > 0
          ? statement.decorators.filter((one) => isMark(one, unit, evidence))
          : []
      if (statement.kind === 'function' && marks.length > 0) {
        for (const mark of marks)
          addAgent(
            namedByMark(mark, unit, statement.scope, evidence) ?? configuredAs(statement, unit) ?? statement.name,
            statement.line,
            unit,
            evidence,
            'decorator',
          )
      } else if (JVM.test(unit.language) && statement.kind === 'function' && packages.length > 0) {
        annotated(statement, unit, evidence)
      } else if (statement.kind === 'assign' && packages.length > 0) {
        visitMade(statement, unit, evidence, nameless)
      }
      if (statement.kind === 'do' && statement.returns && packages.length > 0)
        givenBack(statement, unit, evidence, nameless)
      if (statement.kind === 'class' && !(packages.length > 0 && subclass(statement, unit, evidence)))
        ofOwnBase(statement, unit, evidence)
      if (statement.kind === 'function' && packages.length > 0) loop(statement, unit, evidence)
    }
    if (!evidence.anyAi() && !/agent/i.test(unit.file)) continue
    visitUnit(
      unit,
      (expr, around) => {
        if (expr.kind === 'map') ofMap(expr, around, evidence)
        if (expr.kind !== 'call') return
        if (packages.length > 0) named(expr, around, evidence)
        if (packages.length > 0 && isMaker(expr, unit, evidence) !== undefined) return
        ofUnknownLibrary(expr, around, evidence)
        madeOfOwn(expr, around, evidence)
      },
      FIELDED,
    )
  }
}

function isMaker(call: Call, unit: Unit, evidence: Evidence): string | undefined {
  // `Agent[In, Out](…)`: what stands in brackets are its types.
  const callee = call.callee.kind === 'index' ? call.callee.of : call.callee
  const path = pathOf(callee).replace(/<.*$/, '')
  // The ADK of Go has a package for each kind: `llmagent.New(llmagent.Config{…})`.
  if (
    unit.language === 'go' &&
    /^(?:(?:llm|sequential|parallel|loop|workflow)agents?|deep|supervisor)\.New$/.test(path)
  )
    return evidence.packageOf(unit, path) ? 'NewAgent' : undefined
  // Of Rig, a client builds them: `client.agent("…").preamble("…").build()`.
  if (unit.language === 'rust' && /(?:^|\.)agent\(\)(?:\.\w+\(\))*\.build$/.test(path))
    return evidence.packages(unit).some(({ pack }) => pack.frameworks.includes('rig')) ? 'agentBuilder' : undefined
  const words = path.split('.')
  // LlamaIndex of TypeScript makes one by a function called just that.
  if (
    path === 'agent' &&
    unit.language !== 'python' &&
    evidence.packageOf(unit, 'agent')?.frameworks.includes('llama-index')
  )
    return 'Agent'
  const name = words.findLast((word) => MAKERS.test(word.replace(/\(\)$/, '')))?.replace(/\(\)$/, '')
  const last = lastName(callee)
  const [head = ''] = words
  if (
    name === undefined ||
    (name !== last && !/^(?:from_tools|from_llm|builder|build|new|from_agent_and_tools|create|CreateAsync)$/.test(last))
  )
    return undefined
  const pack = evidence.packageOf(unit, head)
  const only = OF_ONE.get(name)
  return pack && (only === undefined || pack.frameworks.includes(only)) ? name : undefined
}

/** Words that mean an agent in one library, and what runs agents in others. */
const OF_ONE: ReadonlyMap<string, string> = new Map([['AgentRunner', 'llama-index']])

/** What an assignment makes: an agent, or the graph that is one. */
function visitMade({ value, target, scope }: Assigned, unit: Unit, evidence: Evidence, nameless: Nameless[]) {
  const call =
    value.kind === 'call'
      ? value
      : value.kind === 'either'
        ? value.options.find((one) => one.kind === 'call')
        : undefined
  if (call?.kind !== 'call') return
  const made = isMaker(call, unit, evidence)
  const variable = target.slice(target.lastIndexOf('.') + 1)
  if (made !== undefined) {
    const said = nameOf(call, unit, scope, evidence)
    if (said !== undefined) return addAgent(said, call.line, unit, evidence, made)
    const handed = namesHanded(call, unit, scope, evidence)
    for (const name of handed) addAgent(name, call.line, unit, evidence, made, 0.85)
    if (handed.length > 0) return
    if (isRunBy(variable, scope, unit)) return
    // A supervisor is compiled as a graph is, and kept under the name that counts.
    const asGraph = /supervisor|swarm/i.test(made)
    const kept = !isGeneric(variable)
      ? variable
      : asGraph
        ? nameOfGraph(value, variable, unit, scope, evidence)
        : (ownerCalled(scope, unit, evidence) ?? registeredUnder(variable, unit, evidence) ?? madeBy(scope))
    const name = asGraph || GENERIC.test(made) ? kept : made
    if (name === undefined) nameless.push({ variable, line: call.line, unit, via: made })
    else addAgent(name, call.line, unit, evidence, made, 0.75)
    return
  }
  const first = beginning(call)
  if (first && GRAPHS.test(lastName(first.callee)) && evidence.packageOf(unit, pathOf(first.callee))) {
    // The graph of a class that is called an agent is that agent, unless it has a name of its own.
    const owner = isGeneric(variable) ? scope.split('.').find((word) => /(?:^|[a-z])Agent$/.test(word)) : undefined
    const name = owner ?? nameOfGraph(value, variable, unit, scope, evidence)
    addAgent(name, call.line, unit, evidence, 'StateGraph', 0.8)
  }
}

/** `class WebAgent: def build(self): return create_react_agent(…)`: the class around says the name, or the function. */
function givenBack({ value, scope }: Given, unit: Unit, evidence: Evidence, nameless: Nameless[]) {
  const made = value.kind === 'call' ? isMaker(value, unit, evidence) : undefined
  if (value.kind !== 'call' || made === undefined || nameOf(value, unit, scope, evidence) !== undefined) return
  if (namesHanded(value, unit, scope, evidence).length > 0) return
  // What is an agent by its mark is named by that.
  const around = evidence.project.index(unit).functions.get(scope)
  if (around?.decorators.some((one) => isMark(one, unit, evidence))) return
  const owner = ownerCalled(scope, unit, evidence) ?? (GENERIC.test(made) ? madeBy(scope) : undefined)
  if (owner !== undefined) addAgent(owner, value.line, unit, evidence, 'class', 0.75)
  else if (MAKES_AGENT.test(scope.slice(scope.lastIndexOf('.') + 1)))
    nameless.push({ variable: 'agent', line: value.line, unit, via: made, last: true })
}

/** The class around that is called an agent, or what that says its name is. */
function ownerCalled(scope: string, unit: Unit, evidence: Evidence): string | undefined {
  const owner = ownerOf(scope)
  return owner === undefined ? undefined : (member(owner, ['Name', 'NAME', 'agent_name'], unit, evidence) ?? owner)
}

type Assigned = Extract<Unit['statements'][number], { kind: 'assign' }>
type Given = Extract<Unit['statements'][number], { kind: 'do' }>

const GRAPHS = /^(?:StateGraph|MessageGraph)$/

/** Agents that are made without being kept under a name, and those that a service keeps. */
function named(expr: Call, { unit, scope }: Around, evidence: Evidence) {
  const path = pathOf(expr.callee)
  if (
    /(?:assistants\.create|agents\.create(?:_agent|_version)?|create_agent|createAgent|CreateAgent\w*|as_agent|asAgent|AsAgent)$/.test(
      path,
    ) &&
    path.includes('.')
  ) {
    const options = expr.args.find((argument) => argument.kind === 'map')
    const name = evidence.resolver.first(
      field(expr, 'name', 'agent_name') ?? field(options, 'name', 'agentName'),
      unit,
      scope,
    )
    if (name !== undefined) addAgent(name, expr.line, unit, evidence, 'hosted')
    return
  }
  if (unit.language === 'csharp') ofChatAsked(expr, unit, scope, evidence)
  if (JVM.test(unit.language)) {
    ofService(expr, unit, evidence)
    ofChatClient(expr, unit, scope, evidence)
  }
  if (JVM.test(unit.language) && /^AgentCard[.\w()]*\.name$/.test(path)) {
    const card = evidence.resolver.first(expr.args[0], unit, scope)
    if (card !== undefined) addAgent(card, expr.line, unit, evidence, 'AgentCard')
    return
  }
  for (const [name, line] of subagents(expr, unit, scope, evidence)) addAgent(name, line, unit, evidence, 'subagent')
  // A class of the project that holds what an agent is: its name, and how it speaks or what it may use.
  if (/Agent(?:Config|Definition|Spec|Profile)$/.test(lastName(expr.callee)) && field(expr, ...ABILITIES)) {
    const name = evidence.resolver.first(field(expr, 'name'), unit, scope)
    if (name !== undefined) addAgent(name, expr.line, unit, evidence, 'configuration', 0.75)
    return
  }
  // Of Eino, those whom a host hands work to say in their own record who they are.
  if (unit.language === 'go' && /(?:^|\.)AgentMeta$/.test(path) && evidence.packageOf(unit, path)) {
    const name = evidence.resolver.first(field(expr, 'Name'), unit, scope)
    if (name !== undefined) addAgent(name, expr.line, unit, evidence, 'AgentMeta')
    return
  }
  const made = isMaker(expr, unit, evidence)
  // Of the JVM, `@Agent("…")` says what it does; the method is its name.
  if (made === undefined || (JVM.test(unit.language) && made === 'Agent')) return
  const name = nameOf(expr, unit, scope, evidence)
  const names = name === undefined ? namesHanded(expr, unit, scope, evidence) : [name]
  for (const one of names) addAgent(one, expr.line, unit, evidence, made)
}

/** `agents={"reviewer": AgentDefinition(…)}` of Claude, `subagents=[{"name": "reviewer", …}]` of Deep Agents. */
function subagents(call: Call, unit: Unit, scope: string, evidence: Evidence): [string, number][] {
  const frameworks = new Set(evidence.packages(unit).flatMap(({ pack }) => pack.frameworks))
  const options = call.args.find((argument) => argument.kind === 'map')
  if (frameworks.has('deepagents')) {
    const given = field(call, 'subagents') ?? field(options, 'subagents')
    const all = given ? meanings(given, unit, scope, evidence) : []
    return all.flatMap(({ expr, ...at }) =>
      (expr.kind === 'list' ? expr.items : []).flatMap((item) => {
        const { expr: held, ...within } = evidence.resolver.meaning(item, at.unit, at.scope)
        const name = evidence.resolver.first(field(held, 'name'), within.unit, within.scope)
        return name === undefined || !field(held, 'description') ? [] : [[name, held.line] as [string, number]]
      }),
    )
  }
  if (!frameworks.has('claude-agent-sdk')) return []
  const agents = field(call, 'agents') ?? field(options, 'agents') ?? field(field(options, 'options'), 'agents')
  return (agents?.kind === 'map' ? agents.entries : []).flatMap(([key, value]) =>
    key.kind === 'text' && field(value, 'prompt') ? [[key.value, key.line] as [string, number]] : [],
  )
}

type Class = Extract<Unit['statements'][number], { kind: 'class' }>
type Fn = Extract<Unit['statements'][number], { kind: 'function' }>

/** What runs an agent for others to call is not the agent; its card names that. */
function isAgentOfLibrary(path: string, unit: Unit, evidence: Evidence): boolean {
  const pack = MAKERS.test(lastOf(path)) ? evidence.packageOf(unit, path) : undefined
  return pack !== undefined && pack.name !== 'a2a-sdk'
}

/** `Desk(name="front-desk")`, where only a class above that one is of a library: the class itself says no name. */
function madeOfOwn(call: Call, { unit, scope }: Around, evidence: Evidence) {
  const given = field(call, 'name')
  const word = lastName(call.callee)
  const own = given && /^[A-Z]/.test(word) ? evidence.project.classNamed(word, unit) : undefined
  if (!own || own.held.bases.some((base) => isAgentOfLibrary(pathOf(base), own.unit, evidence))) return
  const above = classesAbove(own.held, own.unit, evidence)
  if (!above.some(({ path, unit: at }) => isAgentOfLibrary(path, at, evidence))) return
  const name = evidence.resolver.first(given, unit, scope)
  if (name !== undefined) addAgent(name, call.line, unit, evidence, 'class', 0.8)
}

/** Whether that is an agent. */
function subclass(one: Class, unit: Unit, evidence: Evidence): boolean {
  const isAgent = (via: string, confidence?: number) => {
    addAgent(one.name, one.line, unit, evidence, via, confidence)
    return true
  }
  // What others below it are is no agent yet.
  const abstract = one.bases.some((base) => lastName(base) === 'ABC') || /^(?:Base|Abstract)/.test(one.name)
  if (one.bases.some((base) => isAgentOfLibrary(pathOf(base), unit, evidence)))
    return (!abstract || !hasChildren(one, evidence)) && isAgent('class')
  const annotation = JVM.test(unit.language) ? one.decorators.find(isAnnotation) : undefined
  if (annotation && evidence.packageOf(unit, 'Agent')) {
    const said = evidence.resolver.first(field(annotation, 'name'), unit, one.scope)
    addAgent(said ?? one.name, one.line, unit, evidence, 'annotation')
    return true
  }
  if (
    one.name.endsWith('Agent') &&
    one.decorators.some((each) => /^(?:RegisterAiService|AiService)(?:\(\))?$/.test(pathOf(each)))
  )
    return isAgent('annotation', 0.8)
  if (
    !CALLED_AGENT.test(one.name) ||
    one.bases.some((base) => /Model|Enum|TypedDict|State|Error|Exception|Protocol|Config/.test(lastName(base)))
  )
    return false
  if (callsWithin(unit, one.line, one.end).some((call) => ASKS.test(call))) return isAgent('own-loop', 0.75)
  // A module of DSPy, or whatever else a library about models has to be made from; it must say by name that it is from there.
  const heads = new Set(one.bases.map((base) => pathOf(base).split(/[.(]/)[0]))
  const made = evidence
    .packages(unit)
    .some(
      ({ pack, names }) =>
        names.some(({ as }) => heads.has(as)) && pack.frameworks.some((framework) => !NO_LIBRARY.test(framework)),
    )
  return made && !(abstract && hasChildren(one, evidence)) && isAgent('class', 0.7)
}

const IN_LOOP = /(?:^|\/)(?:\w+_)?(?:agent_?)?loop\.\w+$/i

/** A function that asks a model with tools again and again, and is named for it, or its file is. */
function loop(fn: Fn, unit: Unit, evidence: Evidence) {
  const called = /agent|loop/i.test(fn.name) || (fn.scope === '' && IN_LOOP.test(unit.file) && !isTest(unit.file))
  if (
    !called ||
    /^(?:create|build|make|get|init|new|setup|test)_?/i.test(fn.name) ||
    fn.scope.split('.').some((part) => part.endsWith('Agent'))
  )
    return
  let asks = false
  let hands = false
  visitUnit(
    unit,
    (expr) => {
      if ((expr.kind !== 'call' && expr.kind !== 'map') || expr.line < fn.line || expr.line > fn.end) return
      // What it asks with may be put together before.
      hands ||= field(expr, 'tools') !== undefined
      asks ||= expr.kind === 'call' && ASKS.test(pathOf(expr.callee))
    },
    FIELDED,
  )
  if (asks && hands) addAgent(fn.name, fn.line, unit, evidence, 'own-loop', 0.7)
}
