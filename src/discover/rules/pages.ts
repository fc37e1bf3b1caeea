// Markup that a program puts together itself, without a template that would escape what is set into it.
import { children, type Expr, pathOf, type Unit } from '../syntax/expr.ts'
import { localsOf } from './flow.ts'

const TAG =
  /<(?:a|article|b|blockquote|body|br|code|dd|div|em|h[1-6]|html|i|label|li|main|ol|p|pre|section|span|strong|table|td|textarea|tr|ul)(?:\s[^<]*)?>/i
const MOST_DEPTH = 6
/** Python answers with what the function gives back. */
const ROUTE = /(?:^|\.)(?:route|get|post|page)$/

const namesOf = new WeakMap<Unit, ReadonlySet<string>>()
const keyOf = (scope: string, name: string) => `${scope}\n${name}`

/** Names that are given markup, each with where it stands. */
function markupNames(unit: Unit): ReadonlySet<string> {
  const known = namesOf.get(unit)
  if (known) return known
  const none = new Set<string>()
  const found = new Set(
    unit.statements.flatMap((one) =>
      one.kind === 'assign' && isIn(one.value, one.scope, none, 0) ? [keyOf(one.scope, one.target)] : [],
    ),
  )
  namesOf.set(unit, found)
  return found
}

/** Whether a tag stands in it, or in what a name of it was given in the same place. */
export const isMarkup = (expr: Expr, unit: Unit, scope: string): boolean => isIn(expr, scope, markupNames(unit), 0)

function isIn(expr: Expr, scope: string, names: ReadonlySet<string>, depth: number): boolean {
  if (depth > MOST_DEPTH) return false
  if (expr.kind === 'text') return TAG.test(expr.value)
  if (expr.kind === 'name') return names.has(keyOf(scope, expr.name))
  return children(expr).some((one) => isIn(one, scope, names, depth + 1))
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
    if (!isMarkup(one.value, unit, one.scope)) continue
    const around = locals.findLast(({ line, to }) => line <= one.line && one.line <= to)
    if (around && routes.has(around.name)) yield one
  }
}
