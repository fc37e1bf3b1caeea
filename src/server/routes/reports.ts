// Reports: made from the posture of a moment, recorded in the log, and handed out with the proof of every word.
import { z } from 'zod'
import { makeReport } from '../../app/reports/make-report.ts'
import { Failure } from '../../lib/failure.ts'
import type { EntryRow } from '../../model/entry.ts'
import { MEDIA_TYPES, readDocument } from '../../prove/document.ts'
import { attachmentsOf } from '../../prove/report.ts'
import { REPORT_KINDS } from '../../prove/reports/report-page.ts'
import { defineRoute } from '../route.ts'
import { pageOf, paging, Time } from './shapes.ts'

const MOST_NAME = 200

const ReportFile = z.object({ name: z.string(), mediaType: z.string(), bytes: z.int() })

const ShownReport = z.object({
  entry: z.int().describe('of the log, which names the files'),
  kind: z.string(),
  title: z.string(),
  asOf: z.string().describe('the moment that it is true for'),
  catalog: z.string(),
  madeAt: Time,
  madeBy: z.string(),
  files: z.array(ReportFile),
})

const make = defineRoute({
  id: 'make-report',
  method: 'POST',
  path: '/api/reports',
  command: 'report make',
  summary: 'Writes a report and records what was written',
  needs: 'evidence:read',
  body: z.strictObject({
    kind: z.enum(REPORT_KINDS),
    system: z.string().min(1).max(160).optional().describe('of one system; a dossier always is'),
    framework: z.string().min(1).max(100).optional().describe('for a framework statement'),
    at: Time.optional().describe('a past moment; else now'),
  }),
  reply: z.object({
    entry: z.int(),
    title: z.string(),
    summary: z.string(),
    files: z.array(ReportFile),
    notPrinted: z.string().optional().describe('why there is no PDF'),
  }),
  handle: ({ app, actor, body }) => makeReport(app, actor, body),
})

const list = defineRoute({
  id: 'list-reports',
  method: 'GET',
  path: '/api/reports',
  command: 'report list',
  summary: 'Lists the reports that were made, newest first',
  needs: 'evidence:read',
  query: z.strictObject(paging),
  reply: pageOf(ShownReport),
  async handle({ app, query }) {
    const { items, next } = await app.store.read.log.search({ ...query, kind: 'report.made', order: 'newest' })
    return { items: items.map(shown), next }
  },
})

const entry = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).describe('of the log')

const show = defineRoute({
  id: 'show-report',
  method: 'GET',
  path: '/api/reports/:entry',
  command: 'report show',
  summary: 'Shows what a report consists of',
  needs: 'evidence:read',
  params: z.strictObject({ entry }),
  reply: ShownReport,
  async handle({ app, params }) {
    const [row] = await app.store.read.log.rows(params.entry, params.entry + 1)
    if (row?.kind === 'report.made') return shown(row)
    throw new Failure('not_found', `entry ${params.entry} made no report`, { hint: 'list them: parapet report list' })
  },
})

const file = defineRoute({
  id: 'show-report-file',
  method: 'GET',
  path: '/api/reports/:entry/files/:name',
  command: 'report file',
  summary: 'Gives a file of a report with its proof',
  needs: 'evidence:read',
  params: z.strictObject({ entry, name: z.string().min(1).max(MOST_NAME) }),
  reply: z.object({
    name: z.string(),
    mediaType: z.enum(MEDIA_TYPES),
    content: z.base64().describe('the file; HTML and JSON carry their proof'),
    proof: z.string().optional().describe('to lie beside the file as <name>.proof.json'),
  }),
  async handle({ app, params }) {
    const { name, mediaType, bytes, proof } = await readDocument(app, params.entry, params.name)
    return { name, mediaType, content: Buffer.from(bytes).toString('base64'), proof }
  },
})

export const reportRoutes = [make, list, show, file] as const

function shown(row: EntryRow): z.input<typeof ShownReport> {
  const { data } = JSON.parse(row.leaf) as { data: { report: string; title: string; asOf: string; catalog: string } }
  return {
    entry: row.index,
    kind: data.report,
    title: data.title,
    asOf: data.asOf,
    catalog: data.catalog,
    madeAt: row.at,
    madeBy: `${row.actorKind} ${row.actorId}`,
    files: attachmentsOf(row).map(({ name, mediaType, bytes }) => ({ name, mediaType, bytes })),
  }
}
