// The controls that one system needs, and the measures of one control with their proofs.
import { z } from 'zod'
import type { View } from '../../app/posture.ts'
import { CONTROL_GROUPS, EVIDENCE_KINDS } from '../../catalog/schema/controls.ts'
import { Failure } from '../../lib/failure.ts'
import { defineRoute } from '../route.ts'
import { ShownEvidence, shownEvidence } from './evidence-shapes.ts'
import { at, CatalogId, pageIn, ShortStatus, shortStatus, ShownRollup, ShownStatus, stamped, stampedPage, stampOf, StatusWord, system } from './posture-shapes.ts' // prettier-ignore
import { paging } from './shapes.ts'

const PARTIES = ['you', 'supplier', 'shared'] as const
const MOST_PROOFS = 10

const ShownControl = z.object({
  control: z.string(),
  name: z.string(),
  group: z.enum(CONTROL_GROUPS),
  need: z.enum(['needed', 'not-needed']),
  party: z.enum(PARTIES).optional().describe('whose part it is; absent where it is not needed'),
  because: z.string().describe('why it is needed or not'),
  threats: z.int().describe('open threats that ask for it'),
  state: ShortStatus,
})

function shownControls(view: View, id: string): z.input<typeof ShownControl>[] {
  const { analysis, controls } = view.system(id)
  return analysis.controls.flatMap((one): z.input<typeof ShownControl>[] => {
    const control = view.catalog.controlsById.get(one.control)
    const state = controls.get(one.control)
    if (!control || !state) return []
    const { name, group } = control
    const shown = { control: one.control, name, group, state: shortStatus(state) }
    if (one.need === 'not-needed') return [{ ...shown, need: one.need, because: one.reason, threats: 0 }]
    const because = `asked for by ${one.for.slice(0, 3).map(({ threat }) => threat).join(', ')}` // prettier-ignore
    const more = one.for.length > 3 ? ` and ${one.for.length - 3} more` : ''
    return [{ ...shown, need: one.need, party: one.party, because: `${because}${more}`, threats: one.for.length }]
  })
}

const listControls = defineRoute({
  id: 'list-system-controls',
  method: 'GET',
  path: '/api/systems/:id/controls',
  command: 'system controls',
  summary: 'Lists all controls with whether a system needs them, whose part they are and where they stand',
  needs: 'risk:read',
  params: z.strictObject(system),
  query: z.strictObject({
    status: StatusWord.optional(),
    need: z.enum(['needed', 'not-needed']).optional(),
    party: z.enum(PARTIES).optional(),
    ...at,
    ...paging,
  }),
  reply: stampedPage(ShownControl),
  async handle({ app, params, query }) {
    const view = await app.posture.view(query.at)
    const some = shownControls(view, params.id).filter(
      ({ state, need, party }) =>
        (query.status === undefined || state.status === query.status) &&
        (query.need === undefined || need === query.need) &&
        (query.party === undefined || party === query.party),
    )
    return { ...stampOf(view), ...pageIn(some, query, ({ control }) => control) }
  },
})

const ShownMeasure = z.object({
  measure: z.string(),
  what: z.string(),
  asks: z.string().describe('what the catalogue asks to be shown'),
  evidenceKind: z.enum(EVIDENCE_KINDS),
  freshness: z.string(),
  need: z.enum(['needed', 'not-needed']),
  because: z.string(),
  party: z.enum(PARTIES).optional(),
  state: ShownStatus,
  proofs: z.array(ShownEvidence).describe('what the state rests on, newest first; the first few'),
})

const showControl = defineRoute({
  id: 'show-system-control',
  method: 'GET',
  path: '/api/systems/:id/controls/:control',
  command: 'system control',
  summary:
    'Shows the measures of a control on a system: where each stands and why, its proofs, and until when they count',
  needs: 'risk:read',
  params: z.strictObject({ ...system, control: CatalogId }),
  query: z.strictObject(at),
  reply: stamped({
    ...ShownControl.shape,
    state: ShownRollup,
    purpose: z.string(),
    for: z.array(z.object({ threat: z.string(), verdict: z.string(), party: z.string(), because: z.string() })),
    measures: z.array(ShownMeasure),
  }),
  async handle({ app, params, query }) {
    const view = await app.posture.view(query.at)
    const { analysis, controls, measures } = view.system(params.id)
    const shown = shownControls(view, params.id).find(({ control }) => control === params.control)
    const control = view.catalog.controlsById.get(params.control)
    const state = controls.get(params.control)
    if (!shown || !control || !state)
      throw new Failure('not_found', `${view.catalog.name} has no control "${params.control}"`, {
        hint: `list them: parapet system controls ${params.id}`,
      })
    const need = analysis.controls.find((one) => one.control === control.id)
    const { evidence } = app.store.read
    return {
      ...stampOf(view),
      ...shown,
      state,
      purpose: control.purpose,
      for: need?.need === 'needed' ? need.for.map(({ threat, verdict, party, because }) => ({ threat, verdict, party, because })) : [], // prettier-ignore
      measures: await Promise.all(
        control.measures.map(async (measure) => {
          const report = measures.get(measure.id) ?? { status: 'missing' as const, reason: '', evidence: [] }
          const wanted = analysis.measures.find((one) => one.measure === measure.id)
          const found = await Promise.all(report.evidence.slice(0, MOST_PROOFS).map((id) => evidence.byId(id)))
          return {
            measure: measure.id,
            what: measure.what,
            asks: measure.evidence,
            evidenceKind: measure.evidenceKind,
            freshness: measure.freshness,
            need: wanted?.need ?? 'needed',
            because: wanted?.reason ?? '',
            party: wanted?.party,
            state: report,
            proofs: found.flatMap((one) => (one ? [shownEvidence(one)] : [])),
          }
        }),
      ),
    }
  },
})

export const systemControlRoutes = [listControls, showControl] as const
