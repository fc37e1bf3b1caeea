// A thing that was found as an asset of the register: which kind it is, what it is called there, who may answer for it and
// how its system comes by it. What the source does not say stays unsaid, because what is unknown never hides a threat.
import type { AssetBody, AssetKind, Link, LinkKind } from '../../model/asset.ts'
import type { DiscoveredKind } from '../../model/discovered.ts'
import type { LinkKind as FoundLink } from '../../model/discovered-link.ts'
import type { Discovery } from '../../model/discovery.ts'

/** Absent: parts of a program and places in it, which are in the BOM and no assets of their own. */
export const ASSET_KIND: Partial<Record<DiscoveredKind, AssetKind>> = {
  providers: 'provider',
  models: 'model',
  vectorStores: 'vector-store',
  agents: 'agent',
  tools: 'tool',
  mcpServers: 'mcp-server',
  datasets: 'dataset',
  prompts: 'prompt',
  agentInstructions: 'prompt',
  serving: 'endpoint',
  endpoints: 'endpoint',
  cloudAi: 'provider',
}

/** From the system to what it is made of. */
const HELD_BY: Partial<Record<AssetKind, LinkKind>> = {
  provider: 'uses',
  model: 'calls',
  'vector-store': 'retrievesFrom',
  agent: 'uses',
  tool: 'uses',
  'mcp-server': 'uses',
  dataset: 'reads',
  prompt: 'uses',
  endpoint: 'calls',
}

const LINKED: Partial<Record<FoundLink, LinkKind>> = {
  calls: 'calls',
  'uses-tool': 'uses',
  connects: 'uses',
  provides: 'uses',
  retrieves: 'retrievesFrom',
  'served-by': 'servedBy',
  'derived-from': 'derivedFrom',
  'trained-on': 'trainedOn',
}

const MOST_ID = 64

export function slugOf(name: string, fallback: string): string {
  const slug = name
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, MOST_ID)
    .replaceAll(/^-+|-+$/g, '')
  return slug === '' ? fallback : slug
}

export const linkFromSystem = (kind: AssetKind, to: string): Link | undefined => {
  const by = HELD_BY[kind]
  return by && { kind: by, to }
}

/** `assets`: which asset stands for which thing of the same source. */
export function linksOf({ links }: Discovery, assets: ReadonlyMap<string, string>, own: string): Link[] {
  return links.flatMap(({ kind, to }) => {
    const [linked, asset] = [LINKED[kind], assets.get(to)]
    return linked === undefined || asset === undefined || asset === own ? [] : [{ kind: linked, to: asset }]
  })
}

/** `system`: who answers for the rest of it, where nobody is found who does. */
export function toAssetBody(
  discovery: Discovery,
  { id, kind, sanctioned }: { id: string; kind: AssetKind; sanctioned: boolean },
  links: Link[],
  system: Pick<AssetBody, 'owners' | 'environment'> | undefined,
): AssetBody {
  const { name, attributes, owner } = discovery
  const version = attributes['version'] ?? attributes['revision']
  const business = owner?.who.slice(0, 120) ?? system?.owners.business
  return {
    id,
    kind,
    name: oneLine(name).slice(0, 200),
    ...(typeof version === 'string' && version !== '' ? { version: oneLine(version).slice(0, 100) } : {}),
    ...(system?.environment === undefined ? {} : { environment: system.environment }),
    owners: { ...system?.owners, ...(business === undefined ? {} : { business }) },
    sanctioned,
    tags: ['discovered'],
    links,
  }
}

const oneLine = (text: string) => text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu, ' ').trim() || 'unnamed'
