// The last inputs of one caller, and when calls of it were to be stopped.
import type { Member } from './series-scores.ts'

const MOST = 128

export class Series {
  /** Oldest first. */
  readonly members: Member[] = []
  /** Milliseconds, oldest first. */
  readonly stopped: number[] = []
  /** When it was let in last although it had gone too far. */
  slowedAt = Number.NEGATIVE_INFINITY

  forgetBefore(at: number): void {
    forgetWhile(this.members, (member) => member.at < at)
    forgetWhile(this.stopped, (one) => one < at)
  }

  add(member: Member): void {
    this.members.push(member)
    if (this.members.length > MOST) this.members.shift()
  }

  stop(at: number): void {
    this.stopped.push(at)
    if (this.stopped.length > MOST) this.stopped.shift()
  }
}

function forgetWhile<T>(list: T[], isOld: (one: T) => boolean): void {
  const first = list.findIndex((one) => !isOld(one))
  if (first !== 0) list.splice(0, first < 0 ? list.length : first)
}
