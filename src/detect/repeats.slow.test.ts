// A few characters over and over cost little more than prose, for each of them, and never more the longer the text is: each
// of these was once many times as dear. Processor time of the thread, the best of some runs.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { DETECTORS } from './detectors/index.ts'
import { createEngine } from './engine.ts'

/** With room for a machine that has other things to do. */
const MOST_PROSE = 16
const MOST_GROWTH = 4
const [SHORT, LONG] = [32_768, 262_144]
const RUNS = 4
const UNITS = [
  '6=',
  '67 ',
  '0 ',
  '1.',
  '12-',
  '6+',
  '6/',
  ';1*',
  '9@\u4e2d',
  '1234 ',
  'a\u0430',
  'a\u0430$',
  '\u0430\u202e\u201c',
  '0\u202e\n',
  'e$\u202e',
  '![~',
  '\u200ba',
  '\uff21 ',
  '%41',
]

const engine = createEngine(DETECTORS)
const prose = readdirSync('docs/adr')
  .map((name) => readFileSync(`docs/adr/${name}`, 'utf8'))
  .join('\n')

function costOf(text: string): number {
  const costs = Array.from({ length: RUNS }, () => {
    const before = process.threadCpuUsage()
    engine.scan(text)
    return process.threadCpuUsage(before).user / text.length
  })
  return Math.min(...costs)
}

test('what is repeated costs little more than prose, and no more by the character where there is more of it', () => {
  costOf(prose.repeat(4))
  const usual = costOf(prose.repeat(4))
  const dear = UNITS.flatMap((unit) => {
    const times = (length: number) => costOf(unit.repeat(length / unit.length)) / usual
    const [short, long] = [times(SHORT), times(LONG)]
    const isDear = long > MOST_PROSE || long > MOST_GROWTH * Math.max(1, short)
    return isDear ? [`${JSON.stringify(unit)}: ${short.toFixed(1)} and ${long.toFixed(1)} times as much`] : []
  })
  assert.deepEqual(dear, [])
})
