// The systems that one threat concerns, from what stands for each system anyway: nothing is derived anew for a list.
import { z } from 'zod'
import { Failure } from '../../lib/failure.ts'
import { suggest } from '../../lib/suggest.ts'
import { defineRoute } from '../route.ts'
import { chosenSystems } from './organisation.ts'
import { at, CatalogId, Counts, Level, pageIn, stampedPage, stampOf, Verdict } from './posture-shapes.ts'
import { controlRow, countAsked } from './matrix.ts'
import { paging } from './shapes.ts'

const listSystems = defineRoute({
  id: 'list-systems-of-threat',
  method: 'GET',
  path: '/api/threats/:threat/systems',
  command: 'threat systems',
  summary:
    'Lists the systems that a threat concerns, with the risk that is left and where the controls against it stand',
  needs: 'risk:read',
  params: z.strictObject({ threat: CatalogId }),
  query: z.strictObject({
    system: z.array(z.string().min(1).max(160)).max(100).optional().describe('only these systems'),
    tag: z.string().min(1).max(200).optional().describe('only systems with this tag'),
    ...at,
    ...paging,
  }),
  reply: stampedPage(
    z.object({
      system: z.string(),
      name: z.string(),
      verdict: Verdict,
      left: Level.optional().describe('severity as proven'),
      controls: Counts.describe('that it asks for, by status'),
    }),
  ),
  async handle({ app, params: { threat }, query }) {
    const view = await app.posture.view(query.at)
    const { threatsById } = view.catalog
    if (!threatsById.has(threat)) {
      const near = suggest(threat, threatsById.keys())
      const hint = near ? `did you mean "${near}"?` : 'list them: parapet catalog threats'
      throw new Failure('not_found', `the catalogue has no threat "${threat}"`, { hint })
    }
    const systems = await chosenSystems(view, query)
    const all = systems.flatMap((one) => {
      const { id, system, verdicts, severities } = one
      const verdict = verdicts.get(threat) ?? 'does-not-apply'
      if (verdict === 'does-not-apply') return []
      const left = severities.get(threat)?.proven.severity
      const controls = countAsked(view, threat, [controlRow(view, one)])
      return [{ system: id, name: system.name, verdict, left, controls }]
    })
    return { ...stampOf(view), ...pageIn(all, query, ({ system }) => system) }
  },
})

export const threatSystemsRoutes = [listSystems] as const
