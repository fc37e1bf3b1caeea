// Assets and claims as the API names and shows them.
import { z } from 'zod'
import {
  type Asset,
  ASSET_KINDS,
  ASSET_SOURCES,
  DATA_CLASSES,
  ENVIRONMENTS,
  EXPOSURES,
  LINK_KINDS,
} from '../../model/asset.ts'
import { type Fact, FACT_SOURCES } from '../../model/fact.ts'
import { Time } from './shapes.ts'

/** For looking up: what is no id is simply not there. */
export const AnyAssetId = z.string().min(1).max(100)
export const Revision = z.coerce.number().int().min(1).max(1_000_000_000)

const Link = z.object({ kind: z.enum(LINK_KINDS), to: z.string() })

export const ShownBody = z.object({
  id: z.string(),
  kind: z.enum(ASSET_KINDS),
  name: z.string(),
  description: z.string().optional(),
  version: z.string().optional(),
  environment: z.enum(ENVIRONMENTS).optional(),
  exposure: z.enum(EXPOSURES).optional(),
  dataClass: z.enum(DATA_CLASSES).optional(),
  owners: z.object({ business: z.string().optional(), data: z.string().optional(), risk: z.string().optional() }),
  deploymentModel: z.string().optional(),
  sanctioned: z.boolean(),
  tags: z.array(z.string()),
  links: z.array(Link),
})

export const ShownAsset = z.object({
  ...ShownBody.shape,
  source: z.enum(ASSET_SOURCES),
  declaredBy: z.string().optional().describe('the declaration that owns it'),
  firstSeen: Time,
  lastSeen: Time,
  revision: z.int().describe('its ETag'),
  recordedAt: Time,
  retiredAt: Time.optional(),
})

export const ShownLink = z.object({ from: z.string(), kind: z.enum(LINK_KINDS), to: z.string() })

export const ShownFactValue = z.union([z.boolean(), z.string(), z.array(z.string())])

export const ShownFact = z.object({
  id: z.string(),
  asset: z.string(),
  key: z.string(),
  value: ShownFactValue.nullable().describe('null: withdrawn'),
  source: z.enum(FACT_SOURCES),
  by: z.string(),
  observedAt: Time,
  recordedAt: Time,
  confidence: z.number(),
})

const Field = z.union([z.string(), z.boolean()]).optional()
export const ShownChange = z.object({ field: z.string(), before: Field, after: Field })

export function shownAsset(asset: Asset): z.input<typeof ShownAsset> {
  return { ...asset, owners: { ...asset.owners }, tags: [...asset.tags], links: [...asset.links] }
}

export function shownFact(fact: Fact): z.input<typeof ShownFact> {
  const { value } = fact
  return { ...fact, value: typeof value === 'object' && value !== null ? [...value] : value }
}
