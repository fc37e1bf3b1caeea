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
  const engine = createEngine([counting])
  for (const unit of ['a gate and ', 'gate, gate and a third gate; ', `${'gate '.repeat(9)}and no more. `]) {
    const text = unit.repeat(Math.ceil(8000 / unit.length))
    asked = 0
    const { findings } = engine.scan(text.slice(0, 8000))
    assert.equal(findings.length, Math.min(256, text.slice(0, 8000).match(/gate/g)?.length ?? 0))
    assert.ok(asked < 24, `asked ${asked} times about ${unit}`)
  }
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
