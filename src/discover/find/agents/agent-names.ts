// What an agent is called: it says so itself, or settings do, or the class, the function or the variable around it.
import { type Call, type Expr, field, lastName, type Unit } from '../../syntax/expr.ts'
import type { Evidence } from '../evidence.ts'
import { textsMeant } from '../meanings.ts'
import { isGeneric } from './graphs.ts'
import { builtFor } from './jvm-agents.ts'
import type { FunctionStatement as Fn } from '../project.ts'

/** `Agent(config=self.agents_config["researcher"])`: the settings name it, and the function only makes it. */
export function configuredAs(fn: Fn, unit: Unit): string | undefined {
  for (const statement of unit.statements) {
    if (statement.kind !== 'do' || statement.line < fn.line || statement.line > fn.end) continue
    const config = field(statement.value, 'config')
    if (config?.kind === 'index' && config.key.kind === 'text') return config.key.value
  }
  return undefined
}

export function nameOf(call: Call, unit: Unit, scope: string, evidence: Evidence): string | undefined {
  // Of Go, the settings are a struct that is handed over.
  const options = call.args
    .map((argument) => evidence.resolver.meaning(argument, unit, scope).expr)
    .find((argument) => argument.kind === 'map' || (argument.kind === 'call' && field(argument, 'Name') !== undefined))
  const given =
    field(call, 'name', 'agent_name', 'supervisor_name', 'Name') ??
    field(options, 'name', 'Name') ??
    toldToBuilder(call) ??
    field(options, 'id') ??
    field(call, 'id') ??
    field(field(call, 'agentConfig', 'agent_config', 'config'), 'name', 'id')
  const said = evidence.resolver.first(given, unit, scope)
  if (said !== undefined) return said
  const built = builtFor(call, unit, evidence)
  if (built !== undefined) return built
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

/** `Agent.builder().model("…").name("desk").build()`: what a builder was told before it builds. */
function toldToBuilder(call: Call): Expr | undefined {
  if (!/^build$/i.test(lastName(call.callee))) return undefined
  for (
    let at: Expr | undefined = call;
    at;
    at = at.kind === 'call' ? at.callee : at.kind === 'member' ? at.of : undefined
  )
    if (at.kind === 'call' && /^(?:with_?)?(?:agent_?)?name$/i.test(lastName(at.callee))) return at.args[0]
  return undefined
}

const MOST_NAMES = 12

/** `Agent(name=f"{topic}_reader")` in a function: each name that those who call it make of it. */
export function namesHanded(call: Call, unit: Unit, scope: string, evidence: Evidence): string[] {
  const options = call.args.find((argument) => argument.kind === 'map')
  const given = field(call, 'name', 'agent_name', 'Name') ?? field(options, 'name', 'Name')
  return scope === '' ? [] : textsMeant(given, unit, scope, evidence).slice(0, MOST_NAMES)
}

/** `executor = AgentExecutor(agent=agent)`: what runs an agent is kept in its place. */
export const isRunBy = (variable: string, scope: string, { statements }: Unit): boolean =>
  statements.some((one) => {
    if (one.kind !== 'assign' || one.scope !== scope || one.value.kind !== 'call') return false
    const given = lastName(one.value.callee) === 'AgentExecutor' ? field(one.value, 'agent') : undefined
    return given?.kind === 'name' && given.name === variable
  })

/** The class around that is called an agent: what it makes is what it is. */
export const ownerOf = (scope: string): string | undefined =>
  scope.split('.').find((word) => /[a-z]Agent$/.test(word) && !MAKES_AGENT.test(word))

/** `def build_agent()`, `AIAgent CreateAgent()`: of what it makes, no more is said. */
export const MAKES_AGENT = /^_*(?:create|make|build|get|init(?:ialize)?|setup|new)_?agent$/i

/** `def create_sales_agent(): …`: the function says what it makes. */
export function madeBy(scope: string): string | undefined {
  const fn = scope.slice(scope.lastIndexOf('.') + 1)
  const [, made] = /^_*(?:create|make|build|get|init(?:ialize)?|setup|new)(?:_|(?=[A-Z]))([A-Za-z]\w*)$/.exec(fn) ?? []
  return made === undefined || isGeneric(made) ? undefined : made
}
