// The guards of one call. Those that link the answer to the request are begun once for each call, before anything is read,
// and the same readings then see both: what they remember lives exactly as long as the call.
import { Failure } from '../lib/failure.ts'
import type { Turn } from '../model/turn.ts'
import type { CallContext, Readings } from './guard.ts'
import type { Enforcement } from './policy.ts'
import { saneReadings } from './sane.ts'

export interface CallGuard extends Readings {
  id: string
  /** Why it could not begin: it has failed for the whole call. */
  failed?: string
}

export type CallGuards = readonly CallGuard[]

/** `now` in milliseconds; only differences count. */
export function beginCall(
  { guards, policy }: Enforcement,
  turn: Turn,
  context: CallContext,
  now: () => number = () => 0,
): CallGuards {
  if (guards.every(({ begin }) => begin === undefined)) return guards
  return guards.map((guard): CallGuard => {
    if (guard.begin === undefined) return guard
    const started = now()
    try {
      const readings = saneReadings(guard.begin(turn, context))
      if (now() - started > (policy.guards[guard.id]?.deadlineMs ?? 0)) throw tooLate()
      return { id: guard.id, ...readings }
    } catch (error) {
      return { id: guard.id, failed: whyOf(error) }
    }
  })
}

const NO_TURN: Turn = {
  model: '',
  stream: false,
  messages: [],
  tools: [],
  toolChoice: undefined,
  sampling: {},
  foreign: [],
  rest: [],
}

/** Where there was no request to remember. */
export function beginAlone(enforcement: Enforcement): CallGuards {
  return beginCall(enforcement, NO_TURN, { keyId: '', asset: undefined, route: '', secret: new Uint8Array(32) })
}

export const tooLate = () => new Failure('unavailable', 'was later than its deadline')

/** Only our own words: an error of a bug may quote the text that was inspected. */
export function whyOf(error: unknown): string {
  return error instanceof Failure ? error.message : error instanceof Error ? error.name : 'threw no error'
}
