// A call as it is known before anything was read of it: what a record of it begins with.
import type { IncomingMessage } from 'node:http'
import type { Exchange } from '../model/exchange.ts'
import { traceOf } from './trace-context.ts'
import type { GatewayContext } from './visit.ts'

export function newExchange(
  { traces, addressOf }: Pick<GatewayContext, 'traces' | 'addressOf'>,
  request: IncomingMessage,
  id: string,
  at: Date,
): Exchange {
  return {
    id,
    at,
    durationMs: 0,
    stages: [],
    trace: traceOf(request.headers, traces),
    client: addressOf(request),
    keyId: undefined,
    refusedKeyId: undefined,
    asset: undefined,
    route: undefined,
    model: undefined,
    wire: undefined,
    upstreamWire: undefined,
    upstream: undefined,
    attempts: 0,
    stream: false,
    bytesIn: 0,
    bytesOut: 0,
    status: 0,
    outcome: 'refused',
    code: undefined,
    decisions: [],
    verdicts: [],
    usage: undefined,
    costMicros: undefined,
  }
}
