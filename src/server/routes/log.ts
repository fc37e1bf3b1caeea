// The evidence log over HTTP: read it, prove it, seal it. Everything here works on entries; the files that other tools
// expect of a C2SP log are served beside the API.
import { z } from 'zod'
import { Failure } from '../../lib/failure.ts'
import type { EntryRow } from '../../model/entry.ts'
import { MOST_ROWS } from '../../model/page.ts'
import { ATTACKS } from '../../prove/audit-finding.ts'
import { defineRoute } from '../route.ts'

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')

const Hash = z.string().describe('SHA-256 in base64')
const Time = z.iso.datetime().describe('UTC, as in 2026-03-01T10:00:00.000Z')
const Index = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER)
const Name = z.string().min(1).max(256)
const Limit = z.coerce.number().int().min(1).max(MOST_ROWS).default(50)
const Cursor = z.string().max(512).optional()

const Selection = {
  kind: Name.optional().describe('as in account.created'),
  actorId: Name.optional(),
  subjectKind: Name.optional(),
  subjectId: Name.optional(),
  since: Time.optional(),
  until: Time.optional(),
}

const EntryReply = z.object({
  index: z.int(),
  at: z.string(),
  kind: z.string(),
  actor: z.object({ kind: z.string(), id: z.string() }),
  subject: z.object({ kind: z.string(), id: z.string() }),
  data: z.record(z.string(), z.unknown()),
  attachments: z
    .array(z.object({ name: z.string(), mediaType: z.string(), bytes: z.int(), sha256: z.string() }))
    .optional(),
  personal: z.record(z.string(), z.string()).optional().describe('commitments to the personal fields'),
})

const Opened = z.record(z.string(), z.object({ salt: z.string(), value: z.string() }))
const CheckpointReply = z.object({ size: z.int(), root: Hash, at: z.string(), note: z.string() })

const PublisherReply = z.object({
  id: z.string(),
  kind: z.string(),
  size: z.int().optional(),
  at: z.string().optional(),
  error: z.string().optional(),
})

const FindingReply = z.object({ attack: z.enum(ATTACKS), index: z.int(), message: z.string() })

export const ReportReply = z.object({
  format: z.literal('parapet-report/1'),
  origin: z.string(),
  keys: z.array(z.string()),
  checkpoint: z.string(),
  handovers: z.array(
    z.object({
      checkpoint: z.string(),
      index: z.int(),
      leaf: z.string(),
      path: z.array(Hash),
      consistency: z.array(Hash),
    }),
  ),
  entries: z.array(z.object({ index: z.int(), leaf: z.string(), path: z.array(Hash), opened: Opened.optional() })),
  attachments: z.array(z.object({ sha256: z.string(), content: z.string().optional() })),
  older: z.array(z.object({ checkpoint: z.string(), consistency: z.array(Hash) })),
  omitted: z.boolean().describe('more entries matched than a report holds'),
})

/** The leaf is the entry: what is shown is what was hashed. */
function toEntry(row: EntryRow): z.input<typeof EntryReply> {
  return EntryReply.parse(JSON.parse(row.leaf))
}

const showLog = defineRoute({
  id: 'show-log',
  method: 'GET',
  path: '/api/log',
  command: 'log status',
  summary: 'Size, root, last checkpoint and what no checkpoint outside the house covers yet',
  needs: 'log:read',
  reply: z.object({
    origin: z.string(),
    verifierKey: z.string(),
    verifierKeys: z.array(z.string()).describe('every key that ever signed, oldest first'),
    size: z.int(),
    root: Hash,
    lastAt: z.string(),
    checkpoint: CheckpointReply.optional(),
    exposure: z.object({
      entries: z.int(),
      since: z.string().optional(),
      publishers: z.array(PublisherReply),
      damage: z.string().optional().describe('why nothing is signed any more'),
    }),
  }),
  async handle({ app }) {
    const [head, exposure, last] = await Promise.all([
      app.log.head(),
      app.log.exposure(),
      app.store.read.log.latestCheckpoint(),
    ])
    return {
      origin: app.log.origin,
      verifierKey: app.log.verifierKey,
      verifierKeys: [...app.log.verifierKeys],
      size: head.size,
      root: base64(head.root),
      lastAt: head.lastAt,
      checkpoint: last && { ...last, root: base64(last.root) },
      exposure: { ...exposure, publishers: [...exposure.publishers] },
    }
  },
})

const listEntries = defineRoute({
  id: 'list-log-entries',
  method: 'GET',
  path: '/api/log/entries',
  command: 'log list',
  summary: 'Entries that match, newest first',
  needs: 'log:read',
  query: z.strictObject({
    ...Selection,
    order: z.enum(['newest', 'oldest']).default('newest'),
    limit: Limit,
    cursor: Cursor,
  }),
  reply: z.object({ items: z.array(EntryReply), next: z.string().optional() }),
  async handle({ app, query }) {
    const page = await app.store.read.log.search(query)
    return { items: page.items.map(toEntry), next: page.next }
  },
})

const showEntry = defineRoute({
  id: 'show-log-entry',
  method: 'GET',
  path: '/api/log/entries/:index',
  command: 'log show',
  summary: 'One entry, the exact bytes that were hashed, and its personal fields until they are erased',
  needs: 'log:read',
  params: z.strictObject({ index: Index }),
  reply: z.object({
    entry: EntryReply,
    leaf: z.string().describe('canonical JSON, exactly as hashed'),
    leafHash: Hash,
    opened: Opened,
    sealedBy: z.int().optional().describe('size of the first checkpoint that covers it'),
  }),
  async handle({ app, params }) {
    const reader = app.store.read.log
    const [row] = await reader.rows(params.index, params.index + 1)
    if (!row) throw missing(params.index)
    const [personal, checkpoint] = await Promise.all([
      reader.personal(params.index),
      reader.checkpointCovering(params.index + 1),
    ])
    return {
      entry: toEntry(row),
      leaf: row.leaf,
      leafHash: base64(row.leafHash),
      opened: Object.fromEntries(personal.map(({ field, salt, value }) => [field, { salt: base64(salt), value }])),
      sealedBy: checkpoint?.size,
    }
  },
})

const proveEntry = defineRoute({
  id: 'prove-log-entry',
  method: 'GET',
  path: '/api/log/entries/:index/proof',
  command: 'log prove',
  summary: 'Proof that an entry is in the log, also as a .tlog-proof file',
  needs: 'log:read',
  params: z.strictObject({ index: Index }),
  reply: z.object({
    index: z.int(),
    size: z.int(),
    leafHash: Hash,
    root: Hash,
    path: z.array(Hash),
    proof: z.string().describe('the .tlog-proof file'),
  }),
  async handle({ app, params }) {
    const { inclusion, text } = await app.log.proof(params.index)
    return {
      index: inclusion.index,
      size: inclusion.size,
      leafHash: base64(inclusion.leafHash),
      root: base64(inclusion.root),
      path: inclusion.path.map(base64),
      proof: text,
    }
  },
})

const proveConsistency = defineRoute({
  id: 'prove-log-consistency',
  method: 'GET',
  path: '/api/log/consistency',
  command: 'log consistency',
  summary: 'Proof that a later tree begins with an earlier one',
  needs: 'log:read',
  query: z.strictObject({ from: Index, to: Index }),
  reply: z.object({ from: z.int(), to: z.int(), path: z.array(Hash) }),
  async handle({ app, query }) {
    const { from, to, path } = await app.log.consistency(query.from, query.to)
    return { from, to, path: path.map(base64) }
  },
})

const listCheckpoints = defineRoute({
  id: 'list-log-checkpoints',
  method: 'GET',
  path: '/api/log/checkpoints',
  command: 'log checkpoints',
  summary: 'Signed checkpoints, newest first',
  needs: 'log:read',
  query: z.strictObject({ limit: Limit, cursor: Cursor }),
  reply: z.object({ items: z.array(CheckpointReply), next: z.string().optional() }),
  async handle({ app, query }) {
    const page = await app.store.read.log.checkpoints(query)
    return { items: page.items.map((row) => ({ ...row, root: base64(row.root) })), next: page.next }
  },
})

const sealLog = defineRoute({
  id: 'seal-log',
  method: 'POST',
  path: '/api/log/checkpoints',
  command: 'log checkpoint',
  summary: 'Signs the tree as it is now',
  needs: 'log:write',
  reply: z.object({ checkpoint: CheckpointReply.optional(), sealed: z.boolean().describe('false: nothing was new') }),
  async handle({ app }) {
    const row = await app.log.checkpoint()
    const last = row ?? (await app.store.read.log.latestCheckpoint())
    return { checkpoint: last && { ...last, root: base64(last.root) }, sealed: row !== undefined }
  },
})

const reportLog = defineRoute({
  id: 'report-log',
  method: 'POST',
  path: '/api/log/report',
  command: 'log report',
  summary: 'A report that anyone can check offline with the public key alone',
  needs: 'log:read',
  body: z.strictObject({
    ...Selection,
    indexes: z.array(Index).max(1000).optional(),
    extendsSize: Index.optional().describe('size of an older checkpoint that the report must be shown to extend'),
    personal: z.boolean().default(true).describe('open the personal fields that are not erased'),
    attachments: z.boolean().default(true).describe('put the attached files into the report'),
  }),
  reply: ReportReply,
  handle: ({ app, body }) => app.log.report(body),
})

const auditLog = defineRoute({
  id: 'audit-log',
  method: 'POST',
  path: '/api/log/audit',
  command: 'log audit',
  summary: 'Reads the whole log and names what was done to it',
  needs: 'log:read',
  body: z.strictObject({
    outside: z.array(z.string().max(65_536)).max(100).default([]).describe('checkpoints that were kept elsewhere'),
  }),
  reply: z.object({
    ok: z.boolean(),
    size: z.int(),
    root: Hash,
    entries: z.int(),
    checkpoints: z.int(),
    attachments: z.int(),
    findings: z.array(FindingReply),
    notices: z.array(FindingReply).describe('trouble that the log recorded itself'),
    truncated: z.boolean().describe('more was found than is listed'),
  }),
  handle: ({ app, body }) => app.log.audit(body.outside),
})

const rotateKey = defineRoute({
  id: 'rotate-log-key',
  method: 'POST',
  path: '/api/log/rotate-key',
  command: 'log rotate-key',
  summary: 'Hands over to a new signing key; verifiers follow from the old one',
  needs: 'log:admin',
  reply: z.object({ verifierKey: z.string() }),
  async handle({ app, actor }) {
    return { verifierKey: await app.log.rotate(actor) }
  },
})

const eraseFromLog = defineRoute({
  id: 'erase-from-log',
  method: 'POST',
  path: '/api/log/erase',
  command: 'log erase',
  summary: 'Erases the personal fields of entries for good; the entries and their proofs stay',
  needs: 'log:admin',
  body: z
    .strictObject({
      indexes: z.array(Index).min(1).max(1000).optional(),
      subjectKind: Name.optional(),
      subjectId: Name.optional(),
      reason: z.string().min(1).max(500),
    })
    .describe('either indexes, or the kind and id of a subject'),
  reply: z.object({ erased: z.int().describe('how many personal fields') }),
  async handle({ app, actor, body }) {
    const { indexes, subjectKind: kind, subjectId: id, reason } = body
    if (indexes && kind === undefined && id === undefined)
      return { erased: await app.log.erase(indexes, reason, actor) }
    if (!indexes && kind !== undefined && id !== undefined)
      return { erased: await app.log.eraseSubject({ kind, id }, reason, actor) }
    throw new Failure('input_invalid', 'it is not clear which entries are meant', {
      hint: 'give either indexes, or subjectKind and subjectId',
    })
  },
})

const missing = (index: number) =>
  new Failure('not_found', `the log has no entry ${index}`, { hint: 'entries are numbered from 0' })

export const logRoutes = [
  showLog,
  listEntries,
  showEntry,
  proveEntry,
  proveConsistency,
  listCheckpoints,
  sealLog,
  reportLog,
  auditLog,
  rotateKey,
  eraseFromLog,
] as const
