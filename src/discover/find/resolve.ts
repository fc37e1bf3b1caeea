// What an expression comes to: every text that it may be, as far as the sources say. Follows names, members, defaults of
// settings and of the environment, over files. Invariant: it ends: depth and number of values are bounded.
import { type Expr, field, lastName, pathOf, type Unit } from '../syntax/expr.ts'
import type { Question } from './effort.ts'
import { membersOf, throughLoop } from './enumerated.ts'
import { homeOf } from './project-names.ts'
import type { Binding, Project } from './project.ts'

export interface Value {
  text: string
  file: string
  line: number
  /** It is the value when nothing else is set. */
  fallback: boolean
}

const MOST_DEPTH = 14
const BRANCH = /^(?:text|either|other)$/
const MOST_VALUES = 64
const MOST_JOINED = 16

/** Calls that give one of their arguments back: conversions, and what is taken when a setting is missing. */
const THROUGH =
  /^(?:str|String|to_string|toString|into|strip|trim|lower|toLowerCase|to_owned|as_str|from|of|unquote|Field|field|ref|nullish|optional|describe|value|get_secret_value|unwrap|SecretStr|mapped_column|Ptr|F|coalesce|tostring|try|as_deref|clone)$/
const DEFAULTS =
  /^(?:default|catch|unwrap_or|unwrap_or_else|orElse|orElseGet|getOrDefault|GetValueOrDefault|fallback|or|unwrap_or_default|takeIf|ifBlank|ifEmpty)$/
const ENVIRONMENT =
  /(?:^|\.)(?:getenv|get_env|Getenv|LookupEnv|env|environ\.get|ENV\.fetch|env\.var|environ\.setdefault|GetEnvironmentVariable|getEnv|env\.get|Env\.get|get_from_env|config|getProperty|from_env|GetEnv|getEnvOrDefault|get_env_var|environ\.pop|secret_from_env|optionalEnv|requireEnv|Deno\.env\.get)$/

/** Read from the manifest of the project when it runs. */
const OF_MANIFEST = /^(?:pkg|package_?json|packageInfo|pkg_?json)\.name$/i

export class Resolver {
  readonly #project: Project
  /** The one that is being answered. */
  #question: Question | undefined

  constructor(project: Project) {
    this.#project = project
  }

  /** What is asked on the way to an answer costs with it. */
  #answer<Answer>(unit: Unit, work: () => Answer): Answer {
    if (this.#question) return work()
    const question = this.#project.effort.begin(unit)
    this.#question = question
    try {
      return work()
    } finally {
      this.#question = undefined
      this.#project.effort.end(unit, question)
    }
  }

  #mayGoOn(chars?: number): boolean {
    return this.#question?.step(chars) !== false
  }

  texts(expr: Expr | undefined, unit: Unit, scope = ''): Value[] {
    if (!expr) return []
    const found: Value[] = []
    this.#answer(unit, () => this.#follow(expr, unit, scope, 0, false, found, new Set()))
    return found
  }

  first(expr: Expr | undefined, unit: Unit, scope = ''): string | undefined {
    return this.texts(expr, unit, scope)[0]?.text
  }

  /** The expression that a name stands for, where it is one. */
  meaning(expr: Expr, unit: Unit, scope = '', depth = 0): { expr: Expr; unit: Unit; scope: string } {
    if (depth > 6 || (expr.kind !== 'name' && expr.kind !== 'member')) return { expr, unit, scope }
    const [binding] = this.bindings(expr, unit, scope)
    return binding ? this.meaning(binding.value, binding.unit, binding.scope, depth + 1) : { expr, unit, scope }
  }

  #follow(expr: Expr, unit: Unit, scope: string, depth: number, fallback: boolean, found: Value[], seen: Set<Expr>) {
    if (depth > MOST_DEPTH || found.length >= MOST_VALUES || seen.has(expr) || !this.#mayGoOn()) return
    seen.add(expr)
    const next = (inner: Expr | undefined, other = fallback) => {
      if (inner) this.#follow(inner, unit, scope, depth + 1, other, found, seen)
    }
    switch (expr.kind) {
      case 'text':
        found.push({ text: expr.value, file: unit.file, line: expr.line, fallback })
        return
      case 'either':
        for (const option of expr.options) if (option.kind !== 'compare') next(option)
        return
      case 'join':
        this.#join(expr, unit, scope, depth, fallback, found)
        return
      case 'index':
        this.#index(expr, unit, scope, next)
        return
      case 'call':
        this.#call(expr, next)
        if (expr.args.length === 0) this.#made(expr.callee, unit, scope, depth, found, seen)
        return
      case 'function':
        next(expr.gives)
        return
      // Branches: `if (fast) "a" else "b"`, `match`, `when`.
      case 'other':
        for (const part of expr.parts) if (BRANCH.test(part.kind)) next(part)
        return
      case 'name':
      case 'member':
        if (OF_MANIFEST.test(pathOf(expr))) {
          const { name } = homeOf(unit.file, { project: this.#project })
          found.push({ text: name, file: unit.file, line: expr.line, fallback })
          return
        }
        this.#bound(expr, unit, scope, depth, fallback, found, seen)
    }
  }

  #bound(expr: Expr, unit: Unit, scope: string, depth: number, fallback: boolean, found: Value[], seen: Set<Expr>) {
    const bindings = this.bindings(expr, unit, scope)
    for (const binding of bindings)
      this.#follow(binding.value, binding.unit, binding.scope, depth + 1, fallback, found, seen)
    if (bindings.length === 0 && expr.kind === 'member' && expr.name === 'name') this.#turn(expr.of, unit, scope, found)
    // Of Ruby, a method is called by its name alone; of others, a property may be a method.
    if (bindings.length === 0 && unit.language !== 'python' && unit.language !== 'go')
      this.#made(expr, unit, scope, depth, found, seen)
  }

  /** The name of a turn of a loop over an enumeration: each of its members may be meant. */
  #turn(turn: Expr, unit: Unit, scope: string, found: Value[]) {
    for (const binding of this.bindings(turn, unit, scope)) {
      const through = throughLoop(binding.value)
      for (const { name } of through ? membersOf(through, binding.unit, this.#project) : [])
        if (found.length < MOST_VALUES) found.push({ text: name, file: unit.file, line: turn.line, fallback: false })
    }
  }

  /** What a function of the project gives back that is called without a word. */
  #made(callee: Expr, unit: Unit, scope: string, depth: number, found: Value[], seen: Set<Expr>) {
    const path = pathOf(callee).replace(/^(?:self|this|cls|static|Self)\./, '')
    for (const { value, scope: within } of path.includes('?') ? [] : this.#returned(path, unit, scope))
      this.#follow(value, unit, within, depth + 1, false, found, seen)
  }

  #join(
    expr: Extract<Expr, { kind: 'join' }>,
    unit: Unit,
    scope: string,
    depth: number,
    fallback: boolean,
    found: Value[],
  ) {
    let texts = ['']
    for (const part of expr.parts) {
      const values: Value[] = []
      this.#follow(part, unit, scope, depth + 1, fallback, values, new Set())
      if (values.length === 0) return
      texts = texts.flatMap((before) => values.map(({ text }) => before + text)).slice(0, MOST_JOINED)
      // Each part may double what there is.
      if (!this.#mayGoOn(texts.reduce((sum, { length }) => sum + length, 0))) return
    }
    for (const text of texts) found.push({ text, file: unit.file, line: expr.line, fallback })
  }

  #index(expr: Extract<Expr, { kind: 'index' }>, unit: Unit, scope: string, next: (inner: Expr | undefined) => void) {
    if (expr.key.kind !== 'text') {
      const { expr: held } = this.meaning(expr.of, unit, scope)
      if (held.kind === 'map') for (const [, value] of held.entries) next(value)
      if (held.kind === 'list') for (const item of held.items) next(item)
      for (const { value } of throughLoop(expr) ? membersOf(expr.of, unit, this.#project) : []) next(value)
      return
    }
    if (/(?:environ|ENV|env|_ENV)$/.test(pathOf(expr.of))) {
      for (const { value } of this.#project.environment.get(expr.key.value) ?? []) next(value)
      return
    }
    // Of .NET, a path of keys leads into the settings: `config["Desk:Address"]`.
    const path = expr.key.value.split(':')
    for (const { documents } of path.length > 1 ? this.#project.unitsCalled('appsettings.json') : [])
      next(path.reduce((held: Expr | undefined, key) => field(held, key), documents[0]))
    next(field(this.meaning(expr.of, unit, scope).expr, expr.key.value))
  }

  #call(expr: Extract<Expr, { kind: 'call' }>, next: (inner: Expr | undefined, fallback?: boolean) => void) {
    const path = pathOf(expr.callee)
    const name = lastName(expr.callee)
    const [first, second] = expr.args
    if (name === 'nameof' && first) return next({ kind: 'text', value: lastName(first), line: expr.line })
    const given = field(expr, 'default', 'defaultValue', 'default_value', 'default_value_t', 'fallback')
    if (name === 'Value' || name === 'ConfigProperty') {
      const [, key, other] = first?.kind === 'text' ? (/^[$#]\{([^:}]+):?([^}]*)\}$/.exec(first.value) ?? []) : []
      for (const { value } of this.#project.environment.get(key ?? '') ?? []) next(value)
      if (other) next({ kind: 'text', value: other, line: expr.line }, true)
      else if (key === undefined) next(first)
      next(given, true)
      return
    }
    if (ENVIRONMENT.test(path)) {
      const key = first?.kind === 'text' ? first.value : ''
      if (path === 'config') for (const value of this.#project.configured(key)) next(value)
      for (const { value } of this.#project.environment.get(key) ?? []) next(value)
      next(second ?? given, true)
      return
    }
    if (DEFAULTS.test(name)) {
      if (expr.callee.kind === 'member') next(expr.callee.of)
      next(expr.args.at(-1), true)
      return
    }
    if (given) next(given, true)
    if (name === 'variable') return
    if (THROUGH.test(name)) {
      if (expr.callee.kind === 'member' && expr.args.length === 0) next(expr.callee.of)
      else next(first)
    }
    if (/^(?:get|pop|setdefault|Get)$/.test(name)) next(second, true)
    if (/^(?:jsonencode|format)$/.test(name)) next(first)
  }

  /** Where the name is given a value. */
  bindings(expr: Expr, unit: Unit, scope: string): readonly Binding[] {
    const path = pathOf(expr).replace(
      /\.(?:value|Value|name\(\)|rawValue|get_secret_value\(\)|getValue\(\)|toString\(\))$/,
      '',
    )
    if (path.includes('?')) return []
    const [, variable] = /^(?:process\.env|import\.meta\.env|Deno\.env|env|ENV|os\.environ)\.(\w+)$/.exec(path) ?? []
    const set = variable === undefined ? undefined : this.#project.environment.get(variable)
    if (set || (variable !== undefined && !/^env\./i.test(path))) return set ?? []
    const bare = path.replace(/^(?:self|this|cls|static|Self)\./, '')
    const found = this.#answer(unit, () => this.#lookup(bare, unit, scope, 0))
    if (found.length > 0) return found
    return bare === path ? [] : this.#ofOwner(bare, unit, scope)
  }

  /** What a function of the same file or class gives back. */
  #returned(bare: string, unit: Unit, scope: string): readonly Binding[] {
    const { functions } = this.#project.index(unit)
    for (let owner = scope; ; owner = owner.slice(0, Math.max(0, owner.lastIndexOf('.')))) {
      const path = owner === '' ? bare : `${owner}.${bare}`
      if (functions.has(path) && path !== scope)
        return this.#project.returned(unit, path).map((value) => ({ value, unit, scope: path }))
      if (owner === '') return []
    }
  }

  /** What the constructor of the class around gives to the object. */
  #ofOwner(name: string, unit: Unit, scope: string): readonly Binding[] {
    const { bindings } = this.#project.index(unit)
    for (let owner = scope; owner !== ''; owner = owner.slice(0, Math.max(0, owner.lastIndexOf('.')))) {
      for (const maker of ['__init__', 'constructor', 'initialize', '__construct']) {
        for (const key of [`self.${name}`, `this.${name}`, `@${name}`, name]) {
          const held = bindings.get(`${owner}.${maker}.${key}`)
          if (held) return held
        }
      }
    }
    return []
  }

  lookup(path: string, unit: Unit, scope: string): readonly Binding[] {
    return this.#answer(unit, () => this.#lookup(path, unit, scope, 0))
  }

  #lookup(path: string, unit: Unit, scope: string, depth: number): readonly Binding[] {
    const index = this.#project.index(unit)
    const here = around(path, index.bindings, scope)
    if (here.length > 0) return here
    if (depth > 4 || !this.#mayGoOn()) return []
    const [head = '', ...rest] = path.split('.')
    const imported = index.imports.get(head)
    if (imported) {
      const inner = [imported.name === 'default' || imported.name === '*' ? '' : imported.name, ...rest]
        .filter((part) => part !== '')
        .join('.')
      for (const other of this.#project.unitsOf(unit, imported.module)) {
        const held = this.#lookup(inner, other, '', depth + 1)
        if (held.length > 0) return held
        // `import static com.acme.Names.MODEL`: a member of the class before it.
        const [owner = ''] = imported.module.split('.').slice(-2)
        const member = this.#project.index(other).bindings.get(`${owner}.${inner}`)
        if (member) return member
      }
      const nested = imported.module.endsWith('.')
        ? imported.module + imported.name
        : `${imported.module}.${imported.name}`
      for (const other of imported.name === '' ? [] : this.#project.unitsOf(unit, nested)) {
        const held = this.#lookup(rest.join('.'), other, '', depth + 1)
        if (held.length > 0) return held
      }
    }
    // `export * from "./ask.js"`: what came through here may be there.
    for (const module of depth > 0 && !imported ? index.passedOn : []) {
      for (const other of this.#project.unitsOf(unit, module)) {
        const held = this.#lookup(path, other, '', depth + 1)
        if (held.length > 0) return held
      }
    }
    const [named] = rest.length === 1 ? around(head, index.bindings, scope) : []
    const fieldOfMap = fieldWithin(named?.value, rest[0] ?? '', 0)
    if (named && fieldOfMap) return [{ value: fieldOfMap, unit, scope: named.scope }]
    // `const settings = read()`: a field of what a function of the same file gives back.
    const given = named?.value.kind === 'call' ? this.#returned(pathOf(named.value.callee), unit, named.scope) : []
    for (const { value, scope: within } of given) {
      const held = value.kind === 'map' ? field(value, rest[0] ?? '') : undefined
      if (held) return [{ value: held, unit, scope: within }]
    }
    // A package of Go is one scope over all its files.
    const siblings = unit.language === 'go' && depth === 0 ? this.#project.siblings(unit) : []
    for (const other of siblings) {
      const held = this.#project.index(other).bindings.get(path)
      if (held) return held
    }
    return rest.length === 0 ? this.#ofImportedClass(path, unit) : this.#byMember(path, unit)
  }

  /** `using static Desk.Names;`, `import static desk.Names.*;`: a member of that class, said without it. */
  #ofImportedClass(name: string, unit: Unit): readonly Binding[] {
    if (!/^(?:csharp|java|kotlin)$/.test(unit.language)) return []
    const held = this.#project.member(name)
    if (held.length === 0) return []
    const owners = new Set(
      unit.statements.flatMap((one) => {
        if (one.kind !== 'import') return []
        const parts = one.module.split('.')
        return parts.at(-1) === name ? parts.slice(-2, -1) : parts.slice(-1)
      }),
    )
    return held.filter(({ scope }) => owners.has(scope.slice(scope.lastIndexOf('.') + 1)))
  }

  /** An object whose class is not known, or a class of another file: the last two words must fit one definition. */
  #byMember(path: string, unit: Unit): readonly Binding[] {
    const words = path.split('.')
    const name = words.at(-1) ?? ''
    const owner = words.at(-2) ?? ''
    const held = this.#project.member(name).filter(({ value }) => value.kind !== 'constant' || value.value !== null)
    const owned = held.filter(({ scope }) => scope === owner || scope.endsWith(`.${owner}`))
    if (owned.length > 0) return owned
    const isSetting =
      /model|llm|embed|deploy|url|endpoint|host|name/i.test(name) &&
      !/^(?:model|name|url|host|endpoint|value)$/i.test(name)
    const near = held.filter(({ unit: at }) => at.language === unit.language)
    return isSetting && near.length === 1 ? near : []
  }
}

/** What a path is bound to in the scope or in one around it. */
function around(path: string, bindings: ReadonlyMap<string, readonly Binding[]>, scope: string): readonly Binding[] {
  for (let within = scope; ; within = within.slice(0, Math.max(0, within.lastIndexOf('.')))) {
    const held = bindings.get(within === '' ? path : `${within}.${path}`)
    if (held) return held
    if (within === '') return []
  }
}

/** The field of a map, or of the map that calls make something of: `z.object({ … }).parse(process.env)`. */
function fieldWithin(expr: Expr | undefined, name: string, depth: number): Expr | undefined {
  if (!expr || depth > 4) return undefined
  if (expr.kind === 'map') return field(expr, name)
  if (expr.kind === 'member') return fieldWithin(expr.of, name, depth + 1)
  if (expr.kind !== 'call') return undefined
  for (const argument of expr.args) {
    const found = argument.kind === 'map' ? fieldWithin(argument, name, depth + 1) : undefined
    if (found) return found
  }
  return expr.callee.kind === 'member' ? fieldWithin(expr.callee.of, name, depth + 1) : undefined
}
