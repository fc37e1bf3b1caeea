// OpenAI's responses.
import { readAnswer, writeAnswer } from './openai-responses/answer.ts'
import { readRequest } from './openai-responses/read-request.ts'
import { readStream } from './openai-responses/stream.ts'
import { writeRequest } from './openai-responses/write-request.ts'
import { writeStream } from './openai-responses/write-stream.ts'
import type { Conversation } from './wire.ts'

export const openaiResponses: Conversation = {
  id: 'openai-responses',
  modelAt: 'model',
  client: {
    members: [
      'model',
      'input',
      'instructions',
      'stream',
      'tools',
      'tool_choice',
      'max_output_tokens',
      'temperature',
      'top_p',
      'text.',
      'text.format',
      'previous_response_id',
      'conversation',
      'prompt',
    ],
    readRequest,
    instruct: (_, words) => ({ at: ['instructions'], to: words }),
    writeAnswer,
    writeStream,
  },
  upstream: {
    says: ['maxTokens', 'temperature', 'topP', 'schema', 'json'],
    writeRequest,
    readAnswer,
    readStream,
  },
}
