// The members of an enumeration that a loop goes through: what a turn is given is one of them, by its name or by its value.
import { type Expr, lastName, pathOf, type Unit } from '../syntax/expr.ts'
import type { Project } from './project.ts'

interface Member {
  name: string
  value: Expr
}

/** None where it is no enumeration, or not one of the project. */
export function membersOf(of: Expr, unit: Unit, project: Project): Member[] {
  if (unit.language !== 'python' || (of.kind !== 'name' && of.kind !== 'member')) return []
  const called = pathOf(of)
  const from = project.index(unit).imports.get(called)
  const name = from?.name ?? called
  for (const home of from ? project.unitsOf(unit, from.module) : [unit]) {
    const enumerated = home.statements.some(
      (one) => one.kind === 'class' && one.name === name && one.bases.some((base) => lastName(base).endsWith('Enum')),
    )
    if (!enumerated) continue
    return home.statements.flatMap((one) =>
      one.kind === 'assign' && one.scope === name && /^\w+$/.test(one.target)
        ? [{ name: one.target, value: one.value }]
        : [],
    )
  }
  return []
}

/** What a loop goes through, where an expression is its turn: `for one in Names`. */
export const throughLoop = (value: Expr): Expr | undefined =>
  value.kind === 'index' && value.key.kind === 'other' && value.key.parts.length === 0 ? value.of : undefined
