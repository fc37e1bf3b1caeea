// How many retries are allowed for how many requests, so that trying again never becomes the load that keeps a weak
// upstream down. Waits grow, and are drawn at random so that clients do not come back in step.
export interface RetryBudget {
  asked(): void
  /** Takes one retry, if there is one left. */
  take(): boolean
}

/** `share` of the requests may be tried again, and `floor` in any case. */
export function createRetryBudget({ share, floor }: { share: number; floor: number }): RetryBudget {
  let left = floor
  return {
    asked() {
      left = Math.min(floor * 10, left + share)
    },
    take() {
      if (left < 1) return false
      left--
      return true
    },
  }
}

const FIRST_MS = 100
const LONGEST_MS = 5000

/** `random` from 0 to 1. What the upstream asks for is kept to where it is not too long to wait for. */
export function waitBefore(attempt: number, retryAfterMs: number | undefined, random: number): number | undefined {
  if (retryAfterMs !== undefined && retryAfterMs > LONGEST_MS) return undefined
  const grown = Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt)
  return Math.max(retryAfterMs ?? 0, grown / 2 + (grown / 2) * random)
}
