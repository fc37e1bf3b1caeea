// All that a scan found, in parts: things, files that were not read, model files, a BOM; and what traffic shows beside what
// the register knows.
import { z } from 'zod'
import type { App } from '../../app/app.ts'
import { joinedTraffic } from '../../app/scans/traffic.ts'
import { fileFindings } from '../../discover/artefacts/file-findings.ts'
import { bomOf } from '../../discover/bom/from-discovered.ts'
import { toCycloneDx } from '../../discover/bom/cyclonedx-write.ts'
import { toSpdx } from '../../discover/bom/spdx-write.ts'
import { toSarif } from '../../discover/sarif.ts'
import { isShadow, type ShadowProvider } from '../../discover/traffic/shadow.ts'
import { Failure } from '../../lib/failure.ts'
import { ARTEFACT_VERDICTS, type ArtefactVerdict } from '../../model/artefact.ts'
import { DISCOVERED_KINDS, type DiscoveredItem } from '../../model/discovered.ts'
import { MOST_ROWS } from '../../model/page.ts'
import type { Scan, ScanResult } from '../../model/scan.ts'
import { defineRoute } from '../route.ts'
import { AnyId, plain, ShownItem, ShownMissed, ShownModelFile } from './scan-shapes.ts'
import { pageOf, paging } from './shapes.ts'

const Params = z.strictObject({ id: AnyId })

const listItems = defineRoute({
  id: 'list-scan-items',
  method: 'GET',
  path: '/api/scans/:id/items',
  command: 'scan items',
  summary: 'Lists all things that a scan found',
  needs: 'scan:read',
  params: Params,
  query: z.strictObject({ kind: z.enum(DISCOVERED_KINDS).optional(), ...paging }),
  reply: pageOf(ShownItem),
  async handle({ app, params, query }) {
    const { discovered } = await resultOf(app, params.id)
    const kinds = query.kind === undefined ? DISCOVERED_KINDS : [query.kind]
    return slice(
      kinds.flatMap((kind) => discovered[kind].map(shownItem)),
      query,
    )
  },
})

const listMissed = defineRoute({
  id: 'list-scan-missed',
  method: 'GET',
  path: '/api/scans/:id/missed',
  command: 'scan missed',
  summary: 'Lists the files that a scan did not look at, and why',
  needs: 'scan:read',
  params: Params,
  query: z.strictObject(paging),
  reply: pageOf(ShownMissed),
  handle: async ({ app, params, query }) => slice((await resultOf(app, params.id)).discovered.notScanned, query),
})

const listModelFiles = defineRoute({
  id: 'list-scan-model-files',
  method: 'GET',
  path: '/api/scans/:id/model-files',
  command: 'scan model-files',
  summary: 'Lists the model files of a scan with what loading them would do, the worst first',
  needs: 'scan:read',
  params: Params,
  query: z.strictObject({ verdict: z.enum(ARTEFACT_VERDICTS).optional(), ...paging }),
  reply: pageOf(ShownModelFile),
  async handle({ app, params, query }) {
    const { modelFiles } = await resultOf(app, params.id)
    const wanted = modelFiles.filter(({ verdict }) => query.verdict === undefined || verdict === query.verdict)
    return slice(
      wanted.toSorted((a, b) => rank(a.verdict) - rank(b.verdict) || (a.file < b.file ? -1 : 1)),
      query,
    )
  },
})

const rank = (verdict: ArtefactVerdict) => -ARTEFACT_VERDICTS.indexOf(verdict)

const WRITERS = ['cyclonedx', 'cyclonedx-1.6', 'spdx', 'sarif'] as const

const showBom = defineRoute({
  id: 'show-scan-document',
  method: 'GET',
  path: '/api/scans/:id/document',
  command: 'scan document',
  summary: 'Writes what a scan found as a CycloneDX ML-BOM (1.7, or 1.6), an SPDX 3.0.1 document or SARIF 2.1.0',
  needs: 'scan:read',
  params: Params,
  query: z.strictObject({ format: z.enum(WRITERS).default('cyclonedx') }),
  reply: z.object({ format: z.enum(WRITERS), document: z.record(z.string(), z.unknown()) }),
  async handle({ app, params, query: { format } }) {
    const scan = await mustFindScan(app, params.id)
    const { discovered, modelFiles, bom: said } = await resultOf(app, params.id)
    const source = await app.store.read.scanSources.byId(scan.source)
    const name = source?.name ?? scan.source
    const tool = { name: 'Parapet', version: app.version }
    if (format === 'sarif') {
      const findings = [...discovered.findings, ...modelFiles.flatMap(fileFindings)]
      return { format, document: { ...toSarif({ ...discovered, findings }, app.version) } }
    }
    const bom =
      said ?? bomOf(discovered, { name, version: scan.commit, createdAt: scan.endedAt ?? scan.createdAt, tool })
    return {
      format,
      document:
        format === 'spdx' ? { ...toSpdx(bom) } : { ...toCycloneDx(bom, format === 'cyclonedx' ? '1.7' : '1.6') },
    }
  },
})

const ShownUse = z.object({
  provider: z.string(),
  shadow: z.boolean().describe('in use, and neither declared nor allowed'),
  standing: z.enum(['declared', 'observed', 'both']),
  sanctioned: z.boolean().optional(),
  users: z.int(),
  hosts: z.array(z.string()),
  calls: z.int(),
  blocked: z.int(),
  sent: z.number().optional().describe('bytes'),
  received: z.number().optional(),
  first: z.string().optional(),
  last: z.string().optional(),
  uses: z
    .array(
      z.object({
        who: z.string(),
        department: z.string().optional(),
        host: z.string(),
        calls: z.int(),
        sent: z.number().optional(),
      }),
    )
    .describe('who sent most'),
})

const showTraffic = defineRoute({
  id: 'show-scan-traffic',
  method: 'GET',
  path: '/api/scans/:id/traffic',
  command: 'scan traffic',
  summary:
    'Says which AI providers the logs of a scan show, by whom they are used, and which nobody declared or allowed',
  needs: 'scan:read',
  params: Params,
  reply: z.object({
    items: z.array(ShownUse),
    logs: z.array(z.object({ file: z.string(), format: z.string().optional(), lines: z.int(), unread: z.int() })),
    dropped: z.int(),
  }),
  async handle({ app, params }) {
    const { traffic } = await resultOf(app, params.id)
    if (traffic === undefined)
      throw new Failure('not_found', `${params.id} scanned no traffic`, { hint: 'its things: parapet scan items' })
    const joined = await joinedTraffic(app.store.read, app.scans.settings, traffic)
    return {
      items: joined.map(shownProvider),
      logs: traffic.logs,
      dropped: traffic.dropped,
    }
  },
})

export const scanResultRoutes = [listItems, listMissed, listModelFiles, showBom, showTraffic] as const

const shownItem = ({ card: _card, ...item }: DiscoveredItem) => ({ ...item, attributes: plain(item.attributes) })

const shownProvider = (provider: ShadowProvider) => ({ ...provider, shadow: isShadow(provider) })

export async function mustFindScan(app: App, id: string): Promise<Scan> {
  const scan = await app.store.read.scans.byId(id)
  if (scan) return scan
  throw new Failure('not_found', `there is no scan ${id}`, { hint: 'list them: parapet scan list' })
}

export async function resultOf(app: App, id: string): Promise<ScanResult> {
  const { result, state } = await mustFindScan(app, id)
  if (state === 'done' && result !== undefined) return app.scans.results.read(result)
  throw new Failure('conflict', `scan ${id} has found nothing yet: it is ${state}`, { hint: 'wait until it is done' })
}

/** The cursor counts, because a result never changes. */
export function slice<T>(all: readonly T[], { limit, cursor }: { limit: number; cursor?: string | undefined }) {
  const from = cursor === undefined ? 0 : /^\d{1,9}$/.test(cursor) ? Number(cursor) : -1
  if (from < 0)
    throw new Failure('input_invalid', 'cursor: not one that this list gave', { hint: 'start again without a cursor' })
  const end = from + Math.min(limit, MOST_ROWS)
  return { items: all.slice(from, end), next: end < all.length ? String(end) : undefined }
}
