// What a scan says a system is made of, part by part, and what changed since an earlier scan of the same source. Made from
// the BOM that is downloaded, so that the page and the file never differ.
import { z } from 'zod'
import type { App } from '../../app/app.ts'
import { bomOf } from '../../discover/bom/from-discovered.ts'
import { diffBoms } from '../../discover/bom/diff.ts'
import { type Compared, compareBom } from '../../app/scans/import-bom.ts'
import { Failure } from '../../lib/failure.ts'
import { type Bom, type BomKind, type BomLink, type BomPart, PART_KINDS, SERVICE_KINDS } from '../../model/bom.ts'
import type { DiscoveredItem } from '../../model/discovered.ts'
import { MOST_ROWS } from '../../model/page.ts'
import type { Scan } from '../../model/scan.ts'
import { defineRoute } from '../route.ts'
import { mustFindScan, resultOf, slice } from './scan-results.ts'
import { AnyId, ShownItem } from './scan-shapes.ts'
import { pageOf, paging } from './shapes.ts'

const Params = z.strictObject({ id: AnyId })
const KINDS = [...PART_KINDS, ...SERVICE_KINDS] as const
/** What a reader asks for first: what thinks and acts, then what it reaches and was made from, then what it is built with. */
const READ_FIRST: readonly BomKind[] = [
  ...([
    'model',
    'agent',
    'provider',
    'mcp-server',
    'tool',
    'vector-store',
    'dataset',
    'prompt',
    'instructions',
  ] as const),
  ...(['framework', 'serving', 'cloud-ai', 'endpoint'] as const),
]
const MOST_CHANGES = 500
/** Scans of a source that are looked through for the one before. */
const MOST_BEFORE = 1000
/** Of a system, whose scans an imported BOM is held against. */
const MOST_SOURCES = 20

const partLink = z.object({ kind: z.string(), to: z.string().describe('id of a part') })
const shortPart = z.object({
  id: z.string().describe('follows from kind and name: the same in every BOM of the source'),
  kind: z.enum(KINDS),
  name: z.string(),
  version: z.string().optional(),
})

const listParts = defineRoute({
  id: 'list-scan-parts',
  method: 'GET',
  path: '/api/scans/:id/parts',
  command: 'scan parts',
  summary: 'Lists the parts of the BOM of a scan',
  needs: 'scan:read',
  params: Params,
  query: z.strictObject({
    kind: z.enum(KINDS).optional(),
    text: z.string().min(1).max(200).optional().describe('that its name contains'),
    ...paging,
  }),
  reply: pageOf(
    shortPart.extend({
      supplier: z.string().optional(),
      purl: z.string().optional(),
      endpoints: z.array(z.string()),
      details: z
        .array(z.object({ name: z.string(), value: z.string() }))
        .describe('what else is known, as in a model card'),
      occurrences: z.array(z.object({ file: z.string(), line: z.int().optional() })),
      links: z.array(partLink),
    }),
  ).extend({ counts: z.record(z.string(), z.int()).describe('parts by kind, without filters') }),
  async handle({ app, params, query: { kind, text, ...page } }) {
    const { subject, parts, links } = await bomOfScan(app, await mustFindScan(app, params.id))
    const own = parts.filter(({ id }) => id !== subject).toSorted((a, b) => placeOf(a) - placeOf(b))
    const from = new Map<string, BomLink[]>()
    for (const link of links) from.set(link.from, [...(from.get(link.from) ?? []), link])
    const wanted = own.filter(
      (part) => (kind === undefined || part.kind === kind) && (text === undefined || has(part, text)),
    )
    const { items, next } = slice(wanted, page)
    const counts: Partial<Record<BomKind, number>> = {}
    for (const part of own) counts[part.kind] = (counts[part.kind] ?? 0) + 1
    return { items: items.map((part) => shownPart(part, from.get(part.id) ?? [])), next, counts }
  },
})

function placeOf({ kind }: BomPart): number {
  const place = READ_FIRST.indexOf(kind)
  return place < 0 ? READ_FIRST.length + KINDS.indexOf(kind) : place
}

const has = ({ name }: BomPart, text: string) => name.toLowerCase().includes(text.toLowerCase())

function shownPart(part: BomPart, links: readonly BomLink[]) {
  const { id, kind, name, version, supplier, purl, card, service, properties, occurrences } = part
  const known = { ...card, ...properties }
  return {
    id,
    kind,
    name,
    version,
    supplier,
    purl,
    endpoints: service?.endpoints ?? [],
    details: Object.entries(known).flatMap(([key, value]) =>
      value === undefined ? [] : [{ name: key.split(':').at(-1) ?? key, value: wordsOf(value) }],
    ),
    occurrences,
    links: links.map((link) => ({ kind: link.kind, to: link.to })),
  }
}

const wordsOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

const showChanges = defineRoute({
  id: 'show-scan-changes',
  method: 'GET',
  path: '/api/scans/:id/changes',
  command: 'scan changes',
  summary: 'Says what changed in the BOM since an earlier scan of the same source',
  needs: 'scan:read',
  params: Params,
  query: z.strictObject({ since: AnyId.optional().describe('id of the earlier scan; else the one before') }),
  reply: z.object({
    since: z.string().optional().describe('absent: it is the first'),
    added: z.array(shortPart),
    removed: z.array(shortPart),
    changed: z.array(
      shortPart
        .pick({ id: true })
        .extend({ field: z.string(), before: z.string().optional(), after: z.string().optional() }),
    ),
    linked: z.array(partLink.extend({ from: z.string() })),
    unlinked: z.array(partLink.extend({ from: z.string() })),
    truncated: z.boolean().describe('a list holds no more than the first of them'),
  }),
  async handle({ app, params, query }) {
    const scan = await mustFindScan(app, params.id)
    const since = query.since === undefined ? await scanBefore(app, scan) : await mustFindScan(app, query.since)
    const nothing = { added: [], removed: [], changed: [], linked: [], unlinked: [], truncated: false }
    if (since === undefined) return nothing
    if (since.source !== scan.source)
      throw new Failure('input_invalid', 'since: is a scan of another source', { hint: 'name one of the same source' })
    const diff = diffBoms(await bomOfScan(app, since), await bomOfScan(app, scan))
    const { added, removed, changed, linked, unlinked } = diff
    return {
      since: since.id,
      added: added.slice(0, MOST_CHANGES).map(shortOf),
      removed: removed.slice(0, MOST_CHANGES).map(shortOf),
      changed: changed.slice(0, MOST_CHANGES),
      linked: linked.slice(0, MOST_CHANGES),
      unlinked: unlinked.slice(0, MOST_CHANGES),
      truncated: Object.values(diff).some((list: readonly unknown[]) => list.length > MOST_CHANGES),
    }
  },
})

const shortOf = ({ id, kind, name, version }: BomPart) => ({ id, kind, name, version })

/** The commit is no part of it: a BOM of two commits differs in what is in them. */
async function bomOfScan(app: App, { id, source, endedAt, createdAt }: Scan): Promise<Bom> {
  const { discovered, bom } = await resultOf(app, id)
  if (bom !== undefined) return bom
  const name = (await app.store.read.scanSources.byId(source))?.name ?? source
  return bomOf(discovered, { name, createdAt: endedAt ?? createdAt, tool: { name: 'Parapet', version: app.version } })
}

async function scanBefore(app: App, { id, source }: Scan): Promise<Scan | undefined> {
  let isLater = true
  let cursor: string | undefined
  for (let seen = 0; seen < MOST_BEFORE; seen += MOST_ROWS) {
    const page = await app.store.read.scans.list({ source, state: 'done', limit: MOST_ROWS, cursor })
    for (const scan of page.items) {
      if (!isLater) return scan
      if (scan.id === id) isLater = false
    }
    cursor = page.next
    if (cursor === undefined) return undefined
  }
  return undefined
}

const Said = ShownItem.pick({ id: true, kind: true, name: true, evidence: true })
const MOST_COMPARED = 1000

const compareRoute = defineRoute({
  id: 'compare-bom',
  method: 'GET',
  path: '/api/scans/:id/declared',
  command: 'bom compare',
  summary: 'Holds a BOM that was imported against what scans of the same system saw',
  needs: 'scan:read',
  params: Params,
  query: z.strictObject({ with: AnyId.optional().describe('id of a scan; else the newest of each other source') }),
  reply: z.object({
    scans: z.array(z.string()).describe('what it was held against'),
    lacks: z
      .enum(['system', 'scan'])
      .optional()
      .describe('why it was held against nothing: its source has no system, or nothing of that system was scanned'),
    both: z.int(),
    notSeen: z.array(Said).describe('declared, and seen by no scan'),
    notDeclared: z.array(Said).describe('seen, and not declared'),
    truncated: z.boolean(),
  }),
  async handle({ app, params, query }) {
    const scan = await mustFindScan(app, params.id)
    const { discovered, bom } = await resultOf(app, scan.id)
    if (bom === undefined) throw new Failure('conflict', `${scan.id} is no BOM that was imported`)
    const scans = query.with === undefined ? await scansBeside(app, scan) : [(await mustFindScan(app, query.with)).id]
    const lacks = scans.length > 0 ? undefined : await whatLacks(app, scan)
    const seen = await Promise.all(scans.map(async (id) => (await resultOf(app, id)).discovered))
    const { both, notSeen, notDeclared } = lacks ? NOTHING : compareBom(discovered, seen)
    return {
      scans,
      ...(lacks && { lacks }),
      both,
      notSeen: notSeen.slice(0, MOST_COMPARED).map(shownSaid),
      notDeclared: notDeclared.slice(0, MOST_COMPARED).map(shownSaid),
      truncated: Math.max(notSeen.length, notDeclared.length) > MOST_COMPARED,
    }
  },
})

const NOTHING: Compared = { both: 0, notSeen: [], notDeclared: [] }

async function whatLacks(app: App, { source }: Scan): Promise<'system' | 'scan'> {
  const found = await app.store.read.scanSources.byId(source)
  return found?.system === undefined ? 'system' : 'scan'
}

const shownSaid = ({ id, kind, name, evidence }: DiscoveredItem) => ({ id, kind, name, evidence })

/** Of the sources of the same system that are scanned, each by its newest scan. */
async function scansBeside(app: App, { source }: Scan): Promise<string[]> {
  const { scanSources, scans } = app.store.read
  const system = (await scanSources.byId(source))?.system
  if (system === undefined) return []
  const { items } = await scanSources.list({ system, limit: MOST_SOURCES })
  const scanned = items.filter(({ kind }) => kind !== 'bom' && kind !== 'traffic')
  return (await Promise.all(scanned.map(async ({ id }) => (await scans.lastDone(id))?.id ?? []))).flat()
}

export const scanBomRoutes = [listParts, showChanges, compareRoute] as const
