// Tools that are told by their shape alone: a class that says its name, what it does and what it takes, whether itself or
// by a class of the project above it. No library is needed for that, so many projects have a base of their own.
import { type Expr, lastName, pathOf, type Unit } from '../syntax/expr.ts'
import type { Evidence } from './evidence.ts'
import type { ClassStatement } from './project.ts'
import { addTool, isName } from './tool-words.ts'

const CALLED = /tool|function|action|skill|plugin|capabilit/i
const TAKES =
  /^(?:(?:input|params?|parameters?|args|arguments|tool|function)_?)?(?:schema|parameters|definition)$|^params$/i
const NAMES = ['name', 'tool_name', 'toolName', 'getName', 'get_name']
const DESCRIPTIONS = ['description', 'tool_description', 'toolDescription', 'getDescription', 'get_description']

export function shaped(one: ClassStatement, unit: Unit, evidence: Evidence) {
  const [base] = one.bases
  if (!CALLED.test(`${one.name} ${pathOf(base)}`) || !base) return
  const scope = scopeOf(one)
  const name = saidBy(NAMES, scope, unit, evidence)
  const description = saidBy(DESCRIPTIONS, scope, unit, evidence)
  if (!isName(name) || /\s/.test(name) || description === undefined) return
  if (takes(scope, unit, evidence) || above(base, unit, evidence)) addTool(name, description, unit, one, evidence, 0.85)
}

const scopeOf = ({ scope, name }: ClassStatement) => (scope === '' ? name : `${scope}.${name}`)

/** A member that is a text, or a method that comes to one. */
function saidBy(names: readonly string[], scope: string, unit: Unit, evidence: Evidence): string | undefined {
  const { bindings, functions } = evidence.project.index(unit)
  for (const name of names) {
    const path = `${scope}.${name}`
    const held = bindings.get(path)?.[0]?.value
    const given = unit.statements.find((it) => it.kind === 'do' && it.returns === true && it.scope === path)
    const text = evidence.resolver.first(held ?? (given?.kind === 'do' ? given.value : undefined), unit, scope)
    const doc = unit.language === 'ruby' ? functions.get(path)?.doc : undefined
    if (text !== undefined || doc !== undefined) return text ?? doc
  }
  return undefined
}

const takes = (scope: string, unit: Unit, evidence: Evidence): boolean => {
  const { bindings, functions } = evidence.project.index(unit)
  return [...bindings.keys(), ...functions.keys()].some(
    (path) => path.startsWith(`${scope}.`) && TAKES.test(path.slice(scope.length + 1)),
  )
}

/** A class of the project that has a place for what is taken. */
function above(base: Expr, unit: Unit, evidence: Evidence): boolean {
  return evidence.project.units.some(
    (other) =>
      other.language === unit.language &&
      other.statements.some(
        (two) =>
          two.kind === 'class' &&
          (two.name === pathOf(base) || two.name.split('.').at(-1) === lastName(base)) &&
          takes(scopeOf(two), other, evidence),
      ),
  )
}
