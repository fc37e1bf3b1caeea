import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { acceptDetector, inPieces } from './accept.ts'
import { defineDetector, type Match } from './define.ts'
import { createEngine } from './engine.ts'
import { acceptPace } from './pace.ts'

const all = (window: string, pattern: RegExp): Match[] =>
  [...window.matchAll(pattern)].map(({ index, 0: found }) => ({
    start: index,
    end: index + found.length,
    confidence: 0.9,
    note: 'found',
  }))

const ticket = defineDetector({
  id: 'ticket',
  control: 'sensitive-output-handling',
  family: 'secret',
  title: 'A ticket number',
  severity: 'low',
  literals: ['tk-', 'ticket:'],
  reach: { before: 4, after: 24 },
  detect: (window) => all(window, /(?<![a-z])(?:tk-|ticket:)\d{4,16}(?!\d)/gi),
  examples: {
    hit: ['TK-1234', 'see ticket:99887766'],
    miss: ['tk-12', 'atk-1234', 'ticket: none', 'tk-12345678901234567'],
  },
})

const run = defineDetector({
  id: 'run',
  control: 'sensitive-output-handling',
  family: 'personal',
  title: 'A run of digits',
  severity: 'low',
  roles: ['user'],
  trigger: { first: '0-9', hit: /\d{6}/y },
  reach: { before: 2, after: 20 },
  detect: (window) => all(window, /(?<!\d)\d{6,12}(?!\d)/g),
  examples: { hit: ['call 123456', '123456789012'], miss: ['12345', '1234567890123'] },
})

acceptDetector(ticket)
acceptDetector(run)
acceptPace(ticket)
acceptPace(run)

test('findings are the same whatever the text and its pieces', () => {
  const engine = createEngine([ticket, run])
  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constantFrom('tk-', 'TK', '-', 'ticket:', '1234', '999999', 'tk-5555', '\ud83d', '\ude00', '\0', ' '),
    fc.stringMatching(/^\d{1,14}$/),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const whole = engine.scan(pieces.join(''))
      assert.deepEqual(inPieces(engine, pieces, 'user'), whole)
    }),
    { numRuns: 300 },
  )
})

test('a finding lies where it lies in a text longer than a stride', () => {
  const text = `${'x '.repeat(40_000)}tk-4711 ${'y '.repeat(40_000)}tk-0815`
  const { findings } = createEngine([ticket]).scan(text)
  assert.deepEqual(
    findings.map(({ start, end }) => text.slice(start, end)),
    ['tk-4711', 'tk-0815'],
  )
})

test('who speaks decides which detectors read', () => {
  const engine = createEngine([ticket, run])
  assert.equal(engine.scan('123456', { role: 'user' }).findings.length, 1)
  assert.equal(engine.scan('123456', { role: 'tool' }).findings.length, 0)
})

test('an unknown role and a text that is no string are refused with a reason', () => {
  const engine = createEngine([ticket])
  const role: unknown = 'usr'
  const text: unknown = 7
  assert.throws(() => engine.scan('', { role: role as 'user' }), {
    code: 'input_invalid',
    hint: 'did you mean "user"?',
  })
  assert.throws(() => engine.scan(text as string), { code: 'input_invalid' })
})

test('more findings than are kept are counted, not kept', () => {
  const { findings, truncated } = createEngine([ticket]).scan('tk-1234 '.repeat(1000))
  assert.equal(findings.length, 256)
  assert.deepEqual(truncated, ['ticket'])
})

const asking = defineDetector({
  id: 'asking',
  control: 'sensitive-output-handling',
  family: 'secret',
  title: 'A door, and who stands near it',
  severity: 'low',
  literals: ['door'],
  words: ['Ann', 'an', 'bob'],
  reach: { before: 6, after: 6 },
  detect: (window, { words = 0 }) =>
    all(window, /door/gi).map((match) => Object.assign(match, { note: words.toString(2) })),
  examples: { hit: ['door'], miss: ['window'] },
})

test('a detector is told which of its words stand in a window, however the text is cut', () => {
  const engine = createEngine([asking])
  const notes = (text: string) => engine.scan(text).findings.map(({ note }) => note)
  assert.deepEqual(notes('ann door BOB'), ['111'])
  assert.deepEqual(notes('ann, the door'), ['0'])
  assert.deepEqual(notes('an a door bo'), ['10'])
  assert.deepEqual(notes('bob .......... door'), ['0'])
  const text = fc.array(fc.constantFrom('door', 'ann', 'an', 'bob', 'a', 'nn', ' ', '.'), { maxLength: 40 })
  fc.assert(
    fc.property(text, (pieces) => {
      const whole = pieces.join('')
      assert.deepEqual(inPieces(engine, pieces, 'user'), engine.scan(whole))
      assert.deepEqual(inPieces(engine, whole.split(''), 'user'), engine.scan(whole))
    }),
  )
})
