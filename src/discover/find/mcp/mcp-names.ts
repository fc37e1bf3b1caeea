// What a server of the project is called: what it is made with says it, or its class, or what is kept beside it.
import { type Expr, field, lastName, pathOf, type Unit } from '../../syntax/expr.ts'
import type { Evidence } from '../evidence.ts'
import { meanings, textsMeant } from '../meanings.ts'
import type { ClassStatement } from '../project.ts'
import { visitUnit } from '../visit.ts'
import { member, scopeOf } from '../class-members.ts'

/** `protected string $name = 'Desk'`, `#[Name('Desk')]`: a server of Laravel that says its name itself. */
export function saidByClass(one: ClassStatement, unit: Unit, evidence: Evidence): string | undefined {
  if (unit.language !== 'php') return undefined
  const mark = one.decorators.find((decorator) => pathOf(decorator) === 'Name()')
  const given = mark?.kind === 'call' ? (field(mark, 'value') ?? mark.args[0]) : undefined
  return evidence.resolver.first(given, unit, one.scope) ?? member(scopeOf(one), ['name'], unit, evidence)
}

/** `options.ServerInfo = new() { Name = "Desk" }` */
export function sharpName(unit: Unit, evidence: Evidence): string | undefined {
  for (const one of unit.statements) {
    if (one.kind !== 'assign' || !/(?:^|\.)ServerInfo$/.test(one.target)) continue
    const name = evidence.resolver.first(field(one.value, 'Name'), unit, one.scope)
    if (name !== undefined) return name
  }
  return undefined
}

/** `server_info: Implementation { name: "desk".into(), … }` */
export function saidInRust(unit: Unit, evidence: Evidence): string | undefined {
  let name: string | undefined
  visitUnit(unit, (expr, { scope }) => {
    if (expr.kind === 'call' && lastName(expr.callee) === 'Implementation')
      name ??= evidence.resolver.first(field(expr, 'name'), unit, scope)
  })
  return name
}

const CONSTRUCTOR: ReadonlySet<string> = new Set(['.__init__', '.constructor'])

/** `class Notes(FastMCP)`: its name is what the constructor hands on. */
export function handedUp(owner: string, unit: Unit, evidence: Evidence): { name: string; line: number }[] {
  return unit.statements.flatMap((one) => {
    if (one.kind !== 'do' || one.value.kind !== 'call' || !CONSTRUCTOR.has(one.scope.slice(owner.length))) return []
    if (!one.scope.startsWith(owner) || !/(?:^|\.)__init__$|^super$/.test(pathOf(one.value.callee))) return []
    const [first] = one.value.args
    const name = evidence.resolver.first(field(one.value, 'name') ?? field(first, 'name') ?? first, unit, one.scope)
    return name === undefined ? [] : [{ name, line: one.line }]
  })
}

export function isParameter(given: Expr | undefined, unit: Unit, scope: string, evidence: Evidence): boolean {
  const [head = ''] = pathOf(given).split(/[.(]/)
  return (
    evidence.project
      .index(unit)
      .functions.get(scope)
      ?.params.some(({ name }) => name === head) === true
  )
}

const MOST_NAMES = 8

/** What a server is called by what it is given: a text, or something with a name in it, whoever hands it over. */
export function namesGiven(given: Expr | undefined, unit: Unit, scope: string, evidence: Evidence): string[] {
  if (!given) return []
  const said = given.kind === 'map' ? undefined : evidence.resolver.first(given, unit, scope)
  if (said !== undefined) return [said]
  const names = meanings(given, unit, scope, evidence).flatMap(({ expr, ...at }) => {
    // Made from an application, it is called like that.
    const inner = field(expr, 'name', 'Name', 'title') ?? implementation(expr)
    if (!inner) return expr === given ? [] : textsMeant(expr, at.unit, at.scope, evidence)
    const text = evidence.resolver.first(inner, at.unit, at.scope)
    return text === undefined ? textsMeant(inner, at.unit, at.scope, evidence) : [text]
  })
  return [...new Set(names)].slice(0, MOST_NAMES)
}

/** `Implementation::new("desk", …)`, `Implementation.builder("desk", …).build()`: the name comes first. */
export function implementation(expr: Expr): Expr | undefined {
  for (
    let at: Expr | undefined = expr;
    at;
    at = at.kind === 'call' ? at.callee : at.kind === 'member' ? at.of : undefined
  )
    if (at.kind === 'call' && at.args[0] && /Implementation(?:\.\w+)?$/.test(pathOf(at.callee))) return at.args[0]
  return undefined
}
