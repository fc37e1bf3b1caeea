// OpenAI's chat completions: what most clients and most servers speak.
import type { Conversation } from './wire.ts'
import { readAnswer, writeAnswer } from './openai-chat/answer.ts'
import { readRequest } from './openai-chat/read-request.ts'
import { readStream } from './openai-chat/stream.ts'
import { writeRequest } from './openai-chat/write-request.ts'
import { writeStream } from './openai-chat/write-stream.ts'

export const openaiChat: Conversation = {
  id: 'openai-chat',
  modelAt: 'model',
  client: {
    members: [
      'model',
      'messages',
      'stream',
      'stream_options',
      'tools',
      'tool_choice',
      'max_tokens',
      'max_completion_tokens',
      'temperature',
      'top_p',
      'stop',
      'n',
      'response_format',
    ],
    readRequest,
    instruct: (_, words) => ({ at: ['messages', 0], to: { role: 'system', content: words }, before: true }),
    writeAnswer,
    writeStream,
  },
  upstream: {
    says: ['maxTokens', 'temperature', 'topP', 'stop', 'choices', 'schema', 'json'],
    writeRequest,
    readAnswer,
    readStream,
  },
}
