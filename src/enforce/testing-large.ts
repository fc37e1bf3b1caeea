// A client with a large prompt and the model that answers it, in a thread of their own: what they do must not count as work
// of the gateway.
import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parentPort } from 'node:worker_threads'

export interface LargeCall {
  /** Of the gateway. */
  url: string
  key: string
  characters: number
  /** Put in again and again. */
  planted: string
}

/** With much that JSON escapes, as code and JSON in a prompt have it. */
const WORDS =
  'the "quick" brown fox\t"jumps" over a {"lazy": "dog"} while\nit rains in "Zürich" and "nobody"\nminds 17 日本'.split(
    ' ',
  )
const WORDS_BETWEEN = 4000
const ANSWER = JSON.stringify({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1_760_000_000,
  model: 'large-model',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Fine.' }, finish_reason: 'stop' }],
})

const upstream = createServer((asked, response) => {
  asked.resume().on('end', () => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(ANSWER)
  })
}).listen(0, '127.0.0.1')
await once(upstream, 'listening')
parentPort?.postMessage((upstream.address() as AddressInfo).port, [])
parentPort?.on('message', (call: LargeCall) => void ask(call))

async function ask({ url, key, ...what }: LargeCall): Promise<void> {
  const content = textOf(what)
  const body = Buffer.from(JSON.stringify({ model: 'large-model', messages: [{ role: 'user', content }] }))
  const headers = { 'content-type': 'application/json', 'content-length': body.length, authorization: `Bearer ${key}` }
  const sent = request(`${url}/v1/chat/completions`, { method: 'POST', headers })
  sent.end(body)
  const [response] = (await once(sent, 'response')) as [{ statusCode: number; resume(): void }]
  response.resume()
  parentPort?.postMessage(response.statusCode, [])
}

function textOf({ characters, planted }: Pick<LargeCall, 'characters' | 'planted'>): string {
  let [text, state] = ['', 7]
  for (let word = 1; text.length < characters; word++) {
    state = (state * 1_103_515_245 + 12_345) & 0x7fffffff
    text += word % WORDS_BETWEEN === 0 ? `${planted} ` : `${WORDS[state % WORDS.length]} `
  }
  return text
}
