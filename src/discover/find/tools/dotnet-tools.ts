// Tools that .NET makes of methods: of one that is handed over, or of each that somebody described.
import { isTest } from '../../classify.ts'
import { type Expr, field, lastName, textField, type Unit } from '../../syntax/expr.ts'
import { callsWithin } from '../calls.ts'
import type { Evidence } from '../evidence.ts'
import { addTool, isName } from './tool-words.ts'
import { firstText } from './decorated-tools.ts'

/** `typeof(T).GetMethods().Select(m => AIFunctionFactory.Create(m, instance))`: of every method that somebody described. */
export const isReflected = (call: Extract<Expr, { kind: 'call' }>, unit: Unit): boolean =>
  unit.statements.some(
    (one) =>
      one.kind === 'function' &&
      one.line <= call.line &&
      call.line <= one.end &&
      callsWithin(unit, one.line, one.end).some((path) => /(?:^|\.)GetMethods$/.test(path)),
  )

export function describedMethods(evidence: Evidence) {
  if (DESCRIBED.has(evidence)) return
  DESCRIBED.add(evidence)
  for (const unit of evidence.project.units)
    for (const fn of unit.language === 'csharp' && !isTest(unit.file) ? unit.statements : []) {
      const told = fn.kind === 'function' ? fn.decorators.find((one) => lastName(one) === 'Description') : undefined
      if (fn.kind === 'function' && told)
        addTool(fn.name.replace(/Async$/, ''), firstText(told) ?? '', unit, fn, evidence, 0.8)
    }
}

/** Once is enough, however many calls make tools so. */
const DESCRIBED = new WeakSet<Evidence>()

/** .NET makes a tool of a method; its name is the method's, unless another is said. */
export function madeOf(call: Extract<Expr, { kind: 'call' }>, unit: Unit, scope: string, evidence: Evidence) {
  const [first, second] = call.args
  const said = evidence.resolver.first(
    field(call, 'name', 'functionName') ?? field(second, 'Name') ?? second,
    unit,
    scope,
  )
  const name =
    said ?? (first?.kind === 'name' || first?.kind === 'member' ? lastName(first).replace(/Async$/, '') : undefined)
  if (isName(name)) addTool(name, textField(call, 'description') ?? '', unit, call, evidence, 0.85)
}
