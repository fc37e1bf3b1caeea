import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { eventStream } from './frames.ts'
import { awsEventStream } from './frames-aws.ts'
import { awsMessage } from './testing-aws.ts'
import { WaitingBytes } from './waiting-bytes.ts'

test('what waits is what came, less what was taken off', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.uint8Array({ maxLength: 40 }), fc.nat(60))), (steps) => {
      const waiting = new WaitingBytes()
      let all = Buffer.alloc(0)
      for (const [piece, taken] of steps) {
        const before = Buffer.from(piece)
        all = Buffer.concat([all, piece])
        assert.deepEqual(waiting.with(Buffer.from(piece)), all)
        assert.deepEqual(Buffer.from(piece), before, 'a piece belongs to whoever sent it')
        if (taken > 30) waiting.keep((all = all.subarray(Math.min(all.length, taken - 30))))
        assert.deepEqual([waiting.length, waiting.bytes], [all.length, all])
        assert.ok(!all.includes(13) || waiting.hasReturn)
      }
    }),
  )
})

const MOST = 4 * 1024 * 1024
for (const [name, open, event] of [
  ['lines', eventStream, Buffer.from(`data: ${'x'.repeat(MOST - 100)}\n\n`)],
  ['frames of Amazon', awsEventStream, awsMessage('x', { text: 'x'.repeat(MOST - 300) })],
] as const)
  test(`the longest event, in ${name} and in very small pieces, takes time in proportion`, () => {
    const frames = open()
    const began = performance.now()
    let came = 0
    for (let at = 0; at < event.length; at += 512) came += frames.push(event.subarray(at, at + 512)).length
    assert.equal(came, 1)
    assert.ok(performance.now() - began < 8000)
  })

test('an event without an end ends the stream before it takes more memory than that', () => {
  const frames = eventStream()
  const piece = Buffer.alloc(1000, 'x')
  assert.throws(() => {
    for (let n = 0; n < 5000; n++) frames.push(piece)
  }, /an event without end/)
})
