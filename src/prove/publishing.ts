// Keeps every publisher up with the newest checkpoint, each at its own pace: one that fails is tried again, later and
// later, and never holds up recording or the others.
import { setTimeout } from 'node:timers/promises'
import type { CheckpointRow } from './log-store.ts'
import type { Publisher, PublisherState, PublishSource } from './publisher.ts'

const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 300_000
const MOST_MS = 60_000
const LAST_TRY_MS = 3000

export interface Publishing {
  readonly states: readonly PublisherState[]
  /** Tells of a new checkpoint; returns at once. */
  offer(checkpoint: CheckpointRow): void
  /** Resolves when every publisher has had its try at what was offered. */
  settled(): Promise<void>
  close(): Promise<void>
}

export interface PublishingOptions {
  source: () => PublishSource
  now: () => Date
  /** Keeps what a witness signed. */
  onSignatures(size: number, lines: readonly string[]): Promise<void>
  random?: () => number
}

export function createPublishing(publishers: readonly Publisher[], options: PublishingOptions): Publishing {
  const stop = new AbortController()
  const lines = publishers.map((publisher) => createLine(publisher, options, stop.signal))
  return {
    get states() {
      return lines.map(({ state }) => ({ ...state }))
    },
    offer: (checkpoint) => lines.forEach((line) => line.offer(checkpoint)),
    async settled() {
      await Promise.all(lines.map((line) => line.settled()))
    },
    async close() {
      for (const line of lines) line.stop()
      await Promise.race([
        Promise.all(lines.map((line) => line.settled())),
        setTimeout(LAST_TRY_MS, undefined, { ref: false }),
      ])
      stop.abort()
      await Promise.all(lines.map((line) => line.settled()))
      for (const line of lines) line.stop()
    },
  }
}

function createLine(publisher: Publisher, options: PublishingOptions, stopped: AbortSignal) {
  const state: PublisherState = {
    id: publisher.id,
    kind: publisher.kind,
    size: undefined,
    at: undefined,
    error: undefined,
  }
  let newest: CheckpointRow | undefined
  let running: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined
  let delivered: number | undefined
  let failures = 0

  async function drain(): Promise<void> {
    for (;;) {
      const checkpoint = newest
      if (!checkpoint || checkpoint.size === delivered || stopped.aborted) return
      if (await once(checkpoint)) delivered = checkpoint.size
      else if (newest === checkpoint) return
    }
  }

  async function once(checkpoint: CheckpointRow): Promise<boolean> {
    try {
      const signal = AbortSignal.any([stopped, AbortSignal.timeout(MOST_MS)])
      const { size, signatures = [] } = await publisher.publish(checkpoint, options.source(), signal)
      if (signatures.length > 0) await options.onSignatures(checkpoint.size, signatures)
      Object.assign(state, { size, at: options.now().toISOString(), error: undefined })
      failures = 0
      return true
    } catch (error) {
      state.error = error instanceof Error ? error.message : 'it failed'
      retryLater()
      return false
    }
  }

  function retryLater(): void {
    clearTimeout(timer)
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures++)
    timer = globalThis.setTimeout(start, wait * (0.5 + (options.random ?? Math.random)() / 2))
    timer.unref()
  }

  function start(): void {
    running ??= drain().finally(() => {
      running = undefined
    })
  }

  return {
    state,
    offer(checkpoint: CheckpointRow) {
      newest = checkpoint
      start()
    },
    settled: async () => running,
    stop: () => clearTimeout(timer),
  }
}
