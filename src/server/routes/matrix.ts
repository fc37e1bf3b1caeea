// Every threat of the catalogue against how much of what counters it is proven, over many systems: what the threat
// matrix and the periodic table are coloured by. Also as a layer in the form that the ATT&CK Navigator reads.
import { z } from 'zod'
import type { View } from '../../app/posture.ts'
import type { Standing } from '../../app/posture/world.ts'
import type { STATUSES } from '../../model/status.ts'
import { defineRoute } from '../route.ts'
import { chosenSystems } from './organisation.ts'
import { at, Counts, Level, stamped, stampOf, StatusWord } from './posture-shapes.ts'
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
})

const ControlCell = z.object({ ...Cell.shape, group: z.string() })

function cell(id: string, name: string, statuses: readonly (typeof STATUSES)[number][]) {
  const counts = { proven: 0, partial: 0, stale: 0, missing: 0, failing: 0, 'not-needed': 0 }
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

function threatCells({ catalog }: View, systems: readonly Standing[]): z.input<typeof ThreatCell>[] {
  return catalog.threats.map(({ id, name, kind, parent, category }) => {
    const open = systems.filter(({ verdicts }) => (verdicts.get(id) ?? 'does-not-apply') !== 'does-not-apply')
    const applies = open.filter(({ verdicts }) => verdicts.get(id) === 'applies').length
    const levels = new Set(open.map(({ severities }) => severities.get(id)?.proven.severity))
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
  score: z.number().describe('percent of the systems concerned where all that is needed is proven'),
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
      const worst = open.toSorted((a, b) => a.proven - b.proven)[0]
      return [
        {
          techniqueID: item.id,
          score: worst ? Math.round(worst.proven * 100) : 0,
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
