// Graphs of LangGraph, which are agents. A graph is built under one name, compiled under another, and registered under a
// third; the name that people know it by is the last that says more than `graph`.
import { type Expr, field, lastName, type Unit } from '../../syntax/expr.ts'
import type { Evidence } from '../evidence.ts'

/** The call at the beginning of a chain: `StateGraph(State)` of `StateGraph(State).add_node(…).compile()`. */
export function beginning(expr: Expr): Extract<Expr, { kind: 'call' }> | undefined {
  let found: Extract<Expr, { kind: 'call' }> | undefined
  for (let at: Expr | undefined = expr; at;) {
    if (at.kind === 'call') {
      found = at
      at = at.callee
    } else at = at.kind === 'member' ? at.of : undefined
  }
  return found
}

const GENERIC =
  /^_?(?:(?:main|state|the|my|agent|compiled)?_?(?:builder|graph|workflow|subgraph|state_?graph|flow|app|agent|[a-z]|sg)(?:_?builder)?)s?(?:_?\d+)?$/i
const ENDING = /_?(?:builder|graph|workflow|subgraph|state_?graph)s?$/i

/** The name of a graph, or of what is compiled like one, that is kept under a variable. */
export function nameOfGraph(made: Expr, variable: string, unit: Unit, scope: string, evidence: Evidence): string {
  const said = saidIn(made, unit, scope, evidence)
  if (said !== undefined) return said
  const compiled = compiledFrom(variable, unit, scope)
  const known = registrations(unit, evidence).find(
    ({ name, of }) =>
      of !== undefined &&
      ((of === variable && !isGeneric(of)) ||
        (compiled.some(({ target }) => target === of) &&
          (!isGeneric(of) || (!isGeneric(name) && isKeptOnce(of, unit))))),
  )
  if (known) return known.name
  const named = compiled.map(({ value }) => saidIn(value, unit, scope, evidence)).find((one) => one !== undefined)
  if (named !== undefined) return named
  if (!GENERIC.test(variable)) return variable.replace(ENDING, '') || nameOfFile(unit.file)
  const registered = registeredAs(unit, evidence)
  if (registered !== undefined) return registered
  const kept = compiled.map(({ target }) => target).find((target) => target !== '' && !GENERIC.test(target))
  return kept?.replace(ENDING, '') || (kept ?? nameOfFile(unit.file))
}

const isKeptOnce = (variable: string, { statements }: Unit): boolean =>
  statements.filter((one) => one.kind === 'assign' && one.target === variable).length === 1

/** `.compile(name="…")`, and `.with_config(run_name="…")`. */
function saidIn(made: Expr, unit: Unit, scope: string, evidence: Evidence): string | undefined {
  for (let at: Expr | undefined = made; at;) {
    if (at.kind === 'call' && /^(?:compile|with_?[Cc]onfig)$/.test(lastName(at.callee))) {
      const options = at.args.find((argument) => argument.kind === 'map')
      const given =
        field(at, 'name', 'run_name', 'graph_name') ?? field(options, 'name', 'run_name', 'runName', 'graphName')
      const name = evidence.resolver.first(given, unit, scope)
      if (name !== undefined) return name
    }
    at = at.kind === 'call' ? at.callee : at.kind === 'member' ? at.of : undefined
  }
  return undefined
}

/** What `builder.compile()` is kept as, or given back from, where the builder is kept. */
function compiledFrom(variable: string, unit: Unit, scope: string): { target: string; value: Expr }[] {
  return unit.statements.flatMap((one) => {
    if ((one.kind !== 'assign' && one.kind !== 'do') || one.scope !== scope) return []
    let compiles = false
    let root: Expr = one.value
    while (root.kind === 'call' || root.kind === 'member') {
      compiles ||= root.kind === 'member' && root.name === 'compile'
      root = root.kind === 'call' ? root.callee : root.of
    }
    if (!compiles || root.kind !== 'name' || root.name !== variable) return []
    return [
      { target: one.kind === 'assign' ? one.target.slice(one.target.lastIndexOf('.') + 1) : '', value: one.value },
    ]
  })
}

/** The names that langgraph.json gives to graphs of this file, and the variable that each is kept in. */
function registrations(unit: Unit, evidence: Evidence): { name: string; of: string | undefined }[] {
  return evidence.project.unitsCalled('langgraph.json').flatMap(({ file, documents }) =>
    documents.flatMap((document) => {
      const graphs = field(document, 'graphs')
      const folder = file.slice(0, -'langgraph.json'.length)
      return (graphs?.kind === 'map' ? graphs.entries : []).flatMap(([key, value]) => {
        const held = field(value, 'path')
        const path = value.kind === 'text' ? value.value : held?.kind === 'text' ? held.value : ''
        const [, meant = '', of] = /^(?:\.\/)?(.*?)(?::([\w.]+))?$/.exec(path) ?? []
        return key.kind === 'text' && folder + meant === unit.file ? [{ name: key.value, of }] : []
      })
    }),
  )
}

/** The name that what is kept under this variable has there. */
export const registeredUnder = (variable: string, unit: Unit, evidence: Evidence): string | undefined =>
  registrations(unit, evidence).find(({ of }) => of === variable)?.name

/** The one name that this file has there. */
function registeredAs(unit: Unit, evidence: Evidence): string | undefined {
  const [first, ...others] = registrations(unit, evidence)
  return others.length === 0 ? first?.name : undefined
}

/** A graph that is compiled under one name and registered under another is one agent. */
export function mergeRegistered(evidence: Evidence) {
  const { collector, project } = evidence
  const registered = project.units.flatMap((unit) =>
    unit.language === 'python' || unit.language.startsWith('t')
      ? [[unit.file, registeredAs(unit, evidence)] as const]
      : [],
  )
  const names = new Map(registered.filter(([, name]) => name !== undefined))
  if (names.size === 0) return
  for (const { name, attributes, evidence: places } of collector.of('agents')) {
    const [first] = places
    const other = first && attributes['via'] === 'StateGraph' && places.length === 1 ? names.get(first.file) : undefined
    if (other === undefined || other === name || !collector.has('agents', other)) continue
    if (isGeneric(other)) collector.merge('agents', other, name)
    else if (isGeneric(name)) collector.merge('agents', name, other)
  }
}

const nameOfFile = (file: string): string => {
  const parts = file.split('/')
  const base = (parts.at(-1) ?? '').replace(/\.\w+$/, '')
  return /^(?:graph|agent|main|app|index|__init__|workflow|route)$/.test(base)
    ? (parts.filter((part) => part !== 'src').at(-2) ?? base)
    : base
}

export const isGeneric = (variable: string): boolean => GENERIC.test(variable)
