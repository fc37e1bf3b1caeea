// What is collected must have an end that a machine reaches, however it was put together.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { join, op, pickle, scan } from '../testing.ts'

const { global, text, call, list, int, bytes } = op
const builtin = (name: string, ...args: Buffer[]) => call(global('builtins', name), ...args)
const iterator = (name: string, ...args: Buffer[]) => call(global('itertools', name), ...args)
const huge = join('\u008a', '\u0005', Buffer.from([0, 0, 0, 0, 16]))
const letters = list(...Array.from({ length: 60 }, (_, i) => int(i)))
const times = (name: string, ...args: Buffer[]) => call(global('operator', name), ...args)

const endless: [what: string, content: Buffer][] = [
  ['a text many times', times('mul', text('A'), huge)],
  ['a number of times a list', times('mul', huge, list(int(1)))],
  ['many times many times', times('mul', times('mul', text('A'), int(1_000_000)), int(1_000_000))],
  ['a text that is filled up', builtin('str.zfill', text('A'), huge)],
  ['bytes', builtin('bytes', huge)],
  ['pairs of pairs', builtin('list', iterator('product', letters, letters, letters, letters, letters, letters))],
  ['orders', builtin('tuple', iterator('permutations', letters))],
  ['a range, through others', builtin('sum', builtin('map', global('builtins', 'abs'), builtin('range', huge)))],
  [
    'what goes on, joined',
    builtin('bytes.join', bytes(Buffer.from('')), iterator('repeat', bytes(Buffer.from('AAAA')))),
  ],
  [
    'a chain with one that has no end',
    call(global('collections', 'deque'), iterator('chain', list(int(1)), iterator('count')), int(0)),
  ],
  ['a product of many numbers', call(global('math', 'factorial'), int(100_000_000))],
]

for (const [what, content] of endless) {
  test(`${what} exhausts whoever loads it`, async () => {
    const { findings } = await scan('model.pkl', pickle(content))
    assert(
      findings.some(({ technique }) => technique === 'pickle-exhausts'),
      JSON.stringify(findings),
    )
  })
}

const ending: [what: string, content: Buffer][] = [
  ['a counter', iterator('count', int(5))],
  ['the start of what has no end', builtin('list', iterator('islice', iterator('count'), int(5)))],
  ['the shorter of two', builtin('list', builtin('zip', iterator('count'), list(int(1))))],
  ['a few pairs', builtin('list', iterator('product', letters, letters))],
  ['choices of two', builtin('list', iterator('combinations', letters, int(2)))],
  ['a text three times', times('mul', text('A'), int(3))],
  ['a large number', times('mul', huge, huge)],
  ['a long range', builtin('range', huge)],
]

for (const [what, content] of ending) {
  test(`${what} has an end`, async () => {
    const { verdict, findings } = await scan('model.pkl', pickle(content))
    assert.equal(verdict, 'benign', JSON.stringify(findings))
  })
}
