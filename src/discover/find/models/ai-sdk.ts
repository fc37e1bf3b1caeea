// The AI SDK makes a function of each provider, which is called with the name of a model: `openai('acme-2')`.
import { type Call, lastName, pathOf, type Unit } from '../../syntax/expr.ts'
import type { Evidence } from '../evidence.ts'

export function asksProvider(call: Call, unit: Unit, scope: string, evidence: Evidence): boolean {
  if (call.callee.kind !== 'name' || call.args[0]?.kind !== 'text') return false
  const imported = evidence.project.index(unit).imports.get(call.callee.name)
  if (imported) return /^@ai-sdk\/|(?:^|-)ai-provider$/.test(imported.module)
  const { expr: made } = evidence.resolver.meaning(call.callee, unit, scope)
  if (made.kind !== 'call' || !/^create[A-Z]/.test(lastName(made.callee))) return false
  const pack = evidence.packageOf(unit, pathOf(made.callee))
  return pack !== undefined && (pack.provider ?? pack.adapts) !== undefined
}
