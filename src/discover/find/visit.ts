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

/** The last of which somebody asked what lies above: a dozen questions about one expression come one after the other. */
let asked: { met: Met; parents: readonly Expr[] } | undefined

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
    if (asked?.met === this) return asked.parents
    const parents: Expr[] = []
    for (let met = this.#above; met; met = met.#above) parents.push(met.expr)
    asked = { met: this, parents }
    return parents
  }
}

type Take = (expr: Expr, around: Around) => void
type Kinds = ReadonlySet<Expr['kind']>

/** Nothing lies inside of these. */
const LEAVES: Kinds = new Set(['text', 'name', 'number', 'constant', 'function'])
export const CALLS: Kinds = new Set(['call'])
export const MAPS: Kinds = new Set(['map'])
export const TEXTS: Kinds = new Set(['text'])
/** Texts as they stand, and those that are put together. */
export const WORDS: Kinds = new Set(['text', 'join'])
/** What has fields. */
export const FIELDED: Kinds = new Set(['call', 'map'])
/** The same, and words. */
export const SAID: Kinds = new Set(['call', 'map', 'text'])

/** Expressions that are kept for the next visit, since a dozen finders walk through each unit; some 150 bytes each. */
const MOST_KEPT = 100_000
let kept = new WeakMap<Unit, Walked>()
let room = MOST_KEPT
/** The rules look at one unit after the other, each rule at all of it. */
let last: { unit: Unit; walked: Walked } | undefined

/** What a walk met. Most who visit look for a few kinds of expressions, and those who look for the same share what is picked. */
class Walked {
  readonly all: readonly Met[]
  readonly #picked = new Map<string, readonly Met[]>()

  constructor(all: readonly Met[]) {
    this.all = all
  }

  of(only: Kinds | undefined): readonly Met[] {
    if (only === undefined) return this.all
    const kinds = nameOf(only)
    const known = this.#picked.get(kinds)
    if (known) return known
    const picked = this.all.filter(({ expr }) => only.has(expr.kind))
    this.#picked.set(kinds, picked)
    return picked
  }
}

const names = new WeakMap<Kinds, string>()

function nameOf(only: Kinds): string {
  const known = names.get(only)
  if (known !== undefined) return known
  const name = [...only].toSorted().join()
  names.set(only, name)
  return name
}

/** Said at the end of a scan. */
export function forgetVisits() {
  kept = new WeakMap()
  room = MOST_KEPT
  last = undefined
  asked = undefined
}

/** With `only`, expressions of other kinds are passed over, though what lies inside them is met. */
export function visitUnit(unit: Unit, take: Take, only?: Kinds) {
  if (room > 0 || kept.has(unit)) for (const met of metIn(unit, only)) take(met.expr, met)
  else walkThrough(unit, (met) => take(met.expr, met), only)
}

/** All expressions of a unit, or those of some kinds, each before what lies inside it. */
export function metIn(unit: Unit, only?: Kinds): readonly Met[] {
  const known = last?.unit === unit ? last.walked : kept.get(unit)
  if (known) return known.of(only)
  const all: Met[] = []
  walkThrough(unit, (met) => void all.push(met))
  const walked = new Walked(all)
  if (all.length <= room) kept.set(unit, walked)
  room = Math.max(0, room - all.length)
  last = { unit, walked }
  return walked.of(only)
}

/** In a large tree each finder walks for itself: what it looks past, and nothing lies inside of, is more than half of all. */
function walkThrough(unit: Unit, meet: (met: Met) => void, only?: Kinds) {
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
    const isWanted = only === undefined || only.has(expr.kind)
    if (!isWanted && LEAVES.has(expr.kind)) return
    const met = new Met(expr, unit, scope, keys, above, asked)
    if (isWanted) meet(met)
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
