// All that an expression may stand for: what a name is bound to, and where a loop binds it, each member of what the loop
// goes through. Invariant: it ends: depth and number are bounded.
import { type Call, type Expr, field, lastName, type Unit } from '../syntax/expr.ts'
import type { Question } from './effort.ts'
import type { Evidence } from './evidence.ts'
import type { Binding } from './project.ts'
import { lastWord } from './models/mentions.ts'
import { CALLS, visitUnit } from './visit.ts'

export interface Meant {
  expr: Expr
  unit: Unit
  scope: string
}

const MOST_DEPTH = 12

interface Search {
  evidence: Evidence
  question: Question
}

/** Calls that hand over the members of what they are given, or of what they are called on. */
const MEMBERS = /^(?:values|list|tuple|sorted|flat|slice|filter|iter|toList|ToList|collect|Values)$/

/** `name.to_string()`: the same in another type. */
const SAME = /^(?:to_string|to_owned|into|clone|as_str|toString|strip|trim)$/

export function meanings(expr: Expr, unit: Unit, scope: string, evidence: Evidence): Meant[] {
  const found: Meant[] = []
  const question = evidence.project.effort.begin(unit)
  follow({ expr, unit, scope }, { evidence, question }, 0, found)
  evidence.project.effort.end(unit, question)
  return found
}

/** The texts among them. */
export function textsMeant(expr: Expr | undefined, unit: Unit, scope: string, evidence: Evidence): string[] {
  if (!expr) return []
  const texts = meanings(expr, unit, scope, evidence).flatMap(
    (one) => evidence.resolver.first(one.expr, one.unit, one.scope) ?? [],
  )
  return [...new Set(texts)]
}

function follow(one: Meant, search: Search, depth: number, found: Meant[]): void {
  if (!search.question.step() || depth > MOST_DEPTH) return
  const { expr, unit, scope } = one
  const on = (inner: Expr): void => follow({ ...one, expr: inner }, search, depth + 1, found)
  if (expr.kind === 'either') return expr.options.forEach((option) => option.kind !== 'compare' && on(option))
  if (expr.kind === 'index') return membersOf({ ...one, expr: expr.of }, expr.key, search, depth, found)
  if (expr.kind === 'name' || expr.kind === 'member') {
    const bindings = nearest(search.evidence.resolver.bindings(expr, unit, scope), expr.line)
    for (const binding of bindings) {
      follow({ expr: binding.value, unit: binding.unit, scope: binding.scope }, search, depth + 1, found)
      const items = expr.kind === 'name' ? addedTo(expr.name, binding.unit, binding.scope) : []
      if (items.length > 0)
        found.push({
          expr: { kind: 'list', items: [...items], line: expr.line },
          unit: binding.unit,
          scope: binding.scope,
        })
    }
    if (bindings.length > 0) return
    const handed = expr.kind === 'name' ? handedTo(expr.name, unit, scope, search.evidence) : []
    for (const given of handed) follow(given, search, depth + 1, found)
    if (handed.length > 0) return
    if (expr.kind === 'member') {
      const held = within({ ...one, expr: expr.of }, search, depth)
      const fields = held.flatMap((owner) => {
        const value = field(owner.expr, expr.name)
        return value ? [{ ...owner, expr: value }] : []
      })
      for (const value of fields) follow(value, search, depth + 1, found)
      if (fields.length > 0) return
    }
  }
  if (expr.kind === 'join' && search.evidence.resolver.first(expr, unit, scope) === undefined) {
    for (const value of written({ ...one, expr }, search, depth))
      found.push({ ...one, expr: { kind: 'text', value, line: expr.line } })
    return
  }
  if (expr.kind === 'call') {
    const name = lastName(expr.callee)
    const of = expr.callee.kind === 'member' && expr.args.length === 0 ? expr.callee.of : expr.args[0]
    if (name === 'keys' && of) {
      for (const { expr: held, ...at } of within({ ...one, expr: of }, search, depth))
        if (held.kind === 'map')
          for (const [key] of held.entries) follow({ ...at, expr: key }, search, depth + 1, found)
      return
    }
    if (MEMBERS.test(name)) {
      const inner = expr.callee.kind === 'member' && !/^[A-Z]\w*$/.test(lastName(expr.callee.of)) ? expr.callee.of : of
      if (inner) return on(inner)
    }
    if (expr.callee.kind === 'member' && expr.args.length === 0 && SAME.test(name)) return on(expr.callee.of)
    const returned = returnedBy(expr.callee, unit, scope, search.evidence)
    for (const value of returned) follow(value, search, depth + 1, found)
    if (returned.length > 0) return
  }
  found.push(one)
}

/** Functions without a name that stand beside each other share a scope: what is bound last before its use is meant. */
function nearest(bindings: readonly Binding[], line: number): readonly Binding[] {
  if (bindings.length < 2 || !bindings.every(({ scope }) => scope.endsWith('.'))) return bindings
  const last = bindings.findLast(({ value }) => value.line <= line)
  return last ? [last] : bindings
}

const MOST_TEXTS = 64

/** Each text that a text with gaps may be. */
function written(one: Meant & { expr: Extract<Expr, { kind: 'join' }> }, search: Search, depth: number): string[] {
  let texts = ['']
  for (const part of one.expr.parts) {
    const said = within({ ...one, expr: part }, search, depth).flatMap(
      ({ expr, ...at }) => search.evidence.resolver.first(expr, at.unit, at.scope) ?? [],
    )
    texts = texts.flatMap((before) => said.map((text) => before + text)).slice(0, MOST_TEXTS)
    if (!search.question.step(texts.reduce((sum, { length }) => sum + length, 0))) return []
  }
  return texts
}

function within(one: Meant, search: Search, depth: number): Meant[] {
  const found: Meant[] = []
  follow(one, search, depth + 1, found)
  return found
}

function membersOf(of: Meant, key: Expr, search: Search, depth: number, found: Meant[]) {
  for (const held of within(of, search, depth)) {
    const { expr } = held
    const take = (inner: Expr | undefined) => {
      if (inner) follow({ ...held, expr: inner }, search, depth + 1, found)
    }
    if (expr.kind === 'join')
      for (const part of expr.parts) membersOf({ ...held, expr: part }, key, search, depth + 1, found)
    else if (key.kind === 'text') take(field(expr, key.value))
    else if (key.kind === 'number') take(expr.kind === 'list' ? expr.items[key.value] : undefined)
    else if (expr.kind === 'map') for (const [, value] of expr.entries) take(value)
    else if (expr.kind === 'list') for (const item of expr.items) spread({ ...held, expr: item }, search, depth, found)
  }
}

/** `[...readers, write]`: the parser leaves no dots, so a list within a list of tools is taken apart. */
function spread(item: Meant, search: Search, depth: number, found: Meant[]) {
  if (item.expr.kind !== 'name' && item.expr.kind !== 'member' && item.expr.kind !== 'call')
    return follow(item, search, depth + 1, found)
  for (const held of within(item, search, depth)) {
    const { expr } = held
    if (expr.kind === 'list') for (const inner of expr.items) follow({ ...held, expr: inner }, search, depth + 1, found)
    else found.push(held)
  }
}

/** What a list is given later: `tools.append(Ignore)`, `tools.push(ignore)`. */
export const addedTo = (list: string, unit: Unit, scope: string): readonly Expr[] =>
  additionsIn(unit).get(`${scope} ${list}`) ?? []

const additions = new WeakMap<Unit, ReadonlyMap<string, readonly Expr[]>>()

function additionsIn(unit: Unit): ReadonlyMap<string, readonly Expr[]> {
  const known = additions.get(unit)
  if (known) return known
  const all = new Map<string, Expr[]>()
  additions.set(unit, all)
  for (const statement of unit.statements) {
    if (statement.kind !== 'do' || statement.value.kind !== 'call') continue
    const { callee, args } = statement.value
    const [first] = args
    if (callee.kind !== 'member' || callee.of.kind !== 'name' || !first) continue
    const added = /^(?:append|push)$/.test(callee.name)
      ? args
      : callee.name === 'extend' && first.kind === 'list'
        ? first.items
        : []
    const key = `${statement.scope} ${callee.of.name}`
    const held = all.get(key)
    if (held) for (const one of added) held.push(one)
    else if (added.length > 0) all.set(key, [...added])
  }
  return all
}

/** What a function of the project gives back. */
function returnedBy(callee: Expr, unit: Unit, scope: string, evidence: Evidence): Meant[] {
  if (callee.kind !== 'name' || !/^[a-z_]/.test(callee.name)) return []
  const { functions, imports } = evidence.project.index(unit)
  const imported = imports.get(callee.name)
  const homes = imported ? evidence.project.unitsOf(unit, imported.module) : [unit]
  const name = imported ? imported.name : callee.name
  for (const home of homes) {
    const fn =
      home === unit
        ? (functions.get(`${scope}.${name}`) ?? functions.get(name))
        : evidence.project.index(home).functions.get(name)
    if (!fn) continue
    const inner = fn.scope === '' ? fn.name : `${fn.scope}.${fn.name}`
    return evidence.project.returned(home, inner).map((given) => ({ expr: given, unit: home, scope: inner }))
  }
  return []
}

const MOST_CALLS = 500
const called = new WeakMap<Evidence, Map<string, (Meant & { expr: Call })[]>>()

/** All calls of the scan, by the last word of what is called. */
export function callsOf(name: string, evidence: Evidence): readonly (Meant & { expr: Call })[] {
  const known = called.get(evidence)
  if (known) return known.get(name) ?? []
  const all = new Map<string, (Meant & { expr: Call })[]>()
  called.set(evidence, all)
  for (const unit of evidence.project.units) {
    visitUnit(
      unit,
      (expr, { scope }) => {
        const word = expr.kind === 'call' ? lastName(expr.callee) : ''
        if (expr.kind !== 'call' || word === '') return
        const held = all.get(word) ?? []
        if (held.length < MOST_CALLS) held.push({ expr, unit, scope })
        all.set(word, held)
      },
      CALLS,
    )
  }
  return all.get(name) ?? []
}

/** What those who call the function around give for one of its parameters. */
function handedTo(name: string, unit: Unit, scope: string, evidence: Evidence): Meant[] {
  const { functions } = evidence.project.index(unit)
  for (let within = scope; within !== ''; within = within.slice(0, Math.max(0, within.lastIndexOf('.')))) {
    const fn = functions.get(within)
    const at = fn?.params.findIndex((one) => one.name === name) ?? -1
    if (!fn || at < 0) continue
    const bound = /^(?:self|cls)$/.test(fn.params[0]?.name ?? '') ? 1 : 0
    // A constructor is called by the name of its class.
    const word = fn.name === '__init__' ? lastWord(fn.scope) : fn.name
    return callsOf(word, evidence).flatMap(({ expr, ...from }) => {
      const given = field(expr, name) ?? expr.args[at - bound]
      const calls = from.scope !== within && callsIt(expr, word, from.unit, unit, evidence)
      return given && calls ? [{ ...from, expr: given }] : []
    })
  }
  return []
}

/** A function of the same file or one that is imported from it; a method by a name that tells. */
function callsIt(call: Call, name: string, from: Unit, home: Unit, evidence: Evidence): boolean {
  if (from === home) return true
  if (call.callee.kind === 'member') return /tool/i.test(name) && from.language === home.language
  const imported = evidence.project.index(from).imports.get(name)
  return imported !== undefined && evidence.project.unitsOf(from, imported.module).includes(home)
}
