import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inPieces } from '../accept.ts'
import { encodedSecrets } from '../detectors/secrets/encoded-secrets.ts'
import { sample, seeded } from '../detectors/secrets/sample.ts'
import { createEngine } from '../engine.ts'
import { SameRuns } from './same-runs.ts'

test('a run that comes again is read once and told at its own place, until it is forgotten', () => {
  const runs = new SameRuns()
  let read = 0
  const findAt = (from: number, run: string) =>
    runs.at(from, run, () => {
      read++
      return [{ start: from + 2, end: from + 5, confidence: 1, note: run }]
    })
  for (const from of [100, 0, 7]) {
    assert.deepEqual(findAt(from, 'abcdef'), [{ start: from + 2, end: from + 5, confidence: 1, note: 'abcdef' }])
    assert.equal(findAt(from, 'ghijkl')[0]?.note, 'ghijkl')
  }
  assert.equal(read, 2)
  runs.forget()
  findAt(9, 'abcdef')
  assert.equal(read, 3)
})

test('each of many equal runs is told, as in a stream of small pieces', () => {
  const token = sample('ghp_[0-9A-Za-z]{36}', seeded(3))
  const engine = createEngine([encodedSecrets])
  const texts = [
    `${Buffer.from(`key=${token}`).toString('base64')}\n\n`,
    `${Buffer.from(token).toString('hex')} | `,
    `${token.split('').join(' ')}\n\n`,
  ]
  for (const text of texts) {
    const whole = engine.scan(text.repeat(40))
    assert.equal(whole.findings.length, 40, text)
    assert.deepEqual(inPieces(engine, text.repeat(40).match(/[^]{1,30}/g) ?? [], 'user'), whole)
  }
})
