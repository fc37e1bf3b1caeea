// Attestations: training done, policies read, statements made, each with an end.
import { z } from 'zod'
import type { App } from '../../app/app.ts'
import {
  attest,
  ATTESTATION_STANDINGS,
  attestationNoun,
  attestationStanding,
  type Attestation,
  ATTESTED,
  withdrawAttestation,
} from '../../govern/attestation.ts'
import { find, page } from '../../govern/noun.ts'
import type { Kept } from '../../model/decision.ts'
import { defineRoute } from '../route.ts'
import { About, aboutOf, CatalogId, DecisionId, Line, Reason, SystemId, Until } from './decision-shapes.ts'
import { Name, pageOf, paging, Time } from './shapes.ts'

const ShownAttestation = z.object({
  ...About,
  what: z.enum(ATTESTED),
  state: z.enum(ATTESTATION_STANDINGS),
  title: z.string(),
  version: z.string().optional(),
  person: z.string(),
  measure: z.string().optional(),
  doneAt: Time,
  until: Time,
  by: z.string(),
  at: Time,
  evidence: z.array(z.string()).describe('ids of the evidence that it gave'),
  endedBy: z.string().optional(),
  endedAt: Time.optional(),
  why: z.string().optional(),
})

const listAttestations = defineRoute({
  id: 'list-attestations',
  method: 'GET',
  path: '/api/attestations',
  command: 'attestation list',
  summary: 'Lists attestations, newest first',
  needs: 'evidence:read',
  query: z.strictObject({
    title: Line.optional().describe('only of this course or policy'),
    system: SystemId.optional(),
    ...paging,
  }),
  reply: pageOf(ShownAttestation),
  async handle({ app, query: { title, ...query } }) {
    const { items, next } = await page(attestationNoun, app.store.read.decisions, { ...query, subject: title })
    return { items: items.map((one) => shown(app, one)), next }
  },
})

const showAttestation = defineRoute({
  id: 'show-attestation',
  method: 'GET',
  path: '/api/attestations/:id',
  command: 'attestation show',
  summary: 'Shows an attestation',
  needs: 'evidence:read',
  params: DecisionId,
  reply: ShownAttestation,
  async handle({ app, params }) {
    return shown(app, await find(attestationNoun, app.store.read.decisions, params.id))
  },
})

const makeAttestation = defineRoute({
  id: 'make-attestation',
  method: 'POST',
  path: '/api/attestations',
  command: 'attestation make',
  summary:
    'Attests that a training was done, a policy read or something is so; for oneself unless you may add evidence',
  needs: 'anyone-signed-in',
  body: z.strictObject({
    what: z.enum(ATTESTED),
    title: Line.describe('of the course or policy; or what is stated'),
    version: Name.optional(),
    person: Name.optional().describe('somebody else: id of an account, or e-mail address'),
    doneAt: Until.optional().describe('now unless told otherwise'),
    until: Until.describe('when it has to be attested again; a year ahead at most'),
    proves: z
      .strictObject({ measure: CatalogId, system: SystemId })
      .optional()
      .describe('a measure on a system, for which it becomes evidence'),
  }),
  reply: ShownAttestation,
  async handle({ app, actor, body }) {
    return shown(app, await attest(app.govern, actor, body))
  },
})

const withdraw = defineRoute({
  id: 'withdraw-attestation',
  method: 'POST',
  path: '/api/attestations/:id/withdraw',
  command: 'attestation withdraw',
  summary: 'Takes an attestation back; evidence that it gave is answered by evidence against',
  needs: 'anyone-signed-in',
  params: DecisionId,
  body: z.strictObject({ why: Reason }),
  reply: ShownAttestation,
  async handle({ app, actor, params, body }) {
    return shown(app, await withdrawAttestation(app.govern, actor, params.id, body.why))
  },
})

export const attestationRoutes = [listAttestations, showAttestation, makeAttestation, withdraw] as const

function shown(app: App, kept: Kept<Attestation>): z.input<typeof ShownAttestation> {
  const { value } = kept
  return { ...value, ...aboutOf(kept), state: attestationStanding(value, app.now().toISOString()) }
}
