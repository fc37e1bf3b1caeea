import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { acceptDetector, acceptStream } from '../accept.ts'
import { createEngine } from '../engine.ts'
import { tooDear } from '../pace.ts'
import { encodedPersonal, encodedSecretsAndPersonal } from './encoded-data.ts'
import { sample, seeded } from './secrets/sample.ts'

const engine = createEngine([encodedSecretsAndPersonal])
const alone = createEngine([encodedPersonal])

acceptDetector(encodedSecretsAndPersonal)
acceptDetector(encodedPersonal)

const each = (text: string, write: (code: number) => string): string =>
  text.replaceAll(/[^]/g, (char) => write(char.charCodeAt(0)))
const WAYS: readonly (readonly [way: string, write: (text: string) => string])[] = [
  ['base64', (text) => Buffer.from(text).toString('base64')],
  ['base64 of UTF-16', (text) => Buffer.from(text, 'utf16le').toString('base64')],
  ['base64 of what gzip packed', (text) => gzipSync(text).toString('base64')],
  ['hexadecimal', (text) => Buffer.from(text).toString('hex')],
  ['percent escapes', (text) => each(text, (code) => `%${code.toString(16).padStart(2, '0')}`)],
  ['entities', (text) => each(text, (code) => `&#${code};`)],
  ['octal escapes', (text) => each(text, (code) => `\\${code.toString(8).padStart(3, '0')}`)],
  ['JSON in JSON', (text) => JSON.stringify(JSON.stringify({ said: `"${text}"` }))],
  ['full width', (text) => each(text, (code) => String.fromCharCode(code > 32 ? code + 0xfee0 : 0x3000))],
]
const SAID: readonly (readonly [kind: string, text: string])[] = [
  ['card', 'card 4111 1111 1111 1111 exp 10/30'],
  ['iban', 'IBAN DE89 3704 0044 0532 0130 00'],
  ['email', 'write to ada.byron@mail.test today'],
]

for (const [way, write] of WAYS)
  test(`personal data is found in ${way}, under its own name, however a stream is cut`, () => {
    for (const [kind, said] of SAID) {
      const text = `Here it is: ${write(said)} . Anything else?`
      for (const reader of [engine, alone]) {
        const found = reader.scan(text).findings.filter(({ family }) => family === 'personal')
        assert.ok(
          found.some((one) => one.kind === kind && one.detector === 'personal'),
          `${text}: ${found.map((one) => one.kind).join(', ')}`,
        )
      }
      acceptStream(engine, text, 'assistant')
    }
  })

test('a text that holds both says of each what it is', () => {
  const token = sample('ghp_[0-9A-Za-z]{36}', seeded(3))
  const text = Buffer.from(`The key of ada.byron@mail.test is ${token}.`).toString('base64')
  const { findings } = engine.scan(text)
  assert.deepEqual(findings.map(({ detector, family, kind }) => [detector, family, kind]).toSorted(), [
    ['personal', 'personal', 'email'],
    ['secrets', 'secret', 'github-pat'],
  ])
})

test('what is encoded and names nobody passes', () => {
  for (const text of [
    Buffer.from('The council approved the new bridge on Tuesday.').toString('base64'),
    'See https://example.org/a%20b%2Fc?q=%D0%BF%D1%80%D0%B8&amp;lang=de and printf("%d items\\n", n);',
    JSON.stringify(JSON.stringify({ order: '4485671131901713', at: '2024-03-05 12:30:45' })),
  ])
    assert.deepEqual(engine.scan(text).findings, [], text)
})

test('many escapes and many digits take time in proportion', () => {
  assert.deepEqual(tooDear(engine, ['%67', '\\u0067', '4111', 'Z2hw', '&#64;', 'a%40b.', '41 ']), [])
})
