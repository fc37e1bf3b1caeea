// What somebody else's BOM says that a system is made of, as things like those that scans find: under the names that scans
// would give them, so that the two can be held against each other, and each with its place in the BOM.
// Packages that have nothing to do with AI stay in the BOM and are no things.
import type { Bom, BomPart } from '../../model/bom.ts'
import type { Attribute, DiscoveredItem, DiscoveredKind, DiscoveredLink } from '../../model/discovered.ts'
import { LINK_KINDS } from '../../model/discovered-link.ts'
import { ECOSYSTEMS, type Ecosystem, packageNamed } from '../knowledge/packages.ts'
import { providerNamed } from '../knowledge/providers.ts'
import { printable } from '../printable.ts'

export interface SaidByBom {
  items: DiscoveredItem[]
  links: DiscoveredLink[]
}

const KINDS: Partial<Record<BomPart['kind'], DiscoveredKind>> = {
  provider: 'providers',
  model: 'models',
  'vector-store': 'vectorStores',
  agent: 'agents',
  tool: 'tools',
  'mcp-server': 'mcpServers',
  dataset: 'datasets',
  prompt: 'prompts',
  instructions: 'agentInstructions',
  serving: 'serving',
  'cloud-ai': 'cloudAi',
  notebook: 'notebooks',
  endpoint: 'endpoints',
}
const LINKED: ReadonlySet<string> = new Set(LINK_KINDS)
const SURE = 0.8

export function saidByBom({ parts, links, subject }: Bom, file: string, text: string): SaidByBom {
  const lines = linesOfNames(text)
  const items = new Map<string, DiscoveredItem>()
  const ids = new Map<string, string>()
  for (const part of parts) {
    if (part.id === subject) continue
    const line = lines.get(part.name) ?? lines.get(part.name.slice(part.name.lastIndexOf('/') + 1)) ?? 1
    for (const { kind, name } of meantBy(part)) {
      const id = `${kind}:${name.slice(0, 300)}`
      ids.set(part.id, id)
      if (items.has(id)) continue
      const evidence = [{ file: printable(file), line }]
      const shown = printable(name).slice(0, 300)
      const card = part.card === undefined ? {} : { card: part.card }
      items.set(id, { id, kind, name: shown, evidence, confidence: SURE, stance: 'declared', attributes: attributesOf(part, file), ...card }) // prettier-ignore
    }
  }
  return {
    items: [...items.values()],
    links: links.flatMap(({ from, to, kind }): DiscoveredLink[] => {
      const [source, target] = [ids.get(from), ids.get(to)]
      const line = { file: printable(file), line: 1 }
      return source === undefined || target === undefined || source === target || !LINKED.has(kind)
        ? []
        : [{ from: source, to: target, kind: kind as DiscoveredLink['kind'], evidence: line, confidence: SURE }]
    }),
  }
}

interface Meant {
  kind: DiscoveredKind
  name: string
}

/** A package may show more than itself: a framework, a store. */
function meantBy({ kind, name, purl = '' }: BomPart): Meant[] {
  const [, type = '', rest = ''] = /^pkg:([a-z]+)\/([^?#]+)/i.exec(purl) ?? []
  const bare = decoded(rest.replace(/@[^@/]*$/, ''))
  if (type === 'huggingface') return [{ kind: 'models', name: bare }]
  const known = KINDS[kind]
  if (known !== undefined) return [{ kind: known, name: known === 'providers' ? (providerNamed(name) ?? name) : name }]
  const ecosystem = ECOSYSTEMS.find((one): one is Ecosystem => one === type)
  const named = ecosystem === 'maven' ? bare.replace('/', ':') : bare
  const pack = ecosystem === undefined ? undefined : packageNamed(ecosystem, named)
  if (pack === undefined) return []
  const stores: Meant[] = pack.vectorStore === undefined ? [] : [{ kind: 'vectorStores', name: pack.vectorStore }]
  const frameworks = pack.frameworks.map((framework): Meant => ({ kind: 'frameworks', name: framework }))
  return [...frameworks, ...stores, { kind: 'sdks', name: pack.name }]
}

function attributesOf({ version, supplier, purl, licence, service, downloadLocation }: BomPart, file: string) {
  const [endpoint = downloadLocation] = service?.endpoints ?? []
  const said = { version, provider: supplier, purl, licence, url: endpoint, saidBy: `BOM ${file}` }
  return Object.fromEntries(
    Object.entries(said).flatMap(([key, value]): [string, Attribute][] =>
      value === undefined ? [] : [[key, printable(value).slice(0, 500)]],
    ),
  )
}

/** As JSON, as XML and as a tag. */
const NAMED = /"name"\s*:\s*"(?<json>(?:[^"\\]|\\.)*)"|<name>(?<plain>[^<]*)<|^PackageName:[ \t]*(?<plain>.*)$/gm

/** The first line at which something of that name stands. */
function linesOfNames(text: string): Map<string, number> {
  const lines = new Map<string, number>()
  let line = 1
  let end = endOfLine(text, 0)
  for (const { index, groups } of text.matchAll(NAMED)) {
    for (; end < index; end = endOfLine(text, end + 1)) line++
    const name = groups?.['json'] === undefined ? (groups?.['plain'] ?? '') : decodedJson(groups['json'])
    if (!lines.has(name)) lines.set(name, line)
  }
  return lines
}

function endOfLine(text: string, from: number): number {
  const at = text.indexOf('\n', from)
  return at < 0 ? text.length : at
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function decodedJson(text: string): string {
  try {
    return String(JSON.parse(`"${text}"`))
  } catch {
    return text
  }
}
