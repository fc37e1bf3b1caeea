import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isNarrowed, toSelection } from './selection.ts'

test('days in the address are whole days in UTC, the last one included', () => {
  assert.deepEqual(toSelection({ since: '2026-03-01', until: '2026-03-01', kind: 'account.invited' }), {
    kind: 'account.invited',
    since: '2026-03-01T00:00:00.000Z',
    until: '2026-03-01T23:59:59.999Z',
  })
})

test('what is no day, and what is no filter, is left out', () => {
  assert.deepEqual(toSelection({ since: 'yesterday', until: '2026-13-45', cursor: 'abc', entry: '4' }), {})
  assert.equal(isNarrowed({ cursor: 'abc' }), false)
})
