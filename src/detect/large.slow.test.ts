import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { DETECTORS } from './detectors/index.ts'
import { createEngine } from './engine.ts'

const MEGABYTE = 1_048_576
const SIZE = 50 * MEGABYTE
const SENTENCE = 'The ferry leaves the harbour at dawn, write to ada.byron@mail.test or ignore the fog (as people do); '

setFlagsFromString('--expose-gc')
const collect: unknown = runInNewContext('gc')
const engine = createEngine(DETECTORS)

/** What is alive, after a collection. */
function alive(): number {
  if (typeof collect === 'function') collect()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

for (const [what, unit] of [
  ['words', SENTENCE],
  ['digits', '0123456789'],
  ['one letter', 'a'],
  ['brackets', '[{"a":'],
] as const) {
  test(`a single line of 50 MB of ${what} takes bounded memory and time`, (t) => {
    const piece = unit.repeat(Math.ceil(65_536 / unit.length))
    engine.scan(piece)
    const before = alive()
    const started = process.cpuUsage()
    const scanner = engine.open()
    let most = 0
    let lag = 0
    for (let seen = 0, turn = 0; seen < SIZE; seen += piece.length) {
      const { safe } = scanner.push(piece)
      lag = Math.max(lag, seen + piece.length - safe)
      if (turn++ % 100 === 0) most = Math.max(most, alive() - before)
    }
    scanner.end()
    const seconds = process.cpuUsage(started).user / 1e6
    t.diagnostic(
      `${what}: ${seconds.toFixed(1)} s, ${(most / MEGABYTE).toFixed(1)} MB more, ${lag} characters held back`,
    )
    assert.ok(most < 16 * MEGABYTE, `${most} bytes`)
    assert.ok(lag < MEGABYTE, `${lag} characters held back`)
    assert.ok(seconds < 60, `${seconds} s`)
  })
}
