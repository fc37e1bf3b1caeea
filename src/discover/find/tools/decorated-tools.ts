// Tools that a decorator or an annotation makes of a function.
import { type Expr, field, lastName, pathOf, textField, type Unit } from '../../syntax/expr.ts'
import type { Evidence } from '../evidence.ts'
import type { FunctionStatement } from '../project.ts'
import { prefixesOf } from '../mcp/mounted.ts'
import { addTool, DECORATOR, isName } from './tool-words.ts'

export function decorated(fn: FunctionStatement, unit: Unit, evidence: Evidence) {
  // A function that Spring is told to keep, with a description, is there for a model.
  const [bean, told] = ['Bean', 'Description'].map((name) => fn.decorators.find((one) => lastName(one) === name))
  if (bean && told && unit.language !== 'csharp') addTool(fn.name, firstText(told) ?? '', unit, fn, evidence, 0.8)
  for (const decorator of fn.decorators) {
    const path = pathOf(decorator).replace(/\(\)$/, '')
    if (
      !(DECORATOR.test(path) || isOwnDecorator(path, unit, evidence)) ||
      (path === 'P' && unit.language !== 'php') ||
      (/^Tool$/.test(path) && unit.language === 'python')
    )
      continue
    const [first] = decorator.kind === 'call' ? decorator.args : []
    const given = field(decorator, 'name', 'Name', 'name_override', 'customName') ?? field(first, 'name')
    const named = evidence.resolver.first(
      given ?? (namesFirst(path, unit, evidence) ? first : undefined),
      unit,
      fn.scope,
    )
    const description =
      textField(decorator, 'description', 'value', 'Description') ??
      textField(first, 'description') ??
      fn.doc ??
      firstText(decorator) ??
      ''
    const snake = unit.language === 'csharp' ? fn.name.replace(/Async$/, '') : fn.name
    const name = isName(named) && (!/\s/.test(named) || saysName(decorator, unit, evidence)) ? named : snake
    for (const prefix of prefixesOfMark(decorator, unit, fn.scope, evidence))
      addTool(prefix === '' ? name : `${prefix}_${name}`, description, unit, fn, evidence)
  }
}

/** `@desk.tool`, where the server desk stands in another one. */
function prefixesOfMark(decorator: Expr, unit: Unit, scope: string, evidence: Evidence): string[] {
  const mark = decorator.kind === 'call' ? decorator.callee : decorator
  return unit.language === 'python' && mark.kind === 'member' ? prefixesOf(mark.of, unit, scope, evidence) : ['']
}

/** These say something more about what is a tool already. */
const ABOUT =
  /^(?:with|requires?|needs|check|validate|log|trace|wrap|time|retry|cache|count|track|audit|guard|safe|on|for)_/

/** `@desk_tool(…)`: a function of the project that makes tools of others. */
function isOwnDecorator(path: string, unit: Unit, evidence: Evidence): boolean {
  if (unit.language !== 'python' || !/^[a-z]\w*_tool$/.test(path) || ABOUT.test(path) || !evidence.anyAi()) return false
  const { imports, functions } = evidence.project.index(unit)
  const imported = imports.get(path)
  return imported ? evidence.project.isLocal(unit, imported.module, [imported.name]) : functions.has(path)
}

/** What stands in front is the name; in Java and LangChain4j it is the description. */
const namesFirst = (mark: string, unit: Unit, evidence: Evidence): boolean =>
  unit.language === 'python' ||
  unit.language === 'csharp' ||
  (unit.language === 'php' && /(?:^|\.)McpTool$/.test(mark)) ||
  evidence.packages(unit).some(({ pack }) => pack.frameworks.includes('koog'))

/** With most decorators words are a description; these take the name first, as people would say it. */
const saysName = (decorator: Expr, unit: Unit, evidence: Evidence): boolean =>
  pathOf(decorator).replace(/\(\)$/, '') === 'tool' &&
  evidence
    .packages(unit)
    .some(({ pack, names }) => /crewai|langchain/.test(pack.name) && names.some(({ as }) => as === 'tool'))

export const firstText = (expr: Expr): string | undefined => {
  const [first] = expr.kind === 'call' ? expr.args : []
  return first?.kind === 'text' ? first.value : undefined
}
