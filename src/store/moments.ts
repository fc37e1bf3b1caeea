// Which moments are over. An answer carries its date, and whoever asks for that date later must find what the answer saw:
// so no change is stamped with a moment that was closed, and closing waits for changes that carry an earlier one already.
export interface ChangeTime {
  /** The time of this change, later than every closed moment; the same however often it is asked for. */
  at(): Date
  /** It is durable or gone. */
  over(): void
}

export interface Moments {
  begin(): ChangeTime
  /** Closes now, or this later moment. */
  close(least?: string): { at: string; settled: Promise<unknown> }
}

export function createMoments(now: () => Date): Moments {
  let closed = ''
  const stamped = new Set<Promise<void>>()

  function next(): Date {
    const wall = now()
    return wall.toISOString() > closed ? wall : new Date(Date.parse(closed) + 1)
  }

  return {
    begin() {
      let at: Date | undefined
      const { promise, resolve } = Promise.withResolvers<void>()
      return {
        at() {
          if (at === undefined) stamped.add(promise)
          at ??= next()
          return at
        },
        over() {
          stamped.delete(promise)
          resolve()
        },
      }
    },
    close(least = '') {
      const wall = now().toISOString()
      const at = wall > least ? wall : least
      if (at > closed) closed = at
      return { at, settled: Promise.all(stamped) }
    },
  }
}
