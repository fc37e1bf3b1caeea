// Gemini's generateContent and streamGenerateContent.
import type { Conversation } from './wire.ts'
import { readAnswer, writeAnswer } from './gemini/answer.ts'
import { readRequest } from './gemini/read-request.ts'
import { readStream } from './gemini/stream.ts'
import { writeRequest } from './gemini/write-request.ts'
import { writeStream } from './gemini/write-stream.ts'

const configured = (name: string) => `generation_config.${name}`

export const geminiGenerate: Conversation = {
  id: 'gemini-generate',
  modelAt: undefined,
  client: {
    members: [
      'contents',
      'system_instruction',
      'tools',
      'tool_config',
      'generation_config.',
      ...['max_output_tokens', 'temperature', 'top_p', 'top_k', 'stop_sequences', 'candidate_count'].map(configured),
      ...['response_mime_type', 'response_schema', 'response_json_schema'].map(configured),
    ],
    readRequest,
    instruct: (body, words) => ({
      at: ['system_instruction' in body ? 'system_instruction' : 'systemInstruction'],
      to: { parts: [{ text: words }] },
    }),
    writeAnswer,
    writeStream,
  },
  upstream: {
    says: ['maxTokens', 'temperature', 'topP', 'topK', 'stop', 'choices', 'schema', 'json'],
    writeRequest,
    readAnswer,
    readStream,
  },
}
