// Streams that bring much at once share the thread with everybody else.
import assert from 'node:assert/strict'
import { Writable } from 'node:stream'
import { test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { eventStream } from './frames.ts'
import { Inspection } from './inspection.ts'
import { relayStream, type StreamOptions } from './relay-stream.ts'
import { openaiChat } from './wire/openai-chat.ts'
import type { ReplySink } from './upstream/transport.ts'
import { QuotedKey } from './upstream/quoted-key.ts'

const event = (text: string) =>
  Buffer.from(`data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: text }, finish_reason: null }] })}\n\n`)
const much = Buffer.concat(Array.from({ length: 100 }, () => event(' some words')))

function begun() {
  let sink: ReplySink | undefined
  let out = ''
  const did: string[] = []
  const due: (() => void)[] = []
  const response = new Writable({
    write(chunk: Buffer, _, done) {
      out += chunk.toString()
      done()
    },
  })
  const turns = { hasTime: true, soon: (step: () => void) => void due.push(step) }
  void relayStream({
    upstream: { key: new QuotedKey() },
    reply: {
      status: 200,
      headers: {},
      read: (reader) => void (sink = reader),
      pause: () => void did.push('pause'),
      resume: () => void did.push('resume'),
      abort: () => undefined,
    },
    response: response as unknown as StreamOptions['response'],
    frames: eventStream(),
    reader: openaiChat.upstream.readStream(),
    writer: openaiChat.client.writeStream({ id: 'c', model: 'm', createdAt: new Date(0) }),
    isSameFormat: true,
    asArray: false,
    hidesUsage: false,
    inspection: new Inspection({ policy: { hash: '' } as never, guards: [] }, 'answer', () => 0, []),
    hold: async () => undefined,
    sign: '',
    signMs: 1000,
    ended: () => undefined,
    heldBytes: 1e6,
    mostBytes: 1e9,
    turns,
    stallMs: 1000,
    came: () => undefined,
    sent: () => undefined,
    heard: () => undefined,
    onBug: (error) => {
      throw error
    },
  })
  const come = async (chunk: Buffer) => {
    sink?.data(chunk)
    await nextTurn()
    return out.length
  }
  return { come, turns, due, did, out: () => out }
}

test('what comes while there is time goes on at once', async () => {
  const { come, due } = begun()
  assert.equal(await come(much), much.length)
  assert.equal(due.length, 0)
})

test('without time much waits for its turn, and nothing more is read meanwhile', async () => {
  const { come, turns, due, did, out } = begun()
  turns.hasTime = false
  assert.equal(await come(much), 0)
  assert.equal(await come(event(' more')), 0)
  assert.deepEqual([due.length, did], [1, ['pause']])
  due[0]?.()
  assert.equal(out(), much.toString() + event(' more').toString())
  assert.deepEqual(did, ['pause', 'resume'])
})

test('a word goes on at once, however little time there is', async () => {
  const { come, turns, due } = begun()
  turns.hasTime = false
  assert.equal(await come(event(' word')), event(' word').length)
  assert.equal(due.length, 0)
})
