// How an upstream has been doing since this process knows it: what it was asked, how long its first byte took, and what went
// wrong last. Only kinds of trouble, never words of an upstream. Times are milliseconds of the gateway's clock.
const WEIGHT = 0.1

export class Vitals {
  /** Requests that were sent to it, tries included. */
  asked = 0
  failed = 0
  /** Until it began to answer: the last time, and an average in which older answers count less and less. */
  lastMs: number | undefined
  averageMs: number | undefined
  trouble: { at: number; kind: string } | undefined

  /** It began to answer; `kind` says what was wrong with the answer. */
  answered(now: number, ms: number, kind?: string): void {
    this.asked++
    this.lastMs = ms
    this.averageMs = this.averageMs === undefined ? ms : this.averageMs + WEIGHT * (ms - this.averageMs)
    if (kind !== undefined) this.brokeOff(now, kind)
  }

  /** It never began to answer. */
  broke(now: number, kind: string): void {
    this.asked++
    this.brokeOff(now, kind)
  }

  /** What it had begun did not end well. */
  brokeOff(at: number, kind: string): void {
    this.failed++
    this.trouble = { at, kind }
  }
}
