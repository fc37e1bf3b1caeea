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
   warn log print println debug info error warning Printf Println Sprintf Errorf raise Error ValueError
   Exception add_argument_help`.split(/\s+/),
)

/** What lies above, shared by all that lies below: most who visit never ask. */
interface Chain {
  expr: Expr
  above: Chain | undefined
  depth: number
}

class Here implements Around {
  readonly unit: Unit
  readonly scope: string
  readonly keys: readonly string[]
  readonly asked: boolean
  readonly #chain: Chain | undefined

  constructor(unit: Unit, scope: string, keys: readonly string[], chain: Chain | undefined, asked: boolean) {
    this.unit = unit
    this.scope = scope
    this.keys = keys
    this.asked = asked
    this.#chain = chain
  }

  get parents(): readonly Expr[] {
    const found: Expr[] = []
    for (let link = this.#chain; link; link = link.above) found.push(link.expr)
    return found
  }
}

type Take = (expr: Expr, around: Around) => void

/** With `only`, nothing is built for expressions of other kinds, though what lies inside them is met. */
export function visitUnit(unit: Unit, take: Take, only?: ReadonlySet<Expr['kind']>) {
  const walk = (expr: Expr, scope: string, keys: readonly string[], chain: Chain | undefined, asked: boolean) => {
    const depth = (chain?.depth ?? 0) + 1
    if (depth > MOST_DEPTH) return
    const { kind } = expr
    if (only === undefined || only.has(kind)) take(expr, new Here(unit, scope, keys, chain, asked))
    if (kind === 'text' || kind === 'name' || kind === 'number' || kind === 'constant' || kind === 'function') return
    const above: Chain = { expr, above: chain, depth }
    if (kind === 'map') {
      for (const [key, value] of expr.entries) {
        walk(key, scope, keys, above, asked)
        walk(value, scope, [...keys, key.kind === 'text' ? key.value : pathOf(key)], above, asked)
      }
    } else if (kind === 'call') {
      const asks = asked || ASKING.has(lastName(expr.callee))
      walk(expr.callee, scope, keys, above, asked)
      for (const argument of expr.args) walk(argument, scope, keys, above, asks)
      for (const [word, value] of expr.named) walk(value, scope, [...keys, word], above, asks && word !== 'default')
    } else if (kind === 'member') walk(expr.of, scope, keys, above, asked)
    else for (const child of children(expr)) walk(child, scope, keys, above, asked || kind === 'compare')
  }
  const start = (expr: Expr, scope: string, keys: readonly string[]) => walk(expr, scope, keys, undefined, false)
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

const TELLING: ReadonlySet<Expr['kind']> = new Set(['call', 'map', 'text', 'member', 'name'])
const told = new WeakMap<Unit, readonly (readonly [Expr, Around])[]>()

/** Calls, maps, texts and paths of a unit. Nearly every rule asks for them, so they are kept. */
export function tellingIn(unit: Unit): readonly (readonly [Expr, Around])[] {
  const known = told.get(unit)
  if (known) return known
  const found: [Expr, Around][] = []
  const take = (expr: Expr, around: Around) => {
    if (expr.kind !== 'name' || expr.name.includes('.')) found.push([expr, around])
  }
  visitUnit(unit, take, TELLING)
  told.set(unit, found)
  return found
}
