// What a supplier says of its part, as a state machine. An answer counts only after somebody here has read it; what is
// not answered stays unknown, and the residual risk with it.
//
//     asked ─► answered ─► reviewed
//       │ ▲──────┘ returned
//       └─► cancelled ◄─── answered
import { z } from 'zod'
import { Failure } from '../lib/failure.ts'
import type { Noun } from './noun.ts'

/** What the supplier points to. Each kind counts for its own time. */
export const GROUNDS = ['report', 'test-result', 'contract-clause', 'questionnaire'] as const
export type Ground = (typeof GROUNDS)[number]

export const VALID_DAYS: Readonly<Record<Ground, number>> = {
  report: 365,
  'test-result': 180,
  'contract-clause': 730,
  questionnaire: 365,
}

export const SAYS = ['yes', 'no', 'partly', 'unknown'] as const

const Question = z.strictObject({ control: z.string(), measure: z.string(), what: z.string(), evidence: z.string() })
export type Question = z.infer<typeof Question>

export const Answer = z.strictObject({
  measure: z.string(),
  says: z.enum(SAYS),
  ground: z.enum(GROUNDS),
  text: z.string(),
  /** Where it can be read: number of a report, clause of a contract. */
  reference: z.string().optional(),
  validUntil: z.string().optional(),
})
export type Answer = z.infer<typeof Answer>

/** What was made of one answer here. */
const Judged = z.strictObject({ measure: z.string(), believed: z.boolean(), why: z.string().optional() })
export type Judged = z.infer<typeof Judged>

const request = {
  supplier: z.string(),
  questions: z.array(Question).min(1),
  askedBy: z.string(),
  askedAt: z.string(),
  /** The link works until then. */
  until: z.string(),
  /** Why the answers before were sent back. */
  returned: z.string().optional(),
}
const reply = { answers: z.array(Answer).min(1), answeredBy: z.string(), answeredAt: z.string() }

export type Assurance = z.infer<typeof Assurance>
export const Assurance = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('asked'), ...request }),
  z.strictObject({ state: z.literal('answered'), ...request, ...reply }),
  z.strictObject({
    state: z.literal('reviewed'),
    ...request,
    ...reply,
    judged: z.array(Judged),
    reviewedBy: z.string(),
    reviewedAt: z.string(),
    /** Ids of the evidence that it became. */
    evidence: z.array(z.string()),
  }),
  z.strictObject({
    state: z.literal('cancelled'),
    ...request,
    cancelledBy: z.string(),
    cancelledAt: z.string(),
    why: z.string(),
  }),
])

export const ASSURANCE_STATES = ['asked', 'answered', 'reviewed', 'cancelled'] as const

export const assuranceNoun: Noun<Assurance> = {
  name: 'assurance',
  schema: Assurance,
  until: (assurance) => (assurance.state === 'asked' ? assurance.until : undefined),
}

export type AssuranceEvent =
  | { event: 'answered'; answers: readonly Answer[]; by: string; at: string }
  | { event: 'returned'; why: string; until: string; at: string }
  | { event: 'reviewed'; judged: readonly Judged[]; evidence: readonly string[]; by: string; at: string }
  | { event: 'cancelled'; why: string; by: string; at: string }
  /** The link was lost or ran out. */
  | { event: 'asked-again'; until: string; at: string }

type State = Assurance['state']
const ALLOWED: Readonly<Record<AssuranceEvent['event'], readonly State[]>> = {
  answered: ['asked'],
  returned: ['answered'],
  reviewed: ['answered'],
  cancelled: ['asked', 'answered'],
  'asked-again': ['asked'],
}

export function nextAssurance(assurance: Assurance, event: AssuranceEvent): Assurance {
  if (!ALLOWED[event.event].includes(assurance.state))
    throw new Failure('conflict', `this request is ${assurance.state} and cannot be ${event.event}`, {
      hint: assurance.state === 'asked' ? 'its answers are still to come' : 'ask anew where something is open',
    })
  const { supplier, questions, askedBy, askedAt, until, returned } = assurance
  const asked = { supplier, questions, askedBy, askedAt, until, ...(returned === undefined ? {} : { returned }) }
  switch (event.event) {
    case 'answered':
      if (event.at >= until)
        throw new Failure('conflict', 'the time to answer has run out', { hint: 'ask for a new link' })
      checkMeasures(questions, event.answers)
      return { ...asked, state: 'answered', answers: [...event.answers], answeredBy: event.by, answeredAt: event.at }
    case 'returned':
      return { ...asked, state: 'asked', until: event.until, returned: event.why }
    case 'asked-again':
      return { ...asked, state: 'asked', until: event.until }
    case 'cancelled':
      return { ...asked, state: 'cancelled', cancelledBy: event.by, cancelledAt: event.at, why: event.why }
    case 'reviewed': {
      if (assurance.state !== 'answered') throw new Error('only answers are reviewed')
      const { answers, answeredBy, answeredAt } = assurance
      checkMeasures(answers, event.judged)
      const judged = { judged: [...event.judged], reviewedBy: event.by, reviewedAt: event.at }
      return { ...asked, answers, answeredBy, answeredAt, state: 'reviewed', ...judged, evidence: [...event.evidence] }
    }
  }
}

/** Each thing asked about at most once, and nothing else. */
function checkMeasures(asked: readonly { measure: string }[], given: readonly { measure: string }[]): void {
  const open = new Set(asked.map(({ measure }) => measure))
  for (const { measure } of given) {
    if (open.delete(measure)) continue
    throw new Failure('input_invalid', `${measure} is not asked about, or is there twice`, {
      hint: `what is open: ${[...open].slice(0, 5).join(', ')}`,
      issues: [{ path: 'measure', message: `${measure} is not asked about, or is there twice` }],
    })
  }
}
