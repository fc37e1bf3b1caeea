// Facts about assets: who claims what, where they disagree, and what is wrong with the register itself.
import { z } from 'zod'
import { lineOfText } from '../../lib/text.ts'
import { FACT_SOURCES } from '../../model/fact.ts'
import { conflictsOf } from '../../register/conflicts.ts'
import { listFindings } from '../../register/findings.ts'
import { PROBLEMS } from '../../register/register-store.ts'
import { mustFind } from '../../register/register.ts'
import { stateFact, withdrawFact } from '../../register/state-fact.ts'
import { Failure } from '../../lib/failure.ts'
import { defineRoute } from '../route.ts'
import { ShownAsset, shownFact, ShownFact } from './asset-shapes.ts'
import { pageOf, paging } from './shapes.ts'

const params = z.strictObject({ id: z.string().min(1).max(100).describe('id of an asset') })
const Key = z.string().min(1).max(100).describe('a question of the catalogue, as in model-kind')
const By = lineOfText(200)
const Source = z.enum(FACT_SOURCES).default('answered').describe('where it comes from')
const BY_ABOUT = 'the file, scanner or route that claims it; answers are always your own'

const showFacts = defineRoute({
  id: 'list-asset-facts',
  method: 'GET',
  path: '/api/assets/:id/facts',
  command: 'fact list',
  summary: 'What each source claims about an asset today, and where they disagree',
  needs: 'asset:read',
  params,
  reply: z.object({
    items: z.array(ShownFact),
    conflicts: z.array(z.object({ key: z.string(), claims: z.array(ShownFact) })),
  }),
  async handle({ app, params: { id } }) {
    await mustFind(app.store.read.register, id)
    const claims = await app.store.read.register.claims([id])
    return {
      items: claims.map(shownFact),
      conflicts: conflictsOf(claims).map(({ key, claims: those }) => ({ key, claims: those.map(shownFact) })),
    }
  },
})

const showFactHistory = defineRoute({
  id: 'list-fact-history',
  method: 'GET',
  path: '/api/assets/:id/facts/history',
  command: 'fact history',
  summary: 'Every claim ever made about an asset, newest first',
  needs: 'asset:read',
  params,
  query: z.strictObject({ key: Key.optional(), ...paging }),
  reply: pageOf(ShownFact),
  async handle({ app, params: { id }, query }) {
    await mustFind(app.store.read.register, id)
    const { items, next } = await app.store.read.register.claimHistory(id, query)
    return { items: items.map(shownFact), next }
  },
})

const addFact = defineRoute({
  id: 'add-fact',
  method: 'POST',
  path: '/api/assets/:id/facts',
  command: 'fact add',
  summary: 'States a fact about an asset; it takes the place of what the same source claimed before',
  needs: 'asset:write',
  params,
  body: z.strictObject({
    key: Key,
    value: z.union([z.boolean(), z.string().max(100), z.array(z.string().max(100)).max(50)]),
    source: Source,
    by: By.optional().describe(BY_ABOUT),
    observedAt: z.iso.datetime({ offset: true }).optional().describe('when it was true; now unless given'),
    confidence: z.number().min(0).max(1).default(1),
  }),
  reply: ShownFact,
  async handle({ app, actor, params: { id }, body }) {
    const by = collector(body, actor.id)
    return shownFact(await stateFact(app.register, actor, { asset: id, ...body, by }))
  },
})

const withdrawFactRoute = defineRoute({
  id: 'withdraw-fact',
  method: 'POST',
  path: '/api/assets/:id/facts/withdraw',
  command: 'fact withdraw',
  summary: 'Takes back what a source claims about an asset',
  needs: 'asset:write',
  params,
  body: z.strictObject({ key: Key, source: Source, by: By.optional().describe('whose claim; your own unless given') }),
  reply: ShownFact,
  async handle({ app, actor, params: { id }, body: { key, source, by } }) {
    return shownFact(await withdrawFact(app.register, actor, { asset: id, key, source, by: by ?? actor.id }))
  },
})

const listRegisterFindings = defineRoute({
  id: 'list-register-findings',
  method: 'GET',
  path: '/api/register/findings',
  command: 'asset findings',
  summary: 'Assets that lack owners, confirmation or consent, are contradicted, not seen or linked to what is gone',
  needs: 'asset:read',
  query: z.strictObject({ problem: z.enum(PROBLEMS).optional().describe('only this one'), ...paging }),
  reply: pageOf(
    z.object({
      id: z.string(),
      name: z.string(),
      kind: ShownAsset.shape.kind,
      findings: z.array(z.object({ problem: z.enum(PROBLEMS), message: z.string(), remedy: z.string() })),
    }),
  ),
  async handle({ app, query }) {
    const { items, next } = await listFindings(app.register, query)
    return { items: items.map(({ asset: { id, name, kind }, findings }) => ({ id, name, kind, findings })), next }
  },
})

export const factRoutes = [showFacts, showFactHistory, addFact, withdrawFactRoute, listRegisterFindings] as const

/** An answer is the word of whoever gives it; nobody answers in another's name. */
function collector({ source, by }: { source: string; by?: string | undefined }, actor: string): string {
  if (source === 'answered') {
    if (by === undefined || by === actor) return actor
    throw new Failure('input_invalid', 'by: an answer is your own', { hint: 'leave `by` out, or name another source' })
  }
  if (by !== undefined) return by
  throw new Failure('input_invalid', `by: say who ${source} it`, { hint: 'name the file, scanner or route' })
}
