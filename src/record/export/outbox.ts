// What is told to somebody elsewhere about calls: a queue with a bound, sent in batches, tried again with back-off. Nothing
// of it holds a call up, and what could not be told is counted.
// Invariant: events leave in their order, and a receiver that is away costs events and never memory.
import { Failure } from '../../lib/failure.ts'

export interface Sink<T> {
  /**
   * Hands a batch over. A `Failure` with `unavailable` means: later again; any other: these will never be taken. Says how many
   * of the batch were not taken, where the receiver tells.
   */
  send(batch: readonly T[], signal: AbortSignal): Promise<Untaken | void>
  close?(): Promise<void>
}

export interface Untaken {
  count: number
  why: string
}

export interface OutboxOptions<T> {
  /** Names it in metrics. */
  id: string
  sink: Sink<T>
  mostWaiting?: number
  mostAtOnce?: number
  /** How long an event may wait for others to share its batch. */
  gatherMs?: number
  firstPauseMs?: number
  onTrouble: (error: unknown) => void
}

export interface OutboxState {
  id: string
  waiting: number
  sent: number
  dropped: number
  /** Why nothing can be sent at present. */
  trouble: string | undefined
}

export interface Outbox<T> {
  /** Never waits and never throws. */
  push(event: T): void
  readonly state: OutboxState
  /** Sends what waits, once and within this time. */
  close(withinMs?: number): Promise<void>
}

const LONGEST_PAUSE_MS = 60_000
const SEND_MS = 15_000

export function createOutbox<T>(options: OutboxOptions<T>): Outbox<T> {
  const { id, sink, mostWaiting = 10_000, mostAtOnce = 500, gatherMs = 1000, firstPauseMs = 1000, onTrouble } = options
  let queue: T[] = []
  let [sent, dropped, troubles] = [0, 0, 0]
  let trouble: string | undefined
  let sending: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined
  let closed = false
  const ending = new AbortController()

  function schedule(ms: number): void {
    if (closed || timer !== undefined || sending !== undefined) return
    timer = setTimeout(() => {
      timer = undefined
      void start()
    }, ms).unref()
  }

  function start(): Promise<void> {
    sending ??= drain().finally(() => {
      sending = undefined
      if (queue.length > 0) schedule(troubles === 0 ? 0 : pauseOf(firstPauseMs, troubles))
    })
    return sending
  }

  async function drain(): Promise<void> {
    while (queue.length > 0) {
      const batch = queue.slice(0, mostAtOnce)
      try {
        const untaken = await sink.send(batch, AbortSignal.any([AbortSignal.timeout(SEND_MS), ending.signal]))
        const lost = Math.min(untaken?.count ?? 0, batch.length)
        sent += batch.length - lost
        dropped += lost
        if (untaken && trouble !== untaken.why) onTrouble(new Failure('upstream_invalid', untaken.why))
        ;[troubles, trouble] = [0, untaken?.why]
      } catch (error) {
        if (troubles++ === 0) onTrouble(error)
        trouble = error instanceof Failure ? error.message : 'a bug in Parapet'
        if (error instanceof Failure && error.code === 'unavailable') return
        dropped += batch.length
      }
      queue = queue.slice(batch.length)
    }
  }

  return {
    push(event) {
      if (closed || queue.length >= mostWaiting) {
        dropped++
        return
      }
      queue.push(event)
      if (troubles === 0) schedule(queue.length >= mostAtOnce ? 0 : gatherMs)
    },
    get state() {
      return { id, waiting: queue.length, sent, dropped, trouble }
    },
    async close(withinMs = 3000) {
      closed = true
      clearTimeout(timer)
      const end = setTimeout(() => ending.abort(), withinMs)
      await sending
      if (queue.length > 0 && !ending.signal.aborted) await start()
      clearTimeout(end)
      if (queue.length > 0)
        onTrouble(new Failure('unavailable', `${id}: ${queue.length} events were not told before the stop`))
      dropped += queue.length
      queue = []
      await sink.close?.()
    },
  }
}

function pauseOf(first: number, troubles: number): number {
  return Math.min(first * 2 ** (troubles - 1), LONGEST_PAUSE_MS) * (0.75 + Math.random() / 2)
}
