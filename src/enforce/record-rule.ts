// What is kept of the calls of a route.
import { z } from 'zod'

export const CONTENT = ['none', 'redacted', 'full'] as const

export type RecordRule = z.infer<typeof RecordRule>
export const RecordRule = z.strictObject({
  content: z
    .enum(CONTENT)
    .default('none')
    .describe('what is kept of the words of a call, encrypted: nothing, without secrets and personal data, or all'),
  first: z
    .boolean()
    .default(false)
    .describe('no answer goes out before the call is on record; where it cannot be written, the call is refused'),
})

/** What a route says of its own. */
export const RecordChanges = z.strictObject({
  content: z.enum(CONTENT).optional(),
  first: z.boolean().optional(),
})
