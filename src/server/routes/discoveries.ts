// What was found or seen and waits for somebody to say what it is.
import { z } from 'zod'
import { proposeDiscovered } from '../../app/scans/propose.ts'
import { Failure } from '../../lib/failure.ts'
import { lineOfText } from '../../lib/text.ts'
import { DISCOVERED_KINDS } from '../../model/discovered.ts'
import { DISCOVERY_STATES } from '../../model/discovery.ts'
import { AssetId } from '../../register/asset-body.ts'
import { mustFindSystem } from '../../register/register.ts'
import { defineRoute } from '../route.ts'
import { AnyId, ShownDiscovery, shownDiscovery } from './scan-shapes.ts'
import { Name, pageOf, paging } from './shapes.ts'

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

export const discoveryRoutes = [listDiscoveries, countDiscoveries, showDiscovery, proposeRoute] as const
