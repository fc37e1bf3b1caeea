// Which packages are about AI, in every ecosystem, and what each one shows.
import { MAVEN } from './packages/maven.ts'
import { COMPOSER, CRATES, GEMS, GO, NUGET } from './packages/others.ts'
import { NPM } from './packages/npm.ts'
import { PYPI } from './packages/pypi.ts'
import { PYPI_LEARNING } from './packages/pypi-learning.ts'

export const ECOSYSTEMS = [
  'pypi',
  'npm',
  'golang',
  'maven',
  'nuget',
  'cargo',
  'gem',
  'composer',
  'github-actions',
] as const
export type Ecosystem = (typeof ECOSYSTEMS)[number]

export interface Package {
  ecosystem: Ecosystem
  name: string
  /** How code names it. */
  modules: readonly string[]
  /** The provider whose own client this is. */
  provider: string | undefined
  /** The provider that is reached once the package is used; to depend on it says nothing yet. */
  adapts: string | undefined
  /** Whose models it asks where nobody says which. */
  usual: string | undefined
  frameworks: readonly string[]
  /** Modules that measure or prepare and hold no model; with these, to depend on the package says nothing. */
  tools: readonly string[]
  vectorStore: string | undefined
}

const MODULE_OF: Readonly<Partial<Record<Ecosystem, (name: string) => string>>> = {
  pypi: (name) => name.replaceAll('-', '_').toLowerCase(),
  cargo: (name) => name.replaceAll('-', '_'),
}

function parse(ecosystem: Ecosystem, table: string): Package[] {
  return table
    .trim()
    .split('\n')
    .map((row) => {
      const [name = '', ...said] = row.split(' ')
      const facts = new Map(said.map((part) => [part.slice(0, 1), part.slice(2)]))
      const module = MODULE_OF[ecosystem]?.(name) ?? (ecosystem === 'maven' ? '' : name)
      const modules = facts.get('m')?.split(',') ?? (module === '' ? [] : [module])
      const frameworks = facts.get('f')?.split(',') ?? []
      return {
        ecosystem,
        name,
        modules,
        frameworks,
        tools: facts.get('t')?.split(',') ?? [],
        provider: facts.get('p'),
        adapts: facts.get('a'),
        usual: facts.get('u'),
        vectorStore: facts.get('v'),
      }
    })
}

export const PACKAGES: readonly Package[] = [
  ...parse('pypi', PYPI),
  ...parse('pypi', PYPI_LEARNING),
  ...parse('npm', NPM),
  ...parse('golang', GO),
  ...parse('maven', MAVEN),
  ...parse('nuget', NUGET),
  ...parse('cargo', CRATES),
  ...parse('gem', GEMS),
  ...parse('composer', COMPOSER),
]

/** Python and NuGet do not tell names apart by case or by the kind of dash. */
const fold = (ecosystem: Ecosystem, name: string) =>
  ecosystem === 'pypi'
    ? name.toLowerCase().replaceAll(/[-_.]+/g, '-')
    : ecosystem === 'nuget'
      ? name.toLowerCase()
      : name

const byName = new Map(PACKAGES.map((one) => [`${one.ecosystem} ${fold(one.ecosystem, one.name)}`, one]))

export function packageNamed(ecosystem: Ecosystem, name: string): Package | undefined {
  const folded = fold(ecosystem, name)
  const known = byName.get(`${ecosystem} ${folded}`)
  if (known || ecosystem !== 'golang') return known
  // A Go module may stand for a package below it, and carries its major version as the last part.
  const above = folded.slice(0, Math.max(0, folded.lastIndexOf('/')))
  return above.includes('/') ? packageNamed('golang', above) : undefined
}

const LANGUAGES: Readonly<Record<string, Ecosystem>> = {
  python: 'pypi',
  typescript: 'npm',
  tsx: 'npm',
  go: 'golang',
  java: 'maven',
  kotlin: 'maven',
  csharp: 'nuget',
  rust: 'cargo',
  ruby: 'gem',
  php: 'composer',
}

const byModule = new Map<string, Package>()
for (const one of PACKAGES) {
  for (const module of one.modules) {
    const key = `${one.ecosystem} ${module}`
    if (!byModule.has(key)) byModule.set(key, one)
  }
}

/** A library that nobody here knows, which says by its name that it is for MCP. */
export const UNKNOWN_MCP: Package = {
  ecosystem: 'npm',
  name: '',
  modules: [],
  provider: undefined,
  adapts: undefined,
  usual: undefined,
  frameworks: ['mcp'],
  tools: [],
  vectorStore: undefined,
}
const SAYS_MCP = /(?:^|[-_./])(?:fast)?mcp(?:$|[-_./])/i

/** Of other languages, a project has namespaces of its own that say the same. */
function isOfMcp(ecosystem: Ecosystem, module: string): boolean {
  if (/^[.@~#]?\/|^\./.test(module)) return false
  if (ecosystem === 'golang') return module.includes('.') && SAYS_MCP.test(module)
  if (ecosystem === 'npm') return SAYS_MCP.test(/^(?:@[^/]+\/)?[^/]+/.exec(module)?.[0] ?? '')
  return ecosystem === 'pypi' && SAYS_MCP.test(module.split('.')[0] ?? '')
}

/** The package that an import means: the longest prefix that is known. */
export function packageOfModule(language: string, module: string): Package | undefined {
  const ecosystem = LANGUAGES[language]
  if (!ecosystem) return undefined
  for (let name = module; name !== '';) {
    const known = byModule.get(`${ecosystem} ${name}`)
    if (known) return known
    const cut = Math.max(
      name.lastIndexOf('/'),
      ecosystem === 'npm' || ecosystem === 'golang' ? -1 : name.lastIndexOf('.'),
    )
    name = name.slice(0, Math.max(0, cut))
  }
  return isOfMcp(ecosystem, module) ? UNKNOWN_MCP : undefined
}

const STORES: ReadonlySet<string | undefined> = new Set(PACKAGES.map(({ vectorStore }) => vectorStore))

/** Whether the name is one of a store of vectors, as packages bring them. */
export const isStore = (name: string): boolean => STORES.has(name)
