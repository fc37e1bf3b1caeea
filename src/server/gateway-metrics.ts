// Numbers of the gateway for Prometheus: calls, what the guards said of them, tokens and time.
import type { AppGateway } from '../app/gateway.ts'
import { createCounter, metric } from './metric-text.ts'

const NONE = 'none'

export interface GatewayMetrics {
  render(): string[]
  close(): void
}

export function createGatewayMetrics(gateway: AppGateway): GatewayMetrics {
  const calls = createCounter('parapet_gateway_calls_total', 'calls to models by how they ended')
  const refusals = createCounter('parapet_gateway_refusals_total', 'calls that were let no further, by why')
  const verdicts = createCounter('parapet_gateway_verdicts_total', 'what guards said of requests and answers')
  const tokens = createCounter('parapet_gateway_tokens_total', 'tokens as providers count them')
  const decisions = createCounter('parapet_gateway_decisions_total', 'what was decided of requests and answers')
  const cost = createCounter('parapet_gateway_cost_micros_total', 'cost in millionths of a dollar')
  const stages = createCounter('parapet_gateway_stage_seconds_total', 'time that the stages of calls took')
  const seconds = createCounter('parapet_gateway_seconds_total', 'time that calls took, from first byte to last')
  const stop = gateway.onExchange((exchange) => {
    const { route = NONE, upstream = NONE, outcome, usage, durationMs } = exchange
    calls.add({ route, upstream, outcome })
    // What an upstream refused carries a word of the upstream's, and a label takes nobody's words.
    if (outcome === 'refused') refusals.add({ route, code: upstream === NONE ? (exchange.code ?? NONE) : 'upstream' })
    seconds.add({ route, upstream }, durationMs / 1000)
    for (const { action } of exchange.decisions) decisions.add({ route, action })
    for (const { stage, ms } of exchange.stages) stages.add({ stage }, ms / 1000)
    if (exchange.costMicros !== undefined) cost.add({ route }, exchange.costMicros)
    for (const { guard, stage, outcome: said } of exchange.verdicts) verdicts.add({ guard, stage, outcome: said })
    if (usage === undefined) return
    tokens.add({ route, kind: 'input' }, usage.input)
    tokens.add({ route, kind: 'output' }, usage.output)
  })
  return {
    render: () => [
      metric('parapet_gateway_active_calls', 'gauge', 'calls under way', [{ value: gateway.active }]),
      ...[calls, refusals, verdicts, decisions, tokens, cost, stages, seconds].map((counter) => counter.render()),
    ],
    close: stop,
  }
}
