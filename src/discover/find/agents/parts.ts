// The parts that a project's own code is made of – classes, and functions and files outside of them – with what each does
// itself and whom it calls. A class is one part, whatever its methods call of each other.
import { isDocumentation, isTest } from '../../classify.ts'
import { type Call, type Expr, pathOf, type Unit } from '../../syntax/expr.ts'
import { ACT, actsOf } from './acts.ts'
import type { Evidence } from '../evidence.ts'
import type { FunctionStatement } from '../project.ts'
import { visitUnit } from '../visit.ts'

export interface Part {
  /** Of a class or a function; undefined of what a file does outside of them. */
  name: string | undefined
  isClass: boolean
  unit: Unit
  line: number
  end: number
  /** Bits of `ACT`. */
  acts: number
  /** Texts that something is compared with. */
  compared: Set<string>
  calls: Map<string, Called>
}

interface Called {
  path: string
  /** Where it is called, and where its names are looked up. */
  unit: Unit
  scope: string
}

export interface Parts {
  all: readonly Part[]
  calledBy(part: Part): ReadonlySet<Part>
  /** Whether a class or a function of that name in a file asks a model, itself or through whom it calls. */
  asks(name: string, unit: Unit): boolean
}

const NOTHING: Set<string> = new Set()
const NOBODY: Map<string, Called> = new Map()

const MOST_CALLS = 400
const MOST_CALLED = 60
/** What stands between a part and a model; who only makes a client for others asks nothing. */
const ASKED = /(?:Agent|Client|L[Ll][Mm]|Model|Provider|Gateway)$/
const LANGUAGES = /^(?:python|typescript|tsx|javascript|go|java|kotlin|csharp|ruby|rust|php)$/

const known = new WeakMap<Evidence, Parts>()

export function partsOf(evidence: Evidence): Parts {
  const before = known.get(evidence)
  if (before) return before
  const made = new Making(evidence)
  known.set(evidence, made)
  return made
}

/** Whether anything of the project asks a model, by a library or by itself. */
export const asksAnywhere = (evidence: Evidence): boolean =>
  evidence.anyAi() || partsOf(evidence).all.some(({ acts }) => asks(acts))

export const asks = (acts: number): boolean =>
  (acts & ACT.asks) !== 0 || ((acts & ACT.saysMessages) !== 0 && (acts & ACT.saysModel) !== 0)

class Making implements Parts {
  readonly all: Part[] = []
  readonly #evidence: Evidence
  readonly #byKey = new Map<string, Part>()
  /** Where functions and methods of a name stand. */
  readonly #homes = new Map<string, Unit[]>()
  readonly #holders = new Map<string, readonly Part[]>()

  constructor(evidence: Evidence) {
    this.#evidence = evidence
    const units: Unit[] = []
    for (const unit of evidence.project.units) {
      const code = unit.format === 'code' || unit.format === 'notebook'
      if (!code || unit.quiet || !LANGUAGES.test(unit.language) || isTest(unit.file) || isDocumentation(unit.file))
        continue
      units.push(unit)
    }
    for (const unit of units)
      for (const one of unit.statements) {
        if (one.kind !== 'function') continue
        const homes = this.#homes.get(one.name)
        if (homes === undefined) this.#homes.set(one.name, [unit])
        else if (homes.at(-1) !== unit) homes.push(unit)
      }
    for (const unit of units) this.#take(unit)
  }

  /** A part is made where there is something to say of it: most functions of a library have nothing to do with models. */
  #take(unit: Unit) {
    let at: { scope: string; part: Part } | undefined
    const here = (scope: string): Part => {
      if (at?.scope !== scope) at = { scope, part: this.#partAt(scope, unit) }
      return at.part
    }
    visitUnit(unit, (expr, { scope }) => {
      const acts = actsOf(expr) | this.#actsOfConstant(expr, unit, scope)
      if (acts !== 0) here(scope).acts |= acts
      if (expr.kind === 'call') this.#calls(expr, unit, scope, here)
      else if (expr.kind === 'compare') for (const one of expr.parts) this.#compares(one, unit, scope, here)
    })
  }

  /** `case "find":`, `case findTool.name:` */
  #compares(one: Expr, unit: Unit, scope: string, here: (scope: string) => Part) {
    const named = one.kind === 'member' && /^(?:name|Name|NAME)$/.test(one.name)
    const text = one.kind === 'text' ? one.value : named ? this.#evidence.resolver.first(one, unit, scope) : undefined
    if (text === undefined) return
    const part = here(scope)
    if (part.compared.size >= MOST_CALLS) return
    if (part.compared === NOTHING) part.compared = new Set()
    part.compared.add(text)
  }

  /** An address often stands in a constant, in the same file or in another. */
  #actsOfConstant(expr: Expr, unit: Unit, scope: string): number {
    if (expr.kind !== 'name' || !/^[A-Z][A-Z0-9_]*(?:URL|URI|ENDPOINT|HOST|API|BASE|ADDRESS)$/.test(expr.name)) return 0
    const value = this.#evidence.resolver.first(expr, unit, scope)
    return value === undefined ? 0 : actsOf({ kind: 'text', value, line: expr.line })
  }

  #calls(call: Call, unit: Unit, scope: string, here: (scope: string) => Part) {
    // What is handed over by its name is called by whoever takes it.
    const paths = [pathOf(call.callee), ...call.args.flatMap((one) => (one.kind === 'name' ? [one.name] : []))]
    for (const path of paths) {
      if (path.includes('?') || !this.#mayMean(path, unit)) continue
      const part = here(scope)
      if (part.calls.size >= MOST_CALLS) return
      if (part.calls === NOBODY) part.calls = new Map()
      part.calls.set(path, { path, unit, scope })
    }
  }

  /** Most of what is called stands in libraries. */
  #mayMean(path: string, unit: Unit): boolean {
    const name = wordsOf(path).at(-1) ?? ''
    return this.#homes.has(name) || (name === path && this.#evidence.project.index(unit).imports.has(name))
  }

  #partAt(scope: string, unit: Unit): Part {
    const { classes, functions } = this.#evidence.project.index(unit)
    const words = scope === '' ? [] : scope.split('.')
    let held = ''
    let fn = ''
    for (let at = words.length; at > 0; at--) {
      const path = words.slice(0, at).join('.')
      if (classes.has(path)) {
        held = path
        break
      }
      // Of Go, a type may stand in another file than its methods.
      const method = functions.get(path)
      if (unit.language === 'go' && method && method.scope !== '' && !functions.has(method.scope)) {
        held = method.scope
        break
      }
      if (fn === '' && method) fn = path
    }
    const isClass = held !== ''
    const folder = unit.file.slice(0, unit.file.lastIndexOf('/') + 1)
    const path = isClass ? held : fn
    const key = isClass && unit.language === 'go' ? `${folder}#${path}` : `${unit.file}#${path}`
    const before = this.#byKey.get(key)
    if (before) return before
    const statement: { line: number; end: number } | undefined = isClass ? classes.get(path) : functions.get(path)
    const part: Part = {
      name: path === '' ? undefined : path.slice(path.lastIndexOf('.') + 1),
      isClass,
      unit,
      line: statement?.line ?? 1,
      end: statement?.end ?? Number.MAX_SAFE_INTEGER,
      acts: 0,
      compared: NOTHING,
      calls: NOBODY,
    }
    this.#byKey.set(key, part)
    this.all.push(part)
    return part
  }

  readonly #called = new Map<Part, ReadonlySet<Part>>()

  calledBy(part: Part): ReadonlySet<Part> {
    const before = this.#called.get(part)
    if (before) return before
    const found = new Set<Part>()
    this.#called.set(part, found)
    for (const called of part.calls.values()) for (const one of this.#meant(called)) if (one !== part) found.add(one)
    return found
  }

  asks(name: string, unit: Unit): boolean {
    const first = this.#byKey.get(`${unit.file}#${name}`)
    const seen = new Set(first ? [first] : [])
    // What is met on the way is looked at as well: a set goes on with what it is given while it is gone through.
    for (const part of seen) {
      if (asks(part.acts)) return true
      if (seen.size > MOST_CALLED) return false
      for (const one of this.calledBy(part)) if (ASKED.test(one.name ?? '')) seen.add(one)
    }
    return false
  }

  /** Parts that have a function or a method of that name. */
  #holdersOf(name: string): readonly Part[] {
    const before = this.#holders.get(name)
    if (before) return before
    const found = new Set<Part>()
    for (const unit of this.#homes.get(name) ?? [])
      for (const one of unit.statements)
        if (one.kind === 'function' && one.name === name) found.add(this.#partAt(scopeWithin(one), unit))
    const holders = [...found]
    this.#holders.set(name, holders)
    return holders
  }

  #meant({ path, unit, scope }: Called): readonly Part[] {
    const words = wordsOf(path)
    const name = words.at(-1) ?? ''
    if (words.length === 1) return this.#function(name, unit, scope)
    const holders = this.#holdersOf(name).filter((one) => one.unit.language === unit.language)
    const receiver = words.at(-2) ?? ''
    const imported = this.#evidence.project.index(unit).imports.get(receiver)
    if (imported) {
      const homes = this.#evidence.project.unitsOf(
        unit,
        imported.name === '' ? imported.module : `${imported.module}.${imported.name}`,
      )
      const there = holders.filter((one) => homes.includes(one.unit) || one.name === (imported.name || receiver))
      if (there.length > 0) return there
    }
    const like = holders.filter((one) => one.isClass && isLike(receiver, one.name ?? ''))
    return like.length > 0 || holders.length === 0 ? like : this.#within(receiver, name, unit, scope)
  }

  /** `const desk = makeDesk()`, and `desk.ask()`: a function within the one that made it. */
  #within(receiver: string, name: string, unit: Unit, scope: string): readonly Part[] {
    const { expr: made } = this.#evidence.resolver.meaning({ kind: 'name', name: receiver, line: 0 }, unit, scope)
    if (made.kind !== 'call' || made.callee.kind !== 'name') return []
    const { project } = this.#evidence
    const imported = project.index(unit).imports.get(made.callee.name)
    const maker = imported?.name ?? made.callee.name
    const path = `${maker}.${name}`
    const homes = imported ? project.unitsOf(unit, imported.module) : [unit]
    // What a class makes is known by its name.
    return homes
      .filter((home) => [maker, path].every((one) => project.index(home).functions.has(one)))
      .map((home) => this.#partAt(path, home))
  }

  /** A function that a name alone calls: of the scope around, of the file, of where it is imported from, or of the package. */
  #function(name: string, unit: Unit, scope: string): readonly Part[] {
    const { project } = this.#evidence
    const { functions, imports } = project.index(unit)
    for (let within = scope; ; within = within.slice(0, Math.max(0, within.lastIndexOf('.')))) {
      const path = within === '' ? name : `${within}.${name}`
      if (functions.has(path)) return [this.#partAt(path, unit)]
      if (within === '') break
    }
    const imported = imports.get(name)
    const homes = imported
      ? project.unitsOf(unit, imported.module)
      : unit.language === 'go'
        ? project.siblings(unit)
        : []
    const wanted = imported && imported.name !== '' && imported.name !== 'default' ? imported.name : name
    for (const home of homes) if (project.index(home).functions.has(wanted)) return [this.#partAt(wanted, home)]
    // Of PHP and Ruby, what one file defines all see.
    if (imported || !/^(?:php|ruby)$/.test(unit.language)) return []
    const others = this.#holdersOf(name).filter((one) => !one.isClass && one.unit.language === unit.language)
    const near = others.filter((one) => folderOf(one.unit.file) === folderOf(unit.file))
    return near.length > 0 ? near : others.length === 1 ? others : []
  }
}

const wordsOf = (path: string): string[] => path.replaceAll(/\(\)|\[[^\]]*\]/g, '').split('.')

const folderOf = (file: string): string => file.slice(0, file.lastIndexOf('/') + 1)

const scopeWithin = ({ scope, name }: FunctionStatement): string => (scope === '' ? name : `${scope}.${name}`)

/** `_modelClient` may be an `OllamaModelClient`, `thinker` a `ThinkerAgent`: one ends or begins like the other. */
function isLike(receiver: string, name: string): boolean {
  const [short, long] = [receiver, name].map((word) => word.replaceAll(/[_$@&*]/g, '').toLowerCase())
  if (short === undefined || long === undefined || short.length < 3) return false
  return long === short || long.endsWith(short) || long.startsWith(short)
}
