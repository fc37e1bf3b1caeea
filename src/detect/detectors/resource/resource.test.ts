import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import * as fc from 'fast-check'
import { acceptDetector, inPieces } from '../../accept.ts'
import { createEngine } from '../../engine.ts'
import { acceptPace } from '../../pace.ts'
import { resourceDetectors } from './index.ts'
import { RESOURCE_LIMITS } from './limits.ts'

const SMALL = { ...RESOURCE_LIMITS, characters: 2000, tokens: 1000, repeated: 1024 }

for (const detector of resourceDetectors(SMALL)) acceptDetector(detector)
for (const detector of resourceDetectors(RESOURCE_LIMITS)) acceptPace(detector)

const engine = createEngine(resourceDetectors(RESOURCE_LIMITS))
const kindsIn = (text: string): string[] => engine.scan(text).findings.map(({ kind }) => kind)
const packed = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
const zeros = Buffer.alloc(2_000_000)
const log = Buffer.from(
  Array.from({ length: 4000 }, (_, i) => `${i} GET /api/assets/${i * 7919} 200 ${i % 97} ms\n`).join(''),
)

const CASES: [title: string, text: string, kinds: string[]][] = [
  ['a gzip bomb in base64', packed(gzipSync(zeros)), ['decompression-bomb']],
  ['a gzip bomb with a file name', packed(withName(gzipSync(zeros))), ['decompression-bomb']],
  ['a zlib bomb in hexadecimal', deflateSync(zeros).toString('hex'), ['decompression-bomb']],
  ['a bare deflate bomb', packed(deflateRawSync(zeros)), ['decompression-bomb']],
  ['a zstd bomb', packed(zstdCompressSync(zeros)), ['decompression-bomb']],
  ['a bomb in a bomb', packed(gzipSync(gzipSync(Buffer.alloc(5_000_000)))), ['decompression-bomb']],
  ['a bomb in lines', packed(gzipSync(zeros)).replaceAll(/.{76}/g, '$&\r\n'), ['decompression-bomb']],
  ['a packed log', packed(gzipSync(log)), []],
  ['random bytes', packed(deflateRawSync(log).subarray(100)), []],
  ['a million characters more', 'lorem ipsum '.repeat(100_000), ['input-length', 'input-tokens', 'repetition']],
  ['a deep array', '['.repeat(5000) + ']'.repeat(5000), ['nested-brackets', 'repetition']],
  ['a deep object over lines', '{"k":\n'.repeat(200), ['nested-brackets']],
  ['lists in lists', `${'- '.repeat(150)}x`, ['nested-lines']],
  ['deep formulas', `$${'\\frac{1}{'.repeat(150)}x$`, ['nested-brackets']],
  [
    'deep elements of many names',
    Array.from({ length: 150 }, (_, i) => `<e${i} a="1">`).join(' '),
    ['nested-elements'],
  ],
  ['a well-formed table', `<table>${'<tr><td>1</td></tr>'.repeat(150)}</table>`, []],
  ['one word for ever', 'company '.repeat(1000), ['repetition']],
  ['one page for ever', `${log.subarray(0, 3000).toString()}\n`.repeat(20), ['repetition']],
]

for (const [title, text, kinds] of CASES) {
  test(`resources: ${title}`, () => assert.deepEqual(kindsIn(text).toSorted(), kinds))
}

test('what a bomb unpacks to is never held whole', () => {
  const bomb = packed(gzipSync(Buffer.alloc(30_000_000)))
  const before = process.memoryUsage().arrayBuffers
  assert.ok(kindsIn(bomb).includes('decompression-bomb'))
  assert.ok(process.memoryUsage().arrayBuffers - before < 8e6)
})

test('limits are the caller’s', () => {
  const strict = createEngine(resourceDetectors({ ...RESOURCE_LIMITS, characters: 10, depth: 3 }))
  assert.deepEqual(
    strict
      .scan('[[[[1]]]] and some')
      .findings.map(({ kind }) => kind)
      .toSorted(),
    ['input-length', 'nested-brackets'],
  )
})

/** The same payload with the optional name in its header. */
function withName(gzip: Uint8Array): Buffer {
  const header = Buffer.from(gzip.subarray(0, 10))
  header[3] = 8
  return Buffer.concat([header, Buffer.from('zeros.bin\0'), gzip.subarray(10)])
}

test('resources are the same however a stream is cut', () => {
  const small = createEngine(
    resourceDetectors({ ...RESOURCE_LIMITS, characters: 300, tokens: 200, repeated: 128, depth: 4, pile: 6 }),
  )
  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constantFrom('[', '{"a":', '<b>', '</b>', '<br>', '\n', '> ', '- ', ' ', '\\begin{', '"', ':(', ']', '}', '&a;'),
    fc.constantFrom(
      '\u0301',
      '\u200d',
      '\u202e',
      '\ufdfa',
      '\u{e0101}',
      '\u1100',
      'lol ',
      'H4sIAAAAAAAAA+3BAQEAAACCIP+vbkhAAQ',
      'A'.repeat(70),
    ),
    fc.constantFrom('<!ENTITY a "&b;">', '<!ENTITY b "&a;">', 'a: &a [x]', 'b: &b [*a, *a]'),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 120 }), (pieces) => {
      assert.deepEqual(inPieces(small, pieces, 'user'), small.scan(pieces.join('')))
    }),
    { numRuns: 200 },
  )
})
