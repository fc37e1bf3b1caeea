// Milliseconds of work, by which files are measured. On a machine that is busy with something else, a file that is quickly
// read takes long by the clock on the wall, and would be left out for what others do.
import { monotonic } from '../lib/monotonic.ts'

/** What this thread has worked. An older Node does not say it and has the clock on the wall. */
export const worked = (): number => {
  if (typeof process.threadCpuUsage !== 'function') return monotonic()
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

/** By this factor something may take longer on the wall than in work: a file on a disk that no longer answers takes no work. */
const WAITING = 5

/** Tells, for a thread of this process, whether it works or waits for longer than it may. The rest of the process counts with it. */
export class Stopwatch {
  #work = process.cpuUsage()
  #wall = monotonic()

  restart() {
    this.#work = process.cpuUsage()
    this.#wall = monotonic()
  }

  isOver(most: number): boolean {
    const wall = monotonic() - this.#wall
    if (wall <= most) return false
    const { user, system } = process.cpuUsage(this.#work)
    return (user + system) / 1000 > most || wall > most * WAITING
  }
}
