// The threats to one system: each with its verdict, the controls against it and the risk, and with the whole trace.
import { z } from 'zod'
import type { View } from '../../app/posture.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import { matchesOf } from '../../catalog/resolve.ts'
import { catalogNeeds } from '../../derive/catalog-needs.ts'
import { threatStatus } from '../../derive/status/system-status.ts'
import { Failure } from '../../lib/failure.ts'
import type { Applicability } from '../../model/applicability.ts'
import type { Severity } from '../../model/risk.ts'
import { defineRoute } from '../route.ts'
import { at, CatalogId, Level, pageIn, ShortStatus, shortStatus, ShownRollup, stamped, stampedPage, stampOf, StatusWord, ShownSeverity, system, TraceStep, Verdict } from './posture-shapes.ts' // prettier-ignore
import { paging } from './shapes.ts'

const Severities = z.object({ inherent: ShownSeverity, designed: ShownSeverity, proven: ShownSeverity })

const ShownThreat = z.object({
  threat: z.string(),
  name: z.string(),
  kind: z.string(),
  parent: z.string().optional(),
  verdict: Verdict,
  because: z.string().describe('the rule that decided, in words'),
  controls: StatusWord.optional().describe('where the controls against it stand; absent where it does not apply'),
  risk: Severities.optional(),
  aboveAppetite: z.boolean(),
})

function shownThreat(view: View, id: string, one: Applicability): z.input<typeof ShownThreat> {
  const { analysis, threats } = view.system(id)
  const threat = view.catalog.threatsById.get(one.threat)
  const risk = analysis.risks.find((some) => some.threat === one.threat)
  return {
    threat: one.threat,
    name: threat?.name ?? one.threat,
    kind: threat?.kind ?? 'threat',
    parent: threat?.parent ?? undefined,
    verdict: one.verdict,
    because: one.trace[0]?.text ?? '',
    controls: threats.get(one.threat),
    risk: risk && severities(risk),
    aboveAppetite: analysis.aboveAppetite.includes(one.threat),
  }
}

const severities = ({ inherent, designed, proven }: Record<'inherent' | 'designed' | 'proven', Severity>) => ({
  inherent,
  designed,
  proven,
})

const listThreats = defineRoute({
  id: 'list-system-threats',
  method: 'GET',
  path: '/api/systems/:id/threats',
  command: 'system threats',
  summary: 'Lists all threats of the catalogue with their verdict for a system, those left out as well',
  needs: 'risk:read',
  params: z.strictObject(system),
  query: z.strictObject({ verdict: Verdict.optional(), ...at, ...paging }),
  reply: stampedPage(ShownThreat),
  async handle({ app, params, query }) {
    const view = await app.posture.view(query.at)
    const all = view.system(params.id).analysis.threats
    const some = all.filter(({ verdict }) => query.verdict === undefined || verdict === query.verdict)
    const { items, total, next } = pageIn(some, query, ({ threat }) => threat)
    return { ...stampOf(view), items: items.map((one) => shownThreat(view, params.id, one)), total, next }
  },
})

const showThreat = defineRoute({
  id: 'show-system-threat',
  method: 'GET',
  path: '/api/systems/:id/threats/:threat',
  command: 'system threat',
  summary: 'Shows why a threat applies to a system or not, what stands against it, and the risk that is left',
  needs: 'risk:read',
  params: z.strictObject({ ...system, threat: CatalogId }),
  query: z.strictObject(at),
  reply: stamped({
    ...ShownThreat.shape,
    summary: z.string(),
    treatmentQuestion: z.string(),
    trace: z.array(TraceStep).readonly(),
    status: ShownRollup.optional(),
    against: z.array(z.object({ control: z.string(), name: z.string(), by: z.string(), party: z.string().optional(), state: ShortStatus })), // prettier-ignore
    factors: z.array(z.object({ id: z.string(), level: Level, because: z.string() })).readonly(),
    impactBecause: z.string().optional(),
  }),
  async handle({ app, params, query }) {
    const view = await app.posture.view(query.at)
    const { analysis, controls } = view.system(params.id)
    const one = analysis.threats.find(({ threat }) => threat === params.threat)
    if (!one) throw noThreat(view.catalog, params.threat)
    const threat = view.catalog.threatsById.get(one.threat)
    const risk = analysis.risks.find((some) => some.threat === one.threat)
    const needs = catalogNeeds(view.catalog).get(one.threat) ?? []
    const open = one.verdict !== 'does-not-apply'
    const against = needs.flatMap(({ control, by }) => {
      const state = controls.get(control.id)
      const need = analysis.controls.find((some) => some.control === control.id)
      const party = need?.need === 'needed' ? need.party : undefined
      return state ? [{ control: control.id, name: control.name, by, party, state: shortStatus(state) }] : []
    })
    return {
      ...stampOf(view),
      ...shownThreat(view, params.id, one),
      summary: threat?.summary ?? '',
      treatmentQuestion: threat?.treatmentQuestion ?? '',
      trace: one.trace,
      status: open
        ? threatStatus(
            needs.map(({ control }) => control.id),
            controls,
          )
        : undefined,
      against: open ? against : [],
      factors: risk?.factors ?? [],
      impactBecause: risk?.impactBecause,
    }
  },
})

/** A name of an older catalogue is answered with what it is called now. */
function noThreat(catalog: Catalog, id: string): Failure {
  const now = matchesOf(catalog, id).find(({ kind }) => kind === 'threat')
  return new Failure('not_found', `${catalog.name} has no threat "${id}"`, {
    hint: now ? `it is called "${now.id}" now` : 'list them: parapet system threats SYSTEM',
  })
}

export const systemThreatRoutes = [listThreats, showThreat] as const
