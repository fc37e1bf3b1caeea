// Servers that stand in another: FastMCP puts the name of the place before each of their tools, and so does a model say it.
import { type Call, type Expr, field, lastName, type Unit } from '../../syntax/expr.ts'
import type { Evidence } from '../evidence.ts'
import { meanings } from '../meanings.ts'
import { CALLS, visitUnit } from '../visit.ts'

interface Place {
  prefix: string
  /** What makes the server that it stands in, each way that may have been. */
  within: readonly Expr[]
}

const MOUNTS = /^(?:mount|import_server)$/
const DEPTH = 3
const places = new WeakMap<Evidence, Map<Expr, Place[]>>()

/** What stands before the names of the tools of this server, each way; nothing, where it stands alone. */
export function prefixesOf(server: Expr, unit: Unit, scope: string, evidence: Evidence): string[] {
  const known = placesOf(evidence)
  if (known.size === 0) return ['']
  const makers = meanings(server, unit, scope, evidence).map(({ expr }) => expr)
  return [...new Set(makers.flatMap((maker) => before(maker, known, DEPTH)))]
}

function before(maker: Expr, known: ReadonlyMap<Expr, readonly Place[]>, depth: number): string[] {
  const stands = depth > 0 ? (known.get(maker) ?? []) : []
  if (stands.length === 0) return ['']
  return stands.flatMap(({ prefix, within }) =>
    within
      .flatMap((outer) => before(outer, known, depth - 1))
      .map((outer) => [outer, prefix].filter((one) => one !== '').join('_')),
  )
}

function placesOf(evidence: Evidence): Map<Expr, Place[]> {
  const known = places.get(evidence)
  if (known) return known
  const all = new Map<Expr, Place[]>()
  places.set(evidence, all)
  for (const unit of evidence.project.units) {
    if (unit.language !== 'python' || !evidence.usesAi(unit)) continue
    visitUnit(unit, (expr, { scope }) => expr.kind === 'call' && mounted(expr, unit, scope, evidence, all), CALLS)
  }
  return all
}

/** `main.mount(sub, prefix="desk")`, `main.mount("desk", sub)`: what it is told first was turned round. */
function mounted(call: Call, unit: Unit, scope: string, evidence: Evidence, all: Map<Expr, Place[]>) {
  if (call.callee.kind !== 'member' || !MOUNTS.test(lastName(call.callee))) return
  const given = [field(call, 'namespace', 'prefix'), ...call.args]
  const prefix = given.map((one) => (one ? evidence.resolver.first(one, unit, scope) : undefined)).find(isWord) ?? ''
  const server =
    field(call, 'server') ?? call.args.find((one) => evidence.resolver.first(one, unit, scope) === undefined)
  if (!server) return
  const within = meanings(call.callee.of, unit, scope, evidence).map(({ expr }) => expr)
  for (const { expr } of meanings(server, unit, scope, evidence))
    if (expr.kind === 'call') all.set(expr, [...(all.get(expr) ?? []), { prefix, within }])
}

const isWord = (text: string | undefined): text is string => text !== undefined && /^[\w-]+$/.test(text)
