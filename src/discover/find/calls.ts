// The calls between two lines of a file: what a function or a class does, without what it returns of it.
import { children, type Expr, pathOf, type Unit } from '../syntax/expr.ts'

export function callsWithin(unit: Unit, start: number, end: number): string[] {
  const found: string[] = []
  const take = (expr: Expr, depth: number) => {
    if (depth > 40 || found.length > 300) return
    if (expr.kind === 'call' && expr.line >= start && expr.line <= end) found.push(pathOf(expr.callee))
    for (const child of children(expr)) take(child, depth + 1)
  }
  for (const statement of unit.statements) {
    if ((statement.kind === 'do' || statement.kind === 'assign') && statement.line >= start && statement.line <= end)
      take(statement.value, 0)
  }
  return found
}
