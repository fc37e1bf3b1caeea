// A text that passes by in pieces: what has to wait of it takes room of its own size, however long the pieces are.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Tape } from './text.ts'

for (const [piece, waits] of [
  [4096, 40],
  [15_000, 520],
  [60_000, 3000],
] as const)
  test(`${waits} characters that wait of pieces of ${piece} keep little more than themselves`, () => {
    const tape = new Tape()
    let text = ''
    for (let i = 0; i < 5; i++) {
      const next = `${i}`.repeat(piece)
      text += next
      tape.append(next)
      tape.dropBefore(text.length - waits)
      const waiting = text.slice(-waits)
      assert.equal(tape.string, waiting)
      assert.equal(String.fromCharCode(...tape.units.subarray(0, waits)), waiting)
      assert.ok(tape.units.length <= Math.max(512, 2 * waits), `room for ${tape.units.length}`)
    }
  })
