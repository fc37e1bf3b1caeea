// Upstreams that fail, stall, lie or talk nonsense: what the client hears, what is tried again, and that nothing leaks.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { describe, test, type TestContext } from 'node:test'
import { setTimeout as setTimeoutOf } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { over, startGateway, startUpstream } from './testing.ts'

const CHAT = { model: 'm', messages: [{ role: 'user', content: 'Hello' }] }
const PATH = '/v1/chat/completions'
const STREAM = { ...CHAT, stream: true }

async function open(t: TestContext, limits: object = {}) {
  const [first, second] = [await startUpstream(t), await startUpstream(t)]
  const gateway = await startGateway(t, {
    upstreams: {
      first: { provider: 'openai', url: first.url, key: 'sk-first' },
      second: { provider: 'anthropic', url: second.url, key: 'sk-second' },
    },
    routes: {
      one: { models: ['m'], upstreams: ['first'] },
      two: { models: ['two'], upstreams: ['first', { use: 'second', model: 'claude' }] },
    },
    limits: { attempts: 1, ...limits },
  })
  return { first, second, gateway }
}

const says =
  (status: number, body: string, headers: Record<string, string> = {}) =>
  (response: ServerResponse) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
  }

describe('an upstream that', () => {
  type Case = [title: string, status: number, words: RegExp, answer: (response: ServerResponse) => void]
  const cases: Case[] = [
    ['answers with a page', 502, /not answer with JSON/, says(200, '<html>hi</html>', { 'content-type': 'text/html' })],
    ['answers with half an object', 502, /not answer with JSON/, says(200, '{"choices":[')],
    ['answers with a list', 502, /not answer with a JSON object/, says(200, '[]')],
    ['answers with more than is taken', 502, /more than 65536 bytes/, says(200, `{"a":"${'x'.repeat(70_000)}"}`)],
    ['sends elsewhere', 502, /redirects are not followed/, says(302, '', { location: 'http://169.254.169.254/' })],
    ['refuses our key', 502, /does not accept the key/, says(401, '{"error":{"message":"bad key sk-first"}}')],
    [
      'finds fault with the request',
      400,
      /max_tokens is too large/,
      says(400, '{"error":{"message":"max_tokens is too large","code":"too_big"}}'),
    ],
    ['has too much to do', 429, /slow down/, says(429, '{"error":{"message":"slow down"}}', { 'retry-after': '7' })],
    ['fails', 502, /failed with 500/, says(500, 'stack trace at secret.ts:1')],
    ['is overloaded', 503, /failed with 529/, says(529, '{}')],
    ['hangs up', 502, /could not be reached or broke off/, (response) => response.destroy()],
    ['says nothing', 504, /did not answer/, () => undefined],
    [
      'answers a request for a whole with half of it',
      502,
      /broke off/,
      (response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' }).write('{"a":')
        setTimeout(() => response.destroy(), 20)
      },
    ],
  ]
  for (const [title, status, words, answer] of cases) {
    test(title, async (t) => {
      const { first, gateway } = await open(t, { answerBytes: 65_536, firstByteSeconds: 0.2, connectSeconds: 0.2 })
      first.next.push(answer)
      const reply = await gateway.send(PATH, CHAT)
      const text = await reply.text()
      assert.equal(reply.status, status)
      assert.match(JSON.parse(text).error.message, words)
      assert.ok(!/sk-first|secret\.ts|169\.254/.test(text))
      if (title === 'has too much to do') assert.equal(reply.headers.get('retry-after'), '7')
      assert.equal((await gateway.send(PATH, CHAT)).status, 200)
    })
  }
  test('quotes a secret in its refusal is not quoted', async (t) => {
    const { first, gateway } = await open(t)
    const secret = `ghp_${'aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5'}`
    first.next.push(says(400, JSON.stringify({ error: { message: `cannot use ${secret} here` } })))
    const text = await (await gateway.send(PATH, CHAT)).text()
    assert.match(text, /cannot use \[.*\] here/)
    assert.ok(!text.includes(secret.slice(0, 12)))
  })
  test('quotes our key, whatever it looks like, is not quoted', async (t) => {
    const { first, gateway } = await open(t)
    const quotes = [
      { message: 'I was sent Bearer sk-first', code: 'sk-first' },
      { message: `${'x'.repeat(1995)}sk-first` },
    ]
    for (const error of quotes) {
      first.next.push(says(400, JSON.stringify({ error })))
      const text = await (await gateway.send(PATH, CHAT)).text()
      assert.match(text, /\[key|x{1995}/)
      assert.ok(!/sk-f/.test(text), text)
    }
  })
})

const head = (response: ServerResponse) => response.writeHead(200, { 'content-type': 'text/event-stream' })
const chunk = (content: string) =>
  `data: ${JSON.stringify({ id: 'x', choices: [{ index: 0, delta: { content } }] })}\n\n`

const quoting = (key: string) => `data: {"type":"error","error":{"message":"sent ${key}"}}\n\n`

describe('a stream that', () => {
  const cases: [string, RegExp, (response: ServerResponse) => void][] = [
    ['ends early', /ended its answer early/, (response) => head(response).end(chunk('Hello'))],
    [
      'breaks off',
      /broke off/,
      (response) => {
        head(response).write(chunk('Hello'))
        setTimeout(() => response.destroy(), 20)
      },
    ],
    ['goes quiet', /went quiet/, (response) => head(response).write(chunk('Hello'))],
    ['is not JSON', /not JSON/, (response) => head(response).end('data: {oops\n\n')],
    [
      'says two things in one place',
      /not JSON of one meaning/,
      (response) => head(response).end(chunk('one').replace('"content"', '"content":"ghp_two","content"')),
    ],
    ['is not UTF-8', /not UTF-8/, (response) => head(response).end(Buffer.from([100, 97, 116, 97, 58, 0xff, 10, 10]))],
  ]
  for (const [title, words, answer] of cases) {
    test(`${title} ends with an error in the stream`, async (t) => {
      const { first, gateway } = await open(t, { idleSeconds: 0.2 })
      first.next.push(answer)
      const text = await (await gateway.send(PATH, STREAM)).text()
      const last = JSON.parse(text.trim().split('\n\n').at(-1)?.replace('data: ', '') ?? '')
      assert.match(last.error.message, words)
      assert.ok(!text.includes('[DONE]') && !text.includes('ghp_'))
      assert.equal(gateway.exchanges[0]?.outcome, 'broken')
    })
  }
  test('ends with an error that quotes our key does not tell it, in the format of the upstream or another', async (t) => {
    const { first, second, gateway } = await open(t, { attempts: 2 })
    first.next.push((response) => head(response).end(chunk('Hello') + quoting('sk-first')))
    first.next.push(says(500, '{}'))
    second.next.push((response) => head(response).end(`event: error\n${quoting('sk-second')}`))
    for (const model of ['m', 'two']) {
      const text = await (await gateway.send(PATH, { ...STREAM, model })).text()
      assert.match(text, /sent \[key\]/)
      assert.ok(!/sk-/.test(text), text)
    }
  })
  test('never ends is ended', async (t) => {
    const { first, gateway } = await open(t, { streamBytes: 1_000_000 })
    let sent = 0
    first.next.push((response) => {
      const more = () => {
        while (!response.destroyed && response.write(chunk('word '.repeat(200)))) sent += 1000
      }
      head(response).on('drain', more)
      more()
    })
    const text = await (await gateway.send(PATH, STREAM)).text()
    assert.match(text, /streamed more than 1000000 bytes/)
    assert.ok(text.length < 1_100_000 && sent < 20_000_000, `${sent} bytes were taken`)
    assert.equal(gateway.exchanges[0]?.outcome, 'broken')
  })
  test('has an event without end is ended', async (t) => {
    const { first, gateway } = await open(t)
    first.next.push((response) => head(response).end('data: '.repeat(800_000)))
    assert.match(await (await gateway.send(PATH, STREAM)).text(), /an event without end/)
  })
  test('opens no end of choices is ended', async (t) => {
    const { first, gateway } = await open(t)
    first.next.push((response) => {
      head(response)
      for (let index = 0; index < 300; index++)
        response.write(`data: ${JSON.stringify({ id: 'x', choices: [{ index, delta: { content: 'ghp_' } }] })}\n\n`)
      response.end('data: [DONE]\n\n')
    })
    assert.match(await (await gateway.send(PATH, STREAM)).text(), /too many choices/)
  })
  test('is no stream is refused', async (t) => {
    const { first, gateway } = await open(t)
    first.next.push(says(200, '{}'))
    assert.equal((await gateway.send(PATH, STREAM)).status, 502)
  })
})

describe('trying again', () => {
  test('happens after a passing trouble, at the same upstream where there is no other', async (t) => {
    const { first, gateway } = await open(t, { attempts: 3 })
    first.next.push(says(500, ''), (response) => response.destroy())
    assert.equal((await gateway.send(PATH, CHAT)).status, 200)
    assert.equal(first.recorded.length, 3)
    assert.equal(gateway.exchanges[0]?.attempts, 3)
  })
  test('goes to the next upstream in its own format', async (t) => {
    const { first, second, gateway } = await open(t, { attempts: 3 })
    first.next.push(says(503, ''))
    const answer = await gateway.send(PATH, { ...CHAT, model: 'two' })
    assert.match(JSON.parse(await answer.text()).choices[0].message.content, /You said: Hello/)
    assert.equal(JSON.parse(second.recorded[0]?.body ?? '').model, 'claude')
    assert.deepEqual(
      [gateway.exchanges[0]?.upstream, gateway.exchanges[0]?.upstreamWire],
      ['second', 'anthropic-messages'],
    )
  })
  test('does not happen where the request is at fault', async (t) => {
    const { first, gateway } = await open(t, { attempts: 3 })
    first.next.push(says(400, '{"error":{"message":"no"}}'))
    assert.equal((await gateway.send(PATH, CHAT)).status, 400)
    assert.equal(first.recorded.length, 1)
  })
  test('stops with an upstream that keeps failing, until it had a rest', async (t) => {
    const { first, gateway } = await open(t)
    for (let i = 0; i < 5; i++) {
      first.next.push(says(500, ''))
      assert.equal((await gateway.send(PATH, CHAT)).status, 502)
    }
    const answer = await gateway.send(PATH, CHAT)
    assert.equal(answer.status, 503)
    assert.match(JSON.parse(await answer.text()).error.message, /no upstream of this model is well/)
    assert.equal(first.recorded.length, 5)
  })
})

describe('a client that leaves', () => {
  for (const [when, body] of [
    ['before the answer', CHAT],
    ['in the middle of a stream', STREAM],
  ] as const) {
    test(`${when} takes its upstream call along within 100 ms`, async (t) => {
      const { first, gateway } = await open(t)
      const called = Promise.withResolvers<ServerResponse>()
      first.next.push((response) => {
        if (body === STREAM) response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': hi\n\n')
        called.resolve(response)
      })
      const client = new AbortController()
      const request = fetch(gateway.url + PATH, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: 'Bearer gw_test' },
        body: JSON.stringify(body),
        signal: client.signal,
      }).catch(() => undefined)
      const upstream = await called.promise
      if (body === STREAM) await request
      const left = performance.now()
      client.abort()
      await once(upstream, 'close')
      assert.ok(performance.now() - left < 100)
      while (gateway.exchanges.length === 0) await new Promise(setImmediate)
      assert.equal(gateway.exchanges[0]?.outcome, 'client-gone')
    })
  }
})

test('a reader that takes nothing holds the upstream back', async (t) => {
  const { first, gateway } = await open(t)
  const event = Buffer.from(
    `data: ${JSON.stringify({ id: 'x', choices: [{ index: 0, delta: { content: 'word '.repeat(2000) } }] })}\n\n`,
  )
  let written = 0
  first.next.push((response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    const more = () => {
      while (!response.destroyed && response.write(event)) written += event.length
    }
    response.on('drain', more)
    more()
  })
  const client = new AbortController()
  const headers = { 'content-type': 'application/json', authorization: 'Bearer gw_test' }
  await fetch(gateway.url + PATH, { method: 'POST', headers, body: JSON.stringify(STREAM), signal: client.signal })
  await new Promise((resolve) => setTimeout(resolve, 400))
  client.abort()
  assert.ok(written < 16 * 1024 * 1024, `${written} bytes were taken for a reader that reads nothing`)
})

test('a gateway that stops lets streams finish and takes no new calls', async (t) => {
  const { first, gateway } = await open(t)
  const held = Promise.withResolvers<ServerResponse>()
  first.next.push((response) => held.resolve(response.writeHead(200, { 'content-type': 'text/event-stream' })))
  const answer = gateway.send(PATH, STREAM)
  const response = await held.promise
  response.write('data: {"id":"x","choices":[{"index":0,"delta":{"content":"still "}}]}\n\n')
  const drained = gateway.gateway.drain()
  const late = await gateway.send(PATH, CHAT)
  assert.deepEqual([late.status, late.headers.get('connection')], [503, 'close'])
  assert.partialDeepStrictEqual(gateway.exchanges, [{ status: 503, outcome: 'refused', code: 'stopping' }])
  assert.equal(gateway.exchanges[0]?.id, late.headers.get('x-request-id'))
  assert.equal(gateway.gateway.active, 1)
  response.end(
    'data: {"id":"x","choices":[{"index":0,"delta":{"content":"here"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n',
  )
  assert.match(await (await answer).text(), /still .*here.*\[DONE\]/s)
  await drained
})

test('a secret in an error of a stream is taken out, in the same format and in another', async (t) => {
  const { first, gateway } = await open(t)
  const secret = `ghp_${'aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5'}`
  for (const path of [PATH, '/v1/messages']) {
    first.next.push((response) => head(response).end(`data: {"error":{"message":"cannot use ${secret} here"}}\n\n`))
    const text = await (await gateway.send(path, { ...STREAM, max_tokens: 5 })).text()
    assert.match(text, /cannot use \[.*\] here/)
    assert.ok(!text.includes(secret.slice(0, 12)))
  }
})

test('readers that take nothing of whole answers cannot fill the memory', async (t) => {
  // Long enough for a busy machine to ask a second time meanwhile, and more than the sockets take by themselves.
  const { first, gateway } = await open(t, { bufferBytes: 18_000_000, idleSeconds: 2 })
  const answer = JSON.stringify({ choices: [], more: 'x '.repeat(6_000_000) })
  first.next.push(says(200, answer), says(200, answer))
  const slow = await gateway.send(PATH, CHAT)
  const refused = await gateway.send(PATH, CHAT)
  assert.deepEqual([slow.status, refused.status, refused.headers.get('retry-after')], [200, 503, '1'])
  for (;;) {
    first.next.push(says(200, answer))
    const later = await gateway.send(PATH, CHAT)
    if (later.status === 200) break
    await setTimeoutOf(500)
  }
  await assert.rejects(slow.text(), 'what was not taken in time is gone')
})

test('how long connecting may take adds nothing to how long the first byte may take', async (t) => {
  const { first, gateway } = await open(t, { connectSeconds: 60, firstByteSeconds: 0.3 })
  first.next.push(() => undefined)
  const began = performance.now()
  assert.equal((await gateway.send(PATH, CHAT)).status, 504)
  assert.ok(performance.now() - began < 20_000)
})

test('an upstream that does not speak HTTP is told of without what it said', async (t) => {
  const { first, gateway } = await open(t)
  first.next.push((response) => response.socket?.end('SSH-2.0-OpenSSH_9.9\r\n\r\n'))
  const answer = await gateway.send(PATH, CHAT)
  assert.equal(answer.status, 502)
  assert.match(JSON.parse(await answer.text()).error.message, /broke off \(HTTPParserError\)$/)
})

test('an answer that is packed badly is the fault of the upstream', async (t) => {
  const { first, gateway } = await open(t)
  const bomb = gzipSync(Buffer.alloc(60_000_000, 0x20))
  for (const packed of ['no gzip', bomb]) {
    first.next.push((response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed))
    const answer = await gateway.send(PATH, CHAT)
    assert.equal(answer.status, 502)
    assert.equal(JSON.parse(await answer.text()).error.code, 'upstream_invalid')
  }
})

for (const [title, error, status, said] of [
  ['with words alone', { message: 'Provider returned sk-first-upstream-1 error' }, 502, /the upstream failed with 502/],
  ['with the status that it had', { message: 'Slow down', code: 429 }, 429, /Slow down/],
] as const)
  for (const provider of ['openai', 'anthropic', 'gemini'])
    test(`an error in place of an answer of ${provider} is told as one, ${title}`, async (t) => {
      const upstream = await startUpstream(t)
      upstream.next.push((response) => {
        response.setHeader('content-type', 'application/json')
        response.end(JSON.stringify({ ...(provider === 'anthropic' ? { type: 'error' } : {}), error }))
      })
      const gateway = await startGateway(t, {
        upstreams: { u: { provider, url: upstream.url, key: 'sk-first-upstream-1' } },
        routes: { r: { models: ['m'], upstreams: ['u'] } },
      })
      const response = await gateway.send(PATH, CHAT)
      const text = await response.text()
      assert.equal(response.status, status, text)
      assert.match(text, said)
      assert.notEqual((await over(gateway)).outcome, 'answered')
    })

test('a word for programs is passed on where it is one, and nothing was found in it', async (t) => {
  const { first, gateway } = await open(t)
  for (const [code, told] of [
    ['too_big', 'too_big'],
    [`ghp_${'aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5'}`, 'upstream_refused'],
    ['<b>', 'upstream_refused'],
  ]) {
    first.next.push(says(400, JSON.stringify({ error: { message: 'no', code, param: `messages[0].${code}` } })))
    const { error } = JSON.parse(await (await gateway.send(PATH, CHAT)).text()) as { error: Record<string, unknown> }
    assert.deepEqual([error['code'], error['param']], [told, code === told ? `messages[0].${code}` : null])
  }
})

test('a stream that is packed although nobody wanted it so is refused, and who is to mend it hears why', async (t) => {
  const { first, gateway } = await open(t)
  first.next.push(
    (response) =>
    response.writeHead(200, { 'content-type': 'text/event-stream', 'content-encoding': 'gzip' }).end(gzipSync('data: [DONE]\n\n')), // prettier-ignore
  )
  const answer = await gateway.send(PATH, STREAM)
  assert.equal(answer.status, 502)
  assert.match(
    JSON.parse(await answer.text()).error.message,
    /packed its stream.*turn compression .* off at the upstream/,
  )
})
