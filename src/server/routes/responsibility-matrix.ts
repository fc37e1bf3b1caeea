// Who sees to which control of a system: by its deployment model, or as somebody said against it, and for what is the
// supplier's what it was last asked. What was never asked or answered is unknown, and proves nothing.
import { z } from 'zod'
import { ASSURANCE_STATES, assuranceNoun } from '../../govern/assurance.ts'
import { all } from '../../govern/noun.ts'
import { ASSIGNABLE } from '../../govern/responsibility.ts'
import { STATUSES } from '../../model/status.ts'
import { defineRoute } from '../route.ts'
import { SystemId } from './decision-shapes.ts'
import { Time } from './shapes.ts'

const Party = z.enum(ASSIGNABLE)

const Row = z.object({
  control: z.string(),
  name: z.string(),
  party: Party,
  byDeploymentModel: Party,
  assigned: z.string().optional().describe('why it is not as the deployment model says'),
  status: z.enum(STATUSES),
  assurance: z
    .object({ id: z.string(), supplier: z.string(), state: z.enum(ASSURANCE_STATES), askedAt: Time })
    .optional()
    .describe('the last request that asked about it; absent: never asked'),
})

const showMatrix = defineRoute({
  id: 'show-responsibility-matrix',
  method: 'GET',
  path: '/api/systems/:system/responsibilities',
  command: 'responsibility matrix',
  summary: 'Shows who must see to each control that a system needs',
  needs: 'risk:read',
  params: z.strictObject({ system: SystemId }),
  query: z.strictObject({
    party: Party.optional(),
    at: z.iso.datetime({ offset: true }).optional().describe('as it was at a past moment'),
  }),
  reply: z.object({
    system: z.string(),
    at: Time,
    catalogVersion: z.string(),
    deploymentModel: z.string().optional(),
    controls: z.array(Row).describe('only those that it needs, in the order of the catalogue'),
  }),
  async handle({ app, params, query }) {
    const view = await app.posture.view(query.at)
    const { system, analysis, controls } = view.system(params.system)
    const then = query.at === undefined ? undefined : view.at
    const asked = await all(assuranceNoun, app.store.read.decisions, { system: system.id }, then)
    const rows = analysis.controls.flatMap((need): z.input<typeof Row>[] => {
      if (need.need === 'not-needed' || (query.party !== undefined && need.party !== query.party)) return []
      const last = asked.findLast(({ value }) => value.questions.some(({ control }) => control === need.control))
      return [
        {
          control: need.control,
          name: view.catalog.controlsById.get(need.control)?.name ?? need.control,
          party: need.party,
          byDeploymentModel: need.assigned?.from ?? need.party,
          assigned: need.assigned?.reason,
          status: controls.get(need.control)?.status ?? 'missing',
          assurance: last && {
            id: last.id,
            supplier: last.value.supplier,
            state: last.value.state,
            askedAt: last.value.askedAt,
          },
        },
      ]
    })
    const { deploymentModel } = system
    return { system: system.id, at: view.at, catalogVersion: view.catalog.version, deploymentModel, controls: rows }
  },
})

export const responsibilityRoutes = [showMatrix] as const
