// Agents of .NET that are no class and no library's: a chat client that is told who it is and given tools.
import { type Call, field, pathOf, type Unit } from '../syntax/expr.ts'
import { addAgent } from './agent-words.ts'
import type { Evidence } from './evidence.ts'
import { homeOf } from './project-names.ts'
import { visitUnit } from './visit.ts'

const ASKS_CLIENT = /(?:^|\.)Get(?:Streaming)?ResponseAsync$/

/** `client.GetResponseAsync(messages, options)`: called like the class around, or the project where a program is no more. */
export function ofChatAsked(call: Call, unit: Unit, scope: string, evidence: Evidence) {
  const [, given] = call.args
  if (!given || !ASKS_CLIENT.test(pathOf(call.callee))) return
  const { expr: options } = evidence.resolver.meaning(given, unit, scope)
  if (!field(options, 'Tools') || !isToldWho(unit, scope)) return
  const [owner = ''] = scope.split('.')
  const { classes } = evidence.project.index(unit)
  const name = classes.has(owner) && owner !== 'Program' ? owner : homeOf(unit.file, evidence).name
  addAgent(name, call.line, unit, evidence, 'ChatClient', 0.6)
}

/** `new ChatMessage(ChatRole.System, "You are …")`, where the client is asked. */
function isToldWho(unit: Unit, scope: string): boolean {
  let told = false
  visitUnit(
    unit,
    (expr, around) => {
      told ||= expr.kind === 'call' && around.scope === scope && pathOf(expr.args[0]) === 'ChatRole.System'
    },
    CALLS,
  )
  return told
}

const CALLS: ReadonlySet<'call'> = new Set(['call'])
