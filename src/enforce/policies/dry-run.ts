// What a policy would have done with calls that were made under another. A call whose words were kept is inspected anew;
// of any other the recorded verdicts are judged by the rules of the candidate, which shows what a change of mode, of
// failure or of routes would do, and the guards that were not asked then are named. Nothing is sent, counted or recorded.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Failure } from '../../lib/failure.ts'
import type { Exchange } from '../../model/exchange.ts'
import type { Decision, Verdict } from '../../model/verdict.ts'
import { decide } from '../decide.ts'
import type { ReadyGuard } from '../guard.ts'
import type { Caller, Route, Routes } from '../routes.ts'
import type { RecordedCall, RecordedCalls } from './recorded-call.ts'
import { requestVerdicts } from './request-verdicts.ts'

export interface Effect {
  /** `refuse`: not for this key, or no such model. */
  action: Decision['action'] | 'refuse'
  route: string | undefined
  /** Guards whose verdict made it so. */
  because: readonly string[]
}

export interface CallChange {
  id: string
  at: Date
  keyId: string | undefined
  asset: string | undefined
  model: string | undefined
  before: Effect
  after: Effect
  judgedBy: 'content' | 'verdicts'
  /** Guards of the candidate that were not asked then, or were set otherwise: they may stop the call as well. */
  unknown: readonly string[]
}

export interface DryRun {
  calls: number
  changed: number
  /** Refused for reasons that no policy decides, such as a key that is not valid or a body that is not readable. */
  notJudged: number
  byContent: number
  byVerdicts: number
  /** How many a guard might treat otherwise that was not asked then. */
  uncertain: number
  /** How often each change of what is done occurred, most often first. */
  moves: readonly { from: Effect['action']; to: Effect['action']; count: number }[]
  /** What each guard would stop or rewrite that it let pass, and the other way round. */
  guards: readonly { guard: string; gained: number; lost: number }[]
  changes: readonly CallChange[]
  /** There were more calls than were read. */
  isCut: boolean
}

export interface DryRunOptions {
  candidate: Routes
  /** What was in force, to tell which guards were set otherwise. */
  present: Routes
  /** Whom a key belongs to, and what it is good for. */
  callerOf(keyId: string): Promise<Caller | undefined>
  mostCalls: number
  mostChanges: number
  /** Milliseconds after which no further call is read. */
  forMs: number
  now: () => Date
  clock: () => number
}

const TURN_MS = 20

export async function dryRun(calls: RecordedCalls, options: DryRunOptions): Promise<DryRun> {
  const { mostCalls, mostChanges, forMs, clock } = options
  const started = clock()
  const [moves, guards] = [new Map<string, number>(), new Map<string, { gained: number; lost: number }>()]
  const sums = { calls: 0, changed: 0, notJudged: 0, byContent: 0, byVerdicts: 0, uncertain: 0 }
  const changes: CallChange[] = []
  let [turn, isCut] = [started, false]
  for await (const call of calls) {
    if (sums.calls >= mostCalls || clock() - started > forMs) {
      isCut = true
      break
    }
    sums.calls++
    const judged = await judge(call, options)
    if (judged === undefined) sums.notJudged++
    else {
      sums[judged.judgedBy === 'content' ? 'byContent' : 'byVerdicts']++
      if (judged.unknown.length > 0) sums.uncertain++
      if (isChange(judged)) {
        sums.changed++
        count(judged, moves, guards)
        if (changes.length < mostChanges) changes.push(judged)
      }
    }
    if (clock() - turn < TURN_MS) continue
    await nextTurn()
    turn = clock()
  }
  return {
    ...sums,
    moves: [...moves].map(moveOf).toSorted((a, b) => b.count - a.count),
    guards: [...guards]
      .map(([guard, { gained, lost }]) => ({ guard, gained, lost }))
      .toSorted((a, b) => (a.guard < b.guard ? -1 : 1)),
    changes,
    isCut,
  }
}

async function judge(call: RecordedCall, options: DryRunOptions): Promise<CallChange | undefined> {
  const { exchange } = call
  const { id, at, keyId, asset, model } = exchange
  const before = beforeOf(exchange)
  if (before === undefined || keyId === undefined || model === undefined) return undefined
  const caller = (await options.callerOf(keyId)) ?? { keyId, asset, models: ['*'], routes: ['*'] }
  const head = { id, at, keyId, asset, model, before }
  const route = found(options.candidate, model, caller)
  if (route === undefined) {
    return { ...head, after: { action: 'refuse', route: undefined, because: [] }, judgedBy: 'verdicts', unknown: [] }
  }
  const fresh = await requestVerdicts(call, route, caller, options)
  const isRedacted = call.request?.isRedacted === true
  const standing = recorded(exchange, route).filter((verdict) => !isReplaced(verdict, fresh, isRedacted))
  const verdicts = [...(fresh?.verdicts ?? []), ...standing]
  const { action, because } = decide(verdicts, route.enforcement.policy)
  const after: Effect = { action, route: route.id, because }
  const notKnown = notAsked(exchange, route, found(options.present, model, caller))
  // Who is stopped for sure cannot be stopped again.
  const isSure = action === 'block' && because.some((guard) => !notKnown.includes(guard))
  const unknown = isSure ? [] : notKnown
  if (fresh === undefined) return { ...head, after, judgedBy: 'verdicts', unknown }
  if (isRedacted) return { ...head, after, judgedBy: 'content', unknown }
  const readers = new Set(route.enforcement.guards.filter(readsAnswers).map((guard) => guard.id))
  return { ...head, after, judgedBy: 'content', unknown: unknown.filter((guard) => readers.has(guard)) }
}

/** Only the words of requests are kept for this, so what such a guard was not asked then, nobody knows. */
function readsAnswers({ reads, begin, examine }: ReadyGuard): boolean {
  const answer = { stage: 'answer', origin: 'assistant', part: 'text', place: '' } as const
  return begin !== undefined || examine !== undefined || reads?.(answer) === true
}

function beforeOf({ outcome, code, route, decisions, verdicts }: Exchange): Effect | undefined {
  if (outcome === 'refused' && route === undefined && code === 'not_found') {
    return { action: 'refuse', route: undefined, because: [] }
  }
  if (route === undefined || decisions.length === 0) return undefined
  // What a person said is not the policy's: that he was asked is.
  const asked = decisions.map((made) => (made.approval === undefined ? made : { ...made, action: 'hold' as const }))
  const action = (['block', 'hold', 'rewrite', 'forward'] as const).find((one) =>
    asked.some((made) => made.action === one),
  )
  const because =
    action === 'hold'
      ? verdicts.filter(({ remedy }) => remedy === 'hold').map(({ guard }) => guard)
      : asked.filter((made) => made.action === action).flatMap((made) => made.because)
  return { action: action ?? 'forward', route, because: [...new Set(because)] }
}

function found(routes: Routes, model: string, caller: Caller): Route | undefined {
  try {
    return routes.find(model, caller)
  } catch (error) {
    if (error instanceof Failure && error.code === 'not_found') return undefined
    throw error
  }
}

/** Verdicts of guards that the candidate has. */
function recorded({ verdicts }: Exchange, { enforcement }: Route): Verdict[] {
  return verdicts.filter(({ guard }) => enforcement.policy.guards[guard] !== undefined)
}

/** What a guard says of the words now counts in place of what it said then; where words were taken out, a hit stands. */
function isReplaced(
  { guard, stage, outcome }: Verdict,
  fresh: { guards: ReadonlySet<string> } | undefined,
  isRedacted: boolean,
): boolean {
  if (fresh === undefined || stage !== 'request' || !fresh.guards.has(guard)) return false
  return !(isRedacted && outcome === 'hit')
}

function notAsked({ verdicts }: Exchange, { enforcement }: Route, present: Route | undefined): string[] {
  const asked = new Set(verdicts.map(({ guard }) => guard))
  return Object.entries(enforcement.policy.guards).flatMap(([guard, rule]) => {
    if (rule.mode === 'off') return []
    const then = present?.enforcement.policy.guards[guard]
    const isSame = then !== undefined && JSON.stringify(then.settings) === JSON.stringify(rule.settings)
    // A guard that was at work and has no verdict had nothing to read.
    return isSame && (asked.has(guard) || then.mode !== 'off') ? [] : [guard]
  })
}

function isChange({ before, after }: CallChange): boolean {
  return (
    before.action !== after.action ||
    before.route !== after.route ||
    before.because.toSorted().join() !== after.because.toSorted().join()
  )
}

function count(
  { before, after }: CallChange,
  moves: Map<string, number>,
  guards: Map<string, { gained: number; lost: number }>,
): void {
  const move = `${before.action} ${after.action}`
  moves.set(move, (moves.get(move) ?? 0) + 1)
  for (const guard of new Set([...before.because, ...after.because])) {
    const [was, is] = [before.because.includes(guard), after.because.includes(guard)]
    if (was === is) continue
    const sum = guards.get(guard) ?? { gained: 0, lost: 0 }
    guards.set(guard, is ? { ...sum, gained: sum.gained + 1 } : { ...sum, lost: sum.lost + 1 })
  }
}

function moveOf([move, times]: [string, number]): DryRun['moves'][number] {
  const [from, to] = move.split(' ') as [Effect['action'], Effect['action']]
  return { from, to, count: times }
}
