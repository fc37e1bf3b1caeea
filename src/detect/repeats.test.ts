import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { inPieces } from './accept.ts'
import { personal } from './detectors/personal/personal.ts'
import { encodedSecrets } from './detectors/secrets/encoded-secrets.ts'
import { sample, seeded } from './detectors/secrets/sample.ts'
import { createEngine } from './engine.ts'
import { LONGEST_PERIOD, Repeats } from './repeats.ts'
import { Tape } from './text.ts'

const unit = fc.string({ unit: fc.constantFrom('a', 'b', '1'), minLength: 1, maxLength: 40 })
const runs = fc.array(fc.tuple(unit, fc.integer({ min: 1, max: 300 })), { minLength: 1, maxLength: 4 })
const repeated = (parts: readonly (readonly [string, number])[]): string =>
  parts.map(([some, times]) => some.repeat(times)).join('')

test('a part is said to stand somewhere before only where it does', () => {
  let known = 0
  fc.assert(
    fc.property(runs, fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 90 }), (parts, length, step) => {
      const text = repeated(parts)
      const tape = new Tape()
      tape.append(text)
      const repeats = new Repeats()
      for (let from = 0; from < text.length; from += step) {
        const period = repeats.periodOf(tape, from, from + length)
        if (period === 0) continue
        known++
        assert.ok(period <= LONGEST_PERIOD && from + length <= text.length)
        assert.equal(text.slice(from - period, from - period + length), text.slice(from, from + length))
      }
      tape.done()
    }),
  )
  assert.ok(known > 1000, `${known} parts`)
})

test('nearly all of a text that is one thing over and over is known to be the same', () => {
  for (const some of [
    'a',
    'ab ',
    'never the same twice '.repeat(3),
    Array.from({ length: 230 }, (_, i) => i).join(' '),
  ]) {
    const text = some.repeat(Math.ceil(40_960 / some.length))
    const tape = new Tape()
    tape.append(text)
    const repeats = new Repeats()
    let known = 0
    for (let from = 0; from < text.length; from += 10) if (repeats.periodOf(tape, from, from + 500) > 0) known++
    assert.ok(known * 10 > 0.9 * text.length, `${some.slice(0, 20)}: ${known * 10} of ${text.length}`)
    tape.done()
  }
})

/** In small pieces nothing of a stream is kept that could be compared. */
test('what is found where a text repeats itself is what is found where each place is judged', () => {
  const engine = createEngine([personal, encodedSecrets])
  const words = [
    'Write to ada.byron@mail.test or call +44 20 7946 0018; ',
    `key=${sample('ghp_[0-9A-Za-z]{36}', seeded(3))} `,
    `${encodeURIComponent('My name is Ottoline Quigley, card 4111 1111 1111 1111')}&`,
    'Mr. Brown\n',
    'password: "hunter42!x", ',
  ]
  for (const [i, word] of words.entries()) {
    const other = words[(i + 1) % words.length] ?? ''
    const text = word.repeat(150) + other + word.repeat(60) + other.repeat(90) + word.slice(3)
    const pieces = text.match(/[^]{1,50}/g) ?? []
    assert.deepEqual(inPieces(engine, pieces, 'assistant'), engine.scan(text, { role: 'assistant' }), word)
  }
})
