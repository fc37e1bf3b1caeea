// Stops asking an upstream that keeps failing, and tries it again with one request after a while.
export interface Breaker {
  /** Whether a request may go now. Whoever is let through must say how it went. */
  allows(now: number): boolean
  succeeded(): void
  failed(now: number): void
  /** Neither: the client left, or it was the request's own fault. */
  undecided(): void
  readonly isOpen: boolean
  /** Open, and one request is on its way to see whether it is well again. */
  readonly isProbing: boolean
  readonly failuresInARow: number
}

export function createBreaker({ failures, restMs }: { failures: number; restMs: number }): Breaker {
  let [inARow, openedAt, isProbing] = [0, 0, false]
  return {
    get isOpen() {
      return inARow >= failures
    },
    get isProbing() {
      return isProbing
    },
    get failuresInARow() {
      return inARow
    },
    allows(now) {
      if (inARow < failures) return true
      if (isProbing || now - openedAt < restMs) return false
      isProbing = true
      return true
    },
    succeeded() {
      ;[inARow, isProbing] = [0, false]
    },
    failed(now) {
      ;[inARow, openedAt, isProbing] = [inARow + 1, now, false]
    },
    undecided() {
      isProbing = false
    },
  }
}
