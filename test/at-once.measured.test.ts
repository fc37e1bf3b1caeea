// The words that say what there is come at once, as the built program prints them.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { test } from 'node:test'

const PROGRAM = join(dirname(import.meta.dirname), 'bin/parapet.js')
const MOST_MS = 400
const MOST_TRIES = 10

for (const word of ['--help', '--version'])
  test(`${word} takes less than ${MOST_MS} ms`, (t) => {
    const times: number[] = []
    while (times.length < MOST_TRIES && !times.some((ms) => ms < MOST_MS)) {
      const started = performance.now()
      assert.equal(spawnSync(process.execPath, [PROGRAM, word]).status, 0)
      times.push(performance.now() - started)
    }
    t.diagnostic(`${word}: ${Math.round(Math.min(...times))} ms`)
    assert(Math.min(...times) < MOST_MS, `${times.map(Math.round).join(', ')} ms`)
  })
