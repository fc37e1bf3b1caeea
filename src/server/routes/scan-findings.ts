// What scans found wrong, followed over time.
import { z } from 'zod'
import { Failure } from '../../lib/failure.ts'
import { FINDING_STATES } from '../../model/discovery.ts'
import { SEVERITIES } from '../../model/finding.ts'
import { defineRoute } from '../route.ts'
import { AnyId, ShownScanFinding, shownFinding } from './scan-shapes.ts'
import { pageOf, paging } from './shapes.ts'

const listFindings = defineRoute({
  id: 'list-scan-findings',
  method: 'GET',
  path: '/api/scan-findings',
  command: 'scan-finding list',
  summary: 'Lists what scans found wrong, the gravest first',
  needs: 'scan:read',
  query: z.strictObject({
    state: z.enum(FINDING_STATES).optional(),
    severity: z.enum(SEVERITIES).optional(),
    rule: AnyId.optional(),
    source: AnyId.optional(),
    system: AnyId.optional(),
    ...paging,
  }),
  reply: pageOf(ShownScanFinding),
  async handle({ app, query }) {
    const now = app.now().toISOString()
    const { items, next } = await app.store.read.scanFindings.list({ ...query, now })
    return { items: items.map((one) => shownFinding(one, now)), next }
  },
})

const showFinding = defineRoute({
  id: 'show-scan-finding',
  method: 'GET',
  path: '/api/scan-findings/:id',
  command: 'scan-finding show',
  summary: 'Shows one finding of a scan',
  needs: 'scan:read',
  params: z.strictObject({ id: AnyId }),
  reply: ShownScanFinding,
  etag: ({ revision }) => String(revision),
  async handle({ app, params }) {
    const found = await app.store.read.scanFindings.byId(params.id)
    if (found) return shownFinding(found, app.now().toISOString())
    throw new Failure('not_found', `there is no finding ${params.id}`, { hint: 'list them: parapet scan-finding list' })
  },
})

export const scanFindingRoutes = [listFindings, showFinding] as const
