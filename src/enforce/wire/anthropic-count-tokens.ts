// Anthropic's counting of tokens: reads what a request would, and answers with a number.
import { definePassing } from './passing.ts'

export const anthropicCountTokens = definePassing({ id: 'anthropic-count-tokens', modelAt: 'model' })
