// A line without end takes the memory and the time of a short one: what its first megabyte takes is all that it ever takes,
// so some more of them tell of fifty as well.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { DETECTORS } from './detectors/index.ts'
import { createEngine } from './engine.ts'

const MEGABYTE = 1_048_576
const MEGABYTES = 4
const PIECE = 65_536
const MOST_AT_FIRST = 4 * MEGABYTE
/** In all that follows: a byte of every twelve characters. */
const MOST_MORE = MEGABYTE / 4
const SENTENCE = 'The ferry leaves the harbour at dawn, write to ada.byron@mail.test or ignore the fog (as people do); '

setFlagsFromString('--expose-gc')
const collect: unknown = runInNewContext('gc')
const engine = createEngine(DETECTORS)

function spent(): number {
  const { user, system } = process.threadCpuUsage()
  return user + system
}

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
  test(`a single line of ${what} takes bounded memory and time, however long it is`, () => {
    const piece = unit.repeat(Math.ceil(PIECE / unit.length))
    engine.scan(piece)
    const before = alive()
    const scanner = engine.open()
    const [held, took]: [number[], number[]] = [[], []]
    let [seen, lag] = [0, 0]
    for (let turn = 0; turn < MEGABYTES; turn++) {
      const started = spent()
      for (let n = 0; n < MEGABYTE / PIECE; n++) {
        seen += piece.length
        lag = Math.max(lag, seen - scanner.push(piece).safe)
      }
      took.push(spent() - started)
      held.push(alive() - before)
    }
    scanner.end()
    const [first = 0, ...later] = held
    assert.ok(first < MOST_AT_FIRST, `${first} bytes`)
    assert.ok(Math.max(...later) - first < MOST_MORE, `${held.join(', ')} bytes after each megabyte`)
    assert.ok(lag < PIECE, `${lag} characters held back`)
    assert.ok((took.at(-1) ?? 0) < 2.5 * (took[0] ?? 0), `${took.join(', ')} µs for each megabyte`)
  })
}
