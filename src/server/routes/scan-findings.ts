// What scans found wrong, followed over time.
import { z } from 'zod'
import { reopenFinding, suppressFinding } from '../../app/scans/decide.ts'
import { Failure } from '../../lib/failure.ts'
import { lineOfText } from '../../lib/text.ts'
import { FINDING_STATES } from '../../model/discovery.ts'
import { SEVERITIES, type Severity } from '../../model/finding.ts'
import { defineRoute } from '../route.ts'
import { AnyId, ShownScanFinding, shownFinding } from './scan-shapes.ts'
import { pageOf, paging, Time } from './shapes.ts'

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
  reply: pageOf(ShownScanFinding).extend({
    counts: z.record(z.enum(SEVERITIES), z.int()).describe('of each severity, whichever was asked for'),
  }),
  async handle({ app, query }) {
    const { scanFindings } = app.store.read
    const now = app.now().toISOString()
    const { items, next } = await scanFindings.list({ ...query, now })
    const count = (severity: Severity) => scanFindings.count({ ...query, severity, now })
    const counts = {
      critical: await count('critical'),
      high: await count('high'),
      medium: await count('medium'),
      low: await count('low'),
    }
    return { items: items.map((one) => shownFinding(one, now)), next, counts }
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

const suppressRoute = defineRoute({
  id: 'suppress-scan-finding',
  method: 'POST',
  path: '/api/scan-findings/:id/suppress',
  command: 'scan-finding suppress',
  summary: 'Leaves a finding as it is, with somebody who answers for it and a day on which it comes back',
  needs: 'risk:write',
  params: z.strictObject({ id: AnyId }),
  body: z.strictObject({
    owner: lineOfText(120).describe('who answers for it: e-mail address or team'),
    until: Time.describe('at most a year ahead'),
    reason: lineOfText(500),
  }),
  reply: ShownScanFinding,
  handle: async ({ app, actor, params, body }) =>
    shownFinding(await suppressFinding(app.scans, actor, params.id, body), app.now().toISOString()),
})

const reopenRoute = defineRoute({
  id: 'reopen-scan-finding',
  method: 'POST',
  path: '/api/scan-findings/:id/reopen',
  command: 'scan-finding reopen',
  summary: 'Takes back that a finding is left as it is',
  needs: 'risk:write',
  params: z.strictObject({ id: AnyId }),
  reply: ShownScanFinding,
  handle: async ({ app, actor, params }) =>
    shownFinding(await reopenFinding(app.scans, actor, params.id), app.now().toISOString()),
})

export const scanFindingRoutes = [listFindings, showFinding, suppressRoute, reopenRoute] as const
