// Which expressions of a file carry something from where it came in: through assignments, functions of the same file that
// give it back, and functions of the same file that are handed it. One file only, so that what is said is seldom wrong.
import { children, type Expr, lastName, pathOf, type Statement, type Unit } from '../syntax/expr.ts'

type CallExpr = Extract<Expr, { kind: 'call' }>

/** Lines in which names hold what came in: the parameters of a function. */
export interface Given {
  from: number
  to: number
  names: readonly string[]
}

export interface Origin {
  /** The expression itself is what came in. `path` is as it is written, with what was taken apart put together. */
  starts(expr: Expr, path: string): boolean
  given?: readonly Given[]
  /** Whether what a call is told comes out again; else only of calls that keep a text a text. */
  passes?: (call: CallExpr) => boolean
}

export type Carries = (expr: Expr, scope: string, line: number) => boolean

const MOST_ROUNDS = 3
const MOST_DEPTH = 30
/** Functions that are handed something; a file of a stranger may have fifty thousand. */
const MOST_GIVEN = 200
/** How far around a line its function is looked for. */
const MOST_AROUND = 50
/** What these are told comes out again, word for word or nearly so. */
const KEEPS =
  /(?:^|\.)(?:text|sql|str|String|sql_text|loads|parse|split|dedent|strip|trim|rstrip|lstrip|replace|replaceAll|join|format|sprintf|Sprintf|concat|decode|encode|toString|to_s|lower|get|(?:extract|clean|strip|parse|format|normali[sz]e|unescape|remove)_?\w*)$/i
/** Numbers, yes or no, and words that were made harmless. */
const ENDS =
  /(?:^|\.)(?:len|int|float|bool|Number|parseInt|parseFloat|Boolean|isinstance|type|typeof|hash|sha256|uuid\w*|escape\w*|sanitize\w*|\w*[sS]anitize\w*|quote|shellescape|escapeshellarg|htmlspecialchars|htmlentities|h|bleach\.clean|nh3\.clean|xss|encodeURIComponent|quote_plus|(?:DOM)?[pP]urify\.\w+|hljs\.\w+|codeToHtml|literal_eval|validate\w*)$/

/** What a page works out again whenever what it depends on changes: it is what its function comes to. */
const WORKED_OUT = /^(?:useMemo|computed|createMemo|\$derived\.by)$/
/** `const [answer, setAnswer] = useState("")`. */
const STATE = /^\[([\w$]+), ?(set\w+)\]$/

export interface Local {
  name: string
  line: number
  to: number
  params: readonly string[]
}

export function flowOf(unit: Unit, origin: Origin): Carries {
  const flow = new Flow(unit, origin)
  return (expr, scope, line) => flow.carries(expr, scope, line)
}

const closed = (scope: string) => scope.replace(/\.+$/, '')

function note(map: Map<string, Set<string>>, scope: string, name: string) {
  const key = closed(scope)
  const held = map.get(key) ?? new Set<string>()
  map.set(key, held.add(name.split('.')[0] ?? ''))
}

class Flow {
  readonly #origin: Origin
  readonly #names = new Map<string, Set<string>>()
  readonly #given: Given[]
  readonly #returning = new Set<string>()
  readonly #locals: readonly Local[]
  readonly #localNamed: ReadonlyMap<string, Local>
  /** What a scope names itself, which is not what the same name means around it. */
  readonly #bound = new Map<string, Set<string>>()
  /** What an object was before it was taken apart. */
  readonly #wholes = new Map<string, Expr>()
  /** By what sets it: the state of a page. */
  readonly #states = new Map<string, { name: string; scope: string }>()
  readonly #returns: readonly Extract<Statement, { kind: 'do' }>[]
  readonly #unit: Unit

  constructor(unit: Unit, origin: Origin) {
    this.#unit = unit
    this.#returns = unit.statements
      .flatMap((one) => (one.kind === 'do' && one.returns === true ? [one] : []))
      .toSorted((a, b) => a.line - b.line)
    this.#origin = origin
    this.#given = [...(origin.given ?? [])]
    this.#locals = localsOf(unit)
    this.#localNamed = new Map(this.#locals.toReversed().map((one) => [one.name, one]))
    for (const one of unit.statements) {
      if (one.kind === 'assign') note(this.#bound, one.scope, one.target)
      else if (one.kind === 'function')
        for (const { name } of one.params)
          note(this.#bound, one.scope === '' ? one.name : `${one.scope}.${one.name}`, name)
      if (one.kind !== 'assign') continue
      if (one.target.startsWith('{')) this.#wholes.set(one.target, one.value)
      const [, name, sets] = STATE.exec(one.target) ?? []
      if (name !== undefined && sets !== undefined) this.#states.set(sets, { name, scope: one.scope })
    }
    let known = -1
    for (let round = 0; round < MOST_ROUNDS && known !== this.#size(); round++) {
      known = this.#size()
      this.#round(unit)
    }
  }

  carries(expr: Expr, scope: string, line: number, depth = 0): boolean {
    if (depth > MOST_DEPTH) return false
    const inner = (one: Expr) => this.carries(one, scope, line, depth + 1)
    switch (expr.kind) {
      case 'text':
        return this.#origin.starts(expr, '')
      case 'number':
      case 'constant':
      case 'function':
      case 'compare':
        return false
      case 'name':
        return this.#holds(expr.name, scope, line) || this.#origin.starts(expr, this.#path(expr))
      case 'member':
        if (expr.of.kind === 'name' && /^(?:self|this)$/.test(expr.of.name) && this.#holds(expr.name, scope, line))
          return true
        return this.#origin.starts(expr, this.#path(expr)) || inner(expr.of)
      case 'index':
        return this.#origin.starts(expr, this.#path(expr)) || inner(expr.of)
      case 'call': {
        const path = pathOf(expr.callee)
        if (ENDS.test(path)) return false
        if (this.#origin.starts(expr, path)) return true
        if (WORKED_OUT.test(path)) return this.#comesTo(expr.args[0], scope, line)
        if (this.#returning.has(lastName(expr.callee)) && /^(?:(?:self|this)\.)?\w+$/.test(path)) return true
        // `command.strip()`, `"…".format(command)`
        if (expr.callee.kind === 'member' && inner(expr.callee.of)) return true
        const passes = this.#origin.passes?.(expr) ?? KEEPS.test(path)
        return passes && [...expr.args, ...expr.named.map(([, value]) => value)].some(inner)
      }
      case 'map':
        return expr.entries.some(([, value]) => inner(value))
      default:
        return children(expr).some(inner)
    }
  }

  /** Whether what a function without a name comes to carries it. */
  #comesTo(expr: Expr | undefined, scope: string, line: number): boolean {
    if (expr?.kind !== 'function') return false
    if (expr.gives) return this.carries(expr.gives, `${scope}.`, line)
    const from = firstFrom(this.#returns, expr.line)
    return this.#returns
      .slice(from, from + MOST_AROUND)
      .some((one) => one.line <= expr.end && this.carries(one.value, one.scope, one.line))
  }

  #size(): number {
    let sum = this.#given.length + this.#returning.size
    for (const names of this.#names.values()) sum += names.size
    return sum
  }

  #round(unit: Unit) {
    for (const one of unit.statements) {
      if (one.kind !== 'assign' && one.kind !== 'do') continue
      this.#handOver(one.value, one.scope, one.line, 0)
      const gives = one.value.kind === 'function' ? one.value.gives : undefined
      if (one.kind === 'assign' && gives && this.carries(gives, one.scope, one.line)) this.#returning.add(one.target)
      if (!this.carries(one.value, one.scope, one.line)) continue
      if (one.kind === 'assign') {
        this.#hold(one.target, one.scope)
        // A member of the object is there for all of its methods.
        if (one.own) note(this.#names, '', one.target)
      }
      if (one.kind === 'do' && one.returns === true) {
        const around = this.#around(one.line)
        if (around) this.#returning.add(around.name)
      }
    }
  }

  /** The innermost function that a line stands in. */
  #around(line: number): Local | undefined {
    const after = firstFrom(this.#locals, line + 1)
    return this.#locals.slice(Math.max(0, after - MOST_AROUND), after).findLast(({ to }) => line <= to)
  }

  /** `run(sql)`, where `run` is a function of the file. */
  #handOver(expr: Expr, scope: string, line: number, depth: number) {
    if (depth > MOST_DEPTH) return
    if (expr.kind === 'call' && pathOf(expr.callee) === '+=') {
      const [into, what] = expr.args
      if (into?.kind === 'name' && what && this.carries(what, scope, line)) this.#hold(into.name, scope)
    }
    if (expr.kind === 'call' && /^(?:(?:self|this)\.)?\w+$/.test(pathOf(expr.callee))) {
      const state = this.#states.get(lastName(expr.callee))
      const set = (one: Expr) => this.carries(one, scope, line) || this.#comesTo(one, scope, line)
      if (state && expr.args.some(set)) this.#hold(state.name, state.scope)
      const called = this.#localNamed.get(lastName(expr.callee))
      if (called && this.#given.length < MOST_GIVEN) {
        const params = called.params.filter((name) => !/^(?:self|cls|this)$/.test(name))
        const names = [
          ...expr.args.flatMap((one, at) => (this.carries(one, scope, line) ? (params[at] ?? []) : [])),
          ...expr.named.flatMap(([name, value]) => (this.carries(value, scope, line) ? name : [])),
        ].filter((name) => !this.#given.some((one) => one.from === called.line && one.names.includes(name)))
        if (names.length > 0) this.#given.push({ from: called.line, to: called.to, names })
      }
    }
    for (const child of children(expr)) this.#handOver(child, scope, line, depth + 1)
  }

  #hold(target: string, scope: string) {
    note(this.#names, scope, target)
    if (this.#unit.language !== 'tsx' && this.#unit.language !== 'typescript') return
    // What is not declared anew is the name of the scope around.
    const [name = ''] = target.split('.')
    for (let at = closed(scope); at !== '';) {
      at = at.slice(0, Math.max(0, at.lastIndexOf('.')))
      if (this.#bound.get(at)?.has(name)) note(this.#names, at, name)
    }
  }

  #holds(name: string, scope: string, line: number): boolean {
    const head = name.split('.')[0] ?? ''
    if (this.#given.some(({ from, to, names }) => from <= line && line <= to && names.includes(head))) return true
    for (let at = closed(scope); ; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) {
      if (this.#names.get(at)?.has(head)) return true
      if (at === '' || this.#bound.get(at)?.has(head)) return false
    }
  }

  #path(expr: Expr): string {
    const path = pathOf(expr)
    const [, whole = '', rest = ''] = /^(\{\d+\})(.*)$/.exec(path) ?? []
    const held = this.#wholes.get(whole)
    return held ? pathOf(held) + rest : path
  }
}

/** Where in a list, sorted by line, those begin that stand at a line or behind it. */
function firstFrom(sorted: readonly { line: number }[], line: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle]?.line ?? 0) < line) low = middle + 1
    else high = middle
  }
  return low
}

/** The functions of a file that have a name, the inner ones after those around them. */
export function localsOf(unit: Unit): Local[] {
  return unit.statements
    .flatMap((one): Local[] => {
      if (one.kind === 'function')
        return [{ name: one.name, line: one.line, to: one.end, params: one.params.map(({ name }) => name) }]
      if (one.kind !== 'assign' || one.value.kind !== 'function') return []
      return [{ name: one.target, line: one.value.line, to: one.value.end, params: one.value.params ?? [] }]
    })
    .toSorted((a, b) => a.line - b.line)
}
