// Where the whole organisation stands: by control, by item of a framework, by practice.
import { z } from 'zod'
import type { View } from '../../app/posture.ts'
import { practices } from '../../app/practices.ts'
import { CONTROL_GROUPS } from '../../catalog/schema/controls.ts'
import { controlAcross } from '../../derive/organisation/across.ts'
import { frameworkStatus } from '../../derive/organisation/framework-status.ts'
import { Failure } from '../../lib/failure.ts'
import { suggest } from '../../lib/suggest.ts'
import { defineRoute } from '../route.ts'
import { at, CatalogId, pageIn, ShortStatus, shortStatus, ShownRollup, ShownStatus, stampedPage, stampOf, StatusWord } from './posture-shapes.ts' // prettier-ignore
import { paging } from './shapes.ts'

const only = {
  system: z.array(z.string().min(1).max(160)).max(100).optional().describe('only these systems'),
  tag: z.string().min(1).max(200).optional().describe('only systems with this tag'),
}

/** The systems that an overview is asked for. */
export async function chosenSystems(
  view: View,
  { system, tag }: { system?: string[] | undefined; tag?: string | undefined },
) {
  for (const id of system ?? []) view.standing(id)
  const all = await view.standings()
  return all.filter(
    (one) => (!system || system.includes(one.id)) && (tag === undefined || one.system.tags.includes(tag)),
  )
}

const listControls = defineRoute({
  id: 'list-controls-over-systems',
  method: 'GET',
  path: '/api/controls',
  command: 'posture controls',
  summary: 'Lists all controls with where they stand over all systems that need them',
  needs: 'risk:read',
  query: z.strictObject({
    status: StatusWord.optional(),
    group: z.enum(CONTROL_GROUPS).optional(),
    ...only,
    ...at,
    ...paging,
  }),
  reply: stampedPage(
    z.object({
      control: z.string(),
      name: z.string(),
      group: z.enum(CONTROL_GROUPS),
      enforceableBy: z.string(),
      state: ShortStatus.describe('counts are of systems'),
    }),
  ),
  async handle({ app, query }) {
    const view = await app.posture.view(query.at)
    const systems = await chosenSystems(view, query)
    const all = view.catalog.controls.map(({ id, name, group, enforceableBy }) => ({
      control: id,
      name,
      group,
      enforceableBy,
      state: shortStatus(controlAcross(systems, id)),
    }))
    const some = all.filter(
      ({ state, group }) =>
        (query.status === undefined || state.status === query.status) &&
        (query.group === undefined || group === query.group),
    )
    return { ...stampOf(view), ...pageIn(some, query, ({ control }) => control) }
  },
})

const showControl = defineRoute({
  id: 'list-systems-of-control',
  method: 'GET',
  path: '/api/controls/:control/systems',
  command: 'posture control',
  summary: 'Lists the systems that need a control, with where it stands on each',
  needs: 'risk:read',
  params: z.strictObject({ control: CatalogId }),
  query: z.strictObject({ status: StatusWord.optional(), ...only, ...at, ...paging }),
  reply: stampedPage(z.object({ system: z.string(), name: z.string(), state: ShortStatus })),
  async handle({ app, params, query }) {
    const view = await app.posture.view(query.at)
    if (!view.catalog.controlsById.has(params.control))
      throw unknown('control', params.control, view.catalog.controlsById.keys())
    const systems = await chosenSystems(view, query)
    const all = systems.flatMap(({ id, system, controls }) => {
      const state = controls.get(params.control)
      if (!state || (query.status !== undefined && state.status !== query.status)) return []
      return [{ system: id, name: system.name, state: shortStatus(state) }]
    })
    return { ...stampOf(view), ...pageIn(all, query, ({ system }) => system) }
  },
})

const ShownItem = z.object({
  item: z.string(),
  name: z.string(),
  parent: z.string().optional(),
  state: ShownRollup,
  controls: z.array(
    z.object({
      control: z.string(),
      basis: z.string().describe('who says that the control belongs to the item'),
      state: ShortStatus,
      measures: z.array(z.object({ measure: z.string(), state: ShownStatus })).readonly(),
    }),
  ),
})

const showFramework = defineRoute({
  id: 'show-framework-status',
  method: 'GET',
  path: '/api/frameworks/:id/status',
  command: 'posture framework',
  summary: 'Shows where each item of a framework stands: item, controls, measures, status',
  needs: 'risk:read',
  params: z.strictObject({ id: CatalogId }),
  query: z.strictObject({ status: StatusWord.optional(), ...only, ...at, ...paging }),
  reply: stampedPage(ShownItem),
  async handle({ app, params, query }) {
    const view = await app.posture.view(query.at)
    const framework = view.catalog.frameworksById.get(params.id)
    if (!framework) throw unknown('framework', params.id, view.catalog.frameworksById.keys())
    const all = frameworkStatus(view.catalog, framework, await chosenSystems(view, query))
    const some = all.filter(({ status }) => query.status === undefined || status.status === query.status)
    const { items, total, next } = pageIn(some, query, ({ item }) => item.id)
    return {
      ...stampOf(view),
      total,
      next,
      items: items.map(({ item, status, controls }) => ({
        item: item.id,
        name: item.name,
        parent: item.parent ?? undefined,
        state: status,
        controls: controls.map((one) => ({
          control: one.control,
          basis: one.basis,
          state: shortStatus(one.status),
          measures: one.measures.map(({ measure, status: state }) => ({ measure, state })),
        })),
      })),
    }
  },
})

const listPractices = defineRoute({
  id: 'list-practices',
  method: 'GET',
  path: '/api/practices',
  command: 'posture practices',
  summary: 'Lists what an organisation does day to day, requirement by requirement, with where each stands and why',
  needs: 'risk:read',
  query: z.strictObject({ practice: CatalogId.optional(), status: StatusWord.optional(), ...at, ...paging }),
  reply: stampedPage(
    z.object({
      practice: z.string(),
      requirement: z.string(),
      text: z.string(),
      check: z.string(),
      controls: z.array(z.string()).readonly(),
      from: z.enum(['register', 'decisions', 'measures']),
      measures: z.array(z.string()).readonly(),
      state: ShownStatus,
    }),
  ),
  async handle({ app, query }) {
    const view = await app.posture.view(query.at)
    const all = await practices(app, view, query.at && view.at)
    const some = all.filter(
      ({ practice, state }) =>
        (query.practice === undefined || practice === query.practice) &&
        (query.status === undefined || state.status === query.status),
    )
    return { ...stampOf(view), ...pageIn(some, query, ({ practice, requirement }) => `${practice}.${requirement}`) }
  },
})

const checkPosture = defineRoute({
  id: 'check-posture',
  method: 'POST',
  path: '/api/posture/check',
  command: 'posture rebuild',
  summary: 'Derives every system from scratch and names those whose kept answer differs: there must be none',
  needs: 'system:write',
  reply: z.object({
    systems: z.int(),
    different: z.array(z.string()),
    digest: z.string().describe('SHA-256 of all answers'),
  }),
  async handle({ app }) {
    return app.posture.check()
  },
})

export const organisationRoutes = [listControls, showControl, showFramework, listPractices, checkPosture] as const

function unknown(noun: string, id: string, known: Iterable<string>): Failure {
  const near = suggest(id, known)
  return new Failure('not_found', `the catalogue has no ${noun} "${id}"`, {
    hint: near ? `did you mean "${near}"?` : `list them: parapet catalog list`,
  })
}
