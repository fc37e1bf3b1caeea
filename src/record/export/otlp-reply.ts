// What an OTLP receiver says of what it was sent. It may take a part only and still answer with 200: then it says how much it
// did not take, and that is not asked again.
import type { Untaken } from './outbox.ts'

const MOST_WORDS = 200
const COUNTS = ['rejectedSpans', 'rejectedDataPoints'] as const

export function untakenOf(reply: string): Untaken | undefined {
  const partial = partialOf(reply)
  // 64-bit numbers are strings in this JSON, and some receivers write numbers.
  const count = Math.max(0, ...COUNTS.map((name) => Number(partial?.[name] ?? 0) || 0))
  if (count === 0) return undefined
  const words = partial?.['errorMessage']
  const why = typeof words === 'string' ? words.replaceAll(/\p{C}+/gu, ' ').slice(0, MOST_WORDS) : 'without a reason'
  return { count, why: `the receiver does not take all of it: ${why}` }
}

function partialOf(reply: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value = JSON.parse(reply) as { partialSuccess?: Readonly<Record<string, unknown>> } | null
    return value?.partialSuccess
  } catch {
    // Receivers that say nothing, or not in JSON, took it.
    return undefined
  }
}
