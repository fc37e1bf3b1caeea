// Where AI is looked for: sources are stated, changed and closed, and scanned when somebody asks or their time has come.
import { z } from 'zod'
import { changeSource, closeSource, createSource, mustFindSource } from '../../app/scans/sources.ts'
import { SCAN_SOURCE_KINDS } from '../../model/scan.ts'
import { AssetId } from '../../register/asset-body.ts'
import { lineOfText } from '../../lib/text.ts'
import { defineRoute } from '../route.ts'
import { AnyId, Gates, ShownSource, shownSource } from './scan-shapes.ts'
import { Name, pageOf, paging } from './shapes.ts'

const Params = z.strictObject({ id: AnyId.describe('id or name of a source') })
const EveryHours = z.int().min(1).max(8760)
const ChangedGates = z
  .strictObject({
    keys: Gates.keys.nullable(),
    certificates: Gates.certificates.nullable(),
    sigstore: Gates.sigstore.nullable(),
    hashes: Gates.hashes.nullable(),
    revision: Gates.revision.nullable(),
  })
  .partial()
const Flag = z.enum(['true', 'false']).transform((word) => word === 'true')

const listSources = defineRoute({
  id: 'list-scan-sources',
  method: 'GET',
  path: '/api/scan-sources',
  command: 'scan-source list',
  summary: 'Lists where AI is looked for',
  needs: 'scan:read',
  query: z.strictObject({
    kind: z.enum(SCAN_SOURCE_KINDS).optional(),
    system: AnyId.optional().describe('id of the system that it is a part of'),
    open: Flag.optional().describe('true: only those that are not closed'),
    ...paging,
  }),
  reply: pageOf(ShownSource),
  async handle({ app, query }) {
    const { items, next } = await app.store.read.scanSources.list(query)
    return { items: items.map(shownSource), next }
  },
})

const showSource = defineRoute({
  id: 'show-scan-source',
  method: 'GET',
  path: '/api/scan-sources/:id',
  command: 'scan-source show',
  summary: 'Shows a source',
  needs: 'scan:read',
  params: Params,
  reply: ShownSource,
  handle: async ({ app, params }) => shownSource(await mustFindSource(app.store.read, params.id)),
})

const createSourceRoute = defineRoute({
  id: 'create-scan-source',
  method: 'POST',
  path: '/api/scan-sources',
  command: 'scan-source create',
  summary: 'States where AI is looked for: a git repository, or a folder of the server that its configuration allows',
  needs: 'scan:write',
  body: z.strictObject({
    name: Name,
    kind: z.enum(['git', 'path']),
    system: AssetId.optional().describe('id of the system that it is a part of'),
    url: lineOfText(1000).optional().describe('of git, as in https://host/path.git').meta({ flag: 'repository' }),
    ref: lineOfText(200).optional().describe('branch, tag or commit; else the default branch'),
    token: lineOfText(63).optional().describe('name of a token in the configuration (scans.tokens)'),
    path: lineOfText(4000).optional().describe('folder of the server, below one of scans.roots'),
    everyHours: EveryHours.optional().describe('scanned again after so many hours'),
    gates: z.strictObject(Gates).partial().optional().describe('what its model files must be'),
  }),
  reply: ShownSource,
  handle: async ({ app, actor, body }) => shownSource(await createSource(app.scans, actor, body)),
})

const changeSourceRoute = defineRoute({
  id: 'change-scan-source',
  method: 'PATCH',
  path: '/api/scan-sources/:id',
  command: 'scan-source change',
  summary: 'Changes a source; null takes a member away',
  needs: 'scan:write',
  params: Params,
  body: z.strictObject({
    name: Name.optional(),
    system: AssetId.nullable().optional(),
    ref: lineOfText(200).nullable().optional(),
    token: lineOfText(63).nullable().optional(),
    everyHours: EveryHours.nullable().optional(),
    gates: ChangedGates.nullable().optional().describe('what is not named in it stays'),
  }),
  reply: ShownSource,
  async handle({ app, actor, params, body }) {
    const { id } = await mustFindSource(app.store.read, params.id)
    return shownSource(await changeSource(app.scans, actor, id, body))
  },
})

const closeSourceRoute = defineRoute({
  id: 'close-scan-source',
  method: 'POST',
  path: '/api/scan-sources/:id/close',
  command: 'scan-source close',
  summary: 'Ends a source: what it found stays, nothing more is looked for in it',
  needs: 'scan:write',
  params: Params,
  reply: ShownSource,
  async handle({ app, actor, params }) {
    const { id } = await mustFindSource(app.store.read, params.id)
    return shownSource(await closeSource(app.scans, actor, id))
  },
})

export const scanSourceRoutes = [
  listSources,
  showSource,
  createSourceRoute,
  changeSourceRoute,
  closeSourceRoute,
] as const
