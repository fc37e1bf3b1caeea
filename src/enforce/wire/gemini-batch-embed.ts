// Gemini's batchEmbedContents: what its library sends for one text as well.
import { definePassing } from './passing.ts'

export const geminiBatchEmbed = definePassing({ id: 'gemini-batch-embed', modelAt: undefined })
