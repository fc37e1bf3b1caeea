// Walks all that the units say, with what surrounds each expression: under which name it is kept, who is given it, and
// whether it is used or only asked about.
import { children, type Expr, lastName, pathOf, type Unit } from '../syntax/expr.ts'

export interface Around {
  unit: Unit
  scope: string
  /** Names from the outermost to the closest: assigned to, key, keyword. */
  keys: readonly string[]
  /** From the closest to the outermost. */
  parents: readonly Expr[]
  /** Compared, searched for, or matched with something: not used. */
  asked: boolean
}

const MOST_DEPTH = 120
const NO_KEYS: readonly string[] = []
const ASKING = new Set(
  `startswith startsWith endswith endsWith includes contains Contains has match matches test indexOf equals
   equalsIgnoreCase Equals HasPrefix HasSuffix EqualFold in_array str_contains str_starts_with starts_with
   ends_with include? start_with? is_match StartsWith EndsWith isin count find index replace replaceAll split
   removeprefix removesuffix encoding_for_model encodingForModel get_encoding assertEqual expect toBe assert
   warn log print println debug info error warning Printf Println Errorf raise Error ValueError
   Exception add_argument_help`.split(/\s+/),
)

/** `["acme-2", "acme-3"].includes(model)`, `setOf("acme-2").contains(model)`: whether it is one of these is all that is asked. */
const asksAmong = (callee: Expr): boolean =>
  callee.kind === 'member' &&
  /^(?:includes?\??|contains|Contains|any\??|some|indexOf|has)$/.test(callee.name) &&
  (callee.of.kind === 'list' ||
    (callee.of.kind === 'call' && /^(?:listOf|setOf|arrayOf|asList|of|Set)$/.test(lastName(callee.of.callee))))

/** An expression where it stands. What lies above is found through it: most who visit never ask. */
class Met implements Around {
  readonly expr: Expr
  readonly unit: Unit
  readonly scope: string
  readonly keys: readonly string[]
  readonly asked: boolean
  readonly #above: Met | undefined

  constructor(expr: Expr, unit: Unit, scope: string, keys: readonly string[], above: Met | undefined, asked: boolean) {
    this.expr = expr
    this.unit = unit
    this.scope = scope
    this.keys = keys
    this.asked = asked
    this.#above = above
  }

  get parents(): readonly Expr[] {
    const found: Expr[] = []
    for (let met = this.#above; met; met = met.#above) found.push(met.expr)
    return found
  }
}

type Take = (expr: Expr, around: Around) => void

/** Expressions that are kept for the next visit, since a dozen finders walk through each unit; some 150 bytes each. */
const MOST_KEPT = 100_000
let kept = new WeakMap<Unit, readonly Met[]>()
let room = MOST_KEPT
/** The rules look at one unit after the other, each rule at all of it. */
let last: { unit: Unit; all: readonly Met[] } | undefined

/** Said at the end of a scan. */
export function forgetVisits() {
  kept = new WeakMap()
  room = MOST_KEPT
  last = undefined
}

/** With `only`, expressions of other kinds are passed over, though what lies inside them is met. */
export function visitUnit(unit: Unit, take: Take, only?: ReadonlySet<Expr['kind']>) {
  const look = (met: Met) => {
    if (only === undefined || only.has(met.expr.kind)) take(met.expr, met)
  }
  if (room > 0 || kept.has(unit)) for (const met of metIn(unit)) look(met)
  else walkThrough(unit, look)
}

/** All expressions of a unit, each before what lies inside it. */
export function metIn(unit: Unit): readonly Met[] {
  const known = last?.unit === unit ? last.all : kept.get(unit)
  if (known) return known
  const all: Met[] = []
  walkThrough(unit, (met) => void all.push(met))
  if (all.length <= room) kept.set(unit, all)
  room = Math.max(0, room - all.length)
  last = { unit, all }
  return all
}

function walkThrough(unit: Unit, meet: (met: Met) => void) {
  if (unit.quiet) return
  const walk = (
    expr: Expr,
    scope: string,
    keys: readonly string[],
    above: Met | undefined,
    asked: boolean,
    depth: number,
  ) => {
    if (depth > MOST_DEPTH) return
    const met = new Met(expr, unit, scope, keys, above, asked)
    meet(met)
    switch (expr.kind) {
      case 'text':
      case 'name':
      case 'number':
      case 'constant':
      case 'function':
        return
      case 'map':
        for (const [key, value] of expr.entries) {
          walk(key, scope, keys, met, asked, depth + 1)
          const word = key.kind === 'text' ? key.value : pathOf(key)
          walk(value, scope, [...keys, word], met, asked, depth + 1)
        }
        return
      case 'call': {
        const asks = asked || ASKING.has(lastName(expr.callee))
        walk(expr.callee, scope, keys, met, asked || asksAmong(expr.callee), depth + 1)
        for (const argument of expr.args) walk(argument, scope, keys, met, asks, depth + 1)
        for (const [word, value] of expr.named)
          walk(value, scope, [...keys, word], met, asks && word !== 'default', depth + 1)
        return
      }
      case 'member':
        walk(expr.of, scope, keys, met, asked, depth + 1)
        return
      default:
        for (const child of children(expr)) walk(child, scope, keys, met, asked || expr.kind === 'compare', depth + 1)
    }
  }
  const start = (expr: Expr, scope: string, keys: readonly string[]) => walk(expr, scope, keys, undefined, false, 1)
  for (const statement of unit.statements) {
    if (statement.kind === 'assign') start(statement.value, statement.scope, [statement.target])
    else if (statement.kind === 'do') start(statement.value, statement.scope, NO_KEYS)
    else if (statement.kind === 'function' || statement.kind === 'class') {
      for (const decorator of statement.decorators) start(decorator, statement.scope, NO_KEYS)
      if (statement.kind === 'class') for (const base of statement.bases) start(base, statement.scope, NO_KEYS)
      else for (const { name, value } of statement.params) if (value) start(value, statement.scope, [name])
    }
  }
  for (const document of unit.documents) start(document, '', NO_KEYS)
}
