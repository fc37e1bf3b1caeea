// The guards of one call. Those that link the answer to the request are begun once for each call, before anything is read,
// and the same readings then see both: what they remember lives exactly as long as the call.
import { Failure } from '../lib/failure.ts'
import type { Turn } from '../model/turn.ts'
import type { CallContext, Readings, ReadyGuard } from './guard.ts'
import type { Enforcement } from './policy.ts'
import { GuardTime } from './guard-time.ts'
import { saneReadings } from './sane.ts'

export type CallGuard = { [Reading in keyof Readings]?: Readings[Reading] | undefined } & {
  id: string
  /** Why it could not begin: it has failed for the whole call. */
  failed: string | undefined
  isEnforced: boolean
  /** How long it has worked on this call. */
  time: GuardTime
}

type Begun = Omit<CallGuard, 'time'>

/** All have the same members in the same order: what is looked up in objects of many shapes takes several times as long. */
function begunAs({ id, isEnforced }: Pick<Begun, 'id' | 'isEnforced'>, readings: Readings, failed?: string): Begun {
  const { oversees, reads, open, joins, inspect, admit, examine } = readings
  return { id, failed, isEnforced, oversees, reads, open, joins, inspect, admit, examine }
}

/** What of a guard is the same for all calls under one policy. */
interface Resting {
  id: string
  isEnforced: boolean
  deadlineMs: number
  begin: ReadyGuard['begin']
  /** Where it is not begun. */
  still: Begun
}

const resting = new WeakMap<Enforcement, readonly Resting[]>()

function restingOf(enforcement: Enforcement): readonly Resting[] {
  let known = resting.get(enforcement)
  if (known === undefined) resting.set(enforcement, (known = enforcement.guards.map((one) => rest(one, enforcement))))
  return known
}

function rest(guard: ReadyGuard, { policy }: Enforcement): Resting {
  const { mode, deadlineMs = 0 } = policy.guards[guard.id] ?? {}
  const own = { id: guard.id, isEnforced: mode === 'enforce' }
  return { ...own, deadlineMs, begin: guard.begin, still: begunAs(own, guard) }
}

export type CallGuards = readonly CallGuard[]

/** `now` in milliseconds; only differences count. */
export function beginCall(
  enforcement: Enforcement,
  turn: Turn,
  context: CallContext,
  now: () => number = () => 0,
): CallGuards {
  return restingOf(enforcement).map((guard) => {
    const time = new GuardTime(guard.deadlineMs)
    return onCall(
      guard.begin === undefined ? guard.still : begun(guard, guard.begin, { turn, context, now, time }),
      time,
    )
  })
}

/** Where nobody knows or reads the words of a call: those that count, and are not begun. */
export function countingAlone(enforcement: Enforcement): CallGuards {
  const counting = restingOf(enforcement).filter(({ still }) => still.admit !== undefined)
  return counting.map(({ still, deadlineMs }) => onCall(still, new GuardTime(deadlineMs)))
}

/** Member by member: an object that is spread has no room for one more, and takes a third more memory with it. */
function onCall(guard: Begun, time: GuardTime): CallGuard {
  const { id, failed, isEnforced, oversees, reads, open, joins, inspect, admit, examine } = guard
  return { id, failed, isEnforced, oversees, reads, open, joins, inspect, admit, examine, time }
}

interface Beginning {
  turn: Turn
  context: CallContext
  now: () => number
  time: GuardTime
}

function begun(
  guard: Resting,
  begin: NonNullable<ReadyGuard['begin']>,
  { turn, context, now, time }: Beginning,
): Begun {
  const started = now()
  try {
    const readings = saneReadings(begin(turn, context))
    time.add(now() - started)
    return begunAs(guard, readings)
  } catch (error) {
    return begunAs(guard, {}, whyOf(error))
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
