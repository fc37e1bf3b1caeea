// For tests: an exchange with as much in it as a test cares for.
import { newId } from '../lib/id.ts'
import type { Exchange } from '../model/exchange.ts'

export function exchangeOf(more: Partial<Exchange> = {}): Exchange {
  const at = more.at ?? new Date()
  return {
    id: newId('call', at),
    at,
    durationMs: 12.5,
    stages: [{ stage: 'inspect', ms: 1 }],
    trace: undefined,
    client: '127.0.0.1',
    keyId: 'key_1',
    refusedKeyId: undefined,
    asset: 'shop',
    agent: undefined,
    route: 'chat',
    model: 'small',
    wire: 'openai-chat',
    upstreamWire: 'openai-chat',
    upstream: 'mock',
    attempts: 1,
    stream: false,
    bytesIn: 100,
    bytesOut: 200,
    status: 200,
    outcome: 'answered',
    code: undefined,
    decisions: [],
    verdicts: [],
    usage: { input: 10, output: 20 },
    costMicros: undefined,
    ...more,
  }
}
