// The guards of one call. Those that link the answer to the request are begun once for each call, before anything is read,
// and the same readings then see both: what they remember lives exactly as long as the call.
import { Failure } from '../lib/failure.ts'
import type { Policy } from '../model/policy.ts'
import type { Turn } from '../model/turn.ts'
import type { CallContext, Readings, ReadyGuard } from './guard.ts'
import type { Enforcement } from './policy.ts'
import { timeOf } from './guard-time.ts'
import { saneReadings } from './sane.ts'

export type CallGuard = { [Reading in keyof Readings]?: Readings[Reading] | undefined } & {
  id: string
  /** Why it could not begin: it has failed for the whole call. */
  failed?: string | undefined
}

/** All have the same members in the same order: what is looked up in objects of many shapes takes several times as long. */
function callGuard(id: string, readings: Readings, failed?: string): CallGuard {
  const { oversees, reads, open, joins, inspect, admit, examine } = readings
  return { id, failed, oversees, reads, open, joins, inspect, admit, examine }
}

/** Those that need not be begun; undefined for the others. */
const ready = new WeakMap<readonly ReadyGuard[], readonly (CallGuard | undefined)[]>()

export type CallGuards = readonly CallGuard[]

/** `now` in milliseconds; only differences count. */
export function beginCall(
  { guards, policy }: Enforcement,
  turn: Turn,
  context: CallContext,
  now: () => number = () => 0,
): CallGuards {
  let known = ready.get(guards)
  if (known === undefined)
    ready.set(
      guards,
      (known = guards.map((guard) => (guard.begin === undefined ? callGuard(guard.id, guard) : undefined))),
    )
  const begun: CallGuard[] = []
  for (let i = 0; i < guards.length; i++) {
    const [guard, one] = [guards[i], known[i]]
    if (one !== undefined) begun.push(one)
    else if (guard !== undefined) begun.push(beginOne(guard, policy, turn, context, { now, begun }))
  }
  return begun
}

function beginOne(
  { id, begin }: ReadyGuard,
  { guards }: Policy,
  turn: Turn,
  context: CallContext,
  { now, begun }: { now: () => number; begun: readonly CallGuard[] },
): CallGuard {
  const started = now()
  try {
    const readings = begin === undefined ? {} : saneReadings(begin(turn, context))
    timeOf(begun, id).add(now() - started, guards[id]?.deadlineMs ?? 0)
    return callGuard(id, readings)
  } catch (error) {
    return callGuard(id, {}, whyOf(error))
  }
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

/** Only our own words: an error of a bug may quote the text that was inspected. */
export function whyOf(error: unknown): string {
  return error instanceof Failure ? error.message : error instanceof Error ? error.name : 'threw no error'
}
