// Which expressions of a file carry something from where it came in: through assignments, functions of the same file that
// give it back, and functions of the same file that are handed it. One file only, so that what is said is seldom wrong.
import { children, type Expr, lastName, pathOf, type Unit } from '../syntax/expr.ts'

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
/** What these are told comes out again, word for word or nearly so. */
const KEEPS =
  /(?:^|\.)(?:text|sql|str|String|sql_text|loads|parse|split|dedent|strip|trim|rstrip|lstrip|replace|replaceAll|join|format|sprintf|Sprintf|concat|decode|encode|toString|to_s|lower|get|(?:extract|clean|strip|parse|format|normali[sz]e|unescape|remove)_?\w*)$/i
/** Numbers, yes or no, and words that were made harmless. */
const ENDS =
  /(?:^|\.)(?:len|int|float|bool|Number|parseInt|parseFloat|Boolean|isinstance|type|typeof|hash|sha256|uuid\w*|escape\w*|sanitize\w*|\w*[sS]anitize\w*|quote|shellescape|escapeshellarg|htmlspecialchars|htmlentities|h|bleach\.clean|nh3\.clean|xss|encodeURIComponent|quote_plus|DOMPurify\.\w+|literal_eval|validate\w*)$/

interface Local {
  name: string
  from: number
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
  /** What a scope names itself, which is not what the same name means around it. */
  readonly #bound = new Map<string, Set<string>>()
  /** What an object was before it was taken apart. */
  readonly #wholes = new Map<string, Expr>()

  constructor(unit: Unit, origin: Origin) {
    this.#origin = origin
    this.#given = [...(origin.given ?? [])]
    this.#locals = localsOf(unit)
    for (const one of unit.statements) {
      if (one.kind === 'assign') note(this.#bound, one.scope, one.target)
      else if (one.kind === 'function')
        for (const { name } of one.params)
          note(this.#bound, one.scope === '' ? one.name : `${one.scope}.${one.name}`, name)
      if (one.kind === 'assign' && one.target.startsWith('{')) this.#wholes.set(one.target, one.value)
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
      if (one.kind === 'assign') this.#hold(one.target, one.scope)
      else if (one.returns === true) {
        const within = this.#locals.findLast(({ from, to }) => from <= one.line && one.line <= to)
        if (within) this.#returning.add(within.name)
      }
    }
  }

  /** `run(sql)`, where `run` is a function of the file. */
  #handOver(expr: Expr, scope: string, line: number, depth: number) {
    if (depth > MOST_DEPTH) return
    if (expr.kind === 'call' && /^(?:(?:self|this)\.)?\w+$/.test(pathOf(expr.callee))) {
      const called = this.#locals.find(({ name }) => name === lastName(expr.callee))
      if (called) {
        const params = called.params.filter((name) => !/^(?:self|cls|this)$/.test(name))
        const names = [
          ...expr.args.flatMap((one, at) => (this.carries(one, scope, line) ? (params[at] ?? []) : [])),
          ...expr.named.flatMap(([name, value]) => (this.carries(value, scope, line) ? name : [])),
        ].filter((name) => !this.#given.some((one) => one.from === called.from && one.names.includes(name)))
        if (names.length > 0) this.#given.push({ from: called.from, to: called.to, names })
      }
    }
    for (const child of children(expr)) this.#handOver(child, scope, line, depth + 1)
  }

  #hold(target: string, scope: string) {
    note(this.#names, scope, target)
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

/** The functions of a file that have a name, the inner ones after those around them. */
function localsOf(unit: Unit): Local[] {
  return unit.statements
    .flatMap((one): Local[] => {
      if (one.kind === 'function')
        return [{ name: one.name, from: one.line, to: one.end, params: one.params.map(({ name }) => name) }]
      if (one.kind !== 'assign' || one.value.kind !== 'function') return []
      return [{ name: one.target, from: one.value.line, to: one.value.end, params: one.value.params ?? [] }]
    })
    .toSorted((a, b) => a.from - b.from)
}
