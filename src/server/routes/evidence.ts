// Evidence over HTTP: it can be added and read. There is no route to edit or remove it; a newer proof answers an older.
import { z } from 'zod'
import { Failure } from '../../lib/failure.ts'
import type { Actor } from '../../model/actor.ts'
import { EVIDENCE_SOURCES } from '../../model/evidence.ts'
import type { App } from '../../app/app.ts'
import { takeIn } from '../../app/intake.ts'
import type { NewEvidence } from '../../prove/new-evidence.ts'
import { type Document, MOST_ROWS_AT_ONCE } from '../../prove/record-evidence.ts'
import { defineRoute } from '../route.ts'
import {
  EvidenceBatch,
  OneEvidence,
  ShownEvidence,
  shownEvidence,
  toDocument,
  toNewEvidence,
} from './evidence-shapes.ts'
import { pageOf, paging, Time } from './shapes.ts'

const MiB = 1024 * 1024

const addEvidence = defineRoute({
  id: 'add-evidence',
  method: 'POST',
  path: '/api/evidence',
  command: 'evidence add',
  summary: 'Records one proof that a measure holds, or does not',
  needs: 'evidence:write',
  bodyLimit: 44 * MiB,
  body: OneEvidence,
  reply: ShownEvidence,
  async handle({ app, actor, body }) {
    const { collector, document, ...row } = body
    const given = toNewEvidence(row, collector ?? `${actor.kind} ${actor.id}`, app.now())
    const [taken] = await record(app, actor, [given], document && toDocument(document))
    if (!taken) throw new Error('an evidence was recorded and is not there')
    return shownEvidence(taken)
  },
})

const addBatch = defineRoute({
  id: 'add-evidence-batch',
  method: 'POST',
  path: '/api/evidence/batch',
  command: 'evidence add-batch',
  summary: `Records up to ${MOST_ROWS_AT_ONCE} proofs of one collector: all of them or none, sealed in one entry of the log`,
  needs: 'evidence:write',
  bodyLimit: 16 * MiB,
  body: EvidenceBatch,
  reply: z.object({ recorded: z.int(), entry: z.int(), receivedAt: z.string(), first: z.string(), last: z.string() }),
  async handle({ app, actor, body }) {
    const now = app.now()
    const rows = body.rows.map((row) => toNewEvidence(row, body.collector, now))
    const taken = await record(app, actor, rows)
    const [first, last] = [taken.at(0), taken.at(-1)]
    if (!first || !last) throw new Error('a batch was recorded and is not there')
    return {
      recorded: taken.length,
      entry: first.entry,
      receivedAt: first.receivedAt,
      first: first.id,
      last: last.id,
    }
  },
})

const listEvidence = defineRoute({
  id: 'list-evidence',
  method: 'GET',
  path: '/api/evidence',
  command: 'evidence list',
  summary: 'Lists evidence, newest first',
  needs: 'evidence:read',
  query: z.strictObject({
    asset: z.string().min(1).max(160).optional(),
    measure: z.string().min(1).max(160).optional(),
    collector: z.string().min(1).max(200).optional(),
    kind: z.enum(EVIDENCE_SOURCES).optional(),
    supports: z.enum(['true', 'false']).optional().describe('false: only what speaks against a measure'),
    since: Time.optional().describe('received at or after'),
    until: Time.optional().describe('received before'),
    ...paging,
  }),
  reply: pageOf(ShownEvidence),
  async handle({ app, query }) {
    const { supports, ...rest } = query
    const wanted = supports === undefined ? rest : { ...rest, supports: supports === 'true' }
    const { items, next } = await app.store.read.evidence.list(wanted)
    return { items: items.map(shownEvidence), next }
  },
})

const showEvidence = defineRoute({
  id: 'show-evidence',
  method: 'GET',
  path: '/api/evidence/:id',
  command: 'evidence show',
  summary: 'Shows one proof',
  needs: 'evidence:read',
  params: z.strictObject({ id: z.string().min(1).max(100) }),
  reply: ShownEvidence,
  async handle({ app, params }) {
    const found = await app.store.read.evidence.byId(params.id)
    if (!found)
      throw new Failure('not_found', `there is no evidence ${params.id}`, { hint: 'list it: parapet evidence list' })
    return shownEvidence(found)
  },
})

export const evidenceRoutes = [addEvidence, addBatch, listEvidence, showEvidence] as const

function record(app: App, actor: Actor, rows: readonly NewEvidence[], document?: Document) {
  return app.store.change((tx) => takeIn(app, tx, rows, actor, document))
}
