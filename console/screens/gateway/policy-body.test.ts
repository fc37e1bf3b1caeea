import assert from 'node:assert/strict'
import { test } from 'node:test'
import { modeFor, type PolicyBody, withMode } from './policy-body.ts'

const BODY: PolicyBody = {
  upstreams: { one: {} },
  routes: { chat: { guards: { a: { mode: 'off' } } } },
  guards: { a: { mode: 'enforce' }, b: { mode: 'observe' } },
}

test('a mode for all changes that one and nothing else', () => {
  const changed = withMode(BODY, 'b', undefined, 'enforce')
  assert.equal(modeFor(changed, 'b', undefined), 'enforce')
  assert.deepEqual({ ...changed, guards: BODY.guards }, BODY)
})

test('a route may say something of its own, and take it back again', () => {
  const own = withMode(BODY, 'b', 'chat', 'enforce')
  assert.deepEqual(own.routes['chat']?.guards, { a: { mode: 'off' }, b: { mode: 'enforce' } })
  assert.deepEqual(withMode(own, 'b', 'chat', undefined), BODY)
})

test('settings of a guard stay when its mode is taken back', () => {
  const body = { ...BODY, routes: { chat: { guards: { a: { mode: 'off', onFailure: 'pass' } as { mode: 'off' } } } } }
  assert.deepEqual(withMode(body, 'a', 'chat', undefined).routes['chat']?.guards, { a: { onFailure: 'pass' } })
})
