// Agents that say their name where they are made: to a library, to a service that keeps them, or to another agent.
import { type Call, field, lastName, pathOf, type Unit } from '../../syntax/expr.ts'
import { nameOf, namesHanded } from './agent-names.ts'
import { ABILITIES, addAgent } from './agent-words.ts'
import { ofChatAsked } from './dotnet-agents.ts'
import { JVM, ofChatClient, ofService } from './jvm-agents.ts'
import type { Evidence } from '../evidence.ts'
import { meanings } from '../meanings.ts'
import type { Around } from '../visit.ts'
import { isMaker } from './agent-makers.ts'

/** Agents that are made without being kept under a name, and those that a service keeps. */
export function named(expr: Call, { unit, scope }: Around, evidence: Evidence) {
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
