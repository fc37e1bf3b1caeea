// Whether a condition can be decided at all: known facts, values that the fact can have, the right form for its type.
import type { Catalog } from '../catalog.ts'
import type { Condition, Expression } from '../expression.ts'
import type { Report } from './check.ts'

export function checkExpression(catalog: Catalog, expression: Expression, path: string, report: Report): void {
  if ('always' in expression) return
  if ('not' in expression) return checkExpression(catalog, expression.not, `${path}.not`, report)
  for (const key of ['all', 'any'] as const) {
    const parts: readonly Expression[] = key in expression ? (expression as Record<typeof key, Expression[]>)[key] : []
    for (const [i, part] of parts.entries()) checkExpression(catalog, part, `${path}.${key}[${i}]`, report)
  }
  if ('fact' in expression) checkCondition(catalog, expression, path, report)
}

function checkCondition(catalog: Catalog, condition: Condition, path: string, report: Report): void {
  const fact = catalog.factsById.get(condition.fact)
  if (!fact) return report(path, `unknown fact "${condition.fact}"`)
  const type = 'is' in condition ? 'bool' : 'in' in condition ? 'enum' : 'set'
  if (fact.type !== type) return report(path, `"${fact.id}" is ${fact.type}, the condition is for ${type}`)
  const asked = 'in' in condition ? condition.in : 'has' in condition ? [condition.has] : []
  for (const value of asked) {
    if (!fact.values?.includes(value)) report(path, `"${fact.id}" is never "${value}"`)
  }
}

/** Values that facts are taken to have: implications and ways of deployment. */
export function checkFactValues(
  catalog: Catalog,
  values: Readonly<Record<string, boolean | string>>,
  path: string,
  report: Report,
): void {
  for (const [id, value] of Object.entries(values)) {
    const fact = catalog.factsById.get(id)
    if (!fact) report(path, `unknown fact "${id}"`)
    else if (typeof value === 'boolean' ? fact.type !== 'bool' : !fact.values?.includes(value)) {
      report(path, `"${id}" cannot be ${JSON.stringify(value)}`)
    }
  }
}
