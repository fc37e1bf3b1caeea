// What the benches send and what the model answers: an ordinary chat, of the size that most have, each with words of its own.
import { someWords } from './words.ts'

const SYSTEM =
  'You are the assistant of a public library. Answer in short, friendly sentences. Opening hours are Monday to Friday from ' +
  'nine to six and Saturday from ten to two. If you do not know something, say so and name the desk that does.'
const ANSWER =
  'What a good reader! I would try the series about the cartographer’s apprentice, then the one about the two otters, and ' +
  'then a first detective story. You can extend each loan twice, for two weeks each time, online or at the desk on the ' +
  'ground floor, as long as nobody else is waiting for the book. Have a lovely summer!'

export const MODEL = 'bench-model'

/** One application's system prompt, a turn that was had before, and a question. */
export function chat({ stream = false, more = '' } = {}): string {
  const messages = [
    { role: 'system', content: SYSTEM },
    { role: 'user', content: someWords(30) },
    { role: 'assistant', content: someWords(60) },
    { role: 'user', content: someWords(160) + more },
  ]
  return JSON.stringify({ model: MODEL, messages, temperature: 0.3, max_tokens: 400, ...(stream ? { stream } : {}) })
}

/** A question about a long document: other conversations, as they were written down. */
export function chatWithDocument(): string {
  return chat({ more: `\n\n${Array.from({ length: 14 }, () => chat()).join('')}` })
}

export function answer(): string {
  const message = { role: 'assistant', content: someWords(280) }
  return JSON.stringify({
    id: 'chatcmpl-bench0001',
    object: 'chat.completion',
    created: 1_760_000_000,
    model: MODEL,
    choices: [{ index: 0, message, logprobs: null, finish_reason: 'stop' }],
    usage: { prompt_tokens: 168, completion_tokens: 74, total_tokens: 242 },
  })
}

function chunk(delta: object, finish: string | null): string {
  const choices = [{ index: 0, delta, logprobs: null, finish_reason: finish }]
  const data = {
    id: 'chatcmpl-bench0001',
    object: 'chat.completion.chunk',
    created: 1_760_000_000,
    model: MODEL,
    choices,
  }
  return `data: ${JSON.stringify(data)}\n\n`
}

const pieces = ANSWER.match(/ ?[^ ]{1,5}/g) ?? []

/** As many events as a real answer of this length has: about four characters each. */
export const events: readonly string[] = [
  chunk({ role: 'assistant', content: '' }, null),
  ...[...pieces, ...pieces].map((content) => chunk({ content }, null)),
  chunk({}, 'stop'),
  'data: [DONE]\n\n',
]
