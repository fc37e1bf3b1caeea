// The assets of the register: list, read, state, merge and retire.
import { z } from 'zod'
import { Failure } from '../../lib/failure.ts'
import { ASSET_KINDS, ASSET_SOURCES, DATA_CLASSES, ENVIRONMENTS, EXPOSURES } from '../../model/asset.ts'
import { AssetId, BODY_SHAPE, toBody } from '../../register/asset-body.ts'
import { previewMerge, putAsset } from '../../register/put-asset.ts'
import { mustFind } from '../../register/register.ts'
import { retireAsset } from '../../register/retire-asset.ts'
import { defineRoute } from '../route.ts'
import { AnyAssetId, Revision, shownAsset, ShownAsset, ShownBody, ShownChange } from './asset-shapes.ts'
import { Name, pageOf, paging } from './shapes.ts'

const Flag = z.enum(['true', 'false']).transform((word) => word === 'true')

export const assetFilter = {
  kind: z.enum(ASSET_KINDS).optional().describe('only this kind'),
  owner: Name.optional().describe('only what this person or team owns, in any of the three roles'),
  source: z.enum(ASSET_SOURCES).optional(),
  exposure: z.enum(EXPOSURES).optional(),
  environment: z.enum(ENVIRONMENTS).optional(),
  dataClass: z.enum(DATA_CLASSES).optional(),
  text: Name.optional().describe('words that its id or name contains'),
  tag: Name.optional(),
  declaredBy: Name.optional().describe('only what this declaration owns'),
  sanctioned: Flag.optional(),
  unowned: Flag.optional().describe('true: only those without all three owners'),
  retired: Flag.optional().describe('true: only those that left the register'),
}

const listAssets = defineRoute({
  id: 'list-assets',
  method: 'GET',
  path: '/api/assets',
  command: 'asset list',
  summary: 'Lists the assets of the register, in the order of their ids',
  needs: 'asset:read',
  query: z.strictObject({ ...assetFilter, ...paging }),
  reply: pageOf(ShownAsset),
  async handle({ app, query }) {
    const { items, next } = await app.store.read.register.list(query)
    return { items: items.map(shownAsset), next }
  },
})

const showAsset = defineRoute({
  id: 'show-asset',
  method: 'GET',
  path: '/api/assets/:id',
  command: 'asset show',
  summary: 'Shows one asset, also one that left the register',
  needs: 'asset:read',
  params: z.strictObject({ id: AnyAssetId }),
  reply: ShownAsset,
  etag: ({ revision }) => String(revision),
  async handle({ app, params }) {
    return shownAsset(await mustFind(app.store.read.register, params.id))
  },
})

/** What a read gave may be changed and sent back whole: these members are the register's own and are passed over. */
const Passed = z.unknown().optional().meta({ readOnly: true })

const putAssetRoute = defineRoute({
  id: 'put-asset',
  method: 'PUT',
  path: '/api/assets/:id',
  command: 'asset put',
  summary: 'States an asset: a new one, or all of one whose revision is given; changes of others are merged in',
  needs: 'asset:write',
  params: z.strictObject({ id: AssetId }),
  body: z.strictObject({
    ...BODY_SHAPE,
    revision: Revision.optional().describe('the revision that you saw, as If-Match; absent: it must be new'),
    source: z.enum(ASSET_SOURCES).default('declared').describe('who states it: people, a scanner or the gateway'),
    seenAt: z.iso.datetime({ offset: true }).optional().describe('when a scanner or the gateway saw it'),
    id: z.string().optional().meta({ readOnly: true }),
    declaredBy: Passed,
    firstSeen: Passed,
    lastSeen: Passed,
    recordedAt: Passed,
    retiredAt: Passed,
    saved: Passed,
    merged: Passed,
  }),
  reply: z.object({
    ...ShownAsset.shape,
    saved: z.boolean().describe('false: nothing was new'),
    merged: z.array(z.string()).describe('fields that others changed meanwhile and that were kept'),
  }),
  etag: ({ revision }) => String(revision),
  async handle({ app, actor, params, body, ifMatch }) {
    const { revision, source, seenAt, id = params.id, ...stated } = body
    if (id !== params.id) throw otherId(id)
    const base = revision ?? baseOf(ifMatch)
    const { asset, saved, merged } = await putAsset(app.register, actor, {
      body: toBody({ id: params.id, ...stated }, source === 'declared'),
      base,
      source,
      seenAt: seenAt === undefined ? undefined : new Date(seenAt).toISOString(),
    })
    return { ...shownAsset(asset), saved, merged }
  },
})

const mergeAsset = defineRoute({
  id: 'merge-asset',
  method: 'POST',
  path: '/api/assets/:id/merge',
  command: 'asset merge',
  summary: 'Shows what stating an asset would keep of the changes of others, and where both collide; saves nothing',
  needs: 'asset:read',
  params: z.strictObject({ id: AssetId }),
  body: z.strictObject({ ...BODY_SHAPE, revision: Revision.describe('the revision that you saw') }),
  reply: z.object({
    revision: z.int().describe('the present one: send it with the merged asset'),
    merged: ShownBody.describe('where both collide it holds theirs'),
    overlaps: z.array(
      z.object({
        field: z.string(),
        base: ShownChange.shape.before,
        theirs: ShownChange.shape.before,
        mine: ShownChange.shape.before,
      }),
    ),
  }),
  async handle({ app, params, body }) {
    const { revision, ...stated } = body
    const mine = toBody({ id: params.id, ...stated }, true)
    const { asset, merged, overlaps } = await previewMerge(app.store.read.register, mine, revision)
    const { owners, tags, links } = merged
    return {
      revision: asset.revision,
      merged: { ...merged, owners: { ...owners }, tags: [...tags], links: [...links] },
      overlaps,
    }
  },
})

const retireAssetRoute = defineRoute({
  id: 'retire-asset',
  method: 'POST',
  path: '/api/assets/:id/retire',
  command: 'asset retire',
  summary: 'Takes an asset out of the register; past dates still show it',
  needs: 'asset:write',
  params: z.strictObject({ id: AnyAssetId }),
  body: z.strictObject({ revision: Revision.optional().describe('the revision that you saw') }),
  reply: ShownAsset,
  etag: ({ revision }) => String(revision),
  async handle({ app, actor, params, body, ifMatch }) {
    const base = body.revision ?? baseOf(ifMatch)
    return shownAsset(await retireAsset(app.register, actor, params.id, base === 'any' ? undefined : base))
  },
})

export const assetRoutes = [listAssets, showAsset, putAssetRoute, mergeAsset, retireAssetRoute] as const

function baseOf(ifMatch: string | undefined): number | 'any' | undefined {
  if (ifMatch === undefined) return undefined
  if (ifMatch.trim() === '*') return 'any'
  const digits = /^(?:W\/)?"?(?<revision>\d{1,9})"?$/.exec(ifMatch.trim())?.groups?.['revision']
  if (digits !== undefined) return Number(digits)
  throw new Failure('input_invalid', 'If-Match: not an ETag of an asset', {
    hint: 'send the one that you got, as in "3"',
  })
}

function otherId(id: string): Failure {
  const message = `"${id}" is not the asset of this address`
  return new Failure('input_invalid', `id: ${message}`, {
    hint: 'an id never changes; state a new asset and retire this one',
    issues: [{ path: 'id', message }],
  })
}
