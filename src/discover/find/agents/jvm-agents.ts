// Agents of LangChain4j: an interface that a library fills. What is annotated says its name; what is built is called like
// the interface.
import { type Call, type Expr, field, lastName, pathOf, type Unit } from '../../syntax/expr.ts'
import { addAgent } from './agent-words.ts'
import type { Evidence } from '../evidence.ts'
import { beginning } from './graphs.ts'
import type { FunctionStatement } from '../project.ts'

export const JVM = /^(?:java|kotlin)$/

const ANNOTATIONS =
  /^(?:Agent|SequenceAgent|ParallelAgent|ParallelMapperAgent|LoopAgent|ConditionalAgent|SupervisorAgent|PlannerAgent|A2AClientAgent)(?:\(\))?$/
const BOXES = /^(?:ToolBox|McpToolBox)(?:\(\))?$/

export const isAnnotation = (one: Expr): boolean => ANNOTATIONS.test(pathOf(one))

/** An interface is an agent through the annotation of its method, whose name says less. */
export function annotated(fn: FunctionStatement, unit: Unit, evidence: Evidence) {
  const owner = fn.scope.slice(fn.scope.lastIndexOf('.') + 1)
  const boxed = fn.decorators.some((one) => BOXES.test(pathOf(one)))
  if (unit.format === 'code' && fn.decorators.some(isAnnotation))
    addAgent(nameByMark(fn, unit, evidence), fn.line, unit, evidence, 'annotation')
  else if (boxed && owner !== '') addAgent(owner, fn.line, unit, evidence, 'annotation', 0.8)
}

function nameByMark(fn: FunctionStatement, unit: Unit, evidence: Evidence): string {
  const owner = fn.scope.slice(fn.scope.lastIndexOf('.') + 1)
  const said = evidence.resolver.first(field(fn.decorators.find(isAnnotation), 'name'), unit, fn.scope)
  return said ?? (marked(fn.scope, unit).length === 1 && owner !== '' ? owner : fn.name)
}

const marked = (scope: string, { statements }: Unit): FunctionStatement[] =>
  statements.flatMap((one) =>
    one.kind === 'function' && one.scope === scope && one.decorators.some(isAnnotation) ? [one] : [],
  )

const BUILDERS = /^(?:agent|supervisor)Builder$/

/** `AgenticServices.agentBuilder(Reader.class)`: called like the interface, or as that says itself. */
export function builtFor(call: Call, unit: Unit, evidence: Evidence): string | undefined {
  const first = beginning(call)
  const name = first && BUILDERS.test(lastName(first.callee)) ? classGiven(first) : undefined
  const own = name === undefined ? undefined : evidence.project.classNamed(name, unit)
  const [mark] = own ? marked(own.held.name, own.unit) : []
  return own && mark ? nameByMark(mark, own.unit, evidence) : name
}

/** `Reader.class`, and `Reader::class.java` of Kotlin. */
function classGiven({ args: [given] }: Call): string | undefined {
  const held = given?.kind === 'other' ? given.parts[0] : given
  const path = held?.kind === 'name' || held?.kind === 'member' ? pathOf(held).replace(/\.class(?:\.java)?$/, '') : ''
  const name = path.slice(path.lastIndexOf('.') + 1)
  return /^[A-Z]\w*[a-z]/.test(name) ? name : undefined
}

const CHAT_CLIENT = /^(?=.*\.defaultSystem\(\))(?=.*\.default(?:Tools|ToolCallbacks|ToolNames|Functions)\(\)).*\.build$/

/**
 * A chat client of Spring that is told who it is and given tools, once and for all, decides which of them to use. Its
 * name is that of the bean, or of the class that keeps it.
 */
export function ofChatClient(call: Call, unit: Unit, scope: string, evidence: Evidence) {
  if (!CHAT_CLIENT.test(pathOf(call.callee))) return
  const [owner = '', method = ''] = scope.split('.').slice(-2)
  const fn = evidence.project.index(unit).functions.get(scope)
  const bean = fn?.decorators.some((one) => lastName(one) === 'Bean') && !/^chatClient(?:Builder)?$/.test(method)
  const name = bean ? method : owner
  if (name !== '') addAgent(name, call.line, unit, evidence, 'ChatClient', 0.6)
}

/** `AiServices.builder(Desk.class).tools(…).build()`: who is given tools decides; who is called an agent is one. */
export function ofService(call: Call, unit: Unit, evidence: Evidence) {
  const path = pathOf(call.callee)
  if (!/(?:^|\.)AiServices\.builder\(\)[\w.()]*\.build$|(?:^|\.)AiServices\.create$/.test(path)) return
  const name = classGiven(beginning(call) ?? call)
  if (name !== undefined && (name.endsWith('Agent') || /\.tool(?:s|Provider)\(\)/.test(path)))
    addAgent(name, call.line, unit, evidence, 'AiServices', 0.85)
}
