// The words that say what there is come at once, as the built program prints them.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { test } from 'node:test'

const PROGRAM = join(dirname(import.meta.dirname), 'bin/parapet.js')
const MOST_MS = 400
/** Where Node alone takes longer than the 28 ms of a calm machine, so may the program. */
const MOST_STARTS = MOST_MS / 28
const MOST_TRIES = 10

for (const word of ['--help', '--version'])
  test(`${word} takes less than ${MOST_MS} ms, or than ${Math.round(MOST_STARTS)} starts of Node alone`, (t) => {
    let [alone, best] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
    const most = () => Math.max(MOST_MS, MOST_STARTS * alone)
    for (let i = 0; i < MOST_TRIES && best >= most(); i++) {
      best = Math.min(best, timed([PROGRAM, word]))
      alone = Math.min(alone, timed(['--eval', '0']))
    }
    t.diagnostic(`${word}: ${Math.round(best)} ms, Node alone ${Math.round(alone)} ms`)
    assert(best < most(), `${best} of ${most()} ms`)
  })

function timed(words: readonly string[]): number {
  const started = performance.now()
  assert.equal(spawnSync(process.execPath, words).status, 0)
  return performance.now() - started
}
