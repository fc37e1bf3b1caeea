import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { createEngine } from '../../engine.ts'
import { crc32, hasAwsAccount, hasCrcTail, hasJwtHeader, toBase62 } from './checksum.ts'
import { counting, entropy, longestRun } from './entropy.ts'
import { gateOf } from './gate.ts'
import { isPlaceholder } from './placeholder.ts'
import { isGenerated } from './randomness.ts'
import { sample, seeded } from './sample.ts'
import { secrets } from './secrets.ts'

test('CRC-32 gives the check value of its standard', () => {
  assert.equal(crc32('123456789'), 0xcbf43926)
  assert.equal(toBase62(0, 6), '000000')
  assert.equal(toBase62(61, 6), '00000z')
  assert.equal(toBase62(0xffffffff, 6), '4gfFC3')
})

test('a token with the right checksum is certain, with a wrong one only likely', () => {
  const engine = createEngine([secrets])
  const body = sample('[0-9A-Za-z]{30}', seeded(17))
  const right = `ghp_${body}${toBase62(crc32(body), 6)}`
  const wrong = right.slice(0, -1) + (right.endsWith('A') ? 'B' : 'A')
  assert.ok(hasCrcTail(right) && !hasCrcTail(wrong))
  const [sure] = engine.scan(right).findings
  const [likely] = engine.scan(wrong).findings
  assert.equal(sure?.confidence, 0.99)
  assert.match(sure.note, /with a valid checksum/)
  assert.ok((likely?.confidence ?? 1) < 0.8)
})

test('a web token is known by its header, a key id of AWS by its alphabet', () => {
  const header = Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url')
  assert.ok(hasJwtHeader(`${header}.e30.c2ln`))
  assert.ok(!hasJwtHeader(`${Buffer.from('{"typ":"none of it"}').toString('base64url')}.e30.c2ln`))
  assert.ok(hasAwsAccount(`AKIA${'Q2'.repeat(8)}`) && !hasAwsAccount(`AKIA${'Q1'.repeat(8)}`))
})

test('entropy, runs and counting are what they say', () => {
  assert.equal(entropy(''), 0)
  assert.equal(entropy('aaaa'), 0)
  assert.equal(entropy('abcd'), 2)
  assert.equal(longestRun('abbbba'), 4 / 6)
  assert.ok(counting('abcdefgh12345678') > 0.8)
  assert.ok(counting('7f3c9a1e5b2d4f6a') < 0.3)
  fc.assert(fc.property(fc.string(), (text) => entropy(text) <= Math.log2(Math.max(1, text.length)) + 1e-9))
})

test('placeholders are told from values', () => {
  const stand = [
    '<password>',
    '${SECRET}',
    '{{ token }}',
    '$TOKEN',
    '%TOKEN%',
    'your-api-key',
    'xxxxxxxxxxxx',
    'changeme',
    'process.env.KEY',
    '**********',
    'null',
    '1234567890',
  ]
  for (const value of stand) assert.ok(isPlaceholder(value), value)
  for (const value of ['tr0ub4dor&3', '9f8e7d6c5b4a', 'Kx7!pQ2m']) assert.ok(!isPlaceholder(value), value)
})

test('the work of a generator is told from names and sentences', () => {
  const random = seeded(2)
  for (const pattern of ['[0-9a-f]{32}', '[0-9A-Za-z]{24}', '[0-9a-z]{32}']) {
    const made = Array.from({ length: 200 }, () => sample(pattern, random))
    assert.ok(made.filter((text) => isGenerated(text, 3)).length >= 195, pattern)
  }
  for (const name of ['ultraPictureBox1', 'getAuthenticationToken', 'application-settings-2']) {
    assert.ok(!isGenerated(name, 3), name)
  }
})

test('the gate of a pattern is the literal it begins with', () => {
  const cases = [
    ['ghp_[0-9]{36}', 'ghp_'],
    ['dp[.]pt[.][a-z]', 'dp.pt.'],
    ['(?<!x)AIza[0-9]', 'aiza'],
  ] as const
  for (const [pattern, gate] of cases) assert.equal(gateOf(pattern), gate)
  assert.throws(() => gateOf('xy?z'), /name its gates/)
})

test('a sample matches the pattern it was made from', () => {
  const random = seeded(1)
  for (const pattern of ['a{2,5}[b-d]{3}', '(?:ab|c[.]d)_?\\d{4}', '[^"\\s]{6}x*', '[\\w+/=-]{12}']) {
    for (let i = 0; i < 50; i++) assert.match(sample(pattern, random), new RegExp(`^(?:${pattern})$`))
  }
})
