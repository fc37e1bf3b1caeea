// The classes above a class, as far as the project says them: `FindTool` is a `DatabaseTool`, which is a `ToolBase`.
import { type Expr, pathOf, type Unit } from '../syntax/expr.ts'
import type { Evidence } from './evidence.ts'
import type { ClassStatement } from './project.ts'

interface Above {
  /** As the class below writes it, without its types. */
  path: string
  /** Where that is written. */
  unit: Unit
  /** The class itself, where it is one of the project. */
  held?: { unit: Unit; held: ClassStatement }
}

const MOST_ABOVE = 40

/** `Base[int]`, `Base<X>(…)`: what stands in brackets is no part of the name. */
export const pathOfBase = (base: Expr): string =>
  pathOf(base.kind === 'call' ? base.callee : base).replace(/[[<(].*$/s, '')

export const lastOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1)

export function classesAbove(one: ClassStatement, unit: Unit, evidence: Evidence): Above[] {
  const found: Above[] = []
  const waiting: { held: ClassStatement; unit: Unit }[] = [{ held: one, unit }]
  const seen = new Set([one])
  for (let next = waiting.shift(); next && found.length < MOST_ABOVE; next = waiting.shift()) {
    for (const base of next.held.bases) {
      const path = pathOfBase(base)
      const held = evidence.project.classNamed(lastOf(path), next.unit)
      found.push({ path, unit: next.unit, ...(held === undefined || held.held === next.held ? {} : { held }) })
      if (held && !seen.has(held.held)) {
        seen.add(held.held)
        waiting.push(held)
      }
    }
  }
  return found
}

/** The classes right below it, by name. */
export const childrenOf = (one: ClassStatement, evidence: Evidence): { unit: Unit; held: ClassStatement }[] =>
  evidence.project.units.flatMap((unit) =>
    unit.statements.flatMap((held) =>
      held.kind === 'class' && held !== one && held.bases.some((base) => lastOf(pathOfBase(base)) === one.name)
        ? [{ unit, held }]
        : [],
    ),
  )

export const hasChildren = (one: ClassStatement, evidence: Evidence): boolean => childrenOf(one, evidence).length > 0
