// Megabytes made against the recognisers of personal data and against the patterns over output: every literal over and
// over, with what makes a pattern look further, and the beginnings of what each recogniser reads. The same in small pieces,
// where at each of them it is asked again what may still become a match.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type AnyDetector, isReader } from '../define.ts'
import { createEngine } from '../engine.ts'
import { OUTPUT_DETECTORS } from './output/index.ts'
import { personal } from './personal/personal.ts'
import { GATES } from './secrets/gates.ts'
import { secrets } from './secrets/secrets.ts'

const MEGABYTE = 1_048_576
const MOST_MS = 3000

function slowOf(detector: AnyDetector, units: readonly string[]): string[] {
  const engine = createEngine([detector])
  const slow: string[] = []
  for (const unit of units) {
    const text = unit.repeat(Math.ceil(MEGABYTE / unit.length))
    const before = process.cpuUsage()
    engine.scan(text, { role: detector.roles?.[0] ?? 'user' })
    const took = process.cpuUsage(before).user / 1000
    if (took > MOST_MS) slow.push(`${detector.id} on ${JSON.stringify(unit.slice(0, 40))}: ${took.toFixed(0)} ms`)
  }
  return slow
}

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

test('no recogniser of personal data takes long over a megabyte made against it', () => {
  assert.deepEqual(slowOf(personal, PERSONAL_UNITS), [])
})

for (const detector of OUTPUT_DETECTORS) {
  test(`${detector.id} takes no long time over a megabyte of any of its literals`, () => {
    const literals = isReader(detector) ? [] : (detector.literals ?? [])
    const some = literals.length > 40 ? literals.filter((_, i) => i % Math.ceil(literals.length / 40) === 0) : literals
    const ends = ['', ' ', '=a', '(1 ', '\n']
    assert.deepEqual(
      slowOf(
        detector,
        some.map((literal, i) => `${literal}${ends[i % ends.length] ?? ''}`),
      ),
      [],
    )
  })
}

const STREAMED = 12_000
const PIECE = 6
/** Two thousand pieces: a millisecond for each of them. */
const MOST_STREAM_MS = 2000

function slowStreams(detectors: readonly AnyDetector[], units: readonly string[]): string[] {
  const engine = createEngine(detectors)
  return units.flatMap((unit) => {
    const text = unit.repeat(Math.ceil(STREAMED / unit.length))
    const scanner = engine.open({ role: 'assistant' })
    const before = process.cpuUsage()
    for (let at = 0; at < STREAMED; at += PIECE) scanner.push(text.slice(at, at + PIECE))
    scanner.end()
    const took = process.cpuUsage(before).user / 1000
    return took > MOST_STREAM_MS ? [`${JSON.stringify(unit.slice(0, 40))}: ${took.toFixed(0)} ms`] : []
  })
}

test('no stream made against the recognisers of personal data takes long', () => {
  assert.deepEqual(slowStreams([personal], PERSONAL_UNITS), [])
})

test('no stream made against the patterns of credentials takes long', () => {
  const ends = [' ', '="', 'a', ': 1']
  const begun = [
    '-----BEGIN A PRIVATE KEY-----\naa',
    'Private-Lines: 9\nab ',
    'eyJhbGciOiJIUzI1NiJ9.',
    'kind: Secret\ndata:\n a: b\n',
  ]
  assert.deepEqual(
    slowStreams([secrets], [...begun, ...GATES.map(({ literal }, i) => `${literal}${ends[i % ends.length] ?? ''}`)]),
    [],
  )
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
  assert.deepEqual(slowStreams(OUTPUT_DETECTORS, [...PERSONAL_UNITS, ...more]), [])
})
