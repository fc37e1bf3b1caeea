// Streams through the guards, on sockets and in every format: however the bytes are cut, the client gets the same, a secret
// leaves no character behind, calls come whole or not at all, and what is stopped ends as its format ends.
import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { describe, test, type TestContext } from 'node:test'
import fc from 'fast-check'
import type { Json, JsonObject } from '../lib/canonical-json.ts'
import type { Answer } from '../model/turn.ts'
import { deltasOf } from './demo/deltas.ts'
import { eventStream, writeFrame } from './frames.ts'
import { Inspection } from './inspection.ts'
import { createEnforcement } from './policy.ts'
import { StreamGate } from './stream-gate.ts'
import { allUpstreams, startGateway, startUpstream } from './testing.ts'
import type { Delta } from './wire/delta.ts'
import { CONVERSATIONS } from './wire/index.ts'
import type { Conversation } from './wire/wire.ts'

const SECRET = `ghp_${'aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5'}`
const WORDS = `Here it is: ${SECRET} and now, as promised, a few more words on the weather.`
const PATHS: Record<string, [path: string, more: object]> = {
  'openai-chat': ['/v1/chat/completions', { messages: [{ role: 'user', content: 'Hi' }] }],
  'openai-responses': ['/v1/responses', { input: 'Hi' }],
  'anthropic-messages': ['/v1/messages', { max_tokens: 9, messages: [{ role: 'user', content: 'Hi' }] }],
  'gemini-generate': ['/v1beta/models/m:streamGenerateContent?alt=sse', { contents: [{ parts: [{ text: 'Hi' }] }] }],
}
/** An upstream that speaks this format and no other. */
function providerOf(format: string, url: string) {
  const provider = format.startsWith('openai') ? 'openai' : format.startsWith('anthropic') ? 'anthropic' : 'gemini'
  return { provider, url, formats: [format] }
}

const answer = (text: string, input: string): Answer => ({
  id: 'a',
  model: 'm',
  choices: [
    {
      index: 0,
      parts: [
        { kind: 'text', origin: 'assistant', at: [], text },
        { kind: 'tool-call', origin: 'assistant', at: [], id: 'c1', name: 'send', arguments: input },
      ],
      stop: 'tools',
    },
  ],
  usage: { input: 3, output: 4 },
  rest: [],
})

const context = { id: 'x', model: 'm', createdAt: new Date(0) }
const written = (wire: Conversation, deltas: readonly Delta[]): string => {
  const writer = wire.client.writeStream(context)
  return deltas.flatMap((delta) => writer.write(delta).map(writeFrame)).join('')
}
/** Letter by letter, so that every place inside of a secret is a place between two events. */
const letters = (deltas: readonly Delta[]): Delta[] =>
  deltas.flatMap((delta): Delta[] =>
    delta.kind === 'text' || delta.kind === 'arguments'
      ? [...delta.text].map((text) => Object.assign({ ...delta }, { text }))
      : [delta],
  )

function heard(wire: Conversation, stream: string) {
  const reader = wire.upstream.readStream()
  const deltas = eventStream()
    .push(Buffer.from(stream))
    .flatMap(({ data, event }) => reader.read(data === '[DONE]' ? data : (JSON.parse(data) as Json), event))
  const join = (kind: 'text' | 'arguments') => deltas.map((delta) => (delta.kind === kind ? delta.text : '')).join('')
  return {
    text: join('text'),
    input: join('arguments'),
    names: deltas.flatMap((delta) => (delta.kind === 'call' ? [delta.name] : [])),
    stops: deltas.flatMap((delta) => (delta.kind === 'stop' ? [delta.reason] : [])),
    isWhole: [...deltas, ...reader.end()].some(({ kind }) => kind === 'end'),
  }
}

/** Longer than detection ever holds back of plain text. */
const PLAIN = 'Some plain words, and then some more of them. '.repeat(10)

/** Every run of eight of its letters: an escape or a cut must not hide that some came through. */
const traces = (secret: string) => Array.from({ length: secret.length - 7 }, (_, i) => secret.slice(i, i + 8))

for (const wire of CONVERSATIONS) {
  const [path = '', body = {}] = PATHS[wire.id] ?? []
  const source = written(wire, letters(deltasOf(answer(WORDS, JSON.stringify({ to: 'x', key: SECRET, n: 1 })))))

  describe(`${wire.id}, streamed`, () => {
    for (const [from, upstreamWire] of CONVERSATIONS.map((one) => [one.id, one] as const))
      test(`from ${from}: no character of a secret comes through, and all else does`, async (t) => {
        const upstream = await startUpstream(t)
        const gateway = await startGateway(t, {
          upstreams: {
            u: providerOf(from, upstream.url),
          },
          routes: { r: { models: ['m'], upstreams: ['u'] } },
        })
        const bytes = written(
          upstreamWire,
          letters(deltasOf(answer(WORDS, JSON.stringify({ to: 'x', key: SECRET, n: 1 })))),
        )
        upstream.next.push((response) => response.writeHead(200, { 'content-type': 'text/event-stream' }).end(bytes))
        const stream = await (await gateway.send(path, { model: 'm', stream: true, ...body })).text()
        const { text, input, names, stops, isWhole } = heard(wire, stream)
        assert.equal(text, WORDS.replace(SECRET, '[github-pat]'))
        assert.deepEqual([JSON.parse(input), names, isWhole], [{ to: 'x', key: '[github-pat]', n: 1 }, ['send'], true])
        assert.deepEqual(stops, ['tools'])
        assert.deepEqual(
          traces(SECRET).filter((trace) => stream.includes(trace)),
          [],
        )
        assert.equal(gateway.exchanges[0]?.decisions[1]?.action, 'rewrite')
      })

    test('gives the same however its bytes are cut', async (t) => {
      const upstream = await startUpstream(t)
      const gateway = await startGateway(t, {
        upstreams: {
          u: providerOf(wire.id, upstream.url),
        },
        routes: { r: { models: ['m'], upstreams: ['u'] } },
      })
      const bytes = Buffer.from(source.replaceAll('weather', 'wëäther 🌧'))
      const ask = async (cuts: readonly number[]) => {
        upstream.next.push(async (response) => {
          response.writeHead(200, { 'content-type': 'text/event-stream' })
          for (const [i, cut] of [...cuts, bytes.length].entries()) {
            response.write(bytes.subarray(cuts[i - 1] ?? 0, cut))
            await new Promise(setImmediate)
          }
          response.end()
        })
        return (await gateway.send(path, { model: 'm', stream: true, ...body })).text()
      }
      const whole = await ask([])
      await fc.assert(
        fc.asyncProperty(
          fc.uniqueArray(fc.integer({ min: 1, max: bytes.length - 1 }), { minLength: 1, maxLength: 9 }),
          async (cuts) => {
            assert.equal(await ask(cuts.toSorted((a, b) => a - b)), whole)
          },
        ),
        { numRuns: 12 },
      )
    })

    test('that must be stopped ends as its format ends, without a word of what was wrong', async (t) => {
      const upstream = await startUpstream(t)
      const gateway = await startGateway(t, {
        upstreams: {
          u: providerOf(wire.id, upstream.url),
        },
        routes: { r: { models: ['m'], upstreams: ['u'] } },
        guards: { 'sensitive-output-handling': { onHit: 'block' } },
      })
      upstream.next.push((response) => response.writeHead(200, { 'content-type': 'text/event-stream' }).end(source))
      const stream = await (await gateway.send(path, { model: 'm', stream: true, ...body })).text()
      const { text, names, stops, isWhole } = heard(wire, stream)
      assert.ok(WORDS.startsWith(text.trimEnd()) && text.length <= WORDS.indexOf(SECRET))
      assert.deepEqual([names, stops, isWhole], [[], ['filtered'], true])
      assert.deepEqual(
        traces(SECRET).filter((trace) => stream.includes(trace)),
        [],
      )
      assert.equal(gateway.exchanges[0]?.outcome, 'blocked')
    })
  })
}

const stoppedChoice = (content: string) => ({ index: 0, delta: { content }, finish_reason: 'stop' })
const stoppedCandidate = (text: string) => ({ content: { parts: [{ text }] }, finishReason: 'STOP' })

describe('no character of a secret comes through from an upstream that', () => {
  const cases: [title: string, format: string, event: (letter: string) => JsonObject][] = [
    ['says with each event that it stopped', 'openai-chat', (letter) => ({ choices: [stoppedChoice(letter)] })],
    ['ends each of its pieces', 'gemini-generate', (letter) => ({ candidates: [stoppedCandidate(letter)] })],
    ['calls pieces a message', 'openai-chat', (letter) => ({ choices: [{ index: 0, message: { content: letter } }] })],
    ['has texts as choices', 'openai-chat', (letter) => ({ choices: [{ index: 0, text: letter }] })],
  ]
  for (const [title, format, event] of cases)
    test(`${title}, in ${format}`, async (t) => {
      const [path = '', body = {}] = PATHS[format] ?? []
      const upstream = await startUpstream(t)
      const gateway = await startGateway(t, {
        upstreams: { u: providerOf(format, upstream.url) },
        routes: { r: { models: ['m'], upstreams: ['u'] } },
      })
      upstream.next.push((response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' })
        for (const letter of WORDS) response.write(`data: ${JSON.stringify(event(letter))}\n\n`)
        response.end(format === 'openai-chat' ? 'data: [DONE]\n\n' : undefined)
      })
      const stream = await (await gateway.send(path, { model: 'm', stream: true, ...body })).text()
      const texts = [...stream.matchAll(/"(?:text|content)":"(?<text>[^"]*)"/g)].map((found) => found.groups?.['text'])
      assert.equal(texts.join(''), WORDS.replace(SECRET, '[github-pat]'))
    })
})

describe('a stream that is stopped in the middle', () => {
  const blocking = { 'sensitive-output-handling': { onHit: 'block' } }
  /** The last event is sent when so many of them have gone out: what comes together is withheld together. */
  const stopped = async (
    t: TestContext,
    wire: string,
    [path, body]: [path: string, body: object],
    events: readonly object[],
    goOut: number,
  ) => {
    const upstream = await startUpstream(t)
    const gateway = await startGateway(t, {
      upstreams: { u: providerOf(wire, upstream.url) },
      routes: { r: { models: ['m'], upstreams: ['u'] } },
      guards: blocking,
    })
    const frames = events.map((event) =>
      writeFrame({ event: String(Object.entries(event)[0]?.[1]), data: event as JsonObject }),
    )
    const { promise: model, resolve } = Promise.withResolvers<ServerResponse>()
    upstream.next.push((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(frames.slice(0, -1).join(''))
      resolve(response)
    })
    let stream = ''
    const answer = await gateway.send(path, { model: 'm', stream: true, ...body })
    for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      stream += chunk
      const response = await model
      if (!response.writableEnded && stream.split('\n\n').length > goOut) response.end(frames.at(-1))
    }
    assert.ok(!stream.includes(SECRET.slice(0, 8)))
    return eventStream()
      .push(Buffer.from(stream))
      .map(({ data }) => JSON.parse(data))
  }

  test('closes each open part and item of a response under its own name, in order', async (t) => {
    const item = { id: 'msg_up', type: 'message', status: 'in_progress', role: 'assistant', content: [] }
    const think = { id: 'rs_up', type: 'reasoning', summary: [] }
    const place = { item_id: 'msg_up', output_index: 1, content_index: 0 }
    const response = { id: 'resp_up', object: 'response', status: 'in_progress', output: [], instructions: 'kept' }
    const events = [
      { type: 'response.created', response },
      { type: 'response.output_item.added', output_index: 0, item: think },
      { type: 'response.output_item.done', output_index: 0, item: think },
      { type: 'response.output_item.added', output_index: 1, item },
      { type: 'response.content_part.added', ...place, part: { type: 'output_text', text: '', annotations: [] } },
      { type: 'response.output_text.delta', ...place, delta: PLAIN },
      { type: 'response.output_text.delta', ...place, delta: PLAIN },
      { type: 'response.output_text.delta', ...place, delta: `${SECRET} and more` },
    ].map((event, i) => Object.assign(event, { sequence_number: i }))
    const heard = await stopped(t, 'openai-responses', ['/v1/responses', { input: 'Hi' }], events, 6)
    const closers = heard.slice(events.length - 2)
    const types = ['output_text.done', 'content_part.done', 'output_item.done', 'incomplete']
    assert.deepEqual(
      closers.map(({ type }) => type),
      types.map((type) => `response.${type}`),
    )
    const [said, part, done, end] = closers
    assert.deepEqual([said.item_id, said.output_index, said.text], ['msg_up', 1, PLAIN])
    assert.deepEqual([part.item_id, part.part.text], ['msg_up', PLAIN])
    assert.deepEqual([done.item.id, done.item.status, done.item.content[0].text], ['msg_up', 'incomplete', PLAIN])
    assert.deepEqual([end.response.id, end.response.instructions], ['resp_up', 'kept'])
    assert.deepEqual(end.response.incomplete_details, { reason: 'content_filter' })
    assert.deepEqual(
      end.response.output.map(({ id }: { id: string }) => id),
      ['rs_up', 'msg_up'],
    )
    const numbers = heard.map((event) => event.sequence_number)
    assert.deepEqual(
      numbers,
      numbers.map((_, i) => i),
    )
  })

  test('closes a block of a kind that only Anthropic knows', async (t) => {
    const message = { id: 'msg_up', type: 'message', role: 'assistant', content: [], model: 'm', usage: {} }
    const summary = { type: 'compaction', content: null }
    const more = { type: 'compaction_delta', content: `${SECRET} and more` }
    const events = [
      { type: 'message_start', message },
      { type: 'content_block_start', index: 3, content_block: summary },
      { type: 'content_block_delta', index: 3, delta: more },
    ]
    const call = ['/v1/messages', { max_tokens: 9, messages: [] }] as [string, object]
    const heard = await stopped(t, 'anthropic-messages', call, events, 2)
    assert.deepEqual(
      heard.map(({ type, index }) => [type, index]),
      [
        ['message_start', undefined],
        ['content_block_start', 3],
        ['content_block_stop', 3],
        ['message_delta', undefined],
        ['message_stop', undefined],
      ],
    )
    assert.equal(heard.at(-2).delta.stop_reason, 'refusal')
  })
})

const gate = (mode: 'mask' | 'block' = 'mask', most = 100_000) => {
  const enforcement = createEnforcement({ 'sensitive-output-handling': { onHit: mode } })
  return new StreamGate<number>(new Inspection(enforcement, 'answer', () => 0), most)
}
const text = (words: string, choice = 0): Delta => ({
  kind: 'text',
  choice,
  block: 0,
  channel: 'text',
  text: words,
  at: [],
})
function pushed(held: StreamGate<number>, frame: number, deltas: readonly Delta[], bytes = 1): number[] {
  held.push(frame, deltas, bytes)
  return framesOf(held.release())
}
const framesOf = (released: readonly { frame: number }[]) => released.map(({ frame }) => frame)
describe('the gate', () => {
  test('lets text flow past a call that it holds, and a call never past text', () => {
    const held = gate()
    assert.deepEqual(pushed(held, 1, [{ kind: 'call', choice: 0, block: 1, id: 'c', name: 'send' }]), [])
    assert.deepEqual(pushed(held, 2, [text(PLAIN)]), [])
    assert.deepEqual(pushed(held, 3, [text(PLAIN)]), [2])
    assert.deepEqual(pushed(held, 4, [{ kind: 'arguments', choice: 0, block: 1, text: '{}', at: [] }]), [])
    assert.deepEqual(pushed(held, 5, [{ kind: 'close', choice: 0, block: 1 }]), [1])
    held.push(6, [{ kind: 'close', choice: 0, block: 0 }], 1)
    assert.deepEqual(pushed(held, 7, [{ kind: 'stop', choice: 0, reason: 'tools' }]), [3, 4, 5, 6, 7])
  })
  test('holds no other choice back', () => {
    const held = gate()
    assert.deepEqual(pushed(held, 1, [text('ghp_aB3dE5fG7hJ')]), [])
    assert.deepEqual(pushed(held, 2, [text(PLAIN, 1)]), [])
    assert.deepEqual(pushed(held, 3, [text(PLAIN, 1)]), [2])
  })
  test('holds so much and no more', () => {
    const held = gate('mask', 50)
    pushed(held, 1, [{ kind: 'call', choice: 0, block: 1, id: 'c', name: 'send' }], 30)
    assert.throws(() => pushed(held, 2, [{ kind: 'arguments', choice: 0, block: 1, text: '{', at: [] }], 30), {
      code: 'blocked',
    })
  })
  test('lets nothing out once it is blocked', () => {
    const held = gate('block')
    pushed(held, 1, [text(`${SECRET} `)])
    assert.deepEqual([framesOf(held.end()), held.isBlocked], [[], true])
  })
})

for (const { title, path, model, thought, said, last } of [
  {
    title: 'openai-chat',
    path: '/v1/chat/completions',
    model: 'openai-model',
    thought: { choices: [{ index: 0, delta: { reasoning_content: 'I think the answer' } }] },
    said: { choices: [{ index: 0, delta: { content: 'Hello there, ' } }] },
    last: { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
  },
  {
    title: 'gemini-generate',
    path: '/v1beta/models/gemini-model:streamGenerateContent?alt=sse',
    model: 'gemini-model',
    thought: { candidates: [{ content: { parts: [{ text: 'I think the answer', thought: true }] } }] },
    said: { candidates: [{ content: { parts: [{ text: 'Hello there, ' }] } }] },
    last: { candidates: [{ content: { parts: [] }, finishReason: 'STOP' }] },
  },
])
  test(`words do not wait for the end of a thought: ${title}`, async (t) => {
    const upstream = await startUpstream(t)
    const gateway = await startGateway(t, allUpstreams(upstream))
    const { promise: seen, resolve: see } = Promise.withResolvers<void>()
    upstream.next.push(async (response) => {
      response.setHeader('content-type', 'text/event-stream')
      for (const event of [thought, said, said, said]) response.write(`data: ${JSON.stringify(event)}\n\n`)
      await seen
      response.end(
        `data: ${JSON.stringify(last)}\n\ndata: [DONE]\n\n`.slice(0, title === 'openai-chat' ? undefined : -14),
      )
    })
    const messages = [{ role: 'user', content: 'Hi' }]
    const body =
      title === 'openai-chat' ? { model, stream: true, messages } : { contents: [{ parts: [{ text: 'Hi' }] }] }
    const answer = await gateway.send(path, body)
    let heard = ''
    for await (const chunk of answer.body ?? []) {
      heard += Buffer.from(chunk).toString()
      if (heard.includes('Hello there')) see()
    }
    assert.match(heard, /answer.*Hello there/s)
  })
