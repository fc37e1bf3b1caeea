// A model that was to call a tool and wrote what is no call: its own format has a word for it, and no other has one. There an
// error is told, since an answer that looks complete and says nothing is worse.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { over, startGateway, startUpstream } from './testing.ts'

const ASKED = [{ role: 'user', content: 'Look at the cat' }]
const WAYS = {
  '/v1/chat/completions': { model: 'm', messages: ASKED },
  '/v1/messages': { model: 'm', max_tokens: 99, messages: ASKED },
  '/v1/responses': { model: 'm', input: 'Look at the cat' },
}
const GEMINI = { contents: [{ role: 'user', parts: [{ text: 'Look at the cat' }] }] }

for (const stream of [false, true]) {
  const kind = stream ? 'streamed' : 'whole'
  async function gatewayTo(t: Parameters<typeof startUpstream>[0], finishReason: string) {
    const upstream = await startUpstream(t)
    const said = { candidates: [{ index: 0, content: { role: 'model', parts: [{ text: 'I look.' }] }, finishReason }] }
    upstream.next.push((response) => {
      response.setHeader('content-type', stream ? 'text/event-stream' : 'application/json')
      response.end(stream ? `data: ${JSON.stringify(said)}\n\n` : JSON.stringify(said))
    })
    return startGateway(t, {
      upstreams: { u: { provider: 'gemini', url: upstream.url } },
      routes: { r: { models: ['m'], upstreams: ['u'] } },
    })
  }
  for (const [path, body] of Object.entries(WAYS))
    test(`a call that is none is an error at ${path}, ${kind}`, async (t) => {
      const gateway = await gatewayTo(t, 'MALFORMED_FUNCTION_CALL')
      const response = await gateway.send(path, { ...body, stream })
      const text = await response.text()
      assert.equal(response.status, stream ? 200 : 502)
      assert.match(text, /a tool call that cannot be read/)
      assert.doesNotMatch(text, /"(finish_reason|stop_reason)":"|message_stop|response\.completed/)
      assert.notEqual((await over(gateway)).outcome, 'answered')
    })
  test(`in its own format it goes on as it came, ${kind}`, async (t) => {
    const gateway = await gatewayTo(t, 'MALFORMED_FUNCTION_CALL')
    const response = await gateway.send(`/v1beta/models/m:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`, GEMINI) // prettier-ignore
    assert.match(await response.text(), /MALFORMED_FUNCTION_CALL/)
    assert.deepEqual((await over(gateway)).answer?.stops, ['malformed'])
  })
  test(`an ordinary end is none of that, ${kind}`, async (t) => {
    const gateway = await gatewayTo(t, 'STOP')
    const response = await gateway.send('/v1/chat/completions', { ...WAYS['/v1/chat/completions'], stream })
    assert.match(await response.text(), /"finish_reason":"stop"/)
  })
}
