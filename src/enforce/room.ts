// How many bytes of bodies and answers the gateway holds in all. Nobody waits for room: who would have to is told to come
// back, so that slow readers cannot bring everybody to a stop.
import { Failure } from '../lib/failure.ts'

export interface Room {
  /** Refuses with `unavailable` when it is full. Returns how to give the bytes back. */
  hold(): { take(bytes: number): void; release(): void }
}

export function createRoom(mostBytes: number): Room {
  let used = 0
  return {
    hold() {
      let held = 0
      return {
        take(bytes) {
          if (used + bytes > mostBytes) {
            throw new Failure('unavailable', 'the gateway holds as many bytes as it may', { retryAfter: 1 })
          }
          used += bytes
          held += bytes
        },
        release() {
          used -= held
          held = 0
        },
      }
    },
  }
}
