import assert from 'node:assert/strict'
import { test } from 'node:test'
import { csrfOf, isSame, isSecret, isToken, newSecret, newToken } from './secrets.ts'

test('a token carries a checksum that a mistyped one does not have', () => {
  for (let i = 0; i < 50; i++) {
    const token = newToken()
    assert.match(token, /^pp_[0-9A-Za-z]{49}$/)
    assert.ok(isToken(token))
    const at = 3 + (i % 49)
    const changed = token.slice(0, at) + (token[at] === 'x' ? 'y' : 'x') + token.slice(at + 1)
    assert.equal(isToken(changed), false)
  }
  assert.equal(isToken(`pp_${'0'.repeat(49)}`), false)
})

test('secrets are long, distinct and recognised', () => {
  const secrets = new Set(Array.from({ length: 100 }, newSecret))
  assert.equal(secrets.size, 100)
  for (const secret of secrets) assert.ok(isSecret(secret) && Buffer.from(secret, 'base64url').length === 32)
  for (const not of ['', 'x', `${newSecret()}=`, `${newSecret()} `]) assert.equal(isSecret(not), false)
})

test('what a page sends with changes follows from the cookie and does not give it away', () => {
  const secret = newSecret()
  assert.equal(csrfOf(secret), csrfOf(secret))
  assert.notEqual(csrfOf(secret), csrfOf(newSecret()))
  assert.ok(!csrfOf(secret).includes(secret.slice(0, 8)))
})

test('equal is equal, whatever the length', () => {
  assert.ok(isSame('abc', 'abc'))
  for (const other of ['', 'ab', 'abcd', 'abd']) assert.equal(isSame('abc', other), false)
})
