// Notices what became of decisions: acceptances that expired or that the world has voided, choices whose time has passed.
// How a decision stands is derived whenever somebody asks; this writes it down, soon after anything was recorded and at
// least once an hour, so that the log says when it was noticed.
import { noticeEndedAcceptances } from '../govern/acceptances.ts'
import type { Govern } from '../govern/govern.ts'
import { noticeEndedSelections } from '../govern/selection.ts'
import type { Store } from '../store/store.ts'

const SOON_MS = 2000
const AT_LEAST_EVERY_MS = 3_600_000

export interface WatchOptions {
  store: Store
  govern: Govern
  onTrouble: (error: unknown) => void
  soonMs?: number
}

/** Returns how to stop; what is being written down is finished first. */
export function watchDecisions({ store, govern, onTrouble, soonMs = SOON_MS }: WatchOptions): () => Promise<void> {
  const stop = new AbortController()
  let looking: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined
  let hasNews = false

  const lookIn = (ms: number) => {
    clearTimeout(timer)
    if (!stop.signal.aborted) timer = setTimeout(look, ms).unref()
  }
  const look = () => {
    if (looking) return
    hasNews = false
    looking = notice(govern, stop.signal)
      .catch((error: unknown) => {
        if (!stop.signal.aborted) onTrouble(error)
      })
      .finally(() => {
        looking = undefined
        lookIn(hasNews ? soonMs : AT_LEAST_EVERY_MS)
      })
  }
  const forget = store.onRecorded(() => {
    if (!hasNews) lookIn(soonMs)
    hasNews = true
  })
  lookIn(soonMs)
  return async () => {
    stop.abort()
    forget()
    clearTimeout(timer)
    await looking
  }
}

async function notice(govern: Govern, signal: AbortSignal): Promise<void> {
  await noticeEndedSelections(govern)
  await noticeEndedAcceptances(govern, signal)
}
