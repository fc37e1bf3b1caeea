// Two weeks of made-up calls through the gateway, so that traffic and costs have something to show. Nothing is drawn by lot:
// the same day gives the same calls. Their routes are in no policy of this installation, so that they prove nothing.
import { createGatewayKey } from '../../admit/gateway-keys.ts'
import type { Admit } from '../../admit/admit.ts'
import { newId } from '../../lib/id.ts'
import { SYSTEM } from '../../model/actor.ts'
import { BEGUN, type Exchange } from '../../model/exchange.ts'
import type { Hit, Verdict } from '../../model/verdict.ts'
import type { Recorder } from '../../record/recorder.ts'

interface Caller {
  key: string
  system?: string
  /** Whose own key it is. */
  agent?: string
  route: string
  models: readonly (keyof typeof MODELS)[]
  /** On a working day. */
  calls: number
  tokens: readonly [input: number, output: number]
  stream?: boolean
}

/** Where they are served, and dollars for a million tokens in and out. */
const MODELS = {
  'gpt-5.4-mini': { upstream: 'openai', wire: 'openai-chat', price: [0.75, 4.5] },
  'gpt-5.4': { upstream: 'openai', wire: 'openai-chat', price: [2.5, 15] },
  'claude-sonnet-4-5': { upstream: 'anthropic', wire: 'anthropic-messages', price: [3, 15] },
  'gemini-2.5-flash': { upstream: 'google', wire: 'gemini-generate', price: [0.3, 2.5] },
} as const

const CALLERS: readonly Caller[] = [
  { key: 'claims-assistant (sample)', system: 'claims-assistant', route: 'claims', models: ['claude-sonnet-4-5'], calls: 14, tokens: [2600, 420], stream: true }, // prettier-ignore
  { key: 'customer-chat (sample)', system: 'customer-chat', route: 'website', models: ['gpt-5.4-mini'], calls: 22, tokens: [900, 210], stream: true }, // prettier-ignore
  { key: 'underwriting-copilot (sample)', system: 'underwriting-copilot', route: 'copilots', models: ['gpt-5.4', 'claude-sonnet-4-5'], calls: 6, tokens: [5200, 700] }, // prettier-ignore
  { key: 'developer-copilot (sample)', system: 'developer-copilot', route: 'copilots', models: ['claude-sonnet-4-5'], calls: 12, tokens: [7800, 950], stream: true }, // prettier-ignore
  { key: 'call-summary (sample)', system: 'call-summary', route: 'batch', models: ['gemini-2.5-flash'], calls: 9, tokens: [3400, 260] }, // prettier-ignore
  { key: 'procurement-agent (sample)', system: 'procurement-agent', agent: 'buyer-agent', route: 'agents', models: ['gpt-5.4'], calls: 4, tokens: [4100, 330] }, // prettier-ignore
  { key: 'data science notebooks (sample)', route: 'copilots', models: ['gpt-5.4-mini'], calls: 2, tokens: [1500, 300] }, // prettier-ignore
]
const DAYS = 14
const DAY_MS = 86_400_000
const POLICY = '0'.repeat(64)
const FORWARD = { action: 'forward', because: [], policy: POLICY } as const

export async function sampleCalls(admit: Admit, record: Recorder, now: Date): Promise<void> {
  for (const caller of CALLERS) {
    const given = { name: caller.key, models: [], routes: [caller.route], asset: caller.system, agent: caller.agent, limits: {}, expiresAt: undefined } // prettier-ignore
    const { key } = await createGatewayKey(admit, SYSTEM, given)
    const calls = callsOf(caller, key.id, now)
    for (const exchange of calls) record.add(exchange)
    const last = calls.at(-1)?.at.toISOString()
    if (last !== undefined) await admit.store.change((tx) => tx.gatewayKeys.used(key.id, last))
  }
  for (let i = 0; i < 5; i++) record.add(stranger(new Date(now.getTime() - (i + 1) * 9_000_000)))
  await record.settled()
}

function callsOf(caller: Caller, keyId: string, now: Date): Exchange[] {
  const today = Math.floor(now.getTime() / DAY_MS) * DAY_MS
  const calls: Exchange[] = []
  for (let day = DAYS - 1; day >= 0; day--) {
    const start = today - day * DAY_MS
    const isWeekend = [0, 6].includes(new Date(start).getUTCDay())
    const count = Math.ceil(caller.calls * (isWeekend ? 0.25 : 0.8 + 0.4 * part(caller.key, day)))
    for (let i = 0; i < count; i++) {
      // From seven to nineteen o'clock.
      const at = new Date(Math.round(start + (7 + 12 * ((i + part(caller.key, day, i)) / count)) * 3_600_000))
      if (at < now) calls.push(callOf(caller, keyId, at, part(caller.key, day, i, 'what')))
    }
  }
  return calls
}

function callOf(
  { route, system, agent, models, tokens, stream = false }: Caller,
  keyId: string,
  at: Date,
  chance: number,
) {
  const model = models[Math.floor(chance * 97) % models.length] ?? 'gpt-5.4-mini'
  const { upstream, wire, price } = MODELS[model]
  const [input, output] = [Math.round(tokens[0] * (0.4 + chance)), Math.round(tokens[1] * (0.5 + chance))]
  const durationMs = Math.round(350 + output * 9 + 400 * chance)
  const stages = [{ stage: 'inspect', ms: 2 + 3 * chance }, { stage: 'upstream', ms: durationMs - 8 }] // prettier-ignore
  const call: Exchange = {
    ...BEGUN,
    id: newId('call', at),
    at,
    durationMs,
    stages,
    client: `10.20.4.${10 + Math.floor(chance * 40)}`,
    keyId,
    asset: system,
    agent,
    route,
    model,
    wire,
    upstreamWire: wire,
    upstream,
    attempts: 1,
    stream,
    bytesIn: input * 4,
    bytesOut: output * 5,
    status: 200,
    outcome: 'answered',
    decisions: [FORWARD],
    verdicts: [passed('prompt-injection-io-handling', 'request'), passed('sensitive-output-handling', 'answer')],
    usage: { input, output },
    costMicros: input * price[0] + output * price[1],
  }
  return chance > 0.94 ? { ...call, ...troubled(chance) } : call
}

/** Of a hundred calls six end otherwise. */
function troubled(chance: number): Partial<Exchange> {
  const nothing = { usage: undefined, costMicros: undefined, bytesOut: 180 }
  if (chance > 0.985)
    return { ...nothing, durationMs: 6, status: 403, outcome: 'blocked', code: 'blocked', ...stopped('prompt-injection-io-handling', INJECTION) } // prettier-ignore
  if (chance > 0.97)
    return { ...stopped('sensitive-output-handling', SECRET), decisions: [FORWARD, { action: 'rewrite', because: ['sensitive-output-handling'], policy: POLICY }] } // prettier-ignore
  if (chance > 0.955) return { ...nothing, status: 504, outcome: 'broken', code: 'upstream_timeout', durationMs: 60_000, attempts: 2 } // prettier-ignore
  return { ...nothing, status: 429, outcome: 'refused', code: 'rate_limited', durationMs: 1, attempts: 0, upstream: undefined, upstreamWire: undefined, verdicts: [], decisions: [] } // prettier-ignore
}

const INJECTION: Hit = { detector: 'prompt-injection', kind: 'override', severity: 'high', confidence: 0.96, note: 'asks the model to drop its instructions', origin: 'user', place: 'messages.1.content' } // prettier-ignore
const SECRET: Hit = { detector: 'secrets', kind: 'aws-access-key', severity: 'critical', confidence: 0.99, note: 'an AWS access key', origin: 'assistant', place: '' } // prettier-ignore

const passed = (guard: string, stage: Verdict['stage']): Verdict => ({ guard, stage, outcome: 'pass', remedy: 'note', changes: 0, hits: [], more: 0 }) // prettier-ignore

function stopped(guard: string, hit: Hit): Pick<Exchange, 'verdicts' | 'decisions'> {
  const isAnswer = hit === SECRET
  const verdict: Verdict = {
    ...passed(guard, isAnswer ? 'answer' : 'request'),
    outcome: 'hit',
    remedy: isAnswer ? 'rewrite' : 'block',
    changes: isAnswer ? 1 : 0,
    hits: [hit],
  }
  return { verdicts: [verdict], decisions: [{ action: 'block', because: [guard], policy: POLICY }] }
}

/** Somebody tries a key that nobody gave out. */
const stranger = (at: Date): Exchange => ({
  ...BEGUN,
  id: newId('call', at),
  at,
  client: '10.20.9.77',
  status: 401,
  code: 'unauthenticated',
  durationMs: 1,
})

/** From 0 to 1, by what it is asked about. */
function part(...about: (string | number)[]): number {
  let hash = 2_166_136_261
  for (const char of about.join('/')) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 16_777_619)
  hash = Math.imul(hash ^ (hash >>> 15), 2_246_822_507)
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32
}
