import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createChallenges } from './challenges.ts'

const at = (ms: number) => new Date(1_700_000_000_000 + ms)
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')

test('a challenge says what it was made for, until it is answered or too old', () => {
  const challenges = createChallenges()
  const asked = { purpose: 'register' as const, accountId: 'acct_x' }
  const [one, two] = [text(challenges.make(asked, at(0))), text(challenges.make(asked, at(0)))]
  assert.notEqual(one, two)
  assert.deepEqual(challenges.read(one, at(299_999)), asked)
  assert.equal(challenges.read(one, at(300_000)), undefined)
  assert.equal(challenges.spend(one, at(1)), true)
  assert.equal(challenges.spend(one, at(1)), false)
  assert.equal(challenges.spend(`${one}=`, at(1)), false)
  assert.equal(challenges.read(one, at(1)), undefined)
  assert.deepEqual(challenges.read(two, at(1)), asked)
})

test('a challenge that was changed, made up or made elsewhere is none', () => {
  const challenges = createChallenges()
  const bytes = challenges.make({ purpose: 'sign-in' }, at(0))
  for (let i = 0; i < bytes.length; i++) {
    const changed = bytes.slice()
    changed[i] = (changed[i] ?? 0) ^ 1
    assert.equal(challenges.read(text(changed), at(1)), undefined)
  }
  for (const other of ['', 'AAAA', text(createChallenges().make({ purpose: 'sign-in' }, at(0)))]) {
    assert.equal(challenges.read(other, at(1)), undefined)
    assert.equal(challenges.spend(other, at(1)), false)
  }
})

test('answers are remembered as long as they could come again, and no longer', () => {
  const challenges = createChallenges()
  const asked = { purpose: 'sign-in' as const }
  for (let i = 0; i < 10_000; i++) assert.ok(challenges.spend(text(challenges.make(asked, at(0))), at(0)))
  assert.throws(() => challenges.spend(text(challenges.make(asked, at(0))), at(0)), { code: 'too_many' })
  assert.ok(challenges.spend(text(challenges.make(asked, at(300_001))), at(300_001)))
})
