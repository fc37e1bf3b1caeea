// Numbers of the gateway for Prometheus: calls, what the guards said of them, tokens and time.
import type { AppGateway } from '../app/gateway.ts'
import type { Verdict } from '../model/verdict.ts'
import { createCounter, metric } from './metric-text.ts'

const NONE = 'none'

export interface GatewayMetrics {
  render(): string[]
  close(): void
}

export function createGatewayMetrics(gateway: AppGateway): GatewayMetrics {
  const calls = createCounter('parapet_gateway_calls_total', 'calls to models by how they ended', [
    'route',
    'upstream',
    'outcome',
  ])
  const refusals = createCounter('parapet_gateway_refusals_total', 'calls that were let no further, by why', [
    'route',
    'code',
  ])
  const verdicts = createCounter('parapet_gateway_verdicts_total', 'what guards said of requests and answers', [
    'guard',
    'stage',
    'outcome',
  ])
  const tokens = createCounter('parapet_gateway_tokens_total', 'tokens as providers count them', ['route', 'kind'])
  const decisions = createCounter('parapet_gateway_decisions_total', 'what was decided of requests and answers', [
    'route',
    'action',
  ])
  const cost = createCounter('parapet_gateway_cost_micros_total', 'cost in millionths of a dollar', ['route'])
  const stages = createCounter('parapet_gateway_stage_seconds_total', 'time that the stages of calls took', ['stage'])
  const seconds = createCounter('parapet_gateway_seconds_total', 'time that calls took, from first byte to last', [
    'route',
    'upstream',
  ])
  const passes = new WeakMap<Verdict, { value: number }>()

  /** That a guard saw nothing is one verdict for all calls, and most verdicts are such. */
  function counted(verdict: Verdict): { value: number } {
    const { guard, stage, outcome } = verdict
    if (!Object.isFrozen(verdict)) return verdicts.of(guard, stage, outcome)
    let sample = passes.get(verdict)
    if (sample === undefined) passes.set(verdict, (sample = verdicts.of(guard, stage, outcome)))
    return sample
  }

  const stop = gateway.onExchange((exchange) => {
    const { route = NONE, upstream = NONE, outcome, usage, durationMs } = exchange
    calls.add(1, route, upstream, outcome)
    // What an upstream refused carries a word of the upstream's, and a label takes nobody's words.
    if (outcome === 'refused') refusals.add(1, route, upstream === NONE ? (exchange.code ?? NONE) : 'upstream')
    seconds.add(durationMs / 1000, route, upstream)
    for (const { action } of exchange.decisions) decisions.add(1, route, action)
    for (const { stage, ms } of exchange.stages) stages.add(ms / 1000, stage)
    if (exchange.costMicros !== undefined) cost.add(exchange.costMicros, route)
    for (const verdict of exchange.verdicts) counted(verdict).value++
    if (usage === undefined) return
    tokens.add(usage.input, route, 'input')
    tokens.add(usage.output, route, 'output')
  })
  return {
    render: () => [
      metric('parapet_gateway_active_calls', 'gauge', 'calls under way', [{ value: gateway.active }]),
      ...[calls, refusals, verdicts, decisions, tokens, cost, stages, seconds].map((counter) => counter.render()),
    ],
    close: stop,
  }
}
