// Scans: each look at a source, how far it is, and how it is begun, sent in or ended.
import { z } from 'zod'
import { importBom } from '../../app/scans/import-bom.ts'
import { cancelScan, startScan, submitScan, uploadScan } from '../../app/scans/start-scan.ts'
import { SCAN_STATES } from '../../model/scan.ts'
import { AssetId } from '../../register/asset-body.ts'
import { lineOfText } from '../../lib/text.ts'
import { defineRoute } from '../route.ts'
import { Submitted, toScanResult } from './scan-result-shapes.ts'
import { AnyId, ShownScan, shownScan } from './scan-shapes.ts'
import { mustFindScan } from './scan-results.ts'
import { Name, pageOf, paging } from './shapes.ts'

const MIB = 1024 * 1024
const Params = z.strictObject({ id: AnyId })

const sent = {
  name: Name.describe('of the source: what was sent under it before is compared with'),
  system: AssetId.optional().describe('id of the system that it is a part of'),
}

const listScans = defineRoute({
  id: 'list-scans',
  method: 'GET',
  path: '/api/scans',
  command: 'scan list',
  summary: 'Lists scans, newest first',
  needs: 'scan:read',
  query: z.strictObject({
    source: AnyId.optional().describe('id of a source'),
    state: z.enum(SCAN_STATES).optional(),
    ...paging,
  }),
  reply: pageOf(ShownScan),
  async handle({ app, query }) {
    const { items, next } = await app.store.read.scans.list(query)
    return { items: items.map(shownScan), next }
  },
})

const showScan = defineRoute({
  id: 'show-scan',
  method: 'GET',
  path: '/api/scans/:id',
  command: 'scan show',
  summary: 'Shows a scan and what came of it',
  needs: 'scan:read',
  params: Params,
  reply: ShownScan,
  handle: async ({ app, params }) => shownScan(await mustFindScan(app, params.id)),
})

const startRoute = defineRoute({
  id: 'start-scan',
  method: 'POST',
  path: '/api/scan-sources/:id/scan',
  command: 'scan start',
  summary: 'Scans a source that can be fetched: git, or a folder of the server',
  needs: 'scan:write',
  params: Params,
  reply: ShownScan,
  handle: async ({ app, actor, params }) => shownScan(await startScan(app.scans, actor, params.id)),
})

const uploadRoute = defineRoute({
  id: 'upload-scan',
  method: 'POST',
  path: '/api/scans/upload',
  command: 'scan upload',
  summary: 'Scans sources that are sent as a zip, tar or tar.gz, or logs of traffic',
  needs: 'scan:write',
  bodyLimit: 176 * MIB,
  body: z.strictObject({
    ...sent,
    kind: z.enum(['upload', 'traffic']).default('upload').describe('traffic: a log; packed ones end in .gz'),
    file: lineOfText(300).describe('name of the file'),
    content: z.base64().describe('the file, in base64'),
  }),
  reply: ShownScan,
  async handle({ app, actor, body: { content, ...rest } }) {
    return shownScan(await uploadScan(app.scans, actor, { ...rest, bytes: Buffer.from(content, 'base64') }))
  },
})

const submitRoute = defineRoute({
  id: 'submit-scan',
  method: 'POST',
  path: '/api/scans/submit',
  command: 'scan submit',
  summary: 'Takes in what a scan elsewhere found, as in a pipeline',
  needs: 'scan:write',
  bodyLimit: 64 * MIB,
  body: z.strictObject({ ...sent, ...Submitted }),
  reply: ShownScan,
  async handle({ app, actor, body: { name, system, ...result } }) {
    return shownScan(await submitScan(app.scans, actor, { name, system, result: toScanResult(result) }))
  },
})

const importRoute = defineRoute({
  id: 'import-bom',
  method: 'POST',
  path: '/api/boms/import',
  command: 'bom import',
  summary: 'Takes in a BOM of somebody else: what it says waits, and can be held against what scans see',
  needs: 'scan:write',
  bodyLimit: 24 * MIB,
  body: z.strictObject({
    ...sent,
    file: lineOfText(300).describe('name of the file'),
    content: z
      .string()
      .min(2)
      .max(16 * MIB)
      .describe('CycloneDX 1.2 to 1.7 as JSON or XML, SPDX 3.0 as JSON, SPDX 2.3 as JSON or tags'),
  }),
  reply: ShownScan.extend({ notRead: z.array(z.string()).describe('places that could not be read') }),
  async handle({ app, actor, body: { content, ...rest } }) {
    const { scan, notRead } = await importBom(app.scans, actor, { ...rest, text: content })
    return { ...shownScan(scan), notRead: notRead.slice(0, 1000) }
  },
})

const cancelRoute = defineRoute({
  id: 'cancel-scan',
  method: 'POST',
  path: '/api/scans/:id/cancel',
  command: 'scan cancel',
  summary: 'Ends a scan that waits or runs',
  needs: 'scan:write',
  params: Params,
  reply: ShownScan,
  handle: async ({ app, actor, params }) => shownScan(await cancelScan(app.scans, actor, params.id)),
})

export const scanRoutes = [listScans, showScan, startRoute, uploadRoute, submitRoute, importRoute, cancelRoute] as const
