// MessagePack is walked to its end, and pickles among its bytes are read.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EVIL, join, scan, u8 } from '../testing.ts'

const text = (words: string) => join(u8(0xa0 + words.length), words)
const bytes = (data: Uint8Array) => join('\u00c4', u8(data.length), data)
const map = (...entries: [string, Uint8Array][]) =>
  join(u8(0x80 + entries.length), ...entries.flatMap(([key, value]) => [text(key), value]))
const weights = join('\u00c7', u8(20), '\u0001', Buffer.alloc(20, 3))
const numbers = join('\u0094', '\u0005', '\u00cb', Buffer.alloc(8), '\u00c0', '\u00cd\u0001\u0002')
const params = map(['params', map(['kernel', weights], ['steps', numbers])])

const rows: [what: string, file: string, content: Uint8Array, verdict: string, format: string][] = [
  ['parameters', 'flax_model.msgpack', params, 'benign', 'msgpack'],
  ['parameters without a name', 'checkpoint_100', params, 'benign', 'msgpack'],
  ['an array of objects', 'm.msgpack', map(['kind', text('O')], ['data', bytes(EVIL)]), 'malicious', 'msgpack'],
  ['the same in a list', 'm.msgpack', map(['a', join('\u0091', bytes(EVIL))]), 'malicious', 'msgpack'],
  ['half of it', 'm.msgpack', params.subarray(0, 20), 'suspicious', 'named-otherwise'],
  [
    'a list without end',
    'm.msgpack',
    join('\u0081\u00a1a\u00dd', Buffer.alloc(4, 0xff)),
    'suspicious',
    'named-otherwise',
  ],
  ['numbers', 'm.msgpack', Buffer.alloc(64, 0xc1), 'suspicious', 'named-otherwise'],
]

for (const [what, file, content, verdict, format] of rows) {
  test(`${file} with ${what} is ${verdict}`, async () => {
    const report = await scan(file, content)
    assert.deepEqual([report.verdict, report.format], [verdict, format], JSON.stringify(report.findings))
  })
}
