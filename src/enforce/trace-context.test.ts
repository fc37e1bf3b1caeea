import assert from 'node:assert/strict'
import { test } from 'node:test'
import { traceHeaders, traceOf } from './trace-context.ts'

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'
const PARENT = '00f067aa0ba902b7'
const sent = `00-${TRACE}-${PARENT}-01`

test('a trace goes on with a span of its own where spans are told', () => {
  const trace = traceOf({ traceparent: sent }, true)
  assert.deepEqual({ ...trace, spanId: '' }, { traceId: TRACE, spanId: '', parentId: PARENT, isSampled: true })
  assert.match(trace?.spanId ?? '', /^[0-9a-f]{16}$/)
  assert.notEqual(trace?.spanId, PARENT)
  assert.deepEqual(traceHeaders(trace, { tracestate: 'a=1' }), {
    traceparent: `00-${TRACE}-${trace?.spanId}-01`,
    tracestate: 'a=1',
  })
})

test('a trace passes through unchanged where no spans are told', () => {
  assert.deepEqual(traceHeaders(traceOf({ traceparent: sent }, false), {}), { traceparent: sent })
  assert.deepEqual(traceHeaders(traceOf({}, false), { tracestate: 'a=1' }), {})
})

test('what is not well formed begins no trace and is not passed on', () => {
  const bad = ['', 'x', sent.toUpperCase(), `ff-${TRACE}-${PARENT}-01`, `00-${'0'.repeat(32)}-${PARENT}-01`, `00-${TRACE}-${'0'.repeat(16)}-01`, `00-${TRACE}-${PARENT}-01x`, `00-${TRACE}-${PARENT}`] // prettier-ignore
  for (const traceparent of bad) {
    assert.equal(traceOf({ traceparent }, false), undefined, traceparent)
    assert.equal(traceOf({ traceparent }, true)?.parentId, undefined, traceparent)
  }
})
