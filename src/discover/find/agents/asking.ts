// Whether a class or a function of the project asks a model: itself, or through others of the project that it makes or
// calls. Invariant: it ends: each is looked at once, and what is in question while it is being answered does not ask.
import { ASKS, ASKS_OWN } from './agent-words.ts'
import { callsWithin } from '../calls.ts'
import { classesAbove } from '../class-line.ts'
import { partsOf } from './parts.ts'
import type { Evidence } from '../evidence.ts'
import type { ClassStatement, FunctionStatement } from '../project.ts'
import type { Unit } from '../../syntax/expr.ts'

type Own = ClassStatement | FunctionStatement

const DEPTH = 8
const answers = new WeakMap<Evidence, Map<Own, boolean>>()

export function asksModel(one: Own, unit: Unit, evidence: Evidence, depth = 0): boolean {
  const known = answers.get(evidence) ?? new Map<Own, boolean>()
  answers.set(evidence, known)
  const before = known.get(one)
  if (before !== undefined || depth > DEPTH) return before === true
  known.set(one, false)
  const methods = one.kind === 'class' ? methodsOf(one, unit, evidence) : []
  const calls = [
    ...callsWithin(unit, one.line, one.end),
    ...methods.flatMap(({ at, fn }) => callsWithin(at, fn.line, fn.end)),
  ]
  const asks =
    calls.some((call) => ASKS.test(call) || ASKS_OWN.test(call)) ||
    partsOf(evidence).asks(one.name, unit) ||
    calls.some((call) => OWN.test(call) && askedBy(call.replace(/\..*$/, ''), unit, evidence, depth)) ||
    (one.kind === 'class' &&
      classesAbove(one, unit, evidence).some(
        ({ held }) => held && asksModel(held.held, held.unit, evidence, depth + 1),
      ))
  known.set(one, asks)
  return asks
}

/** Of Go, methods stand outside of their type, in any file of the package. */
function methodsOf(one: ClassStatement, unit: Unit, evidence: Evidence): { at: Unit; fn: FunctionStatement }[] {
  if (unit.language !== 'go') return []
  return [unit, ...evidence.project.siblings(unit)].flatMap((at) =>
    at.statements.flatMap((fn) => (fn.kind === 'function' && fn.scope === one.name ? [{ at, fn }] : [])),
  )
}

/** A name alone, or what a class is asked for: `Engine.of(model)`. */
const OWN = /^(?:\w+|[A-Z]\w*\.\w+)$/

/** `Worker()`, `plan()`: a class or a function of the project, by its name. */
function askedBy(name: string, unit: Unit, evidence: Evidence, depth: number): boolean {
  if (/^[A-Z]/.test(name)) {
    const made = evidence.project.classNamed(name, unit)
    return made !== undefined && asksModel(made.held, made.unit, evidence, depth + 1)
  }
  const imported = evidence.project.index(unit).imports.get(name)
  const homes = imported ? evidence.project.unitsOf(unit, imported.module) : [unit]
  return homes.some((home) => {
    const fn = evidence.project.index(home).functions.get(imported?.name ?? name)
    return fn !== undefined && asksModel(fn, home, evidence, depth + 1)
  })
}
