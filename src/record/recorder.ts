// Keeps every call. The hot path only puts a call into a queue; what waits is committed together a few times a second, and
// each minute the leaves of that minute are sealed under a root that enters the log.
// Invariant: a call is kept once or counted as lost, and what was lost is said in the log, in the health of the server and
// in its metrics. The queue has a bound, so a disk that takes nothing costs records and never the memory.
import { setImmediate } from 'node:timers/promises'
import { Failure, type FailureCode } from '../lib/failure.ts'
import { newId } from '../lib/id.ts'
import { SYSTEM } from '../model/actor.ts'
import type { Exchange } from '../model/exchange.ts'
import type { Words } from '../model/words.ts'
import { toCallRow } from './call-row.ts'
import { createCrowds } from './crowds.ts'
import type { CallContent, NewCall, RecordHome, Segment, Sighting } from './call-store.ts'
import { toLeaf } from './leaf.ts'
import { type LeafTree, sealSegment } from './seal-segment.ts'
import { sightingsOf } from './sighting.ts'
import { tallyOf } from './tally.ts'
import { type KeptBatch, keptOf, WAITING, type Waiting } from './waiting.ts'

export interface RecorderOptions {
  home: RecordHome
  tree: LeafTree
  now: () => Date
  /** How long a call may wait for its commit. */
  commitWithinMs: number
  sealEveryMs: number
  /** Seals what is kept of the words of a call. */
  seal?: ((exchange: Exchange, words: Words) => Promise<CallContent>) | undefined
  onTrouble: (error: unknown) => void
}

export interface RecorderState {
  waiting: number
  kept: number
  lost: number
  /** Refused calls that have no row of their own: they are in the sums, among the sightings, and in a row of their crowd. */
  counted: number
  /** Calls that were kept without their words, because too many words waited. */
  wordless: number
  /** Why nothing can be kept at present. */
  trouble: string | undefined
}

export type Kept = (batch: KeptBatch) => void

export type Cycled = (sealed: Segment | undefined) => Promise<void>

export interface Recorder {
  /** Never waits and never throws. */
  add(exchange: Exchange, words?: Words): void
  /** Resolves when the call is on record as it stands, before its answer; rejects when that cannot be. */
  addFirst(exchange: Exchange): Promise<void>
  readonly state: RecorderState
  /** Resolves when what ended before is committed, or cannot be for now. */
  settled(): Promise<void>
  /** Called after each commit. Returns how to stop. */
  onKept(listener: Kept): () => void
  /** Called after each round of sealing, with the segment that was sealed last, if any was. Returns how to stop. */
  onCycle(listener: Cycled): () => void
  /** Commits what waits and seals what is open. */
  seal(): Promise<void>
  close(): Promise<void>
}

interface OpenSegment {
  id: string
  openedAt: string
  count: number
}

const MOST_WAITING = 20_000
const MOST_AT_ONCE = 1000
/** Of the words that wait. */
const MOST_LETTERS = 32 * 1024 * 1024
const MOST_IN_SEGMENT = 8192
const MOST_SEGMENTS_AT_ONCE = 20
const MOST_SIGHTINGS_OF_A_KIND = 1000
const MOST_STRANGERS_A_MINUTE = 300
/** Of a crash; a segment that is that old belongs to nobody who is alive. */
const ABANDONED_AFTER = 5
const LONGEST_PAUSE_MS = 30_000
/** What gets well by itself. */
const PASSING: ReadonlySet<FailureCode> = new Set(['storage_full', 'storage_read_only', 'unavailable', 'too_many'])

export function createRecorder(options: RecorderOptions): Recorder {
  const { home, tree, now, onTrouble } = options
  let queue: Waiting[] = []
  /** Recorded before their answer, and not yet over. */
  const open = new Set<string>()
  const [keptListeners, cycleListeners] = [new Set<Kept>(), new Set<Cycled>()]
  let segment: OpenSegment | undefined
  let lastSealed: Segment | undefined
  let cycling: Promise<void> = Promise.resolve()
  let [kept, counted, lost, lostUntold, troubles, pauseUntil, wordless, letters] = [0, 0, 0, 0, 0, 0, 0, 0]
  let [strangers, strangersSince] = [0, 0]
  let trouble: string | undefined
  let flushing: Promise<void> | undefined
  let sealing: Promise<void> = Promise.resolve()
  const crowds = createCrowds()
  let timer: NodeJS.Timeout | undefined
  let closed = false

  function push(waiting: Waiting): void {
    if (queue.length >= MOST_WAITING) {
      lose(1)
      open.delete(waiting.exchange.id)
      waiting.settle?.(cannot('as many calls wait to be recorded as may'))
      return
    }
    letters += lettersOf(waiting)
    if (letters > MOST_LETTERS && waiting.words !== undefined) {
      letters -= lettersOf(waiting)
      wordless++
      waiting.words = undefined
      waiting.isWordless = true
    }
    queue.push(waiting)
    if (waiting.isFirst || queue.length >= MOST_AT_ONCE) void flush()
    else schedule(options.commitWithinMs)
  }

  function isTooMany(exchange: Exchange): boolean {
    if (!open.has(exchange.id) && crowds.takes(exchange)) return true
    if (exchange.keyId !== undefined) return false
    const minute = Math.floor(performance.now() / 60_000)
    if (minute !== strangersSince) [strangers, strangersSince] = [0, minute]
    return ++strangers > MOST_STRANGERS_A_MINUTE
  }

  function schedule(ms: number): void {
    if (timer !== undefined || closed) return
    timer = setTimeout(
      () => {
        timer = undefined
        void flush()
      },
      Math.max(ms, pauseUntil - performance.now()),
    ).unref()
  }

  function lose(count: number): void {
    lost += count
    lostUntold += count
  }

  /** Commits what waits until nothing does, or the disk says no. Never rejects. */
  function flush(): Promise<void> {
    if (flushing) return flushing
    if (performance.now() < pauseUntil) {
      refuseFirst(trouble ?? 'the record cannot be written')
      schedule(0)
      return Promise.resolve()
    }
    return (flushing = drain().finally(() => {
      flushing = undefined
      if (queue.length > 0) schedule(options.commitWithinMs)
    }))
  }

  async function drain(): Promise<void> {
    // What comes in the same moment shares the commit.
    await Promise.resolve()
    while (queue.length > 0 || lostUntold > 0) if (!(await commitSome())) return
  }

  async function commitSome(): Promise<boolean> {
    const batch = queue.slice(0, MOST_AT_ONCE)
    const told = lostUntold
    try {
      const segmentId = await commit(batch, told)
      done(batch)
      lostUntold -= told
      const rowless = batch.filter(({ isOnlyCounted }) => isOnlyCounted).length
      kept += batch.length - rowless
      counted += rowless
      ;[troubles, pauseUntil, trouble] = [0, 0, undefined]
      for (const { exchange, isFirst } of batch) if (!isFirst) open.delete(exchange.id)
      for (const { settle } of batch) settle?.()
      tell(batch, segmentId)
      return true
    } catch (error) {
      if (error instanceof Failure && PASSING.has(error.code)) {
        stumble(error.message)
        return false
      }
      // A bug would come again with every try: these calls are lost, and those after them are not.
      onTrouble(error)
      done(batch)
      lose(batch.length)
      for (const { exchange, settle } of batch) {
        open.delete(exchange.id)
        settle?.(cannot('it could not be written'))
      }
      stumble('a bug in Parapet')
      return false
    }
  }

  function done(batch: readonly Waiting[]): void {
    queue = queue.slice(batch.length)
    for (const waiting of batch) letters -= lettersOf(waiting)
  }

  function stumble(why: string): void {
    trouble = why
    pauseUntil = performance.now() + Math.min(1000 * 2 ** troubles, LONGEST_PAUSE_MS)
    troubles++
    refuseFirst(why)
  }

  /** Who waits for the record does not wait for the disk to get well. */
  function refuseFirst(why: string): void {
    const refused = queue.filter(({ isFirst }) => isFirst)
    if (refused.length === 0) return
    queue = queue.filter(({ isFirst }) => !isFirst)
    for (const { exchange, settle } of refused) {
      open.delete(exchange.id)
      settle?.(cannot(why))
    }
  }

  async function commit(batch: readonly Waiting[], lostBefore: number): Promise<string> {
    const over = batch.flatMap(({ exchange, isFirst, isCrowd }) => (isFirst || isCrowd ? [] : [exchange]))
    const contents = await contentsOf(batch)
    const rows = batch.filter(({ isOnlyCounted }) => !isOnlyCounted)
    for (;;) {
      const at = now()
      const into = (segment ??= { id: newId('segment', at), openedAt: at.toISOString(), count: 0 })
      const calls = rowsOf(rows, into)
      const hashes = Buffer.concat(calls.map(({ leaf }) => tree.hash(leaf)))
      const isKept = await home.change(async (tx) => {
        const place = { segment: into.id, openedAt: into.openedAt, at: at.toISOString(), first: into.count }
        if (!(await tx.calls.append({ ...place, calls, hashes, lost: lostBefore }))) return false
        await tx.usage.add(tallyOf(over))
        if (contents.length > 0) await tx.contents.put(contents)
        const sightings = sightingsOf(over)
        if (sightings.length === 0) return true
        for (const one of await tx.sightings.add(sightings, MOST_SIGHTINGS_OF_A_KIND)) tx.record(firstSight(one))
        return true
      })
      // Somebody took the segment for abandoned: this process slept, or its clock jumped.
      if (!isKept) {
        segment = undefined
        continue
      }
      into.count += rows.length
      if (into.count >= MOST_IN_SEGMENT) void sealNow(into)
      return into.id
    }
  }

  /** One after the other, with room for others in between: words may have to be searched for secrets. */
  async function contentsOf(batch: readonly Waiting[]): Promise<CallContent[]> {
    const contents: CallContent[] = []
    for (const waiting of batch) {
      const { exchange, words } = waiting
      if (words === undefined || options.seal === undefined) continue
      try {
        contents.push(await options.seal(exchange, words))
      } catch (error) {
        waiting.isWordless = true
        if (wordless++ === 0) onTrouble(error)
      }
      await setImmediate()
    }
    return contents
  }

  function rowsOf(batch: readonly Waiting[], into: OpenSegment): NewCall[] {
    return batch.map(({ exchange, isFirst }, i) => {
      const said = isFirst ? { ...exchange, outcome: 'open' as const } : exchange
      const replaces = !isFirst && open.has(exchange.id)
      return toCallRow(said, { segment: into.id, position: into.count + i, leaf: toLeaf(said), replaces })
    })
  }

  function tell(batch: readonly Waiting[], segmentId: string): void {
    const kept = keptOf(batch, segmentId)
    if (kept === undefined) return
    for (const listener of keptListeners)
      try {
        listener(kept)
      } catch (error) {
        onTrouble(error)
      }
  }

  /** One after the other, and never the one that others still write to. */
  function sealNow(one: OpenSegment): Promise<void> {
    if (segment === one) segment = undefined
    return (sealing = sealing.then(() => sealOne(one.id)).catch(onTrouble))
  }

  async function sealOne(id: string): Promise<void> {
    lastSealed = (await sealSegment(options, id)) ?? lastSealed
  }

  async function cycle(): Promise<void> {
    for (const exchange of crowds.leave()) push({ ...WAITING, exchange, isCrowd: true })
    await flush()
    if (segment !== undefined) void sealNow(segment)
    await sealing
    const before = new Date(now().getTime() - ABANDONED_AFTER * options.sealEveryMs).toISOString()
    const abandoned = await home.read.calls.unsealed(before, MOST_SEGMENTS_AT_ONCE).catch(onTrouble)
    for (const { id } of abandoned ?? []) if (id !== segment?.id) await sealOne(id).catch(onTrouble)
    const last = lastSealed
    lastSealed = undefined
    for (const listener of cycleListeners) await listener(last).catch(onTrouble)
  }

  const nextCycle = () => (cycling = cycling.then(cycle).catch(onTrouble))
  const ticking = setInterval(() => void nextCycle(), options.sealEveryMs).unref()

  return {
    add(exchange, words) {
      push({ ...WAITING, exchange, words, isOnlyCounted: isTooMany(exchange) })
    },
    addFirst(exchange) {
      if (closed) return Promise.reject(cannot('Parapet is stopping'))
      return new Promise((resolve, reject) => {
        const settle = (error?: unknown) => (error === undefined ? resolve() : reject(error))
        const snapshot = { ...exchange }
        open.add(exchange.id)
        push({ ...WAITING, exchange: snapshot, isFirst: true, settle })
      })
    },
    get state() {
      return { waiting: queue.length, kept, counted, lost, wordless, trouble }
    },
    settled: flush,
    onKept(listener) {
      keptListeners.add(listener)
      return () => keptListeners.delete(listener)
    },
    onCycle(listener) {
      cycleListeners.add(listener)
      return () => cycleListeners.delete(listener)
    },
    seal: nextCycle,
    async close() {
      closed = true
      clearInterval(ticking)
      clearTimeout(timer)
      pauseUntil = 0
      await nextCycle()
      if (queue.length > 0)
        onTrouble(new Failure('unavailable', `${queue.length} calls were not recorded before the stop`))
      keptListeners.clear()
      cycleListeners.clear()
    },
  }
}

function firstSight({ kind, subject, keyId, asset }: Sighting) {
  const seen = { ...(keyId === undefined ? {} : { keyId }), ...(asset === undefined ? {} : { asset }) }
  return {
    kind: 'sighting.first-seen',
    actor: SYSTEM,
    subject: { kind: 'sighting', id: kind },
    data: { ...seen, seen: subject },
  }
}

const lettersOf = ({ words }: Waiting): number => (words ? words.request.length + words.answer.length : 0)

const cannot = (why: string) =>
  new Failure('unavailable', `calls here are recorded before they are answered, and this one was not: ${why}`, {
    hint: 'the answer comes once the record can be written again',
    retryAfter: 10,
  })
