// The deadline of a guard is for all that it does on a call: slices of a large text, many texts, the request and the answer.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { beginCall } from './begin.ts'
import type { ReadyGuard, Watched } from './guard.ts'
import { GuardTime } from './guard-time.ts'
import { Inspection } from './inspection.ts'
import type { Enforcement } from './policy.ts'
import { inSlices, SLICE } from './slices.ts'
import { allUpstreams, over, startGateway, startUpstream } from './testing.ts'
import { Turns } from './turns.ts'
import { readRequest } from './wire/openai-chat/read-request.ts'

const ID = 'slow'
const DEADLINE = 100
const STEP = 30
const TURN = readRequest({ model: 'm', messages: [] })
const CALL = { keyId: 'k', asset: undefined, route: 'r', secret: new Uint8Array(32) }

/** A guard that takes so long for each piece that it is given, by a clock of its own. */
function slow(): { enforcement: Enforcement; now: () => number } {
  let at = 0
  const step = (): Watched => {
    at += STEP
    return { safe: 9e9, findings: [], cuts: [] }
  }
  const guard: ReadyGuard = {
    id: ID,
    open: () => ({ push: step, end: step }),
    examine: () => (step(), { outcome: 'pass' }),
    inspect: () => (step(), { outcome: 'pass' }),
  }
  const rule = { mode: 'enforce', onFailure: 'block', deadlineMs: DEADLINE, settings: {} } as const
  return { enforcement: { policy: { hash: 'h', guards: { [ID]: rule } }, guards: [guard] }, now: () => at }
}

const waiter = { signal: new AbortController().signal, context: { turns: new Turns(() => performance.now()) } }
const said = ({ verdicts, decision }: Inspection) => [verdicts[0]?.outcome, verdicts[0]?.why, decision.action]
const LATE = ['failed', 'was later than its deadline', 'block']
const text = (words: string) => ({ origin: 'user', part: 'text', at: ['x'], text: words }) as const

describe('a guard of which no piece takes longer than its deadline is late', () => {
  test('with all slices of one text', async () => {
    const { enforcement, now } = slow()
    const inspection = new Inspection(enforcement, 'request', now)
    await inSlices(inspection, [text('a'.repeat(SLICE * 5))], waiter)
    assert.deepEqual(said(inspection), LATE)
  })
  test('with many texts', () => {
    const { enforcement, now } = slow()
    const inspection = new Inspection(enforcement, 'request', now)
    inspection.texts([text('a'), text('b')])
    assert.deepEqual(said(inspection), LATE)
  })
  test('with a text and what is no text', async () => {
    const { enforcement, now } = slow()
    const inspection = new Inspection(enforcement, 'request', now)
    inspection.texts([text('a')])
    inspection.body({})
    assert.deepEqual(said(inspection), ['pass', undefined, 'forward'])
    await inspection.turn(TURN, { ...CALL, now: new Date(0), instruct: undefined })
    assert.deepEqual(said(inspection), LATE)
  })
  test('with the request and the answer', () => {
    const { enforcement, now } = slow()
    const guards = beginCall(enforcement, TURN, CALL, now)
    const request = new Inspection(enforcement, 'request', now, guards)
    request.texts([text('a')])
    const answer = new Inspection(enforcement, 'answer', now, guards)
    answer.texts([text('b')])
    assert.deepEqual([said(request)[0], ...said(answer)], ['pass', ...LATE])
    const other = new Inspection(enforcement, 'request', now, beginCall(enforcement, TURN, CALL, now))
    other.texts([text('a')])
    assert.equal(said(other)[0], 'pass', 'another call begins anew')
  })
})

test('who reads more has more time, and short pieces count for more than their letters', () => {
  const time = new GuardTime(DEADLINE)
  time.add(DEADLINE)
  time.read(500_000)
  assert.equal(time.leftMs, 2 * DEADLINE)
  assert.throws(() => time.add(2 * DEADLINE + 1), /later than its deadline/)
  const pieces = new GuardTime(DEADLINE)
  for (let i = 0; i < 25_000; i++) pieces.read(4)
  assert.equal(pieces.leftMs, 4 * DEADLINE)
})

const wait = (): Watched => {
  const until = performance.now() + 12
  while (performance.now() < until);
  return { safe: 9e9, findings: [], cuts: [] }
}

test('a large prompt does not go out under a guard that is late with the whole of it', async (t) => {
  const upstream = await startUpstream(t)
  const guard = 'sensitive-output-handling'
  const gateway = await startGateway(t, {
    ...allUpstreams(upstream),
    guards: { [guard]: { deadlineMs: 50 } },
    atWork: [{ id: guard, reads: ({ stage }) => stage === 'request', open: () => ({ push: wait, end: wait }) }],
  })
  const content = 'words and '.repeat(20_000)
  const answer = await gateway.send('/v1/chat/completions', {
    model: 'openai-model',
    messages: [{ role: 'user', content }],
  })
  assert.deepEqual([answer.status, answer.headers.get('x-parapet-failed')], [403, guard])
  assert.equal(upstream.recorded.length, 0)
  assert.equal((await over(gateway)).verdicts[0]?.outcome, 'failed')
})
