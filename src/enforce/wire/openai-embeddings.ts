// OpenAI's embeddings.
import { definePassing, openaiUsage } from './passing.ts'

export const openaiEmbeddings = definePassing({ id: 'openai-embeddings', modelAt: 'model', usage: openaiUsage })
