// Assurance of suppliers: ask, take answers through a link without account, review them. Whoever has a link sees its own
// questions and nothing else of this house, not even which system they are about.
import { z } from 'zod'
import type { App } from '../../app/app.ts'
import { networkOf } from '../../admit/limits.ts'
import { type Assurance, ASSURANCE_STATES, assuranceNoun, GROUNDS, SAYS } from '../../govern/assurance.ts'
import {
  answerAssurance,
  askAgain,
  type Asked,
  askSupplier,
  cancelAssurance,
  openAssuranceLink,
  returnAnswers,
  reviewAnswers,
} from '../../govern/assurances.ts'
import { find, page } from '../../govern/noun.ts'
import { paragraphsOfText } from '../../lib/text.ts'
import type { Kept } from '../../model/decision.ts'
import { type Client, defineRoute } from '../route.ts'
import { About, aboutOf, CatalogId, DecisionId, Line, Reason, SystemId, Until } from './decision-shapes.ts'
import { Name, pageOf, paging, Time } from './shapes.ts'

const MOST_CONTROLS = 60
const MOST_ANSWERS = 400
const ANSWER_BYTES = 256 * 1024

const Question = z.object({ control: z.string(), measure: z.string(), what: z.string(), evidence: z.string() })
const AnswerShape = {
  measure: CatalogId,
  says: z.enum(SAYS),
  ground: z.enum(GROUNDS).describe('what the answer rests on; each kind counts for its own time'),
  text: paragraphsOfText(2000),
  reference: Line.optional().describe('number of a report, clause of a contract'),
}
const JudgedShape = { measure: CatalogId, believed: z.boolean(), why: Line.optional() }

const ShownAssurance = z.object({
  ...About,
  supplier: z.string(),
  state: z.enum(ASSURANCE_STATES),
  overdue: z.boolean().describe('the link ran out without an answer: what was asked stays unknown'),
  questions: z.array(Question),
  answers: z.array(z.object({ ...AnswerShape, validUntil: Time.optional() })).optional(),
  judged: z.array(z.object(JudgedShape)).optional(),
  evidence: z.array(z.string()).optional(),
  askedBy: z.string(),
  askedAt: Time,
  until: Time,
  returned: z.string().optional(),
  answeredBy: z.string().optional().describe('the name that was given with the answers'),
  answeredAt: Time.optional(),
  reviewedBy: z.string().optional(),
  reviewedAt: Time.optional(),
  why: z.string().optional(),
})
const WithLink = z.object({ assurance: ShownAssurance, url: z.string().describe('the link to send; shown only now') })

const listAssurance = defineRoute({
  id: 'list-assurance',
  method: 'GET',
  path: '/api/assurance',
  command: 'assurance list',
  summary: 'Lists what suppliers were asked, newest first',
  needs: 'risk:read',
  query: z.strictObject({
    system: SystemId.optional(),
    supplier: Name.optional(),
    state: z.enum(ASSURANCE_STATES).optional(),
    ...paging,
  }),
  reply: pageOf(ShownAssurance),
  async handle({ app, query: { system, supplier, state, limit, cursor } }) {
    const states = state === undefined ? undefined : [state]
    const filter = { system, subject: supplier, states, limit, cursor }
    const { items, next } = await page(assuranceNoun, app.store.read.decisions, filter)
    return { items: items.map((one) => shown(app, one)), next }
  },
})

const showAssurance = defineRoute({
  id: 'show-assurance',
  method: 'GET',
  path: '/api/assurance/:id',
  command: 'assurance show',
  summary: 'Shows what a supplier was asked and what it answered',
  needs: 'risk:read',
  params: DecisionId,
  reply: ShownAssurance,
  async handle({ app, params }) {
    return shown(app, await find(assuranceNoun, app.store.read.decisions, params.id))
  },
})

const ask = defineRoute({
  id: 'ask-supplier',
  method: 'POST',
  path: '/api/assurance',
  command: 'assurance ask',
  summary: 'Asks a supplier about controls that it must see to; gives the link to send',
  needs: 'risk:write',
  body: z.strictObject({
    system: SystemId,
    supplier: Name,
    controls: z
      .array(CatalogId)
      .min(1)
      .max(MOST_CONTROLS)
      .optional()
      .describe(
        'ids of controls, one question for each of their measures; all that are the part of a supplier unless told otherwise',
      ),
    until: Until.describe('when the link stops working'),
  }),
  reply: WithLink,
  async handle({ app, actor, body, client }) {
    return withLink(app, client, await askSupplier(app.govern, actor, body))
  },
})

const remind = defineRoute({
  id: 'renew-assurance-link',
  method: 'POST',
  path: '/api/assurance/:id/link',
  command: 'assurance link',
  summary: 'Makes a new link for the same questions; the one before stops working',
  needs: 'risk:write',
  params: DecisionId,
  body: z.strictObject({ until: Until }),
  reply: WithLink,
  async handle({ app, actor, params, body, client }) {
    return withLink(app, client, await askAgain(app.govern, actor, params.id, body.until))
  },
})

const giveBack = defineRoute({
  id: 'return-assurance',
  method: 'POST',
  path: '/api/assurance/:id/return',
  command: 'assurance return',
  summary: 'Sends answers back with the reason, and gives a new link',
  needs: 'risk:write',
  params: DecisionId,
  body: z.strictObject({ why: Reason, until: Until }),
  reply: WithLink,
  async handle({ app, actor, params, body, client }) {
    return withLink(app, client, await returnAnswers(app.govern, actor, params.id, body))
  },
})

const review = defineRoute({
  id: 'review-assurance',
  method: 'POST',
  path: '/api/assurance/:id/review',
  command: 'assurance review',
  summary: 'Says which answers are believed; those become evidence, for as long as their ground counts',
  needs: 'evidence:write',
  params: DecisionId,
  body: z.strictObject({ judged: z.array(z.strictObject(JudgedShape)).min(1).max(MOST_ANSWERS) }),
  reply: ShownAssurance,
  async handle({ app, actor, params, body }) {
    return shown(app, await reviewAnswers(app.govern, actor, params.id, body.judged))
  },
})

const cancel = defineRoute({
  id: 'cancel-assurance',
  method: 'POST',
  path: '/api/assurance/:id/cancel',
  command: 'assurance cancel',
  summary: 'Takes a request back; its link stops working',
  needs: 'risk:write',
  params: DecisionId,
  body: z.strictObject({ why: Reason }),
  reply: ShownAssurance,
  async handle({ app, actor, params, body }) {
    return shown(app, await cancelAssurance(app.govern, actor, params.id, body.why))
  },
})

const Secret = z.string().min(1).max(100)

const inspectLink = defineRoute({
  id: 'inspect-assurance-link',
  method: 'POST',
  path: '/api/assurance-links/inspect',
  command: 'assurance inspect',
  summary: 'Shows the questions of a link',
  needs: 'anyone',
  bodyLimit: 1024,
  body: z.strictObject({ secret: Secret }),
  reply: z.object({ supplier: z.string(), until: Time, returned: z.string().optional(), questions: z.array(Question) }),
  async handle({ app, body, client }) {
    const { value } = await guarded(app, client, () => openAssuranceLink(app.govern, body.secret))
    const { supplier, until, returned, questions } = value
    return { supplier, until, returned, questions }
  },
})

const answerLink = defineRoute({
  id: 'answer-assurance-link',
  method: 'POST',
  path: '/api/assurance-links/answer',
  command: 'assurance answer',
  summary: 'Answers the questions of a link, once',
  needs: 'anyone',
  bodyLimit: ANSWER_BYTES,
  body: z.strictObject({
    secret: Secret,
    name: Name.describe('who answers'),
    answers: z
      .array(z.strictObject({ ...AnswerShape, validUntil: Until.optional() }))
      .min(1)
      .max(MOST_ANSWERS),
  }),
  reply: z.object({ received: z.int().describe('how many answers; what is left out stays unknown'), of: z.int() }),
  async handle({ app, body, client }) {
    const { value } = await guarded(app, client, () => answerAssurance(app.govern, body))
    return { received: body.answers.length, of: value.questions.length }
  },
})

export const assuranceRoutes = [
  listAssurance,
  showAssurance,
  ask,
  remind,
  giveBack,
  review,
  cancel,
  inspectLink,
  answerLink,
] as const

/** Guessing links is slowed down like guessing passwords; a link that works takes its own try back. */
async function guarded<T>({ admit }: App, client: Client, work: () => Promise<T>): Promise<T> {
  const network = networkOf(client.address)
  admit.perAddress.begin(network, admit.now())
  const value = await work()
  admit.perAddress.takeBack(network)
  return value
}

function withLink(app: App, client: Client, { assurance, secret }: Asked): z.input<typeof WithLink> {
  return { assurance: shown(app, assurance), url: `${app.config.publicUrl ?? client.origin}/assurance#${secret}` }
}

function shown(app: App, kept: Kept<Assurance>): z.input<typeof ShownAssurance> {
  const { value } = kept
  return {
    ...value,
    ...aboutOf(kept),
    overdue: value.state === 'asked' && value.until <= app.now().toISOString(),
  }
}
