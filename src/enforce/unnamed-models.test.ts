// OpenAI's moderations need no model: which one is meant is the policy's to say, and what goes out names it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { over, startGateway, startUpstream, TEST_KEY } from './testing.ts'
import { wireOf } from './wire/find.ts'
import { BODY_NAMED, WIRES } from './wire/wire.ts'

const PATH = '/v1/moderations'
const route = (unnamed: object) => ({ r: { models: ['omni'], upstreams: ['u'], unnamed } })

for (const asked of ['{"input":"Hi"}', '{ "input": "Hi", "model": null }']) {
  test(`${asked} is asked of the model that a route says, with its name in it`, async (t) => {
    const upstream = await startUpstream(t)
    const gateway = await startGateway(t, {
      upstreams: { u: { provider: 'openai', url: upstream.url } },
      routes: route({ 'openai-moderations': 'omni' }),
    })
    assert.equal((await gateway.send(PATH, asked)).status, 200)
    assert.deepEqual(JSON.parse(upstream.recorded[0]?.body ?? ''), { model: 'omni', input: 'Hi' })
    const { model, route: taken } = await over(gateway)
    assert.deepEqual([model, taken], ['omni', 'r'])
  })
}

test('where no route says it the client hears what is missing, and where', async (t) => {
  const upstream = await startUpstream(t)
  const gateway = await startGateway(t, {
    upstreams: { u: { provider: 'openai', url: upstream.url } },
    routes: route({}),
  })
  const answer = await gateway.send(PATH, { input: 'Hi' })
  assert.equal(answer.status, 400)
  assert.match((await answer.json()).error.message, /no model is named.*`unnamed\.openai-moderations` of a route/)
  assert.equal(upstream.recorded.length, 0)
})

test('a key that may not ask the model that is meant is refused as if it had named it', async (t) => {
  const upstream = await startUpstream(t)
  const gateway = await startGateway(t, {
    upstreams: { u: { provider: 'openai', url: upstream.url } },
    routes: route({ 'openai-moderations': 'omni' }),
    caller: { keyId: 'k', asset: undefined, models: ['gpt-*'], routes: ['*'] },
  })
  assert.equal((await gateway.send(PATH, { input: 'Hi' }, { authorization: `Bearer ${TEST_KEY}` })).status, 404)
  assert.equal(upstream.recorded.length, 0)
})

test('a route can say it for every format in which the body names the model', () => {
  const named = WIRES.filter((id) => id !== 'bedrock-converse' && wireOf(id).modelAt !== undefined)
  assert.deepEqual([...BODY_NAMED], named)
})
