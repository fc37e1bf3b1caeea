// A question on its way: what was asked, as the guards of the request left it, and who answers.
import type { JsonObject } from '../lib/canonical-json.ts'
import type { Turn } from '../model/turn.ts'
import type { CallGuards } from './begin.ts'
import type { Call } from './endpoints.ts'
import type { Caller, Route } from './routes.ts'
import type { Reply } from './upstream/transport.ts'
import type { Upstream } from './upstream/upstream.ts'
import type { UpstreamWire, Wire } from './wire/wire.ts'

export interface Asked {
  wire: Wire
  call: Extract<Call, { does: 'ask' }>
  route: Route
  caller: Caller
  turn: Turn
  /** The client's own bytes, unless a guard rewrote something. */
  bytes: Uint8Array
  text: string
  /** The client did not ask to be told what was used; a guard did. */
  hidesUsage: boolean
  /** As the client wrote it. */
  body: JsonObject
  /** They saw the request, and are to see the answer. */
  guards: CallGuards
}

export interface Answered extends Asked {
  upstream: Upstream
  upstreamWire: UpstreamWire
  reply: Reply
}
