// Which names of a function hold what a model said: from the call that asks it, through assignments. Within one function
// only, so that what is said is seldom wrong.
import { children, type Expr, pathOf, type Unit } from '../syntax/expr.ts'
import type { Hit } from './define.ts'
import { calls, hit } from './look.ts'

const ASKS =
  /(?:(?:messages|completions|responses|chat|converse|models|embeddings)\.(?:create|stream|parse|generate_content|generateContent)|generate_content|generateContent|generateText|streamText|generateObject|acompletion|(?:^|\.)completion|(?:llm|chain|agent|model|chat_model|chatModel|assistant|qa|crew|client)\.(?:invoke|ainvoke|predict|run|generate|complete|chat|call|kickoff|prompt))$/

const asks = (expr: Expr, depth = 0): boolean =>
  (expr.kind === 'call' && ASKS.test(pathOf(expr.callee))) ||
  (depth < 30 && children(expr).some((child) => asks(child, depth + 1)))

function mentions(expr: Expr, names: ReadonlySet<string>, depth = 0): boolean {
  if (expr.kind === 'name') return names.has(expr.name.split('.')[0] ?? '')
  if (expr.kind === 'text' || depth > 30) return false
  return children(expr).some((child) => mentions(child, names, depth + 1))
}

/** For each scope: whether an expression there holds words of a model. */
function modelWords(unit: Unit): (expr: Expr, scope: string) => boolean {
  const byScope = new Map<string, Set<string>>()
  for (const statement of unit.statements) {
    if (statement.kind !== 'assign') continue
    const names = byScope.get(statement.scope) ?? new Set<string>()
    if (asks(statement.value) || mentions(statement.value, names)) names.add(statement.target.split('.')[0] ?? '')
    byScope.set(statement.scope, names)
  }
  return (expr, scope) => asks(expr) || mentions(expr, byScope.get(scope) ?? new Set())
}

/** Where words of a model end up: as the first argument of a call, or in a member that is assigned. */
export function* modelOutputInto(
  unit: Unit,
  sinks: { call: RegExp; assigned?: RegExp; sure?: (call: Extract<Expr, { kind: 'call' }>) => boolean },
): Iterable<Hit> {
  if (unit.format !== 'code' && unit.format !== 'notebook') return
  // Few files have a place where it could end up; only those are followed.
  let said: ReturnType<typeof modelWords> | undefined
  for (const [call, { scope }] of calls(unit)) {
    if (!(sinks.call.test(pathOf(call.callee)) || sinks.sure?.(call) === true)) continue
    const [first]: (Expr | undefined)[] = call.args
    said ??= modelWords(unit)
    if (first && said(first, scope)) yield hit(unit, call.line, pathOf(call.callee))
  }
  if (!sinks.assigned) return
  for (const statement of unit.statements) {
    if (statement.kind !== 'assign' || !sinks.assigned.test(statement.target)) continue
    said ??= modelWords(unit)
    if (said(statement.value, statement.scope)) yield hit(unit, statement.line, statement.target)
  }
}
