// What a policy would have done with calls that were made under another. Guards that count are asked anew of every call, and
// those that read wherever its words were kept; of any other the recorded verdicts are judged by the rules of the candidate.
// What could not be asked again is named, call by call and in sum. Nothing is sent, counted or recorded.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Failure } from '../../lib/failure.ts'
import type { Exchange } from '../../model/exchange.ts'
import type { Decision, Verdict } from '../../model/verdict.ts'
import { decide } from '../decide.ts'
import type { ReadyGuard } from '../guard.ts'
import type { Caller, Route, Routes } from '../routes.ts'
import type { Meters } from '../spend/meters.ts'
import { type AdmitAgain, admitAgain, type Lack } from './admit-again.ts'
import { askAgain, type AskedAgain, counts } from './ask-again.ts'
import type { RecordedCall, RecordedCalls } from './recorded-call.ts'

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
  /** Guards of the candidate whose verdict is not known, or not sure. */
  unknown: readonly string[]
}

export interface DryRun {
  calls: number
  changed: number
  /** For which the candidate has no route, or none that their key may take. */
  noRoute: number
  /** Those of them for which what is in force has none either. */
  noRouteNow: number
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
  /** What guards that count could not be told when they were asked again, and of how many calls. */
  notReplayed: readonly { guard: string; lacks: Lack; calls: number }[]
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
  /** What limits are counted with; the counts of a dry run are its own. */
  meters: Pick<Meters, 'prices' | 'budgets'>
  mostCalls: number
  mostChanges: number
  /** Milliseconds after which no further call is read. */
  forMs: number
  now: () => Date
  clock: () => number
}

const TURN_MS = 20

interface Judging extends DryRunOptions {
  counters: AdmitAgain
  lacks: Map<string, number>
  sums: { noRoute: number; noRouteNow: number }
}

export async function dryRun(calls: RecordedCalls, options: DryRunOptions): Promise<DryRun> {
  const { mostCalls, mostChanges, forMs, clock } = options
  const started = clock()
  const [moves, guards] = [new Map<string, number>(), new Map<string, { gained: number; lost: number }>()]
  const sums = {
    calls: 0,
    changed: 0,
    noRoute: 0,
    noRouteNow: 0,
    notJudged: 0,
    byContent: 0,
    byVerdicts: 0,
    uncertain: 0,
  }
  const judging: Judging = { ...options, counters: admitAgain(options.meters), lacks: new Map(), sums }
  const changes: CallChange[] = []
  let [turn, isCut] = [started, false]
  for await (const call of calls) {
    if (sums.calls >= mostCalls || clock() - started > forMs) {
      isCut = true
      break
    }
    sums.calls++
    const judged = await judge(call, judging)
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
    notReplayed: [...judging.lacks].toSorted().map(lackOf),
    changes,
    isCut,
  }
}

async function judge(call: RecordedCall, options: Judging): Promise<CallChange | undefined> {
  const { exchange } = call
  const { id, at, keyId, asset, model } = exchange
  const before = beforeOf(exchange)
  if (before === undefined || keyId === undefined || model === undefined) return undefined
  const known = await options.callerOf(keyId)
  const caller = known ?? { keyId, asset, models: ['*'], routes: ['*'] }
  const head = { id, at, keyId, asset, model, before }
  const [route, present] = [found(options.candidate, model, caller), found(options.present, model, caller)]
  if (route === undefined) {
    options.sums.noRoute++
    if (present === undefined) options.sums.noRouteNow++
    return { ...head, after: { action: 'refuse', route: undefined, because: [] }, judgedBy: 'verdicts', unknown: [] }
  }
  const { policy, guards } = route.enforcement
  const isSame = sameAsThen(route, present)
  const recorded = exchange.verdicts.filter(({ guard }) => policy.guards[guard] !== undefined)
  const counting = new Set(guards.filter(counts).map((guard) => guard.id))
  const standing = recorded.filter(({ guard, stage }) => stage === 'request' && counting.has(guard) && isSame(guard))
  const { counters, now, clock } = options
  const fresh = await askAgain({ call, route, caller, isKnown: known !== undefined, standing, counters, now, clock })
  const isRedacted = call.request?.isRedacted === true
  const kept = recorded.filter((verdict) => !isReplaced(verdict, fresh, counting, isRedacted))
  const { action, because } = decide([...(fresh?.verdicts ?? []), ...kept], policy)
  fresh?.end(action === 'block', because)
  const after: Effect = { action, route: route.id, because }
  const notKnown = guards
    .filter((guard) => !isKnown(guard, exchange, isSame, fresh, isRedacted))
    .map((guard) => guard.id)
  for (const guard of fresh?.guards ?? [])
    for (const what of fresh?.lacks.get(guard) ?? []) add(options.lacks, `${guard} ${what}`)
  // Who is stopped for sure cannot be stopped again.
  const isSure = action === 'block' && because.some((guard) => !notKnown.includes(guard))
  return { ...head, after, judgedBy: fresh?.isRead ? 'content' : 'verdicts', unknown: isSure ? [] : notKnown }
}

/** Whether what this guard says of the call is what it would say. */
function isKnown(
  guard: ReadyGuard,
  { verdicts, stages }: Exchange,
  isSame: (guard: string) => boolean,
  fresh: AskedAgain | undefined,
  isRedacted: boolean,
): boolean {
  const { id } = guard
  const saw = (stage: Verdict['stage']) => verdicts.some((one) => one.guard === id && one.stage === stage)
  const went = (stage: string) => stages.some((one) => one.stage === stage)
  // Only the words of requests are kept for this, so what such a guard was not asked of an answer, nobody knows.
  if (readsAnswers(guard) && !(isSame(id) && (saw('answer') || went('upstream')))) return false
  if (fresh?.guards.has(id)) {
    const lacks = fresh.lacks.get(id) ?? new Set()
    return counts(guard) ? [...lacks].every((what) => what === 'earlier') : !isRedacted || isSame(id)
  }
  // One that was at work and has no verdict had nothing to read, if the call came so far.
  return isSame(id) && (saw('request') || went(counts(guard) ? 'admit' : 'inspect'))
}

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

/** What a guard says now counts in place of what it said then; where words were taken out, a hit of a reader stands. */
function isReplaced(
  { guard, stage, outcome }: Verdict,
  fresh: AskedAgain | undefined,
  counting: ReadonlySet<string>,
  isRedacted: boolean,
): boolean {
  if (fresh === undefined || !fresh.guards.has(guard)) return false
  if (counting.has(guard)) return true
  return stage === 'request' && !(isRedacted && outcome === 'hit')
}

/** Whether a guard was at work with these settings. */
function sameAsThen({ enforcement }: Route, present: Route | undefined): (guard: string) => boolean {
  const then = present?.enforcement.policy.guards
  return (guard) => {
    const [was, is] = [then?.[guard], enforcement.policy.guards[guard]]
    if (was === undefined || is === undefined || was.mode === 'off') return false
    return was.settings === is.settings || JSON.stringify(was.settings) === JSON.stringify(is.settings)
  }
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
  add(moves, `${before.action} ${after.action}`)
  for (const guard of new Set([...before.because, ...after.because])) {
    const [was, is] = [before.because.includes(guard), after.because.includes(guard)]
    if (was === is) continue
    const sum = guards.get(guard) ?? { gained: 0, lost: 0 }
    guards.set(guard, is ? { ...sum, gained: sum.gained + 1 } : { ...sum, lost: sum.lost + 1 })
  }
}

function add(sums: Map<string, number>, name: string): void {
  sums.set(name, (sums.get(name) ?? 0) + 1)
}

function lackOf([lack, calls]: [string, number]): DryRun['notReplayed'][number] {
  const [guard = '', lacks] = lack.split(' ') as [string, Lack]
  return { guard, lacks, calls }
}

function moveOf([move, times]: [string, number]): DryRun['moves'][number] {
  const [from, to] = move.split(' ') as [Effect['action'], Effect['action']]
  return { from, to, count: times }
}
