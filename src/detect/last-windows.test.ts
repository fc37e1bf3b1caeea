import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Context, defineDetector } from './define.ts'
import { createEngine } from './engine.ts'
import { LastWindows } from './last-windows.ts'

test('a text that says the same over and over is judged once, and each place of it is told', () => {
  let asked = 0
  const counting = defineDetector({
    id: 'counting',
    control: 'sensitive-output-handling',
    family: 'secret',
    title: 'The word gate',
    severity: 'low',
    literals: ['gate'],
    reach: { before: 8, after: 20 },
    examples: { hit: [], miss: [] },
    detect(window) {
      asked++
      return Array.from(window.matchAll(/gate/g), ({ index }) => ({
        start: index,
        end: index + 4,
        confidence: 1,
        note: 'a gate',
      }))
    },
  })
  const { findings } = createEngine([counting]).scan('a gate and '.repeat(200))
  assert.deepEqual(
    findings.map(({ start }) => start),
    Array.from({ length: 200 }, (_, i) => 11 * i + 2),
  )
  assert.ok(asked < 16, `asked ${asked} times`)
})

test('a window of which something else is told is judged anew', () => {
  const plain: Context = { role: 'user', offset: 0, atStart: false, atEnd: false, told: -3, words: 0 }
  const others: Partial<Context>[] = [{ atStart: true }, { atEnd: true }, { told: 1 }, { words: 2 }]
  const windows = new LastWindows()
  let asked = 0
  const ask = () => {
    asked++
    return []
  }
  for (const other of [{}, { offset: 99, told: -90 }, ...others]) windows.judge(0, 'same', { ...plain, ...other }, ask)
  assert.equal(asked, 1 + others.length)
  windows.judge(1, 'same', plain, ask)
  windows.judge(0, 'other', plain, ask)
  assert.equal(asked, 3 + others.length)
})
