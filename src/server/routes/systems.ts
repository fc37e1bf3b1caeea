// Systems and where each of them stands: the list to choose from, and the state of one in a paragraph.
import { z } from 'zod'
import { describeSystem } from '../../app/posture/describe.ts'
import type { Standing } from '../../app/posture/world.ts'
import { DATA_CLASSES, ENVIRONMENTS, EXPOSURES } from '../../model/asset.ts'
import { LEVELS } from '../../model/risk.ts'
import { defineRoute } from '../route.ts'
import { ShownEvidence, shownEvidence } from './evidence-shapes.ts'
import { at, Level, pageIn, ShortStatus, shortStatus, stamped, stampedPage, stampOf, StatusWord, system } from './posture-shapes.ts' // prettier-ignore
import { paging } from './shapes.ts'

const MOST_RISKS = 10
const RECENT = 10

const Owners = z.object({ business: z.string().optional(), data: z.string().optional(), risk: z.string().optional() })

const ShownSystem = z.object({
  id: z.string(),
  name: z.string(),
  environment: z.enum(ENVIRONMENTS).optional(),
  exposure: z.enum(EXPOSURES).optional(),
  dataClass: z.enum(DATA_CLASSES).optional(),
  deploymentModel: z.string().optional(),
  version: z.string().optional(),
  owners: Owners,
  tags: z.array(z.string()).readonly(),
  state: ShortStatus.describe('of all controls that it needs'),
  threats: z.object({ applies: z.int(), unknown: z.int(), 'does-not-apply': z.int() }),
  worst: Level.optional().describe('highest severity left, as proven'),
  aboveAppetite: z.int().describe('risks that are more than what is borne without asking'),
  conflicts: z.int().describe('facts on which sources disagree'),
  components: z.int(),
})

export function shownSystem(one: Standing): z.input<typeof ShownSystem> {
  const { id, name, environment, exposure, dataClass, deploymentModel, version, owners, tags } = one.system
  const threats = { applies: 0, unknown: 0, 'does-not-apply': 0 }
  for (const verdict of one.verdicts.values()) threats[verdict]++
  return {
    id,
    name,
    environment,
    exposure,
    dataClass,
    deploymentModel,
    version,
    owners: { ...owners },
    tags,
    state: shortStatus(one.overall),
    threats,
    worst: one.worst,
    aboveAppetite: one.aboveAppetite.length,
    conflicts: one.conflicts,
    components: one.components.length,
  }
}

const listSystems = defineRoute({
  id: 'list-systems',
  method: 'GET',
  path: '/api/systems',
  command: 'system list',
  summary: 'Lists systems with their state and the worst risk that is left, in the order of their ids',
  needs: 'risk:read',
  query: z.strictObject({
    status: StatusWord.optional().describe('only systems in this state'),
    worst: Level.optional().describe('only systems with this severity or a higher one left'),
    owner: z.string().min(1).max(200).optional().describe('in any of the three roles'),
    tag: z.string().min(1).max(200).optional(),
    environment: z.enum(ENVIRONMENTS).optional(),
    text: z.string().min(1).max(200).optional().describe('in its id or name'),
    ...at,
    ...paging,
  }),
  reply: stampedPage(ShownSystem),
  async handle({ app, query }) {
    const view = await app.posture.view(query.at)
    const all = (await view.standings()).filter((one) => matches(one, query))
    const { items, total, next } = pageIn(all, query, ({ id }) => id)
    return { ...stampOf(view), items: items.map(shownSystem), total, next }
  },
})

interface Filters {
  status?: string | undefined
  worst?: (typeof LEVELS)[number] | undefined
  owner?: string | undefined
  tag?: string | undefined
  environment?: string | undefined
  text?: string | undefined
}

const has = (text: string, part: string) => text.toLowerCase().includes(part.toLowerCase())

function matches(
  { system: { id, name, owners, tags, environment }, overall, worst }: Standing,
  wanted: Filters,
): boolean {
  if (wanted.status !== undefined && overall.status !== wanted.status) return false
  if (wanted.worst !== undefined && (worst === undefined || LEVELS.indexOf(worst) < LEVELS.indexOf(wanted.worst)))
    return false
  const { owner, tag, text } = wanted
  if (owner !== undefined && !Object.values(owners).some((one) => one.toLowerCase() === owner.toLowerCase()))
    return false
  if (tag !== undefined && !tags.includes(tag)) return false
  if (wanted.environment !== undefined && environment !== wanted.environment) return false
  return text === undefined || has(id, text) || has(name, text)
}

const ShownRisk = z.object({
  threat: z.string(),
  name: z.string(),
  inherent: Level,
  designed: Level.describe('if every chosen measure works'),
  proven: Level.describe('only what is proven counts'),
})

const showSystemState = defineRoute({
  id: 'show-system-state',
  method: 'GET',
  path: '/api/systems/:id',
  command: 'system state',
  summary: 'Shows the state of a system in a paragraph, with the risks above the appetite and the newest evidence',
  needs: 'risk:read',
  params: z.strictObject(system),
  query: z.strictObject(at),
  reply: stamped({
    ...ShownSystem.shape,
    paragraph: z.string().describe('its state in words'),
    openRisks: z.array(ShownRisk).describe('above the appetite, worst first; the first few'),
    openRiskCount: z.int(),
    evidence: z.array(ShownEvidence).describe('the newest of the system itself'),
    partOf: z.array(z.object({ id: z.string(), kind: z.string(), name: z.string() })).describe('its components'),
  }),
  async handle({ app, params, query }) {
    const view = await app.posture.view(query.at)
    const standing = view.standing(params.id)
    const until = query.at === undefined ? undefined : new Date(Date.parse(view.at) + 1).toISOString()
    const evidence = await app.store.read.evidence.list({ asset: params.id, limit: RECENT, until })
    const open = standing.aboveAppetite
      .flatMap((threat) => {
        const severities = standing.severities.get(threat)
        if (!severities) return []
        const { inherent, designed, proven } = severities
        const name = view.catalog.threatsById.get(threat)?.name ?? threat
        return [{ threat, name, inherent: inherent.severity, designed: designed.severity, proven: proven.severity }]
      })
      .toSorted((a, b) => LEVELS.indexOf(b.proven) - LEVELS.indexOf(a.proven))
    return {
      ...stampOf(view),
      ...shownSystem(standing),
      paragraph: describeSystem(view.catalog, standing),
      openRisks: open.slice(0, MOST_RISKS),
      openRiskCount: open.length,
      evidence: evidence.items.map(shownEvidence),
      partOf: standing.components.map(({ id, kind, name }) => ({ id, kind, name })),
    }
  },
})

export const systemRoutes = [listSystems, showSystemState] as const
