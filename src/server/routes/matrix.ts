// Every threat of the catalogue against how much of what counters it is proven, over many systems: what the threat
// matrix and the periodic table are coloured by. Also as a layer in the form that the ATT&CK Navigator reads.
import { z } from 'zod'
import type { View } from '../../app/posture.ts'
import type { Standing } from '../../app/posture/world.ts'
import { STATUSES } from '../../model/status.ts'
import { defineRoute } from '../route.ts'
import { chosenSystems } from './organisation.ts'
import { at, Counts, Level, stamped, stampOf, StatusWord } from './posture-shapes.ts'
import { catalogNeeds } from '../../derive/catalog-needs.ts'
import { LEVELS } from '../../model/risk.ts'
import { worstOf } from '../../derive/status/roll-up.ts'

const chosen = {
  system: z.array(z.string().min(1).max(160)).max(100).optional().describe('only these systems'),
  tag: z.string().min(1).max(200).optional().describe('only systems with this tag'),
  ...at,
}

const Cell = z.object({
  id: z.string(),
  name: z.string(),
  status: StatusWord.optional().describe('the worst over the systems; absent where no system is concerned'),
  counts: Counts.describe('systems by status'),
  systems: z.int().describe('systems that it concerns'),
  proven: z.number().describe('share of them where all that is needed is proven, 0 to 1'),
})

const ThreatCell = z.object({
  ...Cell.shape,
  kind: z.string(),
  parent: z.string().optional(),
  category: z.string().optional(),
  applies: z.int(),
  unknown: z.int(),
  worst: Level.optional().describe('highest severity left as proven'),
  parts: Counts.describe('controls that it asks for, on each system that it concerns, by status'),
  covered: z.number().describe('share of those that are proven, 0 to 1'),
})

const ControlCell = z.object({ ...Cell.shape, group: z.string() })

const none = () => ({ proven: 0, partial: 0, stale: 0, missing: 0, failing: 0, 'not-needed': 0 })

type Row = readonly ((typeof STATUSES)[number] | undefined)[]

/** Where each control of the catalogue stands on a system, in their order: a thousand systems are looked up once. */
export const controlRow = ({ catalog }: View, { controls }: Standing): Row =>
  catalog.controls.map(({ id }) => controls.get(id)?.status)

/** Where the controls that a threat asks for stand, over the rows of some systems. */
export function countAsked({ catalog }: View, threat: string, rows: readonly Row[]) {
  const asked = new Set(
    catalogNeeds(catalog)
      .get(threat)
      ?.map(({ control }) => control.id),
  )
  const columns = catalog.controls.flatMap(({ id }, i) => (asked.has(id) ? i : []))
  const counts = none()
  for (const row of rows)
    for (const column of columns) {
      const status = row[column]
      if (status !== undefined) counts[status]++
    }
  return counts
}

function cell(id: string, name: string, statuses: readonly (typeof STATUSES)[number][]) {
  const counts = none()
  for (const status of statuses) counts[status]++
  const systems = statuses.length - counts['not-needed']
  return {
    id,
    name,
    counts,
    systems,
    status: statuses.length === 0 ? undefined : worstOf(statuses),
    proven: systems === 0 ? 0 : counts.proven / systems,
  }
}

function threatCells(view: View, systems: readonly Standing[]): z.input<typeof ThreatCell>[] {
  const rows = new Map(systems.map((one) => [one, controlRow(view, one)]))
  return view.catalog.threats.map(({ id, name, kind, parent, category }) => {
    const open = systems.filter(({ verdicts }) => (verdicts.get(id) ?? 'does-not-apply') !== 'does-not-apply')
    const applies = open.filter(({ verdicts }) => verdicts.get(id) === 'applies').length
    const levels = new Set(open.map(({ severities }) => severities.get(id)?.proven.severity))
    const parts = countAsked(
      view,
      id,
      open.flatMap((one) => [rows.get(one) ?? []]),
    )
    const needed = STATUSES.reduce((sum, status) => sum + (status === 'not-needed' ? 0 : parts[status]), 0)
    return {
      ...cell(
        id,
        name,
        open.flatMap(({ threats }) => threats.get(id) ?? []),
      ),
      kind,
      parent: parent ?? undefined,
      category: category ?? undefined,
      applies,
      unknown: open.length - applies,
      worst: LEVELS.findLast((level) => levels.has(level)),
      parts,
      covered: needed === 0 ? 0 : parts.proven / needed,
    }
  })
}

const showMatrix = defineRoute({
  id: 'show-matrix',
  method: 'GET',
  path: '/api/matrix',
  command: 'posture matrix',
  summary: 'Shows all threats and controls with how much is proven over the systems that they concern',
  needs: 'risk:read',
  query: z.strictObject(chosen),
  reply: stamped({ systems: z.int(), threats: z.array(ThreatCell), controls: z.array(ControlCell) }),
  async handle({ app, query }) {
    const view = await app.posture.view(query.at)
    const systems = await chosenSystems(view, query)
    const controls = view.catalog.controls.map(({ id, name, group }) => ({
      ...cell(
        id,
        name,
        systems.flatMap(({ controls }) => controls.get(id)?.status ?? []),
      ),
      group,
    }))
    return { ...stampOf(view), systems: systems.length, threats: threatCells(view, systems), controls }
  },
})

const Technique = z.object({
  techniqueID: z.string(),
  score: z.number().describe('percent of the controls asked for that are proven, over the systems concerned'),
  enabled: z.boolean(),
  comment: z.string(),
  metadata: z.array(z.object({ name: z.string(), value: z.string() })),
})

const showLayer = defineRoute({
  id: 'show-matrix-layer',
  method: 'GET',
  path: '/api/matrix/layer',
  command: 'posture layer',
  summary: 'Writes the proven coverage as a layer for the ATT&CK Navigator, by techniques of MITRE ATLAS',
  needs: 'risk:read',
  query: z.strictObject(chosen),
  reply: z.object({
    name: z.string(),
    versions: z.object({ layer: z.string(), navigator: z.string(), attack: z.string() }),
    domain: z.string(),
    description: z.string(),
    gradient: z.object({ colors: z.array(z.string()), minValue: z.number(), maxValue: z.number() }),
    techniques: z.array(Technique),
  }),
  async handle({ app, query }) {
    const view = await app.posture.view(query.at)
    const cells = new Map(threatCells(view, await chosenSystems(view, query)).map((one) => [one.id, one]))
    const atlas = view.catalog.frameworksById.get('atlas')
    const techniques = (atlas?.items ?? []).flatMap((item) => {
      const open = item.threats.flatMap((id) => cells.get(id) ?? []).filter(({ systems }) => systems > 0)
      if (item.threats.length === 0 || !item.id.startsWith('AML.T')) return []
      const worst = open.toSorted((a, b) => a.covered - b.covered)[0]
      return [
        {
          techniqueID: item.id,
          score: worst ? Math.round(worst.covered * 100) : 0,
          enabled: worst !== undefined,
          comment: worst
            ? `${worst.name}: ${worst.status ?? 'missing'} on ${worst.systems} systems`
            : 'concerns no system',
          metadata: item.threats.map((value) => ({ name: 'threat', value })),
        },
      ]
    })
    return {
      name: 'Proven coverage',
      versions: { layer: '4.5', navigator: '5.1.0', attack: atlas?.version ?? '' },
      domain: 'atlas',
      description: `As of ${view.at}, ${view.catalog.name}. A technique has the score of the threat behind it that is proven least.`,
      gradient: { colors: ['#d64545', '#f2c94c', '#2f9e44'], minValue: 0, maxValue: 100 },
      techniques,
    }
  },
})

export const matrixRoutes = [showMatrix, showLayer] as const
