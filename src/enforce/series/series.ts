// The last inputs of one caller, and when calls of it were to be stopped.
import { z } from 'zod'
import type { Member } from './series-scores.ts'

const MOST = 128

const State = z.object({
  members: z
    .array(
      z.object({
        at: z.number(),
        exact: z.string().max(32),
        asksConfidence: z.boolean(),
        bins: z.string().length(32),
        frame: z.number(),
        slots: z.array(z.number()).max(16).readonly(),
      }),
    )
    .max(MOST),
  stopped: z.array(z.number()).max(MOST),
})

export class Series {
  /** Oldest first. */
  readonly members: Member[] = []
  /** Milliseconds, oldest first. */
  readonly stopped: number[] = []
  /** When it was let in last although it had gone too far. */
  slowedAt = Number.NEGATIVE_INFINITY

  state(): z.input<typeof State> {
    const members = this.members.map((member) => ({ ...member, bins: Buffer.from(member.bins).toString('latin1') }))
    return { members, stopped: this.stopped }
  }

  static from(state: unknown): Series {
    const series = new Series()
    const { members, stopped } = State.parse(state)
    for (const member of members)
      series.members.push({ ...member, bins: new Uint8Array(Buffer.from(member.bins, 'latin1')) })
    series.stopped.push(...stopped)
    return series
  }

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
