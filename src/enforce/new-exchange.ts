// A call as it is known before anything was read of it: what a record of it begins with.
import type { IncomingMessage } from 'node:http'
import { BEGUN, type Exchange } from '../model/exchange.ts'
import { traceOf } from './trace-context.ts'
import type { GatewayContext } from './visit.ts'

export function newExchange(
  { traces, addressOf }: Pick<GatewayContext, 'traces' | 'addressOf'>,
  request: IncomingMessage,
  id: string,
  at: Date,
): Exchange {
  return { id, at, ...BEGUN, trace: traceOf(request.headers, traces), client: addressOf(request) }
}
