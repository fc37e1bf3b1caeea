// The risk register: all fields that the catalogue asks of one, for every open risk of every system.
import { z } from 'zod'
import { riskRegister, type RiskRow, RISK_STATUSES } from '../../app/risk-register.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import { TREATMENTS } from '../../govern/treatment.ts'
import { VERDICTS } from '../../model/applicability.ts'
import { LEVELS } from '../../model/risk.ts'
import { STATUSES } from '../../model/status.ts'
import { defineRoute } from '../route.ts'
import { CatalogId, Party, SystemId } from './decision-shapes.ts'
import { Name, pageOf, paging, Time } from './shapes.ts'

const Level = z.enum(LEVELS)
const Flag = z.enum(['true', 'false']).transform((word) => word === 'true')

const ShownRisk = z.object({
  id: z.string(),
  asset: z.string().describe('id of the system'),
  threat: z.string(),
  scenario: z.string(),
  verdict: z.enum(VERDICTS),
  likelihood: Level,
  impact: Level,
  severity: Level.describe('without any control'),
  designedSeverity: Level.describe('if every chosen measure works'),
  residualSeverity: Level.describe('with what is proven today'),
  residualLikelihood: Level,
  residualImpact: Level,
  aboveAppetite: z.boolean(),
  treatment: z.enum(TREATMENTS).optional().describe('absent: nobody decided'),
  controls: z.array(z.object({ id: z.string(), status: z.enum(STATUSES) })),
  owner: z.string().optional().describe('risk owner of the system'),
  responsibleParty: Party,
  status: z.enum(RISK_STATUSES).describe('reopened: an acceptance of it expired or was voided'),
  openSince: Time.optional().describe('absent while it is accepted'),
  acceptance: z.string().optional().describe('id of the acceptance in force'),
  acceptedBy: z.string().optional(),
  acceptedUntil: Time.optional(),
  evidence: z.array(z.string()),
})

const listRisks = defineRoute({
  id: 'list-risks',
  method: 'GET',
  path: '/api/risks',
  command: 'risk list',
  summary: 'Lists the risk register, in the order of systems and threats',
  needs: 'risk:read',
  query: z.strictObject({
    system: SystemId.optional(),
    threat: CatalogId.optional(),
    owner: Name.optional().describe('only of systems whose risk owner this is'),
    severity: Level.optional().describe('residual severity at least'),
    aboveAppetite: Flag.optional(),
    status: z.enum(RISK_STATUSES).optional(),
    treatment: z.enum(TREATMENTS).optional(),
    at: z.iso.datetime({ offset: true }).optional().describe('as it was at a past moment'),
    ...paging,
  }),
  reply: pageOf(ShownRisk),
  async handle({ app, query }) {
    const { items, next } = await riskRegister(app, query)
    return { items: items.map((row) => shown(app.catalog, row)), next }
  },
})

export const riskRoutes = [listRisks] as const

function shown(catalog: Catalog, row: RiskRow): z.input<typeof ShownRisk> {
  const { state, acceptance } = row
  const { id, aboveAppetite, treatment, owner, party, status, openSince, evidence } = row
  return {
    id,
    aboveAppetite,
    treatment,
    owner,
    status,
    openSince,
    asset: state.system,
    threat: state.threat,
    scenario: `${catalog.threatsById.get(state.threat)?.name ?? state.threat} on ${state.system}`,
    verdict: state.verdict,
    likelihood: state.inherent.likelihood,
    impact: state.inherent.impact,
    severity: state.inherent.severity,
    designedSeverity: state.designed.severity,
    residualSeverity: state.proven.severity,
    residualLikelihood: state.proven.likelihood,
    residualImpact: state.proven.impact,
    controls: state.controls,
    responsibleParty: party,
    evidence: [...evidence],
    ...(acceptance === undefined
      ? {}
      : {
          acceptance: acceptance.id,
          acceptedBy: acceptance.approvedBy,
          acceptedUntil: acceptance.until,
        }),
  }
}
