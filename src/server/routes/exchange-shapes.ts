// Calls as the API shows them: in lists by what tells them apart, alone with the whole trace of what was decided and why.
import { z } from 'zod'
import { type Exchange, OUTCOMES } from '../../model/exchange.ts'
import { SEVERITIES, SPEAKERS } from '../../model/finding.ts'
import { STAGES } from '../../model/verdict.ts'
import type { CallRow, Segment } from '../../record/call-store.ts'
import { fromLeaf } from '../../record/leaf.ts'

const ACTIONS = ['forward', 'rewrite', 'hold', 'block'] as const

const listed = {
  id: z.string(),
  at: z.string(),
  durationMs: z.number(),
  keyId: z.string().optional(),
  asset: z.string().optional().describe('the system that the key belongs to'),
  agent: z.string().optional().describe('the agent that the key or token is bound to'),
  route: z.string().optional(),
  model: z.string().optional(),
  upstream: z.string().optional(),
  client: z.string().optional().describe('address of the client'),
  stream: z.boolean(),
  status: z.int().describe('HTTP status of the answer; 0 where there was none'),
  outcome: z.enum(OUTCOMES),
  code: z.string().optional().describe('code of the trouble, where there was any'),
  action: z.enum(ACTIONS).optional().describe('the strongest thing that was decided'),
  guards: z.array(z.string()).describe('guards that found something or failed'),
  usageIsEstimate: z
    .literal(true)
    .optional()
    .describe('its answer broke off, so usage and cost are the least that they can have been'),
  unguarded: z.literal(true).optional().describe('it was let through although no guard could look into it'),
  times: z
    .int()
    .optional()
    .describe('calls that it stands for: of many that were refused alike only the first have rows of their own'),
  usage: z
    .object({ input: z.number(), output: z.number() })
    .optional()
    .describe('tokens, as the provider counted them'),
  costMicros: z.number().optional().describe('millionths of a dollar; absent where no price is known'),
}

export const ListedCall = z.object(listed)

const Hit = z.object({
  detector: z.string(),
  kind: z.string(),
  severity: z.enum(SEVERITIES),
  confidence: z.number(),
  note: z.string(),
  origin: z.enum(SPEAKERS),
  place: z.string(),
})

/** All that is known of a call, but where it is kept. */
export const Trace = z.object({
  ...listed,
  refusedKeyId: z.string().optional().describe('of an expired or revoked key that was shown'),
  trace: z.object({ traceId: z.string(), spanId: z.string(), parentId: z.string().optional() }).optional(),
  wire: z.string().optional().describe('format of the client'),
  upstreamWire: z.string().optional().describe('format of the upstream'),
  attempts: z.int(),
  bytesIn: z.int(),
  bytesOut: z.int(),
  stages: z.array(z.object({ stage: z.string(), ms: z.number() })),
  answer: z
    .object({ id: z.string().optional(), model: z.string().optional(), stops: z.array(z.string()) })
    .optional()
    .describe('what the upstream said of its answer: its id there, the model that gave it, and why each choice ended'),
  digests: z
    .object({ request: z.string(), answer: z.string().optional() })
    .optional()
    .describe('SHA-256 of the bodies, each behind an opening that is not known outside: `calls match` tries words'),
  decisions: z.array(
    z.object({
      action: z.enum(ACTIONS),
      because: z.array(z.string()),
      policy: z.string(),
      approval: z
        .object({
          id: z.string(),
          outcome: z.enum(['approved', 'refused', 'expired', 'closed']),
          by: z.array(z.string()).describe('ids of the accounts that approved it, or of the one that refused'),
        })
        .optional()
        .describe('what became of it where it waited for a person'),
    }),
  ),
  verdicts: z.array(
    z.object({
      guard: z.string(),
      stage: z.enum(STAGES),
      outcome: z.enum(['pass', 'hit', 'failed']),
      remedy: z.string(),
      changes: z.int().default(0).describe('places it changed'),
      hits: z.array(Hit),
      more: z.int().describe('hits beyond those that are listed'),
      why: z.string().optional().describe('why it failed'),
    }),
  ),
})

export const ShownCall = Trace.extend({
  seal: z
    .object({
      segment: z.string(),
      position: z.int(),
      entry: z.int().optional().describe('its leaf in the log; absent until the segment is sealed'),
    })
    .describe('what it is proven by: `calls prove`'),
  content: z.enum(['redacted', 'full']).optional().describe('what is kept of its words: `calls content`'),
})

export function toListed(row: CallRow): z.input<typeof ListedCall> {
  return { ...fromLeaf(row.leaf), ...common(fromLeaf(row.leaf)) }
}

export function toShown(
  row: CallRow,
  segment: Segment | undefined,
  content: 'redacted' | 'full' | undefined,
): z.input<typeof ShownCall> {
  return {
    ...toTrace(fromLeaf(row.leaf)),
    seal: { segment: row.segment, position: row.position, entry: segment?.entry },
    content,
  }
}

export function toTrace(exchange: Exchange): z.input<typeof Trace> {
  return {
    ...exchange,
    ...common(exchange),
    stages: [...exchange.stages],
    answer: exchange.answer && { ...exchange.answer, stops: [...exchange.answer.stops] },
    decisions: exchange.decisions.map(({ action, because, policy, approval }) => {
      return { action, because: [...because], policy, approval: approval && { ...approval, by: [...approval.by] } }
    }),
    verdicts: exchange.verdicts.map(({ guard, stage, outcome, remedy, changes, hits, more, why }) => {
      return { guard, stage, outcome, remedy, changes, hits: [...hits], more, why }
    }),
  }
}

function common(exchange: Exchange) {
  const { at, verdicts, decisions } = exchange
  const actions = decisions.map(({ action }) => ACTIONS.indexOf(action))
  return {
    at: at.toISOString(),
    action: actions.length === 0 ? undefined : ACTIONS[Math.max(...actions)],
    guards: [...new Set(verdicts.filter(({ outcome }) => outcome !== 'pass').map(({ guard }) => guard))],
  }
}
