// What one request may ask for – messages, tools, pictures, answers and their length – and what may be spent on models: the
// most that a request can cost is reserved before it is sent, and what it did cost is settled afterwards.
// Invariant: under a budget nothing is sent whose cost has no bound.
import { z } from 'zod'
import { estimateTokens } from '../../detect/tokens.ts'
import { Failure } from '../../lib/failure.ts'
import type { JsonEdit } from '../../lib/json-edit.ts'
import { type Budget, budgetPool, nextPeriod } from '../../model/budget.ts'
import { type Admission, type AdmitContext, type Arrival, type CallEnd, defineGuard } from '../guard.ts'
import { countOffered } from '../offered-tools.ts'
import { answersOf, ceilingOf, type Ceiling, choicesOf, isOpenEnded, media } from '../spend/ceiling.ts'
import type { Hold, Refused } from '../spend/lease.ts'
import { type Taken, takeAll, type Wish } from '../spend/take-all.ts'
import { textsOfTurn } from '../texts.ts'
import { objectOf } from '../wire/claims.ts'

const most = (text: string) => z.int().min(1).max(1_000_000_000).optional().describe(text)

const Settings = z.strictObject({
  messages: most('most messages of a request'),
  tools: most('most tools that are offered'),
  images: most('most pictures of a request'),
  choices: most('most answers to one request'),
  inputTokens: most('most tokens of a request, estimated'),
  outputTokens: most('most tokens of an answer; a request for more, or for any number, is lowered to it'),
  seconds: z
    .number()
    .min(0.1)
    .max(86_400)
    .optional()
    .describe('how long a call may take, from its first byte to its last; a stream is ended then'),
  unsaidOutputTokens: z
    .int()
    .min(1)
    .max(1_000_000_000)
    .default(16_384)
    .describe('under a budget: most tokens of an answer where the request does not say'),
  openEndedTokens: most(
    'under a budget: what to reserve where a provider goes on by itself, with tools of its own; such requests are refused unless it is given',
  ),
})
type Settings = z.output<typeof Settings>

export const limitResources = defineGuard({
  id: 'limit-resources',
  title: 'Limits what one request may ask for, and keeps budgets',
  settings: Settings,
  proves: ({ outputTokens, seconds }) => [
    ...(outputTokens === undefined || seconds === undefined ? [] : ['limit-resources.per-request']),
    ...(seconds === undefined ? [] : ['limit-resources.clean-stop']),
  ],
  admit(arrival, settings, context) {
    const admission = admit(arrival, settings, context)
    const { seconds } = settings
    if (seconds === undefined) return admission
    return admission instanceof Promise ? admission.then((said) => ({ ...said, seconds })) : { ...admission, seconds }
  },
})

function admit(arrival: Arrival, settings: Settings, context: AdmitContext): Admission | Promise<Admission> {
  const excess = excessOf(arrival, settings)
  if (excess !== undefined) {
    const { place, note } = excess
    const refusal = new Failure('input_invalid', `${place}: ${note}`)
    return { outcome: 'hit', found: [{ kind: place, note, place }], refusal }
  }
  const budgets = answersOf(arrival.wire) === 'free' ? [] : context.meters.budgets.for(arrival)
  const ceiling = within(arrival, settings, budgets.length > 0, context)
  if (budgets.length === 0) return passing(lowered(arrival, ceiling), ceiling)
  return underBudgets(arrival, settings, budgets, ceiling, context)
}

function over(count: number, limit: number | undefined): boolean {
  return limit !== undefined && count > limit
}

function excessOf(
  { turn, body }: Arrival,
  { messages, tools, images, choices, inputTokens }: Settings,
): { place: string; note: string } | undefined {
  if (over(turn.messages.length, messages)) return { place: 'messages', note: `more than ${messages}` }
  if (over(countOffered(turn, body), tools)) return { place: 'tools', note: `more than ${tools}` }
  if (images !== undefined && over(media(turn).filter(({ kind }) => kind === 'image').length, images))
    return { place: 'images', note: `more than ${images} pictures` }
  if (over(choicesOf(turn), choices)) return { place: 'choices', note: `more than ${choices} answers to one request` }
  if (inputTokens === undefined) return undefined
  let tokens = 0
  for (const { text } of textsOfTurn(turn)) if (tokens <= inputTokens) tokens += estimateTokens(text)
  return over(tokens, inputTokens) ? { place: 'input', note: `more than some ${inputTokens} tokens` } : undefined
}

/** The bounds of a request after it was lowered to what it may ask for. */
function within(arrival: Arrival, settings: Settings, isBudgeted: boolean, { meters }: AdmitContext): Ceiling {
  const prices = arrival.targets.map((target) => meters.prices.of(target))
  const context = prices.map((price) => price?.contextTokens ?? Number.POSITIVE_INFINITY)
  const { input, output } = ceilingOf(arrival, finite(Math.max(...context)))
  if (output === 0) return { input, output }
  const able = Math.max(...prices.map((price) => price?.outputTokens ?? Number.POSITIVE_INFINITY))
  const unsaid = isBudgeted ? Math.min(settings.unsaidOutputTokens, able) : Number.POSITIVE_INFINITY
  return { input, output: finite(Math.min(output ?? unsaid, settings.outputTokens ?? Number.POSITIVE_INFINITY)) }
}

function finite(number: number): number | undefined {
  return Number.isFinite(number) ? number : undefined
}

/** Says in the request itself how long the answer may be, where it said something else or nothing. */
function lowered({ turn, wire, targets }: Arrival, { output }: Ceiling): JsonEdit[] {
  const { maxTokensAt } = turn
  const { maxTokens } = turn.sampling
  if (output === undefined || output === 0 || maxTokensAt === undefined) return []
  if (maxTokens === output && maxTokensAt.length === 1) return []
  const isUnsaid = maxTokens === undefined && maxTokensAt[0]?.[0] === 'max_completion_tokens'
  const isOurs = wire !== 'openai-chat' || targets.every(({ provider }) => NEW_NAME.has(provider))
  return (isUnsaid && !isOurs ? [['max_tokens']] : maxTokensAt).map((at) => ({ at, to: output }))
}

/** Of the servers that speak OpenAI's format, these know `max_completion_tokens`, and for some models nothing else. */
const NEW_NAME = new Set(['openai', 'azure'])

/** Streams of OpenAI's older formats end without a word of what was used, unless they are asked for it. */
function askForUsage({ turn, wire, body }: Arrival): JsonEdit[] {
  if (!turn.stream || (wire !== 'openai-chat' && wire !== 'openai-completions')) return []
  const options = objectOf(body['stream_options'])
  if (options === undefined) return [{ at: ['stream_options'], to: { include_usage: true } }]
  return options['include_usage'] === true ? [] : [{ at: ['stream_options', 'include_usage'], to: true }]
}

function passing(edits: readonly JsonEdit[], { output = 0 }: Ceiling): Admission {
  if (edits.length === 0) return { outcome: 'pass' }
  const [first] = edits
  const place = first?.at.join('.') ?? ''
  return { outcome: 'hit', found: [{ kind: 'lowered', note: `The answer may have ${output} tokens`, place }], edits }
}

function underBudgets(
  arrival: Arrival,
  settings: Settings,
  budgets: readonly Budget[],
  ceiling: Ceiling,
  context: AdmitContext,
): Admission | Promise<Admission> {
  const tokens = boundOf(arrival, settings, ceiling)
  if (typeof tokens === 'string') return unbounded(tokens)
  const wishes: Wish[] = []
  for (const budget of budgets) {
    const amount = budget.unit === 'tokens' ? tokens.input + tokens.output : mostMoney(arrival, tokens, context)
    if (amount === undefined) return unbounded(`no price is known of ${arrival.turn.model.slice(0, 100)}`)
    wishes.push({ pool: { kind: 'stock', id: budgetPool(budget, context.now), limit: budget.limit }, amount })
  }
  const said = (taken: Taken): Admission => {
    if ('why' in taken)
      return refused(budgets[wishes.findIndex(({ pool }) => pool.id === taken.pool.id)], taken, context)
    let holds = taken
    /** Of attempts that nobody heard of again: they may have come to all that was held for them. */
    const lost: Hold[] = []
    const again = async () => {
      const more = await takeAll(context.meters.leases, wishes, context.patienceMs)
      if ('why' in more) return false
      lost.push(...holds)
      holds = more
      return true
    }
    const settle = (end: CallEnd) => {
      for (const hold of lost) hold.settle(hold.amount)
      const used = usedOf(end, tokens)
      for (const [i, { unit }] of budgets.entries()) {
        const hold = holds[i]
        hold?.settle(unit === 'tokens' ? used.input + used.output : money(arrival, end, used, hold.amount, context))
      }
    }
    return { ...passing([...lowered(arrival, ceiling), ...askForUsage(arrival)], ceiling), settle, again }
  }
  const taken = takeAll(context.meters.leases, wishes, context.patienceMs)
  return taken instanceof Promise ? taken.then(said) : said(taken)
}

interface Tokens {
  input: number
  output: number
}

/** Or why there is no bound. */
function boundOf(arrival: Arrival, { openEndedTokens }: Settings, { input, output }: Ceiling): Tokens | string {
  if (output === undefined) return 'the request says nothing of how long the answer may be'
  const all = output * choicesOf(arrival.turn)
  if (isOpenEnded(arrival)) {
    if (openEndedTokens === undefined) return 'the provider would use tools of its own, as often as it likes'
    return { input: openEndedTokens, output: Math.max(all, openEndedTokens) }
  }
  if (!Number.isFinite(input)) return 'the request points at content that only the provider has'
  return { input, output: all }
}

function unbounded(why: string): Admission {
  const refusal = new Failure('blocked', `there is a budget, and nobody can say what this would cost: ${why}`, {
    hint: 'say a maximum, or let the operator declare a price under `prices` or openEndedTokens of limit-resources',
  })
  return { outcome: 'hit', found: [{ kind: 'no-bound', note: 'No bound of what this would cost' }], refusal }
}

/** It may be sent to any of the route's upstreams: the dearest counts. */
function mostMoney({ targets, body }: Arrival, tokens: Tokens, { meters }: AdmitContext): number | undefined {
  const costs = targets.map((target) => meters.prices.most(target, tokens, body))
  return costs.includes(undefined) ? undefined : Math.max(0, ...costs.map((cost) => cost ?? 0))
}

/** What nobody told of counts as what it can have been at most. */
function usedOf({ went, usage, seenBytes }: CallEnd, most: Tokens): Tokens & Partial<NonNullable<CallEnd['usage']>> {
  if (went === 'nowhere') return { input: 0, output: 0 }
  if (went === 'whole') return usage ?? most
  const output = seenBytes === 0 ? most.output : Math.min(most.output, seenBytes)
  return { ...(usage ?? { input: most.input }), output: Math.max(output, usage?.output ?? 0) }
}

function money(
  { body }: Arrival,
  { target }: CallEnd,
  used: Tokens,
  reserved: number,
  { meters }: AdmitContext,
): number {
  if (used.input + used.output === 0) return 0
  return (target && meters.prices.cost(target, used, body)) ?? reserved
}

function refused(budget: Budget | undefined, { why }: Refused, { now }: AdmitContext): Admission {
  const name = budget?.name ?? ''
  const next = budget && nextPeriod(budget.period, now)
  const found = [{ kind: 'budget', note: `The budget ${name} has no room for this` }]
  if (why === 'busy') {
    const message = `what is left of the budget ${name} is reserved for requests under way`
    const refusal = new Failure('budget_exceeded', message, { hint: 'try again in a moment', retryAfter: 2 })
    return { outcome: 'hit', found, refusal }
  }
  const hint = next === undefined ? 'ask who runs the gateway for more' : `it begins anew at ${next.toISOString()}`
  const refusal = new Failure('budget_exceeded', `the budget ${name} has no room for what this may cost`, { hint })
  // A client's library would try again by itself: it is told when that makes sense, or that it does not.
  const headers: Record<string, string> = { 'x-should-retry': 'false' }
  if (next !== undefined) headers['retry-after'] = String(Math.ceil((next.getTime() - now.getTime()) / 1000))
  return { outcome: 'hit', found, refusal, headers }
}
