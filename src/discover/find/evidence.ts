// What the finders share: the project, the resolver, where things are gathered, and which provider is meant where.
import { AMBIGUOUS, providerNamed } from '../knowledge/providers.ts'
import { packageOfModule, type Package } from '../knowledge/packages.ts'
import { pathOf, type Unit } from '../syntax/expr.ts'
import { Collector } from './collector.ts'
import type { ModelName } from './models/names.ts'
import type { Project } from './project.ts'
import { Resolver } from './resolve.ts'

export interface UsedModel {
  model: ModelName
  unit: Unit
  line: number
  end: number
  provider: string | undefined
  /** Whose class is told of it. */
  told: string | undefined
  id: string
}

export interface UsedPackage {
  pack: Package
  module: string
  names: readonly { name: string; as: string }[]
  line: number
}

const ECOSYSTEM_OF_NAMESPACE = new Set(['csharp', 'php', 'ruby'])

export class Evidence {
  readonly project: Project
  readonly resolver: Resolver
  readonly collector = new Collector()
  readonly usedModels: UsedModel[] = []
  readonly #packages = new Map<Unit, UsedPackage[]>()

  constructor(project: Project) {
    this.project = project
    this.resolver = new Resolver(project)
  }

  usedModel(used: UsedModel) {
    this.usedModels.push(used)
  }

  /** The packages about AI that a file imports. A folder of the project with the same name is not the package. */
  packages(unit: Unit): readonly UsedPackage[] {
    const known = this.#packages.get(unit)
    if (known) return known
    const found: UsedPackage[] = []
    const take = (module: string, names: UsedPackage['names'], line: number) => {
      const pack = packageOfModule(unit.language, module)
      const local =
        pack &&
        this.project.isLocal(
          unit,
          module,
          names.map(({ name }) => name),
        )
      if (pack && !local) found.push({ pack, module, names, line })
    }
    for (const statement of unit.statements) {
      if (statement.kind === 'import') {
        // `from google import genai`: the name belongs to the module.
        const joined = statement.names.map(({ name }) => `${statement.module}.${name}`)
        const deeper =
          unit.language === 'python'
            ? joined.filter(
                (one) => packageOfModule(unit.language, one) !== packageOfModule(unit.language, statement.module),
              )
            : []
        take(statement.module, statement.names, statement.line)
        for (const one of deeper) take(one, [{ name: '', as: one.slice(one.lastIndexOf('.') + 1) }], statement.line)
      } else if (statement.kind === 'do' || statement.kind === 'assign') {
        const { value } = statement
        if (value.kind !== 'call') continue
        const path = pathOf(value.callee)
        const [first] = value.args
        if (/^(?:require|import|require_relative)$/.test(path) && first?.kind === 'text') {
          take(first.value, statement.kind === 'assign' ? [{ name: '', as: statement.target }] : [], statement.line)
        } else if (unit.language === 'ruby' && /^(?:extend|include|prepend)$/.test(path)) {
          take(pathOf(first).split('.')[0] ?? '', [], statement.line)
        } else if (ECOSYSTEM_OF_NAMESPACE.has(unit.language) && /^[A-Z]/.test(path))
          take(path.split('.')[0] ?? '', [], statement.line)
        else if (unit.language === 'rust' && path.includes('.') && this.#isCrate(path.split('.')[0] ?? ''))
          take(path.split('.')[0] ?? '', [], statement.line)
      } else if (statement.kind === 'class' && unit.language === 'ruby') {
        for (const base of statement.bases) take(pathOf(base).split('.')[0] ?? '', [], statement.line)
      }
    }
    this.#packages.set(unit, found)
    return found
  }

  #crates: ReadonlySet<string> | undefined

  /** Rust needs no import: `acme::connect()` calls what the manifest brought. */
  #isCrate(head: string): boolean {
    this.#crates ??= new Set(
      this.project.dependencies.flatMap(({ ecosystem, name }) =>
        ecosystem === 'cargo' ? [name.replaceAll('-', '_')] : [],
      ),
    )
    return this.#crates.has(head)
  }

  /** The package that a name of this file comes from: the first word of the path decides. */
  packageOf(unit: Unit, path: string): Package | undefined {
    const head = path.split(/[.()[]/)[0] ?? ''
    for (const { pack, names } of this.packages(unit)) if (names.some(({ as }) => as === head)) return pack
    return this.packages(unit).find(({ names }) => names.some(({ name }) => name === '*'))?.pack
  }

  /** Whether a file deals with AI at all, by what it imports or, in other formats, by having been let through. */
  usesAi(unit: Unit): boolean {
    return (
      unit.format !== 'code' ||
      unit.language === 'docker' ||
      unit.language === 'sql' ||
      this.packages(unit).length > 0 ||
      this.#nearAi(unit)
    )
  }

  #any: boolean | undefined

  /** Whether anything that was read imports a package about AI. */
  anyAi(): boolean {
    this.#any ??= this.project.units.some((unit) => unit.format === 'code' && this.packages(unit).length > 0)
    return this.#any
  }

  #speaks: boolean | undefined

  /** The same, or a server that somebody wrote by hand: asked once the servers are found. */
  speaksAi(): boolean {
    this.#speaks ??=
      this.anyAi() || this.collector.said('mcpServers').some(({ attributes }) => attributes['role'] === 'server')
    return this.#speaks
  }

  readonly #near = new Map<Unit, boolean>()

  /** Constants often stand in a file of their own, which a file that uses them imports. */
  #nearAi(unit: Unit): boolean {
    if (this.#near.size === 0) {
      for (const one of this.project.units) {
        if (this.packages(one).length === 0) continue
        for (const { module } of this.project.index(one).imports.values()) {
          for (const local of this.project.unitsOf(one, module)) this.#near.set(local, true)
        }
      }
      for (const one of this.project.units) if (!this.#near.has(one)) this.#near.set(one, false)
    }
    return this.#near.get(unit) === true
  }

  /** A key of a file of settings that is the name of a provider. */
  configuredProvider(unit: Unit, key: string): string | undefined {
    // Of Terraform, what stands in front of a block is a name that somebody gave it.
    if (unit.format === 'code' || unit.format === 'notebook' || unit.format === 'terraform') return undefined
    const word = key.slice(key.lastIndexOf('.') + 1)
    return AMBIGUOUS.has(word.toLowerCase()) && word.toLowerCase() !== 'azure' ? undefined : providerNamed(word)
  }
}
