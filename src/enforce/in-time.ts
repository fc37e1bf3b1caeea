// Waits for a guard no longer than its deadline.
import { tooLate } from './guard-time.ts'

/** Leaves no clock running behind what was in time: a call must not be kept for as long as it might have taken. */
export async function inTime<T>(asked: Promise<T>, deadlineMs: number, onLate?: () => void): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    onLate?.()
    reject(tooLate())
  }, deadlineMs)
  try {
    return await Promise.race([asked, promise])
  } finally {
    clearTimeout(timer)
  }
}
