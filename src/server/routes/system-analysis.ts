// What is known of a system and what would follow from knowing or doing more: facts, the tree, open questions, what-if,
// the lethal trifecta, and the cheapest set of measures.
import { z } from 'zod'
import { FACT_TYPES, TOPICS } from '../../catalog/schema/risk-analysis.ts'
import { ENFORCERS } from '../../catalog/schema/common.ts'
import { cheapestSet } from '../../derive/cheapest.ts'
import { postureWhatIf } from '../../derive/posture-what-if.ts'
import { openQuestions } from '../../derive/questions.ts'
import { agentPowers } from '../../derive/trifecta.ts'
import { LINK_KINDS } from '../../model/asset.ts'
import { defineRoute } from '../route.ts'
import { at, CatalogId, FactRead, Level, pageIn, ShownSeverity, stamped, stampedPage, stampOf, StatusWord, system, TraceStep, Value, Verdict } from './posture-shapes.ts' // prettier-ignore
import { paging } from './shapes.ts'

const words = z.array(z.string()).readonly()
const Party = z.enum(['you', 'supplier'])

const showFacts = defineRoute({
  id: 'show-system-facts',
  method: 'GET',
  path: '/api/systems/:id/facts',
  command: 'system facts',
  summary: 'Shows what is known of a system, where from, on what sources disagree, and its class under the EU AI Act',
  needs: 'risk:read',
  params: z.strictObject(system),
  query: z.strictObject(at),
  reply: stamped({
    facts: z.array(FactRead).readonly(),
    conflicts: z
      .array(
        z.object({
          key: z.string(),
          voices: z.array(z.object({ value: Value, origin: z.string(), claim: z.string().optional() })).readonly(),
        }),
      )
      .readonly(),
    ignored: z
      .array(z.object({ claim: z.string(), asset: z.string(), key: z.string(), reason: z.string() }))
      .readonly()
      .describe('claims that this catalogue cannot read'),
    aiAct: z.object({ tier: z.string(), duties: words, trace: z.array(TraceStep).readonly(), version: z.string() }),
  }),
  async handle({ app, params, query }) {
    const view = await app.posture.view(query.at)
    const { facts, conflicts, ignored, aiAct } = view.system(params.id).analysis
    return { ...stampOf(view), facts, conflicts, ignored, aiAct }
  },
})

const TreeAnswer = z.object({
  verdict: Verdict,
  candidates: words,
  ignored: words,
  raises: words,
  conditional: z.array(z.object({ threat: z.string(), needs: words })).readonly(),
  responsible: Party.optional(),
  verify: z.string().optional(),
  note: z.string().optional(),
  facts: z.array(FactRead).readonly(),
})

const EarlierAnswer = z.object({
  id: z.string(),
  text: z.string(),
  verdict: Verdict,
  includes: words,
  conditional: z.array(z.object({ threat: z.string(), verdict: Verdict })).readonly(),
  ignores: words,
  dropsControls: z.string().optional(),
  responsible: Party.optional(),
  facts: z.array(FactRead).readonly(),
  conflicts: z
    .array(z.object({ id: z.string(), question: z.string(), resolution: z.enum(['current', 'both']), why: z.string() }))
    .readonly(),
})

const showTree = defineRoute({
  id: 'show-system-tree',
  method: 'GET',
  path: '/api/systems/:id/tree',
  command: 'system tree',
  summary: 'Shows the questions of the Exchange answered for a system, beside the rules of its first edition',
  needs: 'risk:read',
  params: z.strictObject(system),
  query: z.strictObject(at),
  reply: stamped({
    questions: z
      .array(
        z.object({
          id: z.string(),
          order: z.int(),
          impact: z.string(),
          question: z.string(),
          facts: z.array(FactRead).readonly(),
          answers: z.array(TreeAnswer).readonly(),
        }),
      )
      .readonly(),
    earlierRules: z.array(EarlierAnswer).readonly(),
  }),
  async handle({ app, params, query }) {
    const view = await app.posture.view(query.at)
    const { tree, earlierRules } = view.system(params.id).analysis
    return { ...stampOf(view), questions: tree, earlierRules }
  },
})

const listQuestions = defineRoute({
  id: 'list-system-questions',
  method: 'GET',
  path: '/api/systems/:id/questions',
  command: 'system questions',
  summary: 'Lists what no fact answers and what would still change something, the most decisive first',
  needs: 'risk:read',
  params: z.strictObject(system),
  query: z.strictObject({ ...at, ...paging }),
  reply: stampedPage(
    z.object({
      key: z.string(),
      question: z.string(),
      type: z.enum(FACT_TYPES),
      values: words.nullable(),
      topic: z.enum(TOPICS),
      usuallyFrom: z.enum(ENFORCERS),
      why: z.enum(['not answered', 'conflict']),
      settles: z.int().describe('verdicts that the most telling answer settles at once'),
      threats: words,
      risks: words,
      duties: z.boolean(),
    }),
  ),
  async handle({ app, params, query }) {
    const view = await app.posture.view(query.at)
    return { ...stampOf(view), ...pageIn(openQuestions(view.input(params.id)), query, ({ key }) => key) }
  },
})

const shift = <T extends z.ZodType>(value: T) => z.object({ before: value.optional(), after: value.optional() })
const NeedShift = z.object({ ...shift(z.enum(['you', 'supplier', 'shared', 'not-needed'])).shape, id: z.string() })
const GainedLost = z.object({ gained: words, lost: words })

const Change = z.discriminatedUnion('change', [
  z.strictObject({ change: z.literal('fact'), key: CatalogId, value: z.union([z.boolean(), z.string().max(200), z.array(z.string().max(200)).max(50)]).nullable() }), // prettier-ignore
  z.strictObject({
    change: z.literal('selection'),
    measure: CatalogId,
    decision: z.enum(['chosen', 'not-needed']).nullable(),
  }),
  z.strictObject({ change: z.literal('status'), measure: CatalogId, status: StatusWord.nullable() }),
  z.strictObject({ change: z.literal('factor'), threat: CatalogId, factor: CatalogId, level: Level.nullable() }),
  z.strictObject({ change: z.literal('deployment-model'), model: CatalogId.nullable() }),
])

const whatIf = defineRoute({
  id: 'ask-what-if',
  method: 'POST',
  path: '/api/systems/:id/what-if',
  command: 'system what-if',
  summary: 'Tells exactly what would differ if facts, choices or proofs were otherwise; saves nothing',
  needs: 'risk:read',
  params: z.strictObject(system),
  body: z.strictObject({ changes: z.array(Change).min(1).max(100) }),
  reply: stamped({
    same: z.boolean(),
    facts: z.array(z.object({ ...shift(Value).shape, key: z.string(), origins: shift(z.string()) })).readonly(),
    threats: z.array(z.object({ ...shift(Verdict).shape, threat: z.string(), because: words })).readonly(),
    controls: z.array(NeedShift).readonly(),
    measures: z.array(NeedShift).readonly(),
    risks: z
      .array(
        z.object({
          threat: z.string(),
          inherent: shift(ShownSeverity),
          designed: shift(ShownSeverity),
          proven: shift(ShownSeverity),
        }),
      )
      .readonly(),
    aboveAppetite: GainedLost,
    obligations: GainedLost,
  }),
  async handle({ app, actor, params, body }) {
    const view = await app.posture.view()
    const changes = body.changes.map((one) => {
      if (one.change === 'fact') return { ...one, by: actor.id }
      if (one.change === 'selection') {
        const { change, measure, decision } = one
        return { change, measure, selection: decision && { decision, reason: 'what if' } }
      }
      if (one.change !== 'status') return one
      const { change, measure, status } = one
      return { change, measure, report: status && { status, reason: 'What if.', evidence: [] } }
    })
    return { ...stampOf(view), ...postureWhatIf(view.input(params.id), changes) }
  },
})

const Step = z.object({ from: z.string(), kind: z.enum(LINK_KINDS), to: z.string() })
const Steps = z.array(Step).readonly()

const showTrifecta = defineRoute({
  id: 'show-system-trifecta',
  method: 'GET',
  path: '/api/systems/:id/trifecta',
  command: 'system trifecta',
  summary: 'Shows which agent reads what others wrote, reaches sensitive data and can send it out, as one path, and what cuts it', // prettier-ignore
  needs: 'risk:read',
  params: z.strictObject(system),
  query: z.strictObject(at),
  reply: stamped({
    agents: z.array(
      z.object({
        agent: z.string(),
        legs: z.array(z.object({ power: z.string(), at: z.string(), because: z.string(), steps: Steps })).readonly(),
        isTrifecta: z.boolean(),
        path: Steps,
        cuts: Steps.describe('each of them alone cuts it'),
        ruleOfTwo: z.object({
          holds: z.array(z.enum(['A', 'B', 'C'])).readonly(),
          isKept: z.boolean(),
          needs: z.string().optional(),
        }),
      }),
    ),
  }),
  async handle({ app, params, query }) {
    const view = await app.posture.view(query.at)
    return { ...stampOf(view), agents: agentPowers(view.input(params.id)) }
  },
})

const showPlan = defineRoute({
  id: 'show-system-plan',
  method: 'GET',
  path: '/api/systems/:id/plan',
  command: 'system plan',
  summary: 'Shows the cheapest set of measures that brings the risks of a system, or one of them, to the appetite',
  needs: 'risk:read',
  params: z.strictObject(system),
  query: z.strictObject({ threat: CatalogId.optional().describe('only this risk'), ...at }),
  reply: stamped({
    appetite: Level,
    measures: z.array(z.object({ measure: z.string(), cost: z.number(), party: z.string() })).readonly(),
    cost: z.number(),
    atLeast: z.number().describe('no set costs less'),
    exact: z.boolean(),
    unreachable: z
      .array(z.object({ threat: z.string(), left: ShownSeverity, because: z.string() }))
      .readonly()
      .describe('risks that no set of measures brings there'),
  }),
  async handle({ app, params, query }) {
    const view = await app.posture.view(query.at)
    const { measures } = view.system(params.id)
    const input = view.input(params.id)
    const { threat } = query
    const set = cheapestSet({ ...input, statuses: measures }, threat === undefined ? {} : { threat })
    return { ...stampOf(view), appetite: input.appetite, ...set }
  },
})

export const systemAnalysisRoutes = [showFacts, showTree, listQuestions, whatIf, showTrifecta, showPlan] as const
