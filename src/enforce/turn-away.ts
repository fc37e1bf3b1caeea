// Calls that are not even looked at, because there are too many or the gateway stops: they cost next to nothing, and they
// are told of like all others, because whoever looks for calls that went missing looks there.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { newId } from '../lib/id.ts'
import type { Exchange } from '../model/exchange.ts'
import { familyOf } from './endpoints.ts'
import { errorBody } from './error-bodies.ts'
import { newExchange } from './new-exchange.ts'
import type { GatewayContext } from './visit.ts'

const WHY = {
  full: 'the gateway has as many calls as it may have',
  stopping: 'the gateway is stopping',
} as const

export function turnAway(
  context: Pick<GatewayContext, 'now' | 'traces' | 'addressOf'>,
  request: IncomingMessage,
  response: ServerResponse,
  why: keyof typeof WHY,
): Exchange {
  const at = context.now()
  const id = newId('call', at)
  const trouble = { status: 503, code: 'unavailable', message: WHY[why], retryAfter: 1 }
  const body = JSON.stringify(errorBody(familyOf(request), trouble, id))
  response.writeHead(503, {
    'content-type': 'application/json; charset=utf-8',
    'retry-after': '1',
    'x-request-id': id,
    'request-id': id,
  })
  response.end(body)
  return { ...newExchange(context, request, id, at), status: 503, code: why, bytesOut: Buffer.byteLength(body) }
}
