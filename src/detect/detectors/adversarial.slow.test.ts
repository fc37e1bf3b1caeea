// Texts made against the recognisers of personal data and against the patterns over output: every literal over and
// over, with what makes a pattern look further, and the beginnings of what each recogniser reads. The same in small pieces,
// where at each of them it is asked again what may still become a match.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isReader } from '../define.ts'
import { createEngine } from '../engine.ts'
import { tooDear } from '../pace.ts'
import { OUTPUT_DETECTORS } from './output/index.ts'
import { personal } from './personal/personal.ts'
import { GATES } from './secrets/gates.ts'
import { secrets } from './secrets/secrets.ts'

const PERSONAL_UNITS = [
  '1 ',
  '1.',
  '1-',
  '1:',
  '::',
  'a:1',
  'a@',
  '@a.',
  'a.b@',
  '+1',
  '(1',
  '+1 (1) ',
  '12 Via ',
  'ul. A 1 ',
  'Rua A de B 1',
  '1 Aa ',
  'born 1 ',
  'Maria ',
  'Maria Aa ',
  'Maria van der ',
  'Mr. A. ',
  'name is ',
  'Name: Aa ',
  'passport 1',
  'account number 1',
  '1234567',
  '12345678 ',
  'DE12 ',
  'DE12A',
  '4111 ',
  '123-45-',
  '12.345.',
  'AB12',
  'phone 1 ',
  'call 12 34 ',
  '1.23456, ',
  'aa:bb:',
  '12-34-',
  'é1',
  'box 1 ',
  'address is 1 ',
] as const

test('no recogniser of personal data takes long over a text made against it', () => {
  assert.deepEqual(tooDear(createEngine([personal]), PERSONAL_UNITS), [])
})

for (const detector of OUTPUT_DETECTORS) {
  test(`${detector.id} takes no long time over a text of any of its literals`, () => {
    const literals = isReader(detector) ? [] : (detector.literals ?? [])
    const some = literals.length > 40 ? literals.filter((_, i) => i % Math.ceil(literals.length / 40) === 0) : literals
    const ends = ['', ' ', '=a', '(1 ', '\n']
    const units = some.map((literal, i) => `${literal}${ends[i % ends.length] ?? ''}`)
    assert.deepEqual(tooDear(createEngine([detector]), units, { role: detector.roles?.[0] ?? 'user' }), [])
  })
}

/** Pieces of a few characters; each of those characters may cost what a kilobyte of prose does. */
const STREAMED = { short: 3000, piece: 6, most: 1024, role: 'assistant' } as const

test('no stream made against the recognisers of personal data takes long', () => {
  assert.deepEqual(tooDear(createEngine([personal]), PERSONAL_UNITS, STREAMED), [])
})

test('no stream made against the patterns of credentials takes long', () => {
  const ends = [' ', '="', 'a', ': 1']
  const begun = [
    '-----BEGIN A PRIVATE KEY-----\naa',
    'Private-Lines: 9\nab ',
    'eyJhbGciOiJIUzI1NiJ9.',
    'kind: Secret\ndata:\n a: b\n',
  ]
  const gates = GATES.map(({ literal }, i) => `${literal}${ends[i % ends.length] ?? ''}`)
  assert.deepEqual(tooDear(createEngine([secrets]), [...begun, ...gates], STREAMED), [])
})

test('no stream made against the patterns of dangerous output takes long', () => {
  const more = [
    '<a ',
    '<svg>',
    'curl ',
    '1 or ',
    '[a](',
    '../',
    '$(',
    '{{',
    '${',
    '\u001b]',
    'data:',
    'http://',
    'a;',
    'style="',
  ]
  assert.deepEqual(tooDear(createEngine(OUTPUT_DETECTORS), [...PERSONAL_UNITS, ...more], STREAMED), [])
})
