// Digests of calls are those of their bodies, however they went out.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CallDigests, digestOf, openingsOf } from './digests.ts'

const open = openingsOf(new Uint8Array(32))
const turns = { next: async () => undefined }

test('an answer in pieces has the digest of the whole, at any moment', () => {
  const digests = new CallDigests(open, 'call_1')
  void digests.asked(Buffer.from('{}'), turns)
  let all = ''
  for (const size of [1, 0, 700, 16_383, 1, 2, 40_000, 3, 20_000]) {
    const piece = 'é'.repeat(size)
    digests.sent(size % 2 === 0 ? piece : Buffer.from(piece))
    all += piece
    const expected = digestOf(open('call_1').answer, all)
    assert.deepEqual(digests.soFar, { request: digestOf(open('call_1').request, '{}'), answer: expected })
  }
})

test('what nobody asked has none, and neither has an answer of which nothing went out', () => {
  const unasked = new CallDigests(open, 'call_1')
  unasked.sent('x')
  assert.equal(unasked.soFar, undefined)
  const unanswered = new CallDigests(open, 'call_1')
  void unanswered.asked(Buffer.from('{}'), turns)
  assert.equal(unanswered.soFar?.answer, undefined)
})
