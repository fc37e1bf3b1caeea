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
    members: [
      'model',
      'messages',
      'system',
      'stream',
      'tools',
      'tool_choice.',
      'tool_choice.type',
      'tool_choice.name',
      'max_tokens',
      'temperature',
      'top_p',
      'top_k',
      'stop_sequences',
      'output_config.',
      'output_config.format',
      'output_format',
    ],
    readRequest,
    instruct: (_, words) => ({ at: ['system'], to: words }),
    writeAnswer,
    writeStream,
  },
  upstream: {
    says: ['maxTokens', 'temperature', 'topP', 'topK', 'stop', 'schema'],
    writeRequest,
    readAnswer,
    readStream,
  },
}
