// From the texts of declaration files to what they declare. Everything that is wrong in any of them is told at once,
// with its file and line.
import type { z } from 'zod'
import type { Catalog } from '../catalog/catalog.ts'
import { Failure, type Issue } from '../lib/failure.ts'
import { parse } from '../lib/parse.ts'
import { suggest } from '../lib/suggest.ts'
import { parseYaml, type YamlDocument } from '../lib/yaml.ts'
import type { AssetBody, Link } from '../model/asset.ts'
import type { FactValue } from '../model/fact.ts'
import { toBody } from './asset-body.ts'
import { Declaration, DECLARATION_KEYS } from './declaration.ts'
import { checkFact } from './fact-value.ts'
import { checkModel } from './deployment-model.ts'

export interface DeclarationFile {
  name: string
  text: string
}

export interface DeclaredFact {
  value: FactValue
  confidence: number
}

export interface DeclaredAsset {
  source: string
  body: AssetBody
  facts: ReadonlyMap<string, DeclaredFact>
  /** In the order of the file, so that what is wrong is told by its place. */
  links: readonly Link[]
  /** `claims.yaml:12: assets[3]`, and of a place within. */
  place(within?: string): string
}

export interface Declared {
  sources: string[]
  assets: DeclaredAsset[]
}

type Stated = z.output<typeof Declaration>

const SHOWN = 20

/** `settings`: keys that are the server's and stand in the same file. */
export function readDeclarations(
  files: readonly DeclarationFile[],
  catalog: Catalog,
  settings: readonly string[],
): Declared {
  const issues: Issue[] = []
  const sources = new Map<string, string>()
  const assets = new Map<string, DeclaredAsset>()
  for (const { name, text } of files) {
    for (const document of parseYaml(text, name)) {
      const place = (path: string) => `${name}:${document.lineOf(path)}: ${path}`
      const stated = readDocument(document, place, settings, issues)
      if (!stated) continue
      const taken = sources.get(stated.source)
      if (taken !== undefined)
        issues.push({ path: place('source'), message: `"${stated.source}" is already the source of ${taken}` })
      sources.set(stated.source, place('source').replace(/: source$/, ''))
      for (const [i, asset] of stated.assets.entries()) {
        const declared = toDeclared(stated.source, asset, (within) => place(`assets[${i}]${within}`), catalog, issues)
        const other = assets.get(asset.id)
        if (other)
          issues.push({
            path: declared.place('.id'),
            message: `"${asset.id}" is declared twice; first at ${other.place('.id')}`,
          })
        assets.set(asset.id, declared)
      }
    }
  }
  refuse(issues)
  if (sources.size === 0)
    throw new Failure('input_invalid', `${files.map(({ name }) => name).join(', ')}: nothing is declared`, {
      hint: 'a declaration has `source: NAME` and `assets:`; `parapet export` shows one',
    })
  return { sources: [...sources.keys()], assets: [...assets.values()] }
}

/** The same trouble, told at its place in a file. */
export const moved = (issue: Issue, path: string): Issue => ({ ...issue, path })

/** Says all that is wrong, or nothing. */
export function refuse(issues: readonly Issue[]): void {
  const [first] = issues
  if (!first) return
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : ''
  throw new Failure('input_invalid', `${first.path}: ${first.message}${more}`, {
    hint: first.suggestion === undefined ? undefined : `did you mean "${first.suggestion}"?`,
    issues: issues.slice(0, SHOWN),
  })
}

function readDocument(
  document: YamlDocument,
  place: (path: string) => string,
  settings: readonly string[],
  issues: Issue[],
): Stated | undefined {
  const { value } = document
  if (value === null || value === undefined) return undefined
  if (typeof value !== 'object' || Array.isArray(value)) {
    issues.push({ path: place(''), message: 'expected `source: NAME` and `assets:` with a list' })
    return undefined
  }
  const own = Object.entries(value).filter(([key]) => !settings.includes(key))
  const known = new Set<string>(DECLARATION_KEYS)
  if (own.length === 0) return undefined
  for (const [key] of own)
    if (!known.has(key)) {
      const near = suggest(key, [...known, ...settings])
      const message = 'unknown key; expected "source", "assets" or a setting of the server'
      issues.push({ path: place(key), message, ...(near === undefined ? {} : { suggestion: near }) })
    }
  try {
    return parse(Declaration, Object.fromEntries(own.filter(([key]) => known.has(key))))
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    issues.push(...error.issues.map((issue) => moved(issue, place(issue.path))))
    return undefined
  }
}

function toDeclared(
  source: string,
  { facts: stated, ...asset }: Stated['assets'][number],
  place: (within: string) => string,
  catalog: Catalog,
  issues: Issue[],
): DeclaredAsset {
  const facts = new Map<string, DeclaredFact>()
  for (const [key, given] of Object.entries(stated)) {
    const whole = typeof given === 'object' && !Array.isArray(given) ? given : { value: given, confidence: 1 }
    const checked = checkFact(catalog, key, whole.value)
    if ('issue' in checked) issues.push(moved(checked.issue, place(`.facts.${key}`)))
    else facts.set(key, { value: checked.value, confidence: whole.confidence })
  }
  const body = toBody(asset, true)
  for (const issue of checkModel(catalog, body)) issues.push(moved(issue, place(`.${issue.path}`)))
  return { source, body, facts, links: asset.links, place: (within = '') => place(within) }
}
