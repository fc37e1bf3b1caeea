// Agents: what decides for itself which tool to use next. A class called Agent is one only where it comes from a library
// about AI, or asks a model itself.
import { isDocumentation } from '../classify.ts'
import { type Expr, field, lastName, pathOf, type Unit } from '../syntax/expr.ts'
import { callsWithin } from './calls.ts'
import { declaredAgents } from './declared-agents.ts'
import type { Evidence } from './evidence.ts'
import { beginning, isGeneric, mergeRegistered, nameOfGraph } from './graphs.ts'
import { modelName } from './names.ts'
import { type Around, visitUnit } from './visit.ts'

const MAKERS =
  /^(?:Agent|LlmAgent|SequentialAgent|ParallelAgent|LoopAgent|ReActAgent|ReactAgent|FunctionAgent|FunctionCallingAgent|OpenAIAgent|OpenAIAssistantAgent|AssistantAgent|ConversableAgent|UserProxyAgent|GroupChatManager|CodeAgent|ToolCallingAgent|MultiStepAgent|ToolLoopAgent|ChatCompletionAgent|OpenAIResponsesAgent|AzureAIAgent|AgentWorkflow|AgentExecutor|RealtimeAgent|VoiceAgent|VoicePipelineAgent|ChatAgent|BedrockAgent|RoutedAgent|SandboxAgent|BrowserAgent|StructuredChatAgent|ZeroShotAgent|AgentRunner|create_react_agent|createReactAgent|create_agent|createAgent|create_tool_calling_agent|create_openai_functions_agent|create_openai_tools_agent|create_deep_agent|createDeepAgent|create_supervisor|createSupervisor|create_swarm|initialize_agent|create_sql_agent|create_pandas_dataframe_agent|create_csv_agent|create_structured_chat_agent|create_conversational_retrieval_agent|BaseAgent|MultiModalReActAgent|SelectorGroupChat|RoundRobinGroupChat|MagenticOneGroupChat|NewAgent|NewChatModelAgent|NewSequentialAgent|NewParallelAgent|NewLoopAgent|NewDeepAgent|NewSupervisorAgent|AIAgent|CreateAIAgent|AsAIAgent|agentBuilder|define_deep_agent|defineDeepAgent|multiAgent|createSwarm|createHandoffAgent|AgentCard|Team)$/
const GENERIC =
  /^(?:Agent|LlmAgent|create_\w+|createReactAgent|createAgent|AgentExecutor|initialize_agent|createDeepAgent|New\w*Agent|ToolLoopAgent|BaseAgent|ChatAgent|CodeAgent|ToolCallingAgent|agentBuilder|AIAgent|CreateAIAgent|AsAIAgent)$/
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

export function findAgents(evidence: Evidence) {
  found(evidence)
  mergeRegistered(evidence)
}

function found(evidence: Evidence) {
  for (const unit of evidence.project.units) {
    if (isDocumentation(unit.file)) continue
    if (unit.format === 'json' || unit.format === 'yaml' || unit.format === 'toml')
      for (const { name, line, via } of declaredAgents(unit)) add(name, line, unit, evidence, via)
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
          add(
            namedByMark(mark, unit, statement.scope, evidence) ?? configuredAs(statement, unit) ?? statement.name,
            statement.line,
            unit,
            evidence,
            'decorator',
          )
      } else if (JVM.test(unit.language) && statement.kind === 'function' && packages.length > 0) {
        annotated(statement, unit, evidence)
      } else if (statement.kind === 'assign' && packages.length > 0) {
        visitMade(statement.value, statement.target, unit, statement.scope, evidence)
      }
      if (statement.kind === 'do' && statement.returns && packages.length > 0) givenBack(statement, unit, evidence)
      if (statement.kind === 'class' && packages.length > 0) subclass(statement, unit, evidence)
      else if (statement.kind === 'class') ofOwnBase(statement, unit, evidence)
      if (statement.kind === 'function' && packages.length > 0) loop(statement, unit, evidence)
    }
    if (packages.length > 0) visitUnit(unit, (expr, around) => nameless(expr, around, evidence))
    else if (evidence.usesAi(unit) || /agent/i.test(unit.file))
      visitUnit(unit, (expr, around) => ofUnknownLibrary(expr, around, evidence))
  }
}

const ANNOTATIONS =
  /^(?:Agent|SequenceAgent|ParallelAgent|ParallelMapperAgent|LoopAgent|ConditionalAgent|SupervisorAgent|PlannerAgent|A2AClientAgent)(?:\(\))?$/
const BOXES = /^(?:ToolBox|McpToolBox)(?:\(\))?$/

/** Of LangChain4j, an interface is an agent through the annotation of its method, whose name says less. */
function annotated(fn: Fn, unit: Unit, evidence: Evidence) {
  const owner = fn.scope.slice(fn.scope.lastIndexOf('.') + 1)
  const methods = unit.statements.filter(
    (one) => one.kind === 'function' && one.scope === fn.scope && one.decorators.some(isAnnotation),
  )
  const annotation = fn.decorators.find(isAnnotation)
  const boxed = fn.decorators.some((one) => BOXES.test(pathOf(one)))
  const said = evidence.resolver.first(field(annotation, 'name'), unit, fn.scope)
  if (annotation && unit.format === 'code')
    add(said ?? (methods.length === 1 && owner !== '' ? owner : fn.name), fn.line, unit, evidence, 'annotation')
  else if (boxed && owner !== '') add(owner, fn.line, unit, evidence, 'annotation', 0.8)
}

const isAnnotation = (one: Expr): boolean => ANNOTATIONS.test(pathOf(one))

function add(
  name: string,
  line: number,
  unit: Unit,
  evidence: Evidence,
  via: string,
  confidence = 0.9,
  attributes: Record<string, string | boolean | undefined> = {},
) {
  if (!/^[\p{L}_][\p{L}\p{N}_ .:/()&-]{1,120}$/u.test(name)) return
  evidence.collector.add('agents', name.trim(), {
    file: unit.file,
    line,
    confidence,
    attributes: { via, ...attributes },
  })
}

function isMaker(call: Extract<Expr, { kind: 'call' }>, unit: Unit, evidence: Evidence): string | undefined {
  const path = pathOf(call.callee).replace(/<.*$/, '')
  // The ADK of Go has a package for each kind: `llmagent.New(llmagent.Config{…})`.
  if (unit.language === 'go' && /^(?:llm|sequential|parallel|loop|workflow)agents?\.New$/.test(path))
    return evidence.packageOf(unit, path) ? 'NewAgent' : undefined
  const words = path.split('.')
  // LlamaIndex of TypeScript makes one by a function called just that.
  if (
    path === 'agent' &&
    unit.language !== 'python' &&
    evidence.packageOf(unit, 'agent')?.frameworks.includes('llama-index')
  )
    return 'Agent'
  const name = words.findLast((word) => MAKERS.test(word.replace(/\(\)$/, '')))?.replace(/\(\)$/, '')
  const last = lastName(call.callee)
  if (
    name === undefined ||
    (name !== last && !/^(?:from_tools|from_llm|builder|build|new|from_agent_and_tools|create|CreateAsync)$/.test(last))
  )
    return undefined
  const [head = ''] = words
  if (unit.language === 'go' || unit.language === 'csharp' || unit.language === 'java' || unit.language === 'kotlin')
    return evidence.packageOf(unit, head) ? name : undefined
  return evidence.packageOf(unit, head) ? name : undefined
}

const JVM = /^(?:java|kotlin)$/

/** `Agent(config=self.agents_config["researcher"])`: the settings name it, and the function only makes it. */
function configuredAs(fn: Fn, unit: Unit): string | undefined {
  for (const statement of unit.statements) {
    if (statement.kind !== 'do' || statement.line < fn.line || statement.line > fn.end) continue
    const config = field(statement.value, 'config')
    if (config?.kind === 'index' && config.key.kind === 'text') return config.key.value
  }
  return undefined
}

function nameOf(
  call: Extract<Expr, { kind: 'call' }>,
  unit: Unit,
  scope: string,
  evidence: Evidence,
): string | undefined {
  // Of Go, the settings are a struct that is handed over.
  const options = call.args
    .map((argument) => evidence.resolver.meaning(argument, unit, scope).expr)
    .find((argument) => argument.kind === 'map' || (argument.kind === 'call' && field(argument, 'Name') !== undefined))
  const given =
    field(call, 'name', 'agent_name', 'supervisor_name', 'Name') ??
    field(options, 'name', 'Name') ??
    field(options, 'id')
  const said = evidence.resolver.first(given, unit, scope)
  if (said !== undefined) return said
  const role = evidence.resolver.first(field(call, 'role') ?? field(options, 'role'), unit, scope)
  if (role !== undefined && role.trim().length <= 60 && !/^you\b/i.test(role.trim())) return role.trim()
  const [first] = call.args
  return first?.kind === 'text' &&
    /^(?:AssistantAgent|ConversableAgent|UserProxyAgent|GroupChatManager|CodeAgent|Agent)$/.test(
      lastName(call.callee),
    ) &&
    /^[\w -]{2,60}$/.test(first.value)
    ? first.value
    : undefined
}

/** What an assignment makes: an agent, or the graph that is one. */
function visitMade(value: Expr, target: string, unit: Unit, scope: string, evidence: Evidence) {
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
    // A supervisor is compiled as a graph is, and kept under the name that counts.
    const kept = /supervisor|swarm/i.test(made) && isGeneric(variable)
    add(
      said ??
        (kept
          ? nameOfGraph(value, variable, unit, scope, evidence)
          : GENERIC.test(made)
            ? ((isGeneric(variable) ? ownerOf(scope) : undefined) ?? variable)
            : made),
      call.line,
      unit,
      evidence,
      made,
      said === undefined ? 0.75 : 0.9,
    )
    return
  }
  const first = beginning(call)
  if (first && GRAPHS.test(lastName(first.callee)) && evidence.packageOf(unit, pathOf(first.callee)))
    add(nameOfGraph(value, variable, unit, scope, evidence), call.line, unit, evidence, 'StateGraph', 0.8)
}

/** The class around that is called an agent: what it makes is what it is. */
const ownerOf = (scope: string): string | undefined => scope.split('.').find((word) => /[a-z]Agent$/.test(word))

/** `class WebAgent: def build(self): return create_react_agent(…)`: the class around says the name. */
function givenBack({ value, scope }: Given, unit: Unit, evidence: Evidence) {
  if (value.kind !== 'call' || isMaker(value, unit, evidence) === undefined) return
  const owner = scope.split('.').find((part) => /[a-z]Agent$/.test(part))
  if (owner !== undefined && nameOf(value, unit, scope, evidence) === undefined)
    add(owner, value.line, unit, evidence, 'class', 0.75)
}

type Given = Extract<Unit['statements'][number], { kind: 'do' }>

const GRAPHS = /^(?:StateGraph|MessageGraph)$/

/** Agents that are made without being kept under a name, and those that a service keeps. */
function nameless(expr: Expr, { unit, scope }: Around, evidence: Evidence) {
  if (expr.kind !== 'call') return
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
    if (name !== undefined) add(name, expr.line, unit, evidence, 'hosted')
    return
  }
  if (JVM.test(unit.language) && /^AgentCard[.\w()]*\.name$/.test(path)) {
    const card = evidence.resolver.first(expr.args[0], unit, scope)
    if (card !== undefined) add(card, expr.line, unit, evidence, 'AgentCard')
    return
  }
  for (const [name, line] of subagents(expr, unit, evidence)) add(name, line, unit, evidence, 'subagent')
  // A class of the project that holds what an agent is: its name, and how it speaks or what it may use.
  if (/Agent(?:Config|Definition|Spec|Profile)$/.test(lastName(expr.callee)) && field(expr, ...ABILITIES)) {
    const name = evidence.resolver.first(field(expr, 'name'), unit, scope)
    if (name !== undefined) add(name, expr.line, unit, evidence, 'configuration', 0.75)
    return
  }
  const made = isMaker(expr, unit, evidence)
  // Of the JVM, `@Agent("…")` says what it does; the method is its name.
  if (made === undefined || (JVM.test(unit.language) && made === 'Agent')) return
  const name = nameOf(expr, unit, scope, evidence)
  if (name !== undefined) add(name, expr.line, unit, evidence, made)
}

/** `agents={"reviewer": AgentDefinition(…)}`, which Claude's agent may hand work to. */
function subagents(call: Extract<Expr, { kind: 'call' }>, unit: Unit, evidence: Evidence): [string, number][] {
  if (!evidence.packages(unit).some(({ pack }) => pack.frameworks.includes('claude-agent-sdk'))) return []
  const options = call.args.find((argument) => argument.kind === 'map')
  const agents = field(call, 'agents') ?? field(options, 'agents') ?? field(field(options, 'options'), 'agents')
  return (agents?.kind === 'map' ? agents.entries : []).flatMap(([key, value]) =>
    key.kind === 'text' && field(value, 'prompt') ? [[key.value, key.line] as [string, number]] : [],
  )
}

/** A library that nobody here knows, whose call can mean nothing else: a name, a model and what it may do or how it speaks. */
function ofUnknownLibrary(expr: Expr, { unit, scope }: Around, evidence: Evidence) {
  if (expr.kind !== 'call' || !/agent$/i.test(lastName(expr.callee))) return
  const options = expr.args.find((argument) => argument.kind === 'map')
  const name = evidence.resolver.first(field(expr, 'name') ?? field(options, 'name'), unit, scope)
  const given = field(expr, 'model', 'llm') ?? field(options, 'model', 'llm')
  const knows = evidence.resolver.texts(given, unit, scope).some(({ text }) => modelName(text) !== undefined)
  const does = field(expr, ...ABILITIES) ?? field(options, ...ABILITIES)
  if (name !== undefined && knows && does) add(name, expr.line, unit, evidence, lastName(expr.callee), 0.75)
}

const ABILITIES = ['tools', 'instructions', 'system_prompt', 'systemPrompt', 'prompt', 'system', 'instruction']

type Class = Extract<Unit['statements'][number], { kind: 'class' }>
type Fn = Extract<Unit['statements'][number], { kind: 'function' }>

const ASKS =
  /(?:messages|completions|responses|chat|converse|generateContent|generate_content|models)(?:\.with_(?:raw|streaming)_response)?\.(?:create|stream|parse|generate_content|generateContent|send|tool_runner)$|(?:^|\.)(?:generateText|streamText|acompletion|completion|ainvoke|generate_content|converse|stream_text|a?(?:stream_)?chat_with_tools|a?predict_and_call)$/

function subclass(one: Class, unit: Unit, evidence: Evidence) {
  const made = (base: Expr) => (MAKERS.test(lastName(base)) ? evidence.packageOf(unit, pathOf(base)) : undefined)
  // What runs an agent for others to call is not the agent; its card names that.
  if (one.bases.some((base) => (made(base)?.name ?? 'a2a-sdk') !== 'a2a-sdk'))
    return add(one.name, one.line, unit, evidence, 'class')
  if (
    one.name.endsWith('Agent') &&
    one.decorators.some((each) => /^(?:RegisterAiService|AiService)(?:\(\))?$/.test(pathOf(each)))
  )
    return add(one.name, one.line, unit, evidence, 'annotation', 0.8)
  if (
    !one.name.endsWith('Agent') ||
    one.bases.some((base) => /Model|Enum|TypedDict|State|Error|Exception|Protocol|Config/.test(lastName(base)))
  )
    return
  const calls = callsWithin(unit, one.line, one.end)
  if (calls.some((call) => ASKS.test(call))) add(one.name, one.line, unit, evidence, 'own-loop', 0.75)
}

/** `class BuyerAgent(LLMAgent)`, whose base is a class of the project that asks a model. */
function ofOwnBase(one: Class, unit: Unit, evidence: Evidence) {
  const [base] = one.bases
  const name = lastName(base)
  if (!one.name.endsWith('Agent') || !name.endsWith('Agent') || !evidence.anyAi()) return
  const imported = evidence.project.index(unit).imports.get(name)
  const homes = imported ? evidence.project.unitsOf(unit, imported.module) : [unit]
  for (const home of homes) {
    const held = evidence.project.index(home).classes.get(name)
    if (!held) continue
    const own = name === 'Agent' ? [] : callsWithin(home, held.line, held.end)
    if (![...own, ...callsWithin(unit, one.line, one.end)].some((call) => ASKS.test(call) || ASKS_OWN.test(call)))
      continue
    return add(one.name, one.line, unit, evidence, 'class', 0.75)
  }
}

/** A client of the project's own around a model. */
const ASKS_OWN = /(?:^|[._])(?:llm|model|chat_model)(?:_client)?\.(?:complete|chat|generate|ask|invoke|predict|run)$/i

/** A function that asks a model with tools again and again, and is named for it. */
function loop(fn: Fn, unit: Unit, evidence: Evidence) {
  if (
    !/agent|loop/i.test(fn.name) ||
    /^(?:create|build|make|get|init|new|setup|test)_?/i.test(fn.name) ||
    fn.scope.split('.').some((part) => part.endsWith('Agent'))
  )
    return
  let asks = false
  visitUnit(unit, (expr) => {
    if (asks || expr.kind !== 'call' || expr.line < fn.line || expr.line > fn.end) return
    const options = expr.args.find((argument) => argument.kind === 'map')
    asks = ASKS.test(pathOf(expr.callee)) && (field(expr, 'tools') ?? field(options, 'tools')) !== undefined
  })
  if (asks) add(fn.name, fn.line, unit, evidence, 'own-loop', 0.7)
}
