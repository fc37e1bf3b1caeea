// Gemini's generateContent and streamGenerateContent.
import type { Conversation } from './wire.ts'
import { readAnswer, writeAnswer } from './gemini/answer.ts'
import { readRequest } from './gemini/read-request.ts'
import { readStream } from './gemini/stream.ts'
import { writeRequest } from './gemini/write-request.ts'
import { writeStream } from './gemini/write-stream.ts'

export const geminiGenerate: Conversation = {
  id: 'gemini-generate',
  modelAt: undefined,
  client: {
    readRequest,
    instruct: (body, words) => ({
      at: ['system_instruction' in body ? 'system_instruction' : 'systemInstruction'],
      to: { parts: [{ text: words }] },
    }),
    writeAnswer,
    writeStream,
  },
  upstream: { writeRequest, readAnswer, readStream },
}
