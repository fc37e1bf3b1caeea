// What a class says of itself: by a member, by what a method gives back, or by what its constructor hands up.
import { type Expr, field, pathOf, type Unit } from '../syntax/expr.ts'
import type { Evidence } from './evidence.ts'
import type { ClassStatement } from './project.ts'

export const scopeOf = (one: ClassStatement): string => (one.scope === '' ? one.name : `${one.scope}.${one.name}`)

/** A member of a class, a member that its constructor sets, or what a method of that name gives back. */
export function member(scope: string, names: readonly string[], unit: Unit, evidence: Evidence): string | undefined {
  const { bindings, functions } = evidence.project.index(unit)
  for (const name of names) {
    const held =
      bindings.get(`${scope}.${name}`)?.[0] ??
      bindings.get(`${scope}.__init__.${name}`)?.[0] ??
      bindings.get(`${scope}.constructor.${name}`)?.[0]
    const text = held ? evidence.resolver.first(held.value, unit, scope) : undefined
    if (text !== undefined) return text
    if (unit.language === 'ruby') {
      const said = evidence.resolver.first(saidByWord(scope, name, unit), unit, scope)
      if (said !== undefined) return said
    }
    const method = `${scope}.${name}`
    const [given] = functions.has(method) ? evidence.project.returned(unit, method) : []
    const back = evidence.resolver.first(given, unit, method)
    if (back !== undefined) return back
  }
  return undefined
}

/** `static METADATA = { name: 'find', … }`, wherever that map stands; a name that is put together counts as it is said. */
export function inMetadata(scope: string, unit: Unit, evidence: Evidence): string | undefined {
  const { bindings } = evidence.project.index(unit)
  for (const word of METADATA) {
    const held = bindings.get(`${scope}.${word}`)?.[0]
    if (!held) continue
    const { expr, ...at } = evidence.resolver.meaning(held.value, unit, scope)
    const given = field(expr, 'name')
    const name = evidence.resolver.first(given, at.unit, at.scope)
    if (name !== undefined) return name
    const [said] = given?.kind === 'call' ? given.args : []
    if (said?.kind === 'text') return said.value
  }
  return undefined
}

const METADATA = [
  'METADATA',
  'metadata',
  'DEFINITION',
  'definition',
  'toolDefinition',
  'tool_definition',
  'SPEC',
  'spec',
]

/** `tool_name "find"`: of Ruby, a class calls a word to say something of itself. */
function saidByWord(scope: string, word: string, unit: Unit): Expr | undefined {
  for (const one of unit.statements)
    if (one.kind === 'do' && one.scope === scope && one.value.kind === 'call' && pathOf(one.value.callee) === word)
      return one.value.args[0]
  return undefined
}

/** `super().__init__("list_files")`, `super({ name: "list_files" })` */
export function handedUp(scope: string, unit: Unit, evidence: Evidence): string | undefined {
  for (const statement of unit.statements) {
    if (statement.kind !== 'do' || statement.value.kind !== 'call' || !statement.scope.startsWith(`${scope}.`)) continue
    if (!/__init__$|__construct$|^super$|^base$/.test(pathOf(statement.value.callee))) continue
    const [first] = statement.value.args
    const given: Expr | undefined = field(statement.value, 'name') ?? field(first, 'name') ?? first
    const name = evidence.resolver.first(given, unit, statement.scope)
    if (name !== undefined && /^[\w.-]+$/.test(name)) return name
  }
  return undefined
}

/** Whether a class gives itself a member, whatever that is. */
export function hasMember(scope: string, names: readonly string[], unit: Unit, evidence: Evidence): boolean {
  const { bindings } = evidence.project.index(unit)
  return names.some((name) =>
    ['', '__init__.', 'constructor.', '__init__.self.', 'constructor.this.'].some((within) =>
      bindings.has(`${scope}.${within}${name}`),
    ),
  )
}
