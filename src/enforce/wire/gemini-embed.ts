// Gemini's embedContent.
import { definePassing } from './passing.ts'

export const geminiEmbed = definePassing({ id: 'gemini-embed', modelAt: undefined })
