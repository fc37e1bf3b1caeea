// Asks the guards of a candidate about a call of the past, as the gateway asks them about one that arrives: first those that
// count, then, where the words were kept, those that read.
import type { JsonObject } from '../../lib/canonical-json.ts'
import { Failure } from '../../lib/failure.ts'
import { parseStrictJson } from '../../lib/strict-json.ts'
import type { Turn } from '../../model/turn.ts'
import type { Verdict } from '../../model/verdict.ts'
import { beginCall, countingAlone } from '../begin.ts'
import { decide } from '../decide.ts'
import type { ReadyGuard } from '../guard.ts'
import { Inspection } from '../inspection.ts'
import type { Caller, Route } from '../routes.ts'
import { textsOfTurn } from '../texts.ts'
import { objectOf } from '../wire/claims.ts'
import { wireOf } from '../wire/find.ts'
import { type WireId, WIRES } from '../wire/wire.ts'
import type { AdmitAgain, Admitted, Again } from './admit-again.ts'
import type { RecordedCall } from './recorded-call.ts'

export interface AskAgain {
  call: RecordedCall
  route: Route
  caller: Caller
  isKnown: boolean
  /** Of guards that count and were asked then under the same settings: what they said stands. */
  standing: readonly Verdict[]
  counters: AdmitAgain
  now: () => Date
  clock: () => number
}

export interface AskedAgain extends Admitted {
  /** Of guards that were asked anew. */
  verdicts: readonly Verdict[]
  guards: ReadonlySet<string>
  /** Its words were there, and those who read were asked. */
  isRead: boolean
}

/** What is made with it goes nowhere. */
const NO_SECRET = new Uint8Array(32)

/** Undefined where nobody can be asked: then the recorded verdicts are all there is. */
export async function askAgain(ask: AskAgain): Promise<AskedAgain | undefined> {
  const { call, route, caller, isKnown, standing, counters, now, clock } = ask
  const { exchange } = call
  const wire = WIRES.find((one) => one === exchange.wire)
  if (wire === undefined) return undefined
  const { enforcement } = route
  const words = wordsOf(call, wire)
  const stands = new Set(standing.map(({ guard }) => guard))
  const again: Again = { exchange, wire, route, caller, words, isKnown, stands }
  const about = { keyId: caller.keyId, asset: caller.asset, route: route.id, secret: NO_SECRET, callId: exchange.id }
  const begun = words ? beginCall(enforcement, words.turn, about) : countingAlone(enforcement)
  const inspection = new Inspection(enforcement, 'request', clock, counters.guards(again, begun))
  const admitted = await counters.admit(again, inspection)
  const isLetIn = ![inspection.decision, decide(standing, enforcement.policy)].some(({ action }) => action === 'block')
  if (words !== undefined && isLetIn) {
    inspection.texts(textsOfTurn(words.turn))
    inspection.body(words.body)
    await inspection.turn(words.turn, { ...about, now: now() })
  }
  const verdicts = [...inspection.verdicts, ...admitted.late].filter(({ guard }) => !stands.has(guard))
  const asked = words !== undefined && isLetIn ? enforcement.guards : enforcement.guards.filter(counts)
  const guards = new Set(asked.map(({ id }) => id).filter((id) => !stands.has(id)))
  return { ...admitted, verdicts, guards, isRead: words !== undefined }
}

export const counts = ({ admit }: Pick<ReadyGuard, 'admit'>): boolean => admit !== undefined

/** What was kept may be redacted beyond what its format allows. */
function wordsOf({ exchange, request }: RecordedCall, wire: WireId): { turn: Turn; body: JsonObject } | undefined {
  const { model, stream } = exchange
  if (request === undefined) return undefined
  try {
    const body = objectOf(parseStrictJson(request.text, 'envelope'))
    return body && { body, turn: wireOf(wire).client.readRequest(body, { model, stream }) }
  } catch (error) {
    if (error instanceof Failure) return undefined
    throw error
  }
}
