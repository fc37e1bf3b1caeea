// The lanes of a system's graph, from where data comes from to who is reached: data, models, the system itself, tools,
// people. And which way data flows along a link, which is not always the way the link is written.
import type { AssetKind, LinkKind } from '../../../src/model/asset.ts'

export const LANES = ['data', 'model', 'system', 'tool', 'people'] as const
export type Lane = (typeof LANES)[number]

export const LANE_WORDS: Readonly<Record<Lane, string>> = {
  data: 'Data',
  model: 'Models',
  system: 'System',
  tool: 'Tools',
  people: 'Users and identities',
}

const LANE_OF: Readonly<Record<AssetKind, Lane>> = {
  dataset: 'data',
  'knowledge-base': 'data',
  'vector-store': 'data',
  memory: 'data',
  prompt: 'data',
  pipeline: 'data',
  model: 'model',
  provider: 'model',
  system: 'system',
  application: 'system',
  agent: 'system',
  tool: 'tool',
  'mcp-server': 'tool',
  endpoint: 'tool',
  'log-store': 'tool',
  identity: 'people',
}

export const laneOf = (kind: AssetKind): Lane => LANE_OF[kind]

export const LINK_WORDS: Readonly<Record<LinkKind, string>> = {
  uses: 'uses',
  calls: 'calls',
  servedBy: 'is served by',
  hostedBy: 'is hosted by',
  trainedOn: 'is trained on',
  fineTunedFrom: 'is fine-tuned from',
  derivedFrom: 'is derived from',
  retrievesFrom: 'retrieves from',
  reads: 'reads',
  writes: 'writes to',
  authenticatesAs: 'authenticates as',
  exposedTo: 'is exposed to',
  decidesAbout: 'decides about',
  ownedBy: 'is owned by',
}

/** Links whose data comes from the far end. */
const INWARD: ReadonlySet<LinkKind> = new Set(['trainedOn', 'fineTunedFrom', 'derivedFrom', 'retrievesFrom', 'reads'])

/** Whether data comes from the far end of a link, which is an asset of this lane. */
export const flowsInward = (kind: LinkKind, far: Lane | undefined) =>
  INWARD.has(kind) || (kind === 'uses' && far === 'data')
