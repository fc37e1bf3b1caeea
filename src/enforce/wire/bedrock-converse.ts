// Amazon Bedrock's Converse: a format of upstreams only, which every conversation can be turned into.
import { readAnswer, readStream } from './bedrock-converse/answer.ts'
import { writeRequest } from './bedrock-converse/write-request.ts'
import type { Backend } from './wire.ts'

export const bedrockConverse: Backend = {
  id: 'bedrock-converse',
  modelAt: undefined,
  client: undefined,
  upstream: { says: ['maxTokens', 'temperature', 'topP', 'stop'], writeRequest, readAnswer, readStream },
}
