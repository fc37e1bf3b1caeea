// The first word of an answer goes to the client while the upstream still thinks about the second, under the guards that are
// on unless somebody turns them off. On real sockets: the upstream says nothing more until the client has the word.
import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { test } from 'node:test'
import { startGateway, startUpstream } from './testing.ts'

const WAYS = [
  {
    provider: 'openai-compatible',
    path: '/v1/chat/completions',
    body: { messages: [{ role: 'user', content: 'Hi' }] },
    first: ['{"id":"x","choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}'],
    event: (word: string) => JSON.stringify({ id: 'x', choices: [{ index: 0, delta: { content: word } }] }),
  },
  {
    provider: 'anthropic',
    path: '/v1/messages',
    body: { max_tokens: 9, messages: [{ role: 'user', content: 'Hi' }] },
    first: [
      '{"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"m","content":[]}}',
      '{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}',
    ],
    event: (word: string) =>
      JSON.stringify({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: word } }),
  },
]

function say(model: ServerResponse, data: string): void {
  model.write(`event: ${JSON.parse(data).type ?? ''}\ndata: ${data}\n\n`)
}

for (const { provider, path, body, first, event } of WAYS)
  for (const pieces of [
    ['Hello', '!', ' What'],
    ['The', ' good', ' “old”'],
    ['Sure,', ' here,'],
  ])
    test(
      `${provider}: each of ${pieces.join('|')} goes out with the event that it came in`,
      { timeout: 30_000 },
      async (t) => {
        const upstream = await startUpstream(t)
        const gateway = await startGateway(t, {
          upstreams: { u: { provider, url: upstream.url } },
          routes: { r: { models: ['m'], upstreams: ['u'] } },
        })
        const { promise, resolve } = Promise.withResolvers<ServerResponse>()
        upstream.next.push((response) => resolve(response.writeHead(200, { 'content-type': 'text/event-stream' })))
        const answering = gateway.send(path, { model: 'm', stream: true, ...body })
        const model = await promise
        for (const data of first) say(model, data)
        const answer = await answering
        const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
        assert.ok(reader)
        let heard = ''
        const until = async (wanted: string) => {
          while (!heard.includes(wanted)) heard += (await reader.read()).value ?? assert.fail('the stream ended')
        }
        for (const piece of pieces) {
          say(model, event(piece))
          await until(JSON.stringify(piece))
        }
        model.end()
        await reader.cancel()
      },
    )
