// Agents of .NET that are no class and no library's: a chat client that is told who it is and given tools.
import { type Call, field, pathOf, type Unit } from '../../syntax/expr.ts'
import { addAgent } from './agent-words.ts'
import type { Evidence } from '../evidence.ts'
import { homeOf } from '../project-names.ts'
import { CALLS, visitUnit } from '../visit.ts'

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
const isToldWho = (unit: Unit, scope: string): boolean => scopesTold(unit).has(scope)

/** One look at a file, however often it asks. */
const TOLD = new WeakMap<Unit, ReadonlySet<string>>()

function scopesTold(unit: Unit): ReadonlySet<string> {
  const known = TOLD.get(unit)
  if (known) return known
  const scopes = new Set<string>()
  TOLD.set(unit, scopes)
  visitUnit(
    unit,
    (expr, { scope }) => {
      if (expr.kind === 'call' && pathOf(expr.args[0]) === 'ChatRole.System') scopes.add(scope)
    },
    CALLS,
  )
  return scopes
}
