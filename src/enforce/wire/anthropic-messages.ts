// Anthropic's messages.
import type { Conversation } from './wire.ts'
import { readAnswer, writeAnswer } from './anthropic-messages/answer.ts'
import { readRequest } from './anthropic-messages/read-request.ts'
import { readStream } from './anthropic-messages/stream.ts'
import { writeRequest } from './anthropic-messages/write-request.ts'
import { writeStream } from './anthropic-messages/write-stream.ts'

export const anthropicMessages: Conversation = {
  id: 'anthropic-messages',
  modelAt: 'model',
  client: {
    readRequest,
    instruct: (_, words) => ({ at: ['system'], to: words }),
    writeAnswer,
    writeStream,
  },
  upstream: { writeRequest, readAnswer, readStream },
}
