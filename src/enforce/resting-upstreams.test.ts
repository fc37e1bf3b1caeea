// An upstream rests because it is not well, and not because somebody asks what it cannot answer: what one caller brings upon
// himself closes it for nobody else.
import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { test, type TestContext } from 'node:test'
import { startGateway, startUpstream, TEST_KEY, type TestGateway } from './testing.ts'

const PATH = '/v1/chat/completions'
const CHAT = { model: 'm', messages: [{ role: 'user', content: 'Hello' }] }
const as = (who: string) => ({ authorization: `Bearer ${TEST_KEY}_${who}` })
const says = (status: number) => (response: ServerResponse) => void response.writeHead(status).end()
const hangs = () => undefined
const breaks = (response: ServerResponse) => void response.destroy()

const stateOf = ({ gateway }: TestGateway) => gateway.health().find(({ id }) => id === 'u')?.state

async function open(t: TestContext, limits: object = {}, guards: object = {}) {
  const upstream = await startUpstream(t)
  const gateway = await startGateway(t, {
    upstreams: { u: { provider: 'openai', url: upstream.url } },
    routes: { r: { models: ['m'], upstreams: ['u'] } },
    limits: { attempts: 1, ...limits },
    guards,
  })
  async function fail(who: string, how: (response: ServerResponse) => void, times: number): Promise<number> {
    let status = 0
    for (let i = 0; i < times; i++) {
      upstream.next.push(how)
      status = (await gateway.send(PATH, CHAT, as(who))).status
      upstream.next.length = 0
    }
    return status
  }
  const ask = async (who: string) => (await gateway.send(PATH, CHAT, as(who))).status
  return { gateway, upstream, fail, ask }
}

for (const [title, how, limits] of [
  ['a server error', says(500), {}],
  ['an answer that never begins', hangs, { firstByteSeconds: 0.1 }],
  ['a connection that breaks', breaks, {}],
] as const) {
  test(`requests of one caller that end in ${title} close the upstream for him alone`, async (t) => {
    const { fail, ask, gateway } = await open(t, limits)
    await fail('a', how, 8)
    assert.deepEqual([await ask('a'), await ask('b')], [503, 200])
    assert.equal(stateOf(gateway), 'well')
  })
  test(`requests of several that end in ${title} close it for all`, async (t) => {
    const { fail, ask, gateway } = await open(t, limits)
    await fail('a', how, 3)
    await fail('b', how, 2)
    assert.equal(await ask('c'), 503)
    assert.equal(stateOf(gateway), 'resting')
  })
}

for (const status of [400, 404, 408, 413, 422, 425, 429])
  test(`an upstream that answers ${status} is alive`, async (t) => {
    const { fail, ask } = await open(t)
    for (const who of ['a', 'b']) await fail(who, says(status), 6)
    assert.deepEqual([await ask('a'), await ask('b'), await ask('c')], [200, 200, 200])
  })

test('a call that had to end because of its own time limit says nothing of the upstream', async (t) => {
  const { fail, ask } = await open(t, {}, { 'limit-resources': { seconds: 1 } })
  const slow = await Promise.all(Array.from({ length: 6 }, (_, i) => fail(`k${i}`, hangs, 1)))
  assert.deepEqual(new Set(slow), new Set([504]))
  assert.equal(await ask('b'), 200)
})

test('a request counts once, however often it was tried', async (t) => {
  const { upstream, gateway, ask } = await open(t, { attempts: 3 })
  for (const who of ['a', 'b', 'c']) {
    upstream.next.push(says(500), says(500), says(500))
    assert.equal((await gateway.send(PATH, CHAT, as(who))).status, 502)
  }
  assert.equal(upstream.recorded.length, 9)
  assert.equal(await ask('d'), 200)
})
