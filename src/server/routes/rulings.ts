// What people ruled for a system: which measures it is to have, what is done about its risks, who sees to its controls.
import { z } from 'zod'
import { page } from '../../govern/noun.ts'
import {
  ASSIGNABLE,
  assignResponsibility,
  type Responsibility,
  responsibilityNoun,
  unassignResponsibility,
} from '../../govern/responsibility.ts'
import { CHOICES, select, type Selection, selectionNoun, unselect } from '../../govern/selection.ts'
import { treat, type Treatment, treatmentNoun, TREATMENTS, untreat } from '../../govern/treatment.ts'
import type { Kept } from '../../model/decision.ts'
import { defineRoute } from '../route.ts'
import { About, aboutOf, CatalogId, Reason, SystemId, Until } from './decision-shapes.ts'
import { pageOf, paging, Time } from './shapes.ts'

const ruled = { ...About, by: z.string(), at: Time, reason: z.string() }
const ofSystem = { system: SystemId.optional(), ...paging }
const Clearing = z.strictObject({ reason: Reason })
const Measure = z.strictObject({ system: SystemId, measure: CatalogId })
const Threat = z.strictObject({ system: SystemId, threat: CatalogId })
const Control = z.strictObject({ system: SystemId, control: CatalogId })

const Party = z.enum(ASSIGNABLE)

const ShownSelection = z.object({
  ...ruled,
  measure: z.string(),
  state: z.enum([...CHOICES, 'cleared']),
  until: Time.optional(),
})
const ShownTreatment = z.object({ ...ruled, threat: z.string(), state: z.enum([...TREATMENTS, 'cleared']) })
const ShownResponsibility = z.object({
  ...ruled,
  control: z.string(),
  state: z.enum(['set', 'cleared']),
  party: Party.optional(),
})

const listSelections = defineRoute({
  id: 'list-selections',
  method: 'GET',
  path: '/api/selections',
  command: 'selection list',
  summary: 'Lists which measures were chosen or left out, newest first',
  needs: 'risk:read',
  query: z.strictObject(ofSystem),
  reply: pageOf(ShownSelection),
  async handle({ app, query }) {
    const { items, next } = await page(selectionNoun, app.store.read.decisions, query)
    return { items: items.map(shownSelection), next }
  },
})

const setSelection = defineRoute({
  id: 'select-measure',
  method: 'PUT',
  path: '/api/systems/:system/measures/:measure/selection',
  command: 'selection set',
  summary: 'Chooses a measure for a system, or leaves it out for a time',
  needs: 'risk:write',
  params: Measure,
  body: z.strictObject({
    choice: z.enum(CHOICES),
    reason: Reason,
    until: Until.optional().describe('needed for what is left out'),
  }),
  reply: ShownSelection,
  async handle({ app, actor, params, body }) {
    return shownSelection(await select(app.govern, actor, { ...params, ...body }))
  },
})

const clearSelection = defineRoute({
  id: 'unselect-measure',
  method: 'DELETE',
  path: '/api/systems/:system/measures/:measure/selection',
  command: 'selection clear',
  summary: 'Takes back what was chosen of a measure: it is as the catalogue asks again',
  needs: 'risk:write',
  params: Measure,
  body: Clearing,
  reply: ShownSelection,
  async handle({ app, actor, params, body }) {
    return shownSelection(await unselect(app.govern, actor, { ...params, ...body }))
  },
})

const listTreatments = defineRoute({
  id: 'list-treatments',
  method: 'GET',
  path: '/api/treatments',
  command: 'treatment list',
  summary: 'Lists what is to be done about risks, newest first',
  needs: 'risk:read',
  query: z.strictObject(ofSystem),
  reply: pageOf(ShownTreatment),
  async handle({ app, query }) {
    const { items, next } = await page(treatmentNoun, app.store.read.decisions, query)
    return { items: items.map(shownTreatment), next }
  },
})

const setTreatment = defineRoute({
  id: 'treat-risk',
  method: 'PUT',
  path: '/api/systems/:system/threats/:threat/treatment',
  command: 'risk treat',
  summary: 'Says what is to be done about a risk: mitigate, transfer, avoid or accept it',
  needs: 'risk:write',
  params: Threat,
  body: z.strictObject({ treatment: z.enum(TREATMENTS), reason: Reason }),
  reply: ShownTreatment,
  async handle({ app, actor, params, body }) {
    return shownTreatment(await treat(app.govern, actor, { ...params, ...body }))
  },
})

const clearTreatment = defineRoute({
  id: 'untreat-risk',
  method: 'DELETE',
  path: '/api/systems/:system/threats/:threat/treatment',
  command: 'risk untreat',
  summary: 'Takes back what was to be done about a risk',
  needs: 'risk:write',
  params: Threat,
  body: Clearing,
  reply: ShownTreatment,
  async handle({ app, actor, params, body }) {
    return shownTreatment(await untreat(app.govern, actor, { ...params, ...body }))
  },
})

const listResponsibilities = defineRoute({
  id: 'list-responsibilities',
  method: 'GET',
  path: '/api/responsibilities',
  command: 'responsibility list',
  summary: 'Lists controls whose responsible party somebody set against the deployment model, newest first',
  needs: 'risk:read',
  query: z.strictObject(ofSystem),
  reply: pageOf(ShownResponsibility),
  async handle({ app, query }) {
    const { items, next } = await page(responsibilityNoun, app.store.read.decisions, query)
    return { items: items.map(shownResponsibility), next }
  },
})

const setResponsibility = defineRoute({
  id: 'assign-responsibility',
  method: 'PUT',
  path: '/api/systems/:system/controls/:control/responsibility',
  command: 'responsibility set',
  summary: 'Says who must see to a control of a system, against what its deployment model says',
  needs: 'risk:write',
  params: Control,
  body: z.strictObject({ party: Party, reason: Reason.describe('why: which contract or agreement says so') }),
  reply: ShownResponsibility,
  async handle({ app, actor, params, body }) {
    return shownResponsibility(await assignResponsibility(app.govern, actor, { ...params, ...body }))
  },
})

const clearResponsibility = defineRoute({
  id: 'unassign-responsibility',
  method: 'DELETE',
  path: '/api/systems/:system/controls/:control/responsibility',
  command: 'responsibility clear',
  summary: 'Leaves a control to whom the deployment model says again',
  needs: 'risk:write',
  params: Control,
  body: Clearing,
  reply: ShownResponsibility,
  async handle({ app, actor, params, body }) {
    return shownResponsibility(await unassignResponsibility(app.govern, actor, { ...params, ...body }))
  },
})

export const rulingRoutes = [
  listSelections,
  setSelection,
  clearSelection,
  listTreatments,
  setTreatment,
  clearTreatment,
  listResponsibilities,
  setResponsibility,
  clearResponsibility,
] as const

function shownSelection(one: Kept<Selection>): z.input<typeof ShownSelection> {
  return { ...one.value, ...aboutOf(one), measure: one.subject }
}

function shownTreatment(one: Kept<Treatment>): z.input<typeof ShownTreatment> {
  return { ...one.value, ...aboutOf(one), threat: one.subject }
}

function shownResponsibility(one: Kept<Responsibility>): z.input<typeof ShownResponsibility> {
  return { ...one.value, ...aboutOf(one), control: one.subject }
}
