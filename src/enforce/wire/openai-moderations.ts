// OpenAI's moderations.
import { definePassing } from './passing.ts'

export const openaiModerations = definePassing({ id: 'openai-moderations', modelAt: 'model' })
