// Markup that a program puts together itself, without a template that would escape what is set into it.
import { children, type Expr, pathOf, type Unit } from '../syntax/expr.ts'
import { localsOf } from './flow.ts'

const TAG =
  /<(?:a|article|b|blockquote|body|br|code|dd|div|em|h[1-6]|html|i|label|li|main|ol|p|pre|section|span|strong|table|td|textarea|tr|ul)(?:\s[^<]*)?>/i
const MOST_DEPTH = 6
/** Python answers with what the function gives back. */
const ROUTE = /(?:^|\.)(?:route|get|post|page)$/

/** Whether a tag stands in it, or in what a name of it was given in the same place. */
export function isMarkup(expr: Expr, unit: Unit, scope: string, depth = 0): boolean {
  if (depth > MOST_DEPTH) return false
  if (expr.kind === 'text') return TAG.test(expr.value)
  if (children(expr).some((one) => isMarkup(one, unit, scope, depth + 1))) return true
  if (expr.kind !== 'name' || depth > 2) return false
  return unit.statements.some(
    (one) =>
      one.kind === 'assign' &&
      one.target === expr.name &&
      one.scope === scope &&
      one.value.kind !== 'name' &&
      isMarkup(one.value, unit, scope, depth + 2),
  )
}

/** What the functions of a server give back as a page. */
export function* returnedPages(unit: Unit): Iterable<{ value: Expr; scope: string; line: number }> {
  if (unit.language !== 'python') return
  const routes = new Set(
    unit.statements.flatMap((one) =>
      one.kind === 'function' && one.decorators.some((held) => ROUTE.test(pathOf(held).replace(/\(\)$/, '')))
        ? [one.name]
        : [],
    ),
  )
  if (routes.size === 0) return
  const locals = localsOf(unit)
  for (const one of unit.statements) {
    if (one.kind !== 'do' || one.returns !== true || one.value.kind === 'call') continue
    const around = locals.findLast(({ line, to }) => line <= one.line && one.line <= to)
    if (around && routes.has(around.name) && isMarkup(one.value, unit, one.scope)) yield one
  }
}
