// Which names of a function hold what a model said: from the call that asks it, through assignments. Within one function
// only, so that what is said is seldom wrong.
import { isTest } from '../classify.ts'
import type { Evidence } from '../find/evidence.ts'
import { tellingIn } from '../find/visit.ts'
import { children, type Expr, pathOf, type Unit } from '../syntax/expr.ts'
import type { Hit } from './define.ts'
import { hit } from './look.ts'

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
  evidence: Evidence,
  sinks: { call: RegExp; assigned?: RegExp; sure?: (call: Extract<Expr, { kind: 'call' }>) => boolean },
): Iterable<Hit> {
  for (const unit of evidence.project.units) {
    if (isTest(unit.file) || (unit.format !== 'code' && unit.format !== 'notebook') || !evidence.usesAi(unit)) continue
    // Few files have a place where it could end up; only those are followed.
    let said: ReturnType<typeof modelWords> | undefined
    for (const [expr, { scope }] of tellingIn(unit)) {
      if (expr.kind !== 'call' || !(sinks.call.test(pathOf(expr.callee)) || sinks.sure?.(expr) === true)) continue
      const [first]: (Expr | undefined)[] = expr.args
      said ??= modelWords(unit)
      if (first && said(first, scope)) yield hit(unit, expr.line, pathOf(expr.callee))
    }
    for (const statement of unit.statements) {
      if (statement.kind !== 'assign' || sinks.assigned?.test(statement.target) !== true) continue
      said ??= modelWords(unit)
      if (said(statement.value, statement.scope)) yield hit(unit, statement.line, statement.target)
    }
  }
}
