// All files of one scan together: who defines what, who imports whom, and what a name comes to. A name is followed over
// files of the scan; what a library means by a name of its own is knowledge, and stands elsewhere.
import type { Dependency } from '../read/manifests.ts'
import type { SourceFile } from '../read/source-file.ts'
import { type Expr, field, type Statement, type Unit } from '../syntax/expr.ts'
import { Effort } from './effort.ts'
import { candidates, goFolders } from './modules.ts'

export type FunctionStatement = Extract<Statement, { kind: 'function' }>
export type ClassStatement = Extract<Statement, { kind: 'class' }>

export interface Binding {
  value: Expr
  unit: Unit
  scope: string
}

/** What one unit defines, by dotted name. */
interface Index {
  bindings: Map<string, Binding[]>
  functions: Map<string, FunctionStatement>
  classes: Map<string, ClassStatement>
  imports: Map<string, { module: string; name: string }>
  /** Modules all of whose names are passed on. */
  passedOn: string[]
}

const MOST_VALUES = 8
const MOST_NESTED = 8
/** `${NAME:-otherwise}`, and `${NAME=otherwise}` of Azure. */
const FALLBACK = /^\$\{(\w+)(?::?[-=]([^{}]+))?\}$/
const MOST_SIBLINGS = 200
const NAMED_BY_FILES = /^(?:python|typescript|tsx|go)$/

export class Project {
  readonly units: readonly Unit[]
  readonly dependencies: readonly (Dependency & { file: string })[]
  readonly files: readonly SourceFile[]
  readonly effort = new Effort()
  /** Set in files of settings: `.env`, compose, Dockerfile. */
  readonly environment = new Map<string, Binding[]>()
  /** What manifests call what they build, by their folder. */
  readonly called = new Map<string, string>()
  readonly #indexes = new Map<Unit, Index>()
  readonly #byFile = new Map<string, Unit>()
  readonly #folders = new Map<string, Unit[]>()
  /** By the last word of their path. */
  readonly #called = new Map<string, Unit[]>()
  /** Members of classes of the whole scan, for objects whose class is not said: `settings.MODEL`. */
  readonly #members = new Map<string, Binding[]>()
  readonly #returned = new Map<Unit, ReadonlyMap<string, readonly Expr[]>>()
  #importedAs: ReadonlySet<string> | undefined
  #required: ReadonlySet<string> | undefined
  #names: ReadonlySet<string> | undefined
  readonly #classes = new Map<string, { unit: Unit; held: ClassStatement }[]>()

  constructor(files: readonly SourceFile[]) {
    this.files = files
    this.units = files.flatMap(({ unit }) => (unit ? [unit] : []))
    this.dependencies = files.flatMap(({ file, dependencies = [] }) => dependencies.map((one) => ({ ...one, file })))
    for (const { file, called } of files) if (called !== undefined) this.called.set(folderOf(file), called)
    for (const unit of this.units) {
      this.#byFile.set(unit.file, unit)
      const word = unit.file.slice(unit.file.lastIndexOf('/') + 1)
      const others = this.#called.get(word)
      if (others) others.push(unit)
      else this.#called.set(word, [unit])
      this.#indexes.set(unit, this.#index(unit))
    }
  }

  index(unit: Unit): Index {
    return this.#indexes.get(unit) ?? this.#index(unit)
  }

  unitOf(file: string): Unit | undefined {
    return this.#byFile.get(file)
  }

  /** The files called so, in whichever folder: `langgraph.json`. */
  unitsCalled(name: string): readonly Unit[] {
    return this.#called.get(name) ?? []
  }

  member(name: string): readonly Binding[] {
    return this.#members.get(name) ?? []
  }

  /** The class of that name that a file means: its own, one that it imports, or the only one of the scan. */
  classNamed(name: string, unit: Unit): { unit: Unit; held: ClassStatement } | undefined {
    const all = (this.#classes.get(name) ?? []).filter((one) => one.unit.language === unit.language)
    const imported = this.index(unit).imports.get(name)
    const homes = imported ? this.unitsOf(unit, imported.module) : []
    return (
      all.find((one) => one.unit === unit) ??
      all.find((one) => homes.includes(one.unit)) ??
      all.find((one) => folderOf(one.unit.file) === folderOf(unit.file)) ??
      (all.length === 1 ? all[0] : undefined)
    )
  }

  /** `config('services.openai.model')` of PHP: a key of what `config/services.php` returns. */
  configured(key: string): Expr[] {
    const [head = '', ...rest] = key.split('.')
    if (!/^[\w-]+$/.test(head)) return []
    return this.unitsCalled(`${head}.php`).flatMap((unit) => {
      if (!/(?:^|\/)config\/[^/]+$/.test(unit.file)) return []
      const given = unit.statements.findLast((one) => one.kind === 'do' && one.returns && one.scope === '')
      const root = given?.kind === 'do' ? given.value : undefined
      return rest.reduce((held: Expr | undefined, word) => field(held, word), root) ?? []
    })
  }

  /** What the function of that path gives back. */
  returned(unit: Unit, path: string): readonly Expr[] {
    const known = this.#returned.get(unit)
    if (known) return known.get(path) ?? []
    const all = new Map<string, Expr[]>()
    for (const one of unit.statements) {
      if (one.kind !== 'do' || one.returns !== true) continue
      const held = all.get(one.scope)
      if (held) held.push(one.value)
      else all.set(one.scope, [one.value])
    }
    this.#returned.set(unit, all)
    return all.get(path) ?? []
  }

  /** Other files of the same folder, where those are one package. */
  siblings(unit: Unit): readonly Unit[] {
    return (this.#folders.get(folderOf(unit.file)) ?? []).filter((other) => other !== unit)
  }

  /** The files of this scan that an import may mean. */
  unitsOf(unit: Unit, module: string): readonly Unit[] {
    if (unit.language === 'go') return this.#packageOfGo(module)
    return candidates(unit, module).flatMap((file) => this.#byFile.get(file) ?? [])
  }

  /** An import of Go ends in a folder of the project. One word alone could be anybody's. */
  #packageOfGo(module: string): readonly Unit[] {
    for (const folder of goFolders(module, this.called)) {
      const held = this.#folders.get(folder)
      if (held) return held
    }
    return []
  }

  /** A file called like a package is meant only where it defines what is imported, and not by the same import. */
  isLocal(unit: Unit, module: string, names: readonly string[] = []): boolean {
    if (module.startsWith('.')) return true
    if (unit.language === 'rust') return this.#isModule(unit, module)
    // Of other languages, a package and the project that it is made of have the same names.
    if (!NAMED_BY_FILES.test(unit.language) || this.#isRequired(unit, module)) return false
    const said = names.filter((name) => name !== '' && name !== '*' && name !== 'default')
    // The examples of a library use it as everybody does; what stands beside them is their own.
    const [examples] = EXAMPLES.exec(unit.file) ?? []
    // Of Python, a folder is a package with no file that says so: what is imported is a file in it.
    const isFile = (name: string) =>
      this.unitsOf(unit, `${module}.${name}`).some(
        ({ file }) =>
          file !== unit.file &&
          (file.endsWith(`/${name}.py`) || file.endsWith(`/${name}/__init__.py`)) &&
          (examples === undefined || file.startsWith(examples)),
      )
    if (unit.language === 'python' && said.some(isFile)) return true
    return this.unitsOf(unit, module).some((other) => {
      if (other === unit || (examples !== undefined && !other.file.startsWith(examples))) return false
      if (unit.language === 'python' && this.#isCalledFurther(other.file, module)) return false
      const { bindings, functions, classes, imports } = this.index(other)
      const defines = (name: string) =>
        bindings.has(name) ||
        functions.has(name) ||
        classes.has(name) ||
        (imports.has(name) && imports.get(name)?.module !== module)
      return said.length === 0 || said.some(defines) || passesAll(other)
    })
  }

  /** `app/agents/page.py` that the project imports as `app.agents.page` is not what `agents` means. */
  #isCalledFurther(file: string, module: string): boolean {
    const path = module.replaceAll('.', '/')
    const at = `/${file}`.lastIndexOf(`/${path}`)
    const above = file.slice(0, Math.max(0, at)).replaceAll('/', '.').replace(/\.$/, '')
    if (above === '' || above === 'src') return false
    this.#importedAs ??= new Set(
      this.units.flatMap(({ language, statements }) =>
        language === 'python' ? statements.flatMap((one) => (one.kind === 'import' ? partsOf(one.module) : [])) : [],
      ),
    )
    return this.#importedAs.has(`${above}.${module}`)
  }

  /** `use llm::Answer` where `llm.rs` stands beside the root of the crate, whatever crates are called. */
  #isModule(unit: Unit, module: string): boolean {
    this.#names ??= new Set(this.files.map(({ file }) => file))
    const [head = ''] = module.split('.')
    return candidates(unit, `self.${head}`).some((file) => file !== unit.file && this.#names?.has(file))
  }

  /** A module of Go that a manifest asks for: a folder of the project may end like it. */
  #isRequired(unit: Unit, module: string): boolean {
    if (unit.language !== 'go') return false
    this.#required ??= new Set(this.dependencies.flatMap(({ file, name }) => (file.endsWith('go.mod') ? [name] : [])))
    for (let end = module.length; end > 0; end = module.lastIndexOf('/', end - 1))
      if (this.#required.has(module.slice(0, end))) return true
    return false
  }

  #index(unit: Unit): Index {
    const index: Index = {
      bindings: new Map(),
      functions: new Map(),
      classes: new Map(),
      imports: new Map(),
      passedOn: [],
    }
    for (const statement of unit.statements) {
      if (statement.kind === 'assign') {
        const { scope, target, value } = statement
        const binding = { value, unit, scope }
        push(index.bindings, scope === '' ? target : `${scope}.${target}`, binding)
        const last = target.slice(target.lastIndexOf('.') + 1)
        if (scope !== '' || target.includes('.')) push(this.#members, last, binding)
        if (value.kind === 'call' && value.callee.kind === 'name' && value.callee.name === 'require') {
          const [from] = value.args
          if (from?.kind === 'text') index.imports.set(target, { module: from.value, name: '' })
        }
      } else if (statement.kind === 'function') {
        index.functions.set(join(statement.scope, statement.name), statement)
        for (const { name, value } of statement.params) {
          if (value)
            push(index.bindings, join(join(statement.scope, statement.name), name), {
              value,
              unit,
              scope: statement.scope,
            })
        }
      } else if (statement.kind === 'class') {
        index.classes.set(join(statement.scope, statement.name), statement)
        // `class Tools::Search < Tools::Base` of Ruby carries its modules in front.
        const bare = statement.name.slice(statement.name.lastIndexOf('.') + 1)
        const known = this.#classes.get(bare) ?? []
        if (known.length < MOST_VALUES) this.#classes.set(bare, [...known, { unit, held: statement }])
      }
      if (statement.kind === 'import') {
        for (const { name, as } of statement.names) {
          if (as === '*' && unit.language.startsWith('t')) index.passedOn.push(statement.module)
          else index.imports.set(as, { module: statement.module, name })
        }
      }
      if (unit.language === 'docker' && statement.kind === 'do' && statement.value.kind === 'call') {
        for (const [name, value] of statement.value.named) push(this.environment, name, { value, unit, scope: '' })
      }
    }
    if (unit.format === 'env' || unit.format === 'properties')
      for (const document of unit.documents) this.#settings(document, unit)
    if (unit.format === 'yaml') for (const document of unit.documents) this.#containers(document, unit, 0)
    // The parameters of Azure's deployments say what a variable is when nobody sets it.
    if (unit.file.endsWith('.parameters.json'))
      for (const document of unit.documents) this.#fallbacks(document, unit, 0)
    if (unit.language === 'go') pushUnit(this.#folders, folderOf(unit.file), unit)
    return index
  }

  #settings(document: Expr, unit: Unit) {
    for (const [key, value] of document.kind === 'map' ? document.entries : []) {
      if (key.kind !== 'text' || value.kind !== 'text' || value.value === '' || /\$\{\{|\$TEMPLATE/.test(value.value))
        continue
      const [placeholder, , otherwise] = FALLBACK.exec(value.value) ?? []
      if (placeholder === undefined) push(this.environment, key.value, { value, unit, scope: '' })
      else if (otherwise !== undefined)
        push(this.environment, key.value, { value: { ...value, value: otherwise }, unit, scope: '' })
    }
  }

  /** Containers of compose and of CI are given variables. */
  #containers(expr: Expr, unit: Unit, depth: number) {
    if (expr.kind !== 'map' || depth > MOST_NESTED) return
    for (const [key, value] of expr.entries) {
      if (key.kind === 'text' && /^(?:environment|env)$/.test(key.value)) this.#settings(paired(value), unit)
      else this.#containers(value, unit, depth + 1)
    }
  }

  #fallbacks(expr: Expr, unit: Unit, depth: number) {
    if (depth > MOST_NESTED) return
    const [, name, otherwise] = expr.kind === 'text' ? (FALLBACK.exec(expr.value) ?? []) : []
    if (name !== undefined && otherwise !== undefined)
      push(this.environment, name, { value: { kind: 'text', value: otherwise, line: expr.line }, unit, scope: '' })
    if (expr.kind === 'map') for (const [, value] of expr.entries) this.#fallbacks(value, unit, depth + 1)
  }
}

/** `- NAME=value`, as compose writes them as well. */
function paired(settings: Expr): Expr {
  if (settings.kind !== 'list') return settings
  const entries = settings.items.flatMap((item): [Expr, Expr][] => {
    const [, name, value] = item.kind === 'text' ? (/^(\w+)=(.*)$/s.exec(item.value) ?? []) : []
    if (name === undefined || value === undefined) return []
    return [
      [
        { kind: 'text', value: name, line: item.line },
        { kind: 'text', value, line: item.line },
      ],
    ]
  })
  return { kind: 'map', entries, line: settings.line, end: settings.line }
}

const EXAMPLES = /^(?:.*\/)?(?:examples?|samples?|cookbooks?|demos?|quickstarts?|tutorials?)\//

/** `app`, `app.agents`, `app.agents.page` */
const partsOf = (module: string): string[] => module.split('.').map((_, at, words) => words.slice(0, at + 1).join('.'))

/** A file of a package that hands on what other files define, or makes it when it is asked for. */
const passesAll = (unit: Unit): boolean =>
  unit.file.endsWith('__init__.py') &&
  unit.statements.some((one) =>
    one.kind === 'import' ? one.names.length === 0 : one.kind === 'function' && one.name === '__getattr__',
  )

const folderOf = (file: string) => file.slice(0, file.lastIndexOf('/') + 1)

function pushUnit(map: Map<string, Unit[]>, key: string, unit: Unit) {
  const held = map.get(key) ?? []
  if (held.length < MOST_SIBLINGS) held.push(unit)
  map.set(key, held)
}

const join = (scope: string, name: string) => (scope === '' ? name : `${scope}.${name}`)

function push(map: Map<string, Binding[]>, key: string, binding: Binding) {
  const held = map.get(key)
  if (!held) map.set(key, [binding])
  else if (held.length < MOST_VALUES) held.push(binding)
}
