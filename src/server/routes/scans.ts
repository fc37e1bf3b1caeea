// Scans: each look at a source, how far it is, and all that it found.
import { z } from 'zod'
import { Failure } from '../../lib/failure.ts'
import { SCAN_STATES, type Scan } from '../../model/scan.ts'
import type { App } from '../../app/app.ts'
import { defineRoute } from '../route.ts'
import { AnyId, ShownScan, shownScan } from './scan-shapes.ts'
import { pageOf, paging } from './shapes.ts'

const Params = z.strictObject({ id: AnyId })

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

export const scanRoutes = [listScans, showScan] as const

async function mustFindScan(app: App, id: string): Promise<Scan> {
  const scan = await app.store.read.scans.byId(id)
  if (scan) return scan
  throw new Failure('not_found', `there is no scan ${id}`, { hint: 'list them: parapet scan list' })
}
