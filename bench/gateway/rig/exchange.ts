// What the benches send and what the model answers: an ordinary chat, of the size that most have.
const SYSTEM =
  'You are the assistant of a public library. Answer in short, friendly sentences. Opening hours are Monday to Friday from ' +
  'nine to six and Saturday from ten to two. If you do not know something, say so and name the desk that does.'
const QUESTION =
  'Hello! My daughter is eleven and has read all the books about the lighthouse keeper. Which three would you give her ' +
  'next, and can we keep them for longer than four weeks, as we are away over the summer?'
const ANSWER =
  'What a good reader! I would try the series about the cartographer’s apprentice, then the one about the two otters, and ' +
  'then a first detective story. You can extend each loan twice, for two weeks each time, online or at the desk on the ' +
  'ground floor, as long as nobody else is waiting for the book. Have a lovely summer!'

export const MODEL = 'bench-model'

export function chat({ stream = false, more = '' } = {}): string {
  const messages = [
    { role: 'system', content: SYSTEM },
    { role: 'user', content: 'Good morning, are you open today?' },
    { role: 'assistant', content: 'Good morning! Yes, until six this evening. How can I help?' },
    { role: 'user', content: QUESTION + more },
  ]
  return JSON.stringify({ model: MODEL, messages, temperature: 0.3, max_tokens: 400, ...(stream ? { stream } : {}) })
}

export const answer = JSON.stringify({
  id: 'chatcmpl-bench0001',
  object: 'chat.completion',
  created: 1_760_000_000,
  model: MODEL,
  choices: [{ index: 0, message: { role: 'assistant', content: ANSWER }, logprobs: null, finish_reason: 'stop' }],
  usage: { prompt_tokens: 168, completion_tokens: 74, total_tokens: 242 },
})

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
