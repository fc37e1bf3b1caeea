// What a million tokens of a model cost.
import { z } from 'zod'

const dollars = (text: string) => z.number().min(0).max(100_000).describe(text)

export type Price = z.infer<typeof Price>
export const Price = z.strictObject({
  input: dollars('dollars for a million tokens of input'),
  output: dollars('dollars for a million tokens of output'),
  cacheRead: dollars('the same for input that comes from a cache; as input unless given').optional(),
  cacheWrite: dollars('the same for input that goes into a cache; as input unless given').optional(),
  long: z
    .strictObject({
      above: z.int().min(1).describe('tokens of input from which on'),
      input: dollars('dollars for a million tokens of input'),
      output: dollars('dollars for a million tokens of output'),
    })
    .optional()
    .describe('what a request with a long input costs'),
  contextTokens: z.int().min(1).optional().describe('most tokens that the model reads'),
  outputTokens: z.int().min(1).optional().describe('most tokens that the model writes'),
})
