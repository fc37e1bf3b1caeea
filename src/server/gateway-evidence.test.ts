// From a call through the gateway to the status of a control, on a whole server: proven by traffic, and no longer proven
// within one round of sealing once the guard is off, with the name of the route.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, request } from 'node:http'
import { test, type TestContext } from 'node:test'
import { REQUEST_LOG } from '../record/completeness.ts'
import { startTestServer } from './testing.ts'

const CONTROL = 'prompt-injection-io-handling'
const MEASURE = `${CONTROL}.detect`
const SETTINGS = {
  gateway: { demo: false },
  upstreams: { demo: { provider: 'demo' } },
  routes: { chat: { models: ['demo/assistant'], upstreams: ['demo'] } },
}

async function opened(t: TestContext, { control = CONTROL, measure = MEASURE } = {}) {
  let now = new Date()
  const server = await startTestServer({ settings: SETTINGS, now: () => now }, t)
  let { headers } = await server.person('owner')
  const send = async (method: string, path: string, body?: unknown) => {
    const answer = await server.send(method, path, { headers, body })
    assert.ok(answer.status < 300, answer.text)
    // oxlint-disable-next-line typescript/no-explicit-any -- replies of every shape, looked into by the tests
    return answer.body as Record<string, any>
  }
  await send('PUT', '/api/assets/shop', { kind: 'system', name: 'Shop' })
  const { secret } = await send('POST', '/api/keys', { name: 'shop', asset: 'shop' })
  const keyOfAgent = async () => {
    await send('PUT', '/api/assets/buyer', { kind: 'agent', name: 'Buyer' })
    return String((await send('POST', '/api/keys', { name: 'buyer', asset: 'shop', agent: 'buyer' }))['secret'])
  }
  const { record } = server.app
  return {
    server,
    keyOfAgent,
    ask: (key = String(secret)) =>
      server.send('POST', '/v1/chat/completions', {
        headers: { authorization: `Bearer ${key}` },
        body: { model: 'demo/assistant', messages: [{ role: 'user', content: 'Hello' }] },
      }),
    cycle: () => record.seal(),
    send,
    secret: String(secret),
    async set(rule: object, more: object = {}) {
      const { upstreams, routes } = SETTINGS
      const own = { chat: { ...routes.chat, ...more } }
      await send('PUT', '/api/policy/draft', { upstreams, routes: own, guards: { [control]: rule } })
      await send('POST', '/api/policy/publish', { note: 'for the test' })
    },
    async status() {
      const { measures } = await send('GET', `/api/systems/shop/controls/${control}`)
      const found = measures as { measure: string; state: { status: string; reason: string } }[]
      return found.find((one) => one.measure === measure)?.state
    },
    async later(hours: number) {
      now = new Date(now.getTime() + hours * 3_600_000)
      headers = (await server.person('owner')).headers
    },
  }
}

test('traffic proves a control of the system that it belongs to; without traffic nothing is proven', async (t) => {
  const { ask, cycle, status, later } = await opened(t)
  assert.equal((await status())?.status, 'missing')
  await cycle()
  assert.equal((await status())?.status, 'missing')
  assert.equal((await ask()).status, 200)
  await cycle()
  const proven = await status()
  assert.equal(proven?.status, 'proven', proven?.reason)
  await later(25)
  assert.equal((await status())?.status, 'stale')
})

for (const [title, rule, words] of [
  ['turned off', { mode: 'off' }, /is off on route chat/],
  ['set to observe', { mode: 'observe' }, /only observes on route chat/],
  ['told to look at less', { origins: ['user'] }, /leave detect out on route chat/],
] as const)
  test(`a guard that is ${title} leaves its control failing within one cycle, with the route's name`, async (t) => {
    const { ask, cycle, status, set } = await opened(t)
    await ask()
    await cycle()
    assert.equal((await status())?.status, 'proven')
    await set(rule)
    await cycle()
    const after = await status()
    assert.equal(after?.status, 'failing', after?.reason)
    assert.match(after.reason, /chat/)
    assert.match(after.reason, words)
    await set({})
    await cycle()
    assert.equal((await status())?.status, 'failing', 'set right again, but nothing went through it yet')
    await ask()
    await cycle()
    assert.equal((await status())?.status, 'proven')
  })

test('a guard that was late and let a call pass leaves its control failing, with the route’s name; one that stopped it proves nothing', async (t) => {
  const { ask, cycle, status, set, server, secret } = await opened(t)
  const content = Array.from({ length: 8000 }, (_, i) => `word ${i * 7919} and more`).join(' ')
  const late = async () => {
    const { status, headers } = await server.send('POST', '/v1/chat/completions', {
      headers: { authorization: `Bearer ${secret}` },
      body: { model: 'demo/assistant', messages: [{ role: 'user', content }] },
    })
    return [status, String(headers.get('x-parapet-failed')).split(', ').includes(CONTROL)]
  }
  await set({ deadlineMs: 1 })
  assert.deepEqual(await late(), [403, true])
  await cycle()
  assert.equal((await status())?.status, 'missing')
  await set({})
  await ask()
  await cycle()
  assert.equal((await status())?.status, 'proven')
  await set({ deadlineMs: 1, onFailure: 'pass' })
  assert.deepEqual(await late(), [200, true])
  await cycle()
  const after = await status()
  assert.equal(after?.status, 'failing', after?.reason)
  assert.match(after.reason, /failed and let calls pass on route chat/)
})

const GATES = { rules: [{ tools: ['pay_*'], who: ['owner', 'risk-owner'] }] }
for (const [title, rule, words] of [
  ['turned off', { ...GATES, mode: 'off' }, /is off on route chat/],
  ['set to observe', { ...GATES, mode: 'observe' }, /only observes on route chat/],
  ['left with no rule about tools', { rules: [{ share: 0.1 }] }, /leave approval-gate out on route chat/],
] as const)
  test(`the gate of oversight that is ${title} leaves its control failing, with the route's name`, async (t) => {
    const { ask, cycle, status, set } = await opened(t, { control: 'oversight', measure: 'oversight.approval-gate' })
    await ask()
    await cycle()
    assert.equal((await status())?.status, 'missing')
    await set(GATES)
    await ask()
    await cycle()
    assert.equal((await status())?.status, 'proven', 'the call wanted no tool, and was looked at')
    await set(rule)
    await cycle()
    const after = await status()
    assert.equal(after?.status, 'failing', after?.reason)
    assert.match(after.reason, words)
  })

const AGENTS = { control: 'model-access-control', measure: 'model-access-control.agent-identity' }

test('calls of an agent with a key of its own prove its identity, and one without speaks against it', async (t) => {
  const { ask, cycle, status, keyOfAgent } = await opened(t, AGENTS)
  await ask()
  await cycle()
  assert.equal((await status())?.status, 'missing', 'nobody said that an agent is there')
  const key = await keyOfAgent()
  await ask(key)
  await cycle()
  assert.equal((await status())?.status, 'proven')
  await ask(key)
  await ask()
  await cycle()
  const after = await status()
  assert.equal(after?.status, 'failing')
  assert.match(after.reason, /1 call came without an agent’s identity on route chat/)
})

test('a route for agents only turns others away, which is no failure of theirs', async (t) => {
  const { ask, cycle, status, set, keyOfAgent } = await opened(t, AGENTS)
  const key = await keyOfAgent()
  await set({ agentsOnly: ['*'] })
  assert.equal((await ask(key)).status, 200)
  const { status: refused, text } = await ask()
  assert.equal(refused, 403)
  assert.match(text, /bound to none/)
  await cycle()
  assert.equal((await status())?.status, 'proven')
  await set({ agentsOnly: ['*'], mode: 'observe' })
  assert.equal((await ask()).status, 200)
  await cycle()
  const after = await status()
  assert.equal(after?.status, 'failing')
  assert.match(after.reason, /where the policy asks for one on route chat/)
})

test('calls that are on record prove the log of requests, and one that the recorder did not get fails it', async (t) => {
  const { server, ask, cycle, status, later } = await opened(t, { control: 'monitor-use', measure: REQUEST_LOG })
  await ask()
  await cycle()
  const before = await status()
  assert.equal(before?.status, 'proven', before?.reason)
  const { add } = server.app.record
  server.app.record.add = () => undefined
  await ask()
  server.app.record.add = add
  await later(0.1)
  await cycle()
  const after = await status()
  assert.equal(after?.status, 'failing')
  assert.match(after.reason, /1 call is not on record on route chat/)
  await ask()
  await cycle()
  assert.equal((await status())?.status, 'failing', 'of the last day not all calls are on record')
  await later(24)
  await ask()
  await cycle()
  assert.equal((await status())?.status, 'proven')
})

test('calls prove that they reach models encrypted, or without leaving this machine', async (t) => {
  const of = { control: 'model-input-confidentiality', measure: 'model-input-confidentiality.transport' }
  const { ask, cycle, status } = await opened(t, of)
  await ask()
  await cycle()
  const after = await status()
  assert.equal(after?.status, 'proven', after?.reason)
})

test('a guard of monitor-use that is off does not stop the log of requests', async (t) => {
  const { ask, cycle, status, set } = await opened(t, { control: 'monitor-use', measure: REQUEST_LOG })
  await set({ mode: 'off' })
  await ask()
  await cycle()
  assert.equal((await status())?.status, 'proven')
})

test('a key is bound to an agent of the register, and its calls are found and added up by it', async (t) => {
  const { server, send, ask, cycle, keyOfAgent } = await opened(t)
  const { headers } = await server.person('owner')
  for (const [agent, status] of [
    ['shop', 400],
    ['nobody', 404],
  ] as const)
    // prettier-ignore
    assert.equal((await server.send('POST', '/api/keys', { headers, body: { name: 'x', agent } })).status, status)
  const key = await keyOfAgent()
  await ask(key)
  await ask()
  await cycle()
  const agents = (await send('GET', '/api/exchanges?agent=buyer'))['items'] as { agent: string }[]
  assert.deepEqual(agents.map(({ agent }) => agent), ['buyer']) // prettier-ignore
  const sums = (await send('GET', '/api/usage?by=agent'))['items'] as { agent: string; calls: number }[]
  assert.deepEqual(sums.map(({ agent, calls }) => [agent, calls]), [['', 1], ['buyer', 1]]) // prettier-ignore
})

test('a route that lets realtime sessions through leaves what guards read unproven, and says why', async (t) => {
  const { ask, cycle, status, set } = await opened(t)
  await ask()
  await cycle()
  assert.equal((await status())?.status, 'proven')
  await set({}, { realtime: 'unguarded' })
  await ask()
  await cycle()
  const after = await status()
  assert.equal(after?.status, 'failing', after?.reason)
  assert.match(after.reason, /realtime sessions go past prompt-injection-io-handling on route chat/)
})

test('a session through the server is on record and among the sightings', async (t) => {
  const upstream = createServer()
  upstream.on('upgrade', ({ headers }, socket) => {
    const key = `${headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`
    const accept = createHash('sha1').update(key).digest('base64')
    socket.end(`HTTP/1.1 101 x\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-accept: ${accept}\r\n\r\n`)
  })
  upstream.listen(0, '127.0.0.1')
  await once(upstream, 'listening')
  t.after(() => upstream.close())
  const address = upstream.address()
  assert.ok(address !== null && typeof address === 'object')
  const settings = {
    upstreams: { live: { provider: 'openai', url: `http://127.0.0.1:${address.port}` } },
    routes: { talk: { models: ['live'], upstreams: ['live'], realtime: 'unguarded' } },
  }
  const server = await startTestServer({ settings }, t)
  const { headers } = await server.person('owner')
  const { body } = await server.send('POST', '/api/keys', { headers, body: { name: 'shop' } })
  const asked = request(`${server.url}/v1/realtime?model=live`, {
    headers: {
      authorization: `Bearer ${String(body['secret'])}`,
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': Buffer.alloc(16).toString('base64'),
    },
  })
  asked.end()
  const [response, socket] = await once(asked, 'upgrade', { signal: AbortSignal.timeout(10_000) })
  socket.destroy()
  assert.equal(response.headers['x-parapet-unguarded'], 'realtime')
  while (server.app.gateway.active > 0) await new Promise((resolve) => setImmediate(resolve))
  await server.app.record.seal()
  const { body: calls } = await server.send('GET', '/api/exchanges?status=101', { headers })
  assert.partialDeepStrictEqual(calls['items'], [{ route: 'talk', unguarded: true, outcome: 'answered' }])
  const { body: seen } = await server.send('GET', '/api/sightings?kind=unguarded-session', { headers })
  assert.partialDeepStrictEqual(seen['items'], [{ subject: 'talk', count: 1 }])
})

test('a guard that was never enforced proves nothing, whatever traffic there is', async (t) => {
  const { ask, cycle, status, set } = await opened(t)
  await set({ mode: 'observe' })
  await ask()
  await cycle()
  assert.equal((await status())?.status, 'missing')
})

test('a batch of evidence stands in the log beside the seal of the calls it rests on', async (t) => {
  const { server, ask, cycle } = await opened(t)
  await ask()
  await cycle()
  const { items } = await server.app.store.read.evidence.list({ limit: 50, asset: 'shop' })
  const [call] = (await server.app.store.read.calls.list({ limit: 1 })).items
  const segment = await server.app.store.read.calls.segment(call?.segment ?? '')
  assert.ok(items.length >= 4 && segment?.root)
  for (const { sha256, collector, kind } of items)
    assert.deepEqual([sha256, collector, kind], [Buffer.from(segment.root).toString('hex'), 'gateway', 'decision'])
})

test('a system that was retired gets no more proof, and costs nobody else theirs', async (t) => {
  const { server, ask, cycle } = await opened(t)
  await ask()
  const { headers } = await server.person('owner')
  await server.send('POST', '/api/assets/shop/retire', { headers, body: {} })
  await cycle()
  assert.deepEqual((await server.app.store.read.evidence.list({ limit: 5 })).items, [])
  assert.equal((await server.app.store.read.calls.list({ limit: 5 })).items.length, 1)
})
