// What a project depends on, from the manifests and lock files of all ecosystems. Plain lines are read as lines: the
// formats were made for that.
import type { Manifest } from '../classify.ts'
import type { Ecosystem } from '../knowledge/packages.ts'
import { type Expr, field, lastName, type Statement } from '../syntax/expr.ts'

export interface Dependency {
  ecosystem: Ecosystem
  name: string
  version?: string
  line: number
  /** The manifest says it itself, and not for tests or tools alone. */
  direct: boolean
  development: boolean
}

type Take = (ecosystem: Ecosystem, name: string, more?: Partial<Dependency>) => void

/** By lines of plain text. */
export function readManifest(format: Manifest, source: string): Dependency[] {
  const found: Dependency[] = []
  const lines = source.split(/\r?\n/)
  const pom = format === 'pom' ? pomReader() : undefined
  const via = format === 'requirements' ? viaReader(found) : undefined
  for (const [at, raw] of lines.entries()) {
    const content = raw.slice(0, 2_000)
    const take: Take = (ecosystem, name, more) =>
      void found.push({ ecosystem, name, line: at + 1, direct: true, development: false, ...more })
    if (format === 'pom') pom?.(content, take)
    else READERS[format]?.(content, take)
    via?.(content)
  }
  return found
}

/** What the manifest calls what it builds, where that is not its first line. */
export function nameIn(format: Manifest, file: string, source: string): string | undefined {
  if (format === 'csproj')
    return /<AssemblyName>\s*([\w.-]+)/.exec(source)?.[1] ?? /([^/]+)\.(?:cs|fs|vb)proj$/.exec(file)?.[1]
  if (format === 'go.mod') return /^module\s+\S*?([\w.-]+?)(?:\/v\d+)?\s*$/m.exec(source)?.[1]
  if (format === 'gradle') return /\brootProject\.name\s*=\s*["']([\w.-]+)/.exec(source)?.[1]
  if (format === 'gemfile') return /^\s*\w+\.name\s*=\s*["']([\w-]+)/m.exec(source)?.[1]
  if (format !== 'pom') return undefined
  const own = source.slice(0, 20_000).replace(/<parent>[\s\S]*?<\/parent>/, '')
  return /<artifactId>\s*([\w.-]+)\s*</.exec(own)?.[1]
}

const version = (text: string | undefined): Partial<Dependency> =>
  text === undefined || text === '' ? {} : { version: text }

const READERS: Readonly<Partial<Record<Manifest, (line: string, take: Take) => void>>> = {
  requirements(line, take) {
    const [, name, said] = /^\s*([A-Za-z][\w.-]*)\s*(?:\[[^\]]*\])?\s*((?:[=<>!~]=?|@)\s*[^\s;#]+)?/.exec(line) ?? []
    if (name !== undefined) take('pypi', name, version(said))
  },
  'go.mod'(line, take) {
    const [, name, said, indirect] =
      /^\s*(?:require\s+)?([\w.-]+\.[a-z]+\/[^\s]+)\s+(v[^\s]+)\s*(\/\/ indirect)?/.exec(line) ?? []
    if (name !== undefined) take('golang', name, { ...version(said), direct: indirect === undefined })
  },
  gemfile(line, take) {
    const [, name, said] =
      /^\s*(?:gem|\w+\.add_(?:runtime_|development_)?dependency)[\s(]+["']([\w-]+)["'](?:\s*,\s*["']([^"']+)["'])?/.exec(
        line,
      ) ?? []
    if (name !== undefined) take('gem', name, { ...version(said), development: /development/.test(line) })
  },
  csproj(line, take) {
    const [, name] = /<(?:PackageReference|PackageVersion|package)\s[^>]*?(?:Include|id)="([^"]+)"/i.exec(line) ?? []
    const [, said] = /\bversion="([^"]+)"/i.exec(line) ?? []
    // Central versions say which one is taken, not that it is.
    if (name !== undefined) take('nuget', name, { ...version(said), direct: !/<PackageVersion\s/i.test(line) })
  },
  gradle(line, take) {
    if (/^\s*\/\//.test(line)) return
    const [, configuration = '', name, said] =
      /\b(\w*(?:mplementation|ompile|api|untimeOnly|platform|kapt|ksp)\w*)\s*[( ]\s*(?:platform\()?["']([\w.-]+:[\w.-]+)(?::([^"']+))?["']/i.exec(
        line,
      ) ?? []
    if (name !== undefined) take('maven', name, { ...version(said), development: /^test/i.test(configuration) })
  },
  conda(line, take) {
    const [, name, said] = /^\s*-\s*["']?(?:[\w-]+::)?([A-Za-z][\w.-]*)\s*((?:[=<>!~]=?)\s*[^\s"'#]+)?/.exec(line) ?? []
    if (name !== undefined && !/:\s*$/.test(line)) take('pypi', name, version(said))
  },
}

/** pip and uv say below each package who wanted it: a file of the project, or only another package. */
function viaReader(found: readonly Dependency[]): (line: string) => void {
  let wanted: Dependency | undefined
  return (line) => {
    const [opened, first = ''] = /(?:^|\s)#\s*via\b\s*(.*)$/.exec(line) ?? []
    if (opened !== undefined) {
      wanted = found.at(-1)
      if (wanted) wanted.direct = false
    } else if (!/^\s*#/.test(line)) wanted = undefined
    const by = opened === undefined ? line.replace(/^\s*#\s*/, '') : first
    if (wanted && /^-[rc]\s|\.(?:in|txt|toml)\b|\(/.test(by)) wanted.direct = true
  }
}

/** A dependency of Maven goes over lines; what is commented out does not count. */
function pomReader(): (line: string, take: Take) => void {
  let group = ''
  let artifact = ''
  let said = ''
  let scope = ''
  let inside = false
  let comment = false
  /** What is only managed there is not used; a list of versions that is imported is. */
  let managed = false
  const properties = new Map<string, string>()
  return (line, take) => {
    if (line.includes('<!--')) comment = true
    if (line.includes('-->')) {
      comment = false
      return
    }
    if (comment) return
    if (line.includes('<dependencyManagement>')) managed = true
    if (line.includes('</dependencyManagement>')) managed = false
    if (/<(?:dependency|plugin|exclusion)>/.test(line)) {
      inside = !line.includes('<plugin>') && !line.includes('<exclusion>')
      group = artifact = said = scope = ''
    }
    if (!inside) {
      const [, property, value] = /^\s*<([\w.-]+)>([^<$]+)<\/\1>/.exec(line) ?? []
      if (property !== undefined && value !== undefined && properties.size < 1_000)
        properties.set(property, value.trim())
      return
    }
    group = /<groupId>\s*([^<\s]+)/.exec(line)?.[1] ?? group
    artifact = /<artifactId>\s*([^<\s]+)/.exec(line)?.[1] ?? artifact
    said = /<version>\s*([^<\s]+)/.exec(line)?.[1] ?? said
    scope = /<scope>\s*([^<\s]+)/.exec(line)?.[1] ?? scope
    if (line.includes('</dependency>')) {
      if (group && artifact)
        take('maven', `${group}:${artifact}`, {
          ...version(said.replace(/^\$\{([^}]+)\}$/, (whole, name: string) => properties.get(name) ?? whole)),
          development: scope === 'test',
          direct: !managed || scope === 'import',
        })
      inside = false
    }
  }
}

/** By the structure of JSON and TOML. */
export function dependenciesOf(file: string, document: Expr): Dependency[] {
  const base = file.slice(file.lastIndexOf('/') + 1)
  const found: Dependency[] = []
  const take = (ecosystem: Ecosystem, name: string, line: number, more: Partial<Dependency> = {}) =>
    void found.push({ ecosystem, name, line, direct: true, development: false, ...more })

  const table = (ecosystem: Ecosystem, held: Expr | undefined, more: Partial<Dependency> = {}) => {
    if (held?.kind !== 'map') return
    for (const [key, value] of held.entries) {
      if (key.kind !== 'text') continue
      const inner = value.kind === 'text' ? value : field(value, 'version')
      const renamed = field(value, 'package')
      const name = renamed?.kind === 'text' ? renamed.value : key.value
      take(ecosystem, name, key.line, { ...version(inner?.kind === 'text' ? inner.value : undefined), ...more })
    }
  }
  const strings = (held: Expr | undefined, more: Partial<Dependency> = {}) => {
    for (const item of held?.kind === 'list' ? held.items : []) {
      const [, name, said] =
        item.kind === 'text' ? (/^\s*([A-Za-z][\w.-]*)(?:\[[^\]]*\])?\s*([^;]*)/.exec(item.value) ?? []) : []
      if (name !== undefined) take('pypi', name, item.line, { ...version(said?.trim()), ...more })
    }
  }

  if (base === 'package.json') {
    for (const key of ['dependencies', 'peerDependencies', 'optionalDependencies']) table('npm', field(document, key))
    table('npm', field(document, 'devDependencies'), { development: true })
  } else if (base === 'composer.json') {
    table('composer', field(document, 'require'))
    table('composer', field(document, 'require-dev'), { development: true })
  } else if (base === 'Cargo.toml') {
    for (const key of ['dependencies', 'build-dependencies']) table('cargo', field(document, key))
    table('cargo', field(field(document, 'workspace'), 'dependencies'))
    table('cargo', field(document, 'dev-dependencies'), { development: true })
  } else if (base === 'pyproject.toml') {
    const project = field(document, 'project')
    strings(field(project, 'dependencies'))
    for (const [, extra] of entries(field(project, 'optional-dependencies'))) strings(extra)
    for (const [, group] of entries(field(document, 'dependency-groups'))) strings(group, { development: true })
    const tool = field(document, 'tool')
    const poetry = field(tool, 'poetry')
    table('pypi', field(poetry, 'dependencies'))
    table('pypi', field(poetry, 'dev-dependencies'), { development: true })
    for (const [name, group] of entries(field(poetry, 'group'))) {
      table('pypi', field(group, 'dependencies'), { development: /dev|test|lint|docs/.test(name) })
    }
    strings(field(field(tool, 'uv'), 'dev-dependencies'), { development: true })
  } else if (base === 'Pipfile') {
    table('pypi', field(document, 'packages'))
    table('pypi', field(document, 'dev-packages'), { development: true })
  } else if (base === 'libs.versions.toml') {
    const versions = field(document, 'versions')
    for (const [, library] of entries(field(document, 'libraries'))) {
      const [, short, shortVersion] = library.kind === 'text' ? (/^([^:]+:[^:]+):(.+)$/.exec(library.value) ?? []) : []
      const parts = [field(library, 'group'), field(library, 'name')].map((part) => textOf(part))
      const name =
        short ?? textOf(field(library, 'module')) ?? (parts.includes(undefined) ? undefined : parts.join(':'))
      const said = field(library, 'version')
      const named = textOf(field(said, 'ref')) ?? textOf(field(library, 'version.ref'))
      const held = named === undefined ? said : field(versions, named)
      if (name !== undefined) take('maven', name, library.line, version(shortVersion ?? textOf(held)))
    }
  }
  return found
}

const textOf = (held: Expr | undefined): string | undefined => (held?.kind === 'text' ? held.value : undefined)

function entries(held: Expr | undefined): [string, Expr][] {
  return held?.kind === 'map' ? held.entries.map(([key, value]) => [key.kind === 'text' ? key.value : '', value]) : []
}

/** `setup(install_requires=[…], extras_require={…})`, whose lists may be kept under a name of the same file. */
export function dependenciesOfSetup(statements: readonly Statement[]): Dependency[] {
  const found: Dependency[] = []
  const kept = new Map(statements.flatMap((one) => (one.kind === 'assign' ? [[one.target, one.value] as const] : [])))
  const meant = (held: Expr | undefined): Expr | undefined =>
    held?.kind === 'name' ? (kept.get(held.name) ?? held) : held
  const strings = (held: Expr | undefined, development: boolean) => {
    const list = meant(held)
    for (const item of list?.kind === 'list' ? list.items : []) {
      const [, name, said] =
        item.kind === 'text' ? (/^\s*([A-Za-z][\w.-]*)(?:\[[^\]]*\])?\s*([^;]*)/.exec(item.value) ?? []) : []
      if (name !== undefined)
        found.push({ ecosystem: 'pypi', name, line: item.line, direct: true, development, ...version(said?.trim()) })
    }
  }
  for (const one of statements) {
    if (one.kind !== 'do' || one.value.kind !== 'call' || lastName(one.value.callee) !== 'setup') continue
    strings(field(one.value, 'install_requires'), false)
    strings(field(one.value, 'tests_require'), true)
    for (const [name, extra] of entries(meant(field(one.value, 'extras_require'))))
      strings(extra, /dev|test|lint|docs/.test(name))
  }
  return found
}
