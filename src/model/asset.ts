// What an organisation runs that has to do with AI: systems, and the things they are made of. A system is what threats,
// controls and risk are stated for; every other kind is a component, reached from a system by its links.

export const ASSET_KINDS = [
  'system',
  'application',
  'agent',
  'model',
  'dataset',
  'knowledge-base',
  'vector-store',
  'prompt',
  'tool',
  'mcp-server',
  'endpoint',
  'provider',
  'identity',
  'pipeline',
  'memory',
  'log-store',
] as const
export type AssetKind = (typeof ASSET_KINDS)[number]

export const LINK_KINDS = [
  'uses',
  'calls',
  'servedBy',
  'hostedBy',
  'trainedOn',
  'fineTunedFrom',
  'derivedFrom',
  'retrievesFrom',
  'reads',
  'writes',
  'authenticatesAs',
  'exposedTo',
  'decidesAbout',
  'ownedBy',
] as const
export type LinkKind = (typeof LINK_KINDS)[number]

/** From the asset that holds it to another. */
export interface Link {
  kind: LinkKind
  to: string
}

export const ENVIRONMENTS = ['development', 'test', 'staging', 'production', 'retired'] as const
export type Environment = (typeof ENVIRONMENTS)[number]

/** Who can reach it, least to most. */
export const EXPOSURES = ['isolated', 'team', 'organisation', 'partners', 'public'] as const
export type Exposure = (typeof EXPOSURES)[number]

/** The most sensitive data in it, least to most. */
export const DATA_CLASSES = ['public', 'internal', 'confidential', 'restricted'] as const
export type DataClass = (typeof DATA_CLASSES)[number]

export const ASSET_SOURCES = ['declared', 'discovered', 'observed'] as const
export type AssetSource = (typeof ASSET_SOURCES)[number]

export const OWNER_ROLES = ['business', 'data', 'risk'] as const
export type OwnerRole = (typeof OWNER_ROLES)[number]

/** E-mail addresses or names of teams. An asset without all three is a finding, not an error. */
export type Owners = Readonly<Partial<Record<OwnerRole, string>>>

/** What somebody states of an asset; all of it can be written in a file. */
export interface AssetBody {
  /** Lower-case words joined by hyphens, unique over all kinds. */
  id: string
  kind: AssetKind
  name: string
  description?: string
  version?: string
  environment?: Environment
  exposure?: Exposure
  dataClass?: DataClass
  owners: Owners
  /** One of the catalogue's deployment models: who trains, supplies and hosts the model. */
  deploymentModel?: string
  sanctioned: boolean
  tags: readonly string[]
  links: readonly Link[]
}

export interface Asset extends AssetBody {
  source: AssetSource
  /** The declaration that owns it: only that one may change it by file, and retires it by leaving it out. */
  declaredBy?: string
  firstSeen: string
  lastSeen: string
  /** Counts its changes from 1; the ETag of the API. */
  revision: number
  /** When this revision became known here. */
  recordedAt: string
  /** Set when it left the register. It stays readable, and past dates still show it. */
  retiredAt?: string
}
