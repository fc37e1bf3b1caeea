// Inspects the kept words of a request once more, as the gateway does with a request that arrives.
import { Failure } from '../../lib/failure.ts'
import { parseStrictJson } from '../../lib/strict-json.ts'
import type { Verdict } from '../../model/verdict.ts'
import { beginCall } from '../begin.ts'
import { Inspection } from '../inspection.ts'
import type { Caller, Route } from '../routes.ts'
import { textsOfTurn } from '../texts.ts'
import { objectOf } from '../wire/claims.ts'
import { wireOf } from '../wire/find.ts'
import { WIRES } from '../wire/wire.ts'
import type { RecordedCall } from './recorded-call.ts'

/** What is made with it goes nowhere. */
const NO_SECRET = new Uint8Array(32)

/** Undefined where there is nothing to read: then the recorded verdicts are all there is. */
export async function requestVerdicts(
  { exchange, request }: RecordedCall,
  { id, enforcement }: Route,
  { keyId, asset }: Caller,
  { now, clock }: { now: () => Date; clock: () => number },
): Promise<{ verdicts: readonly Verdict[]; guards: ReadonlySet<string> } | undefined> {
  const { model, stream } = exchange
  const wire = WIRES.find((one) => one === exchange.wire)
  if (request === undefined || wire === undefined) return undefined
  try {
    const body = objectOf(parseStrictJson(request.text))
    if (body === undefined) return undefined
    const turn = wireOf(wire).client.readRequest(body, { model, stream })
    const about = { keyId, asset, route: id, secret: NO_SECRET, callId: exchange.id }
    const inspection = new Inspection(enforcement, 'request', clock, beginCall(enforcement, turn, about))
    inspection.texts(textsOfTurn(turn))
    inspection.body(body)
    await inspection.turn(turn, { ...about, now: now() })
    return { verdicts: inspection.verdicts, guards: new Set(enforcement.guards.map((guard) => guard.id)) }
  } catch (error) {
    // What was kept may be redacted beyond what its format allows.
    if (error instanceof Failure) return undefined
    throw error
  }
}
