// What an asset was before, and what it is linked to.
import { z } from 'zod'
import { Failure } from '../../lib/failure.ts'
import { bodyOf } from '../../register/asset-body.ts'
import { difference, fieldsOf } from '../../register/fields.ts'
import { graphOf } from '../../register/graph.ts'
import { mustFind } from '../../register/register.ts'
import { defineRoute } from '../route.ts'
import { AnyAssetId, Revision, shownAsset, ShownAsset, ShownChange, ShownLink } from './asset-shapes.ts'
import { pageOf, paging } from './shapes.ts'

const listRevisions = defineRoute({
  id: 'list-asset-revisions',
  method: 'GET',
  path: '/api/assets/:id/history',
  command: 'asset history',
  summary: 'Every revision of an asset, newest first',
  needs: 'asset:read',
  params: z.strictObject({ id: AnyAssetId }),
  query: z.strictObject(paging),
  reply: pageOf(ShownAsset),
  async handle({ app, params, query }) {
    await mustFind(app.store.read.register, params.id)
    const { items, next } = await app.store.read.register.history(params.id, query)
    return { items: items.map(shownAsset), next }
  },
})

const diffAsset = defineRoute({
  id: 'diff-asset',
  method: 'GET',
  path: '/api/assets/:id/diff',
  command: 'asset diff',
  summary: 'What changed between two revisions of an asset',
  needs: 'asset:read',
  params: z.strictObject({ id: AnyAssetId }),
  query: z.strictObject({
    from: Revision.optional().describe('the one before `to` unless given'),
    to: Revision.optional().describe('the present one unless given'),
  }),
  reply: z.object({ from: z.int(), to: z.int(), changes: z.array(ShownChange) }),
  async handle({ app, params, query }) {
    const { register } = app.store.read
    const present = await mustFind(register, params.id)
    const to = query.to ?? present.revision
    const from = query.from ?? to - 1
    const [older, newer] = await Promise.all([from, to].map((one) => register.revision(params.id, one)))
    const none = older === undefined && from > 0 ? from : newer === undefined ? to : undefined
    if (none !== undefined || newer === undefined)
      throw new Failure('not_found', `"${params.id}" has no revision ${none ?? to}`, {
        hint: `it has 1 to ${present.revision}`,
      })
    return { from, to, changes: difference(older ? fieldsOf(bodyOf(older)) : new Map(), fieldsOf(bodyOf(newer))) }
  },
})

const showGraph = defineRoute({
  id: 'show-asset-graph',
  method: 'GET',
  path: '/api/assets/:id/graph',
  command: 'asset graph',
  summary: 'What is reached from an asset along its links, and what links to it',
  needs: 'asset:read',
  params: z.strictObject({ id: AnyAssetId }),
  query: z.strictObject({
    depth: z.coerce.number().int().min(1).max(20).default(8).describe('how many links away at most'),
    nodes: z.coerce.number().int().min(1).max(1000).default(300).describe('how many assets at most'),
  }),
  reply: z.object({
    nodes: z.array(z.object({ asset: ShownAsset, depth: z.int().describe('links away from the first one') })),
    edges: z.array(ShownLink),
    usedBy: z.array(ShownLink).describe('the first links that lead to it'),
    truncated: z.boolean().describe('more could be reached'),
  }),
  async handle({ app, params, query }) {
    const { nodes, ...rest } = await graphOf(app.store.read.register, params.id, query)
    return { ...rest, nodes: nodes.map(({ asset, depth }) => ({ depth, asset: shownAsset(asset) })) }
  },
})

export const assetViewRoutes = [listRevisions, diffAsset, showGraph] as const
