// Gives work up after a time. The work itself cannot be stopped; what it does later finds its change closed.
import { unavailable } from './trouble.ts'

export async function withDeadline<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () =>
        reject(
          unavailable(`a change took longer than ${ms / 1000} s and was given up`, 'try again, with less at once'),
        ),
      ms,
    )
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
