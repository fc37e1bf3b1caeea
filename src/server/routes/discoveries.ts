// What was found or seen and waits for somebody to say what it is.
import { z } from 'zod'
import { type Accepted, acceptDiscoveries, planAccept } from '../../app/scans/accept.ts'
import { ignoreDiscoveries, linkDiscovery, reopenDiscovery } from '../../app/scans/decide.ts'
import { proposeDiscovered } from '../../app/scans/propose.ts'
import { Failure } from '../../lib/failure.ts'
import { lineOfText } from '../../lib/text.ts'
import { ASSET_KINDS } from '../../model/asset.ts'
import { DISCOVERED_KINDS } from '../../model/discovered.ts'
import { DISCOVERY_STATES } from '../../model/discovery.ts'
import { AssetId } from '../../register/asset-body.ts'
import { mustFindSystem } from '../../register/register.ts'
import { defineRoute } from '../route.ts'
import { ShownBody } from './asset-shapes.ts'
import { AnyId, ShownDiscovery, shownDiscovery } from './scan-shapes.ts'
import { Name, pageOf, paging, Time } from './shapes.ts'

const Flag = z.enum(['true', 'false']).transform((word) => word === 'true')

const listDiscoveries = defineRoute({
  id: 'list-discoveries',
  method: 'GET',
  path: '/api/discoveries',
  command: 'discovery list',
  summary: 'Lists what was found or seen, and what became of it',
  needs: 'scan:read',
  query: z.strictObject({
    state: z.enum(DISCOVERY_STATES).optional().describe('new: what waits for somebody'),
    kind: z.enum(DISCOVERED_KINDS).optional(),
    source: AnyId.optional().describe('id of a scan source, or who else saw it'),
    system: AnyId.optional(),
    asset: AnyId.optional().describe('what stands for this asset of the register'),
    text: Name.optional().describe('words that its name contains'),
    gone: Flag.optional().describe('true: only what scans do not find any more'),
    ...paging,
  }),
  reply: pageOf(ShownDiscovery),
  async handle({ app, query }) {
    const now = app.now().toISOString()
    const { items, next } = await app.store.read.discoveries.list({ ...query, now })
    return { items: items.map((one) => shownDiscovery(one, now)), next }
  },
})

const countDiscoveries = defineRoute({
  id: 'count-discoveries',
  method: 'GET',
  path: '/api/discoveries/count',
  command: 'discovery count',
  summary: 'Says how many things stand in which state',
  needs: 'scan:read',
  query: z.strictObject({ source: AnyId.optional(), system: AnyId.optional() }),
  reply: z.object({ new: z.int(), accepted: z.int(), linked: z.int(), ignored: z.int() }),
  async handle({ app, query }) {
    const now = app.now().toISOString()
    const count = (state: (typeof DISCOVERY_STATES)[number]) =>
      app.store.read.discoveries.count({ ...query, state, gone: false, now })
    return {
      new: await count('new'),
      accepted: await count('accepted'),
      linked: await count('linked'),
      ignored: await count('ignored'),
    }
  },
})

const showDiscovery = defineRoute({
  id: 'show-discovery',
  method: 'GET',
  path: '/api/discoveries/:id',
  command: 'discovery show',
  summary: 'Shows one thing with where it was found',
  needs: 'scan:read',
  params: z.strictObject({ id: AnyId }),
  reply: ShownDiscovery,
  etag: ({ revision }) => String(revision),
  async handle({ app, params }) {
    const found = await app.store.read.discoveries.byId(params.id)
    if (found) return shownDiscovery(found, app.now().toISOString())
    throw new Failure('not_found', `nothing discovered has the id ${params.id}`, {
      hint: 'list them: parapet discovery list',
    })
  },
})

const proposeRoute = defineRoute({
  id: 'propose-discoveries',
  method: 'POST',
  path: '/api/discoveries',
  command: 'discovery propose',
  summary: 'Tells of things that some other tool saw; they wait beside those of scans',
  needs: 'scan:write',
  body: z.strictObject({
    source: z
      .string()
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words joined by hyphens')
      .max(60)
      .describe('what saw them, as in edr'),
    system: AssetId.optional().describe('the system that they belong to'),
    items: z
      .array(
        z.strictObject({
          kind: z.enum(DISCOVERED_KINDS),
          name: lineOfText(300),
          confidence: z.number().min(0).max(1).default(0.9),
          attributes: z.record(lineOfText(60), z.union([lineOfText(500), z.number(), z.boolean()])).default({}),
        }),
      )
      .min(1)
      .max(1000),
  }),
  reply: z.object({ new: z.int(), changed: z.int(), same: z.int(), dropped: z.int(), ids: z.array(z.string()) }),
  async handle({ app, actor, body }) {
    const at = app.now().toISOString()
    const { system, source } = body
    const items = body.items.map(({ kind, name, confidence, attributes }) => ({
      id: `${kind}:${name}`,
      kind,
      name,
      evidence: [],
      confidence,
      stance: 'declared' as const,
      attributes,
    }))
    const done = await app.store.change(async (tx) => {
      if (system !== undefined) await mustFindSystem(tx.register, system)
      return proposeDiscovered(tx, items, { source, system, at, actor })
    })
    const ids = [...done.new, ...done.changed].map(({ id }) => id)
    return { new: done.new.length, changed: done.changed.length, same: done.same, dropped: done.dropped, ids }
  },
})

const Ids = z.array(AnyId).min(1).max(200).describe('ids of things that wait')

const Acceptance = z.strictObject({
  ids: Ids,
  system: AssetId.optional().describe('the system that they become a part of; else the one of their source'),
  owners: z
    .strictObject({
      business: lineOfText(120).optional(),
      data: lineOfText(120).optional(),
      risk: lineOfText(120).optional(),
    })
    .optional()
    .describe('in place of those that are proposed'),
  sanctioned: z.boolean().default(false).describe('whether they are meant to be there'),
  named: z.record(AnyId, AssetId).optional().describe('ids of assets, by id of the thing, in place of those proposed'),
})

const ShownAccepted = z.object({
  id: z.string(),
  asset: z.string().describe('id in the register'),
  kind: z.enum(ASSET_KINDS),
  name: z.string(),
  made: z.boolean().describe('false: the register has it already, and it is linked to'),
  owners: ShownBody.shape.owners,
  links: ShownBody.shape.links,
})

const Settled = z.object({ items: z.array(ShownAccepted) })

const planRoute = defineRoute({
  id: 'plan-accept-discoveries',
  method: 'POST',
  path: '/api/discoveries/plan',
  command: 'discovery plan',
  summary: 'Shows which assets accepting would make; saves nothing',
  needs: 'scan:read',
  body: Acceptance,
  reply: Settled,
  handle: async ({ app, body }) => ({ items: (await planAccept(app.scans, body)).map(shownAccepted) }),
})

const acceptRoute = defineRoute({
  id: 'accept-discoveries',
  method: 'POST',
  path: '/api/discoveries/accept',
  command: 'discovery accept',
  summary: 'Takes things into the register as assets, all of them or none',
  needs: 'asset:write',
  body: Acceptance,
  reply: Settled,
  async handle({ app, actor, body }) {
    const accepted = await acceptDiscoveries({ ...app.scans, catalog: app.catalog }, actor, body)
    return { items: accepted.map(shownAccepted) }
  },
})

const ignoreRoute = defineRoute({
  id: 'ignore-discoveries',
  method: 'POST',
  path: '/api/discoveries/ignore',
  command: 'discovery ignore',
  summary: 'Sets things aside, for good or until a day',
  needs: 'asset:write',
  body: z.strictObject({
    ids: Ids,
    reason: lineOfText(500),
    until: Time.optional().describe('from then on they wait again'),
  }),
  reply: z.object({ ignored: z.int() }),
  async handle({ app, actor, body: { ids, ...why } }) {
    return { ignored: await ignoreDiscoveries(app.scans, actor, ids, why) }
  },
})

const linkRoute = defineRoute({
  id: 'link-discovery',
  method: 'POST',
  path: '/api/discoveries/:id/link',
  command: 'discovery link',
  summary: 'Says that a thing is an asset that the register has already',
  needs: 'asset:write',
  params: z.strictObject({ id: AnyId }),
  body: z.strictObject({ asset: AssetId }),
  reply: ShownDiscovery,
  handle: async ({ app, actor, params, body }) =>
    shownDiscovery(await linkDiscovery(app.scans, actor, params.id, body.asset), app.now().toISOString()),
})

const reopenRoute = defineRoute({
  id: 'reopen-discovery',
  method: 'POST',
  path: '/api/discoveries/:id/reopen',
  command: 'discovery reopen',
  summary: 'Makes a thing wait again; what it was accepted as stays in the register',
  needs: 'asset:write',
  params: z.strictObject({ id: AnyId }),
  reply: ShownDiscovery,
  handle: async ({ app, actor, params }) =>
    shownDiscovery(await reopenDiscovery(app.scans, actor, params.id), app.now().toISOString()),
})

export const discoveryRoutes = [
  listDiscoveries,
  countDiscoveries,
  showDiscovery,
  proposeRoute,
  planRoute,
  acceptRoute,
  ignoreRoute,
  linkRoute,
  reopenRoute,
] as const

const shownAccepted = (one: Accepted): z.input<typeof ShownAccepted> => ({
  ...one,
  owners: { ...one.owners },
  links: [...one.links],
})
