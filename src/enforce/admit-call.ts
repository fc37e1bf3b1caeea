// The guards that count are asked before anything else is done with a call: who is let in, with what changes, and who hears
// of its end.
import type { JsonObject } from '../lib/canonical-json.ts'
import { once } from '../lib/once.ts'
import type { JsonEdit } from '../lib/json-edit.ts'
import type { Turn } from '../model/turn.ts'
import type { Arrival } from './guard.ts'
import type { Inspection } from './inspection.ts'
import type { Caller, Route } from './routes.ts'
import { probeOf } from './series/read-probe.ts'
import { stopped } from './stopped.ts'
import { limitTime } from './time-limit.ts'
import type { Visit } from './visit.ts'
import type { Wire } from './wire/wire.ts'

export interface Admitting {
  wire: Wire
  route: Route
  caller: Caller
  turn: Turn
  body: JsonObject
  bytes: number
}

/** What they change in the body. Throws their refusal, or else leaves the decision to the inspection. */
export async function admitCall(
  visit: Visit,
  inspection: Inspection,
  { wire, route, caller, turn, body, bytes }: Admitting,
): Promise<readonly JsonEdit[]> {
  const { context, request, head, ends, agains, record } = visit
  const { keyId, asset, agent, user, limits = {} } = caller
  const arrival: Arrival = {
    keyId,
    asset,
    agent,
    user,
    limits,
    route: route.id,
    wire: wire.id,
    turn,
    body,
    bytes,
    address: record.client,
    header: (name) => {
      const value = request.headers[name]
      return typeof value === 'string' ? value : value?.join(', ')
    },
    probe: once(() => probeOf(turn, body)),
    targets: route.targets.map(({ upstream, model = turn.model }) => ({
      upstream: upstream.id,
      provider: upstream.provider,
      model,
    })),
  }
  const { edits, refusal } = await inspection.admit(arrival, {
    meters: context.meters,
    now: context.now(),
    onEnd: (settle) => ends.push(settle),
    onAgain: (again) => agains.push(again),
    onLimit(guard, seconds) {
      visit.limit = limitTime(visit, guard, seconds, route.enforcement.policy)
    },
    setHeader: (name, value) => (head[name] = value),
  })
  if (inspection.decision.action === 'block') throw refusal ?? stopped('request', inspection)
  return edits
}
