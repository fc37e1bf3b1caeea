// Agents of libraries by the variable, the function or the class that keeps them, where they say no name themselves.
import { type Call, lastName, pathOf, type Unit } from '../../syntax/expr.ts'
import { isRunBy, madeBy, MAKES_AGENT, nameOf, namesHanded, ownerOf } from './agent-names.ts'
import { addAgent } from './agent-words.ts'
import { member } from '../class-members.ts'
import type { Evidence } from '../evidence.ts'
import { beginning, isGeneric, nameOfGraph, registeredUnder } from './graphs.ts'
import { isMark } from './marked-agents.ts'
import { isMaker } from './agent-makers.ts'
import { isPlainName } from './plain-names.ts'
import type { Around } from '../visit.ts'

const GENERIC =
  /^(?:Agent|LlmAgent|create_\w+|createReactAgent|createAgent|AgentExecutor|initialize_agent|createDeepAgent|New\w*Agent|ToolLoopAgent|BaseAgent|ChatAgent|CodeAgent|ToolCallingAgent|agentBuilder|AIAgent|CreateAIAgent|AsAIAgent|AtomicAgent|DurableAgent|ChatCompletionAgent|supervisorBuilder)$/

/** An agent that only a variable names, which many others may be called as well. */
export interface Nameless {
  variable: string
  line: number
  unit: Unit
  via: string
  /** It counts where nothing else in the file is one. */
  last?: boolean
}

/** What an assignment makes: an agent, or the graph that is one. */
export function visitMade({ value, target, scope }: Assigned, unit: Unit, evidence: Evidence, nameless: Nameless[]) {
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
export function givenBack({ value, scope }: Given, unit: Unit, evidence: Evidence, nameless: Nameless[]) {
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

const ASKED_AT_ONCE =
  /^(?:a?invoke|a?run|run_?sync|run_?async|a?stream|stream_?events|kickoff|a?call|a?query|a?chat|generate)$/i

/** `create_react_agent(…).invoke(…)`: kept nowhere, it is called like the function around. */
export function askedAtOnce(call: Call, { unit, scope }: Around, evidence: Evidence, nameless: Nameless[]) {
  const made = call.callee.kind === 'member' && ASKED_AT_ONCE.test(call.callee.name) ? call.callee.of : undefined
  const via = made?.kind === 'call' ? isMaker(made, unit, evidence) : undefined
  if (made?.kind !== 'call' || via === undefined || nameOf(made, unit, scope, evidence) !== undefined) return
  if (namesHanded(made, unit, scope, evidence).length > 0) return
  const fn = scope.slice(scope.lastIndexOf('.') + 1)
  const name = ownerCalled(scope, unit, evidence) ?? madeBy(scope) ?? (isPlainName(fn) ? undefined : fn)
  if (name === undefined) nameless.push({ variable: 'agent', line: made.line, unit, via, last: true })
  else addAgent(name, made.line, unit, evidence, via, 0.75)
}

/** The class around that is called an agent, or what that says its name is. */
function ownerCalled(scope: string, unit: Unit, evidence: Evidence): string | undefined {
  const owner = ownerOf(scope)
  return owner === undefined ? undefined : (member(owner, ['Name', 'NAME', 'agent_name'], unit, evidence) ?? owner)
}

type Assigned = Extract<Unit['statements'][number], { kind: 'assign' }>

type Given = Extract<Unit['statements'][number], { kind: 'do' }>

const GRAPHS = /^(?:StateGraph|MessageGraph)$/
