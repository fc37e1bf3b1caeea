// The last inputs of one caller, and when calls of it were to be stopped.
import { z } from 'zod'
import { type Member, Members } from './members.ts'

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
  readonly members = new Members(MOST)
  /** Milliseconds, oldest first. */
  readonly stopped: number[] = []
  /** When it was let in last although it had gone too far. */
  slowedAt = Number.NEGATIVE_INFINITY

  state(): z.input<typeof State> {
    const members = Array.from(this.members, (member) => ({
      ...member,
      bins: Buffer.from(member.bins.buffer).toString('latin1'),
    }))
    return { members, stopped: this.stopped }
  }

  static from(state: unknown): Series {
    const series = new Series()
    const { members, stopped } = State.parse(state)
    for (const member of members)
      series.members.add({
        ...member,
        bins: new Int32Array(Uint8Array.from(Buffer.from(member.bins, 'latin1')).buffer),
      })
    series.stopped.push(...stopped)
    return series
  }

  forgetBefore(at: number): void {
    this.members.forgetBefore(at)
    const first = this.stopped.findIndex((one) => one >= at)
    if (first !== 0) this.stopped.splice(0, first < 0 ? this.stopped.length : first)
  }

  add(member: Member): void {
    this.members.add(member)
  }

  stop(at: number): void {
    this.stopped.push(at)
    if (this.stopped.length > MOST) this.stopped.shift()
  }
}
