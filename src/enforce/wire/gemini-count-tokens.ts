// Gemini's counting of tokens: reads what a request would, and answers with a number.
import { definePassing } from './passing.ts'

export const geminiCountTokens = definePassing({ id: 'gemini-count-tokens', modelAt: undefined })
