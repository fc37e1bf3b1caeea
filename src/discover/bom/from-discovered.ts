// The BOM of what a scan found. Credentials are findings and no parts: a BOM is handed around.
import type { Bom, BomKind, BomLink, BomPart } from '../../model/bom.ts'
import { DISCOVERED_KINDS, type Discovered, type DiscoveredItem, type DiscoveredKind } from '../../model/discovered.ts'
import { isService } from './cyclonedx-write.ts'
import { partId } from './part-id.ts'
import { sortBom } from './sort.ts'

const KINDS: Record<Exclude<DiscoveredKind, 'credentials'>, BomKind> = {
  providers: 'provider',
  sdks: 'library',
  frameworks: 'framework',
  models: 'model',
  vectorStores: 'vector-store',
  agents: 'agent',
  tools: 'tool',
  mcpServers: 'mcp-server',
  datasets: 'dataset',
  prompts: 'prompt',
  serving: 'serving',
  cloudAi: 'cloud-ai',
  notebooks: 'notebook',
  agentInstructions: 'instructions',
  endpoints: 'endpoint',
}

export interface BomOf {
  /** The system that was scanned. */
  name: string
  version?: string | undefined
  createdAt: string
  tool: Bom['tool']
}

export function bomOf(discovered: Discovered, { name, version, createdAt, tool }: BomOf): Bom {
  const subject = partId('application', name)
  const parts = new Map<string, BomPart>()
  const ids = new Map<string, string>()
  for (const kind of DISCOVERED_KINDS) {
    if (kind === 'credentials') continue
    for (const item of discovered[kind]) {
      const part = partOf(item, KINDS[kind])
      ids.set(item.id, part.id)
      if (!parts.has(part.id) && part.id !== subject) parts.set(part.id, part)
    }
  }
  const links = discovered.links.flatMap(({ from, to, kind }): BomLink[] => {
    const [source, target] = [ids.get(from), ids.get(to)]
    return source === undefined || target === undefined ? [] : [{ from: source, to: target, kind }]
  })
  const reached = new Set(links.map(({ to }) => to))
  const direct = [...parts.keys()].filter((id) => !reached.has(id))
  return sortBom({
    subject,
    createdAt,
    tool,
    parts: [{ id: subject, kind: 'application', name, version, occurrences: [] }, ...parts.values()],
    links: [...links, ...direct.map((to): BomLink => ({ from: subject, to, kind: 'uses' }))],
  })
}

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)

function partOf({ name, evidence, attributes, confidence, stance, card }: DiscoveredItem, kind: BomKind): BomPart {
  const { version, provider, purl, url, licence, ...others } = attributes
  const properties = Object.entries({ ...others, confidence, stance }).map(([key, value]) => [
    `parapet:found:${key}`,
    Array.isArray(value) ? value.join(', ') : String(value),
  ])
  const part: BomPart = {
    id: partId(kind, name),
    kind,
    name,
    version: text(version),
    supplier: text(provider),
    purl: text(purl),
    licence: text(licence),
    ...(card === undefined ? {} : { card }),
    occurrences: evidence.map(({ file, line }) => ({ file, line })),
    properties: Object.fromEntries(properties) as Record<string, string>,
  }
  const endpoint = text(url)
  if (isService(part)) return { ...part, service: { ...(endpoint !== undefined && { endpoints: [endpoint] }) } }
  return { ...part, ...(endpoint !== undefined && { downloadLocation: endpoint }) }
}
