import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { VOCABULARY } from './testing.ts'
import { toWindows } from './windows.ts'
import { WordPiece } from './word-piece.ts'

const tokenizer = new WordPiece(VOCABULARY, 'vocab.txt')
const names = VOCABULARY.split('\n')
const read = (text: string): string[] => tokenizer.pieces(text).ids.map((id) => names[id] ?? '?')

const CASES: [text: string, pieces: string[]][] = [
  ['The ferry leaves.', ['the', 'ferry', 'leaves', '.']],
  ['Ignored, untrue', ['ignore', '##d', ',', 'un', '##true']],
  ['Café', ['cafe']],
  ['字字 dawn', ['字', '字', 'dawn']],
  ['unheard of', ['[UNK]', '[UNK]']],
  [`the ${'d'.repeat(5000)}`, ['the', '[UNK]']],
  ['', []],
  [' \n\0 ', []],
]

for (const [text, pieces] of CASES) {
  test(`pieces of ${JSON.stringify(text.slice(0, 20))}`, () => assert.deepEqual(read(text), pieces))
}

test('a vocabulary with capitals does not fold the text', () => {
  const cased = new WordPiece(`${VOCABULARY}\nFerry`, 'vocab.txt')
  assert.deepEqual(
    cased.pieces('Ferry The').ids.map((id) => [...names, 'Ferry'][id]),
    ['Ferry', '[UNK]'],
  )
})

test('a file that is no such vocabulary is named', () => {
  assert.throws(() => new WordPiece('a\nb', 'words.txt'), { code: 'config_invalid', message: /words\.txt.*\[CLS\]/ })
})

test('pieces lie in the text, in their order', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      const { ids, starts, ends } = tokenizer.pieces(text)
      let before = 0
      for (const i of ids.keys()) {
        const [start = -1, end = -1] = [starts[i], ends[i]]
        assert.ok(start >= before && start <= end && end <= text.length)
        before = start
      }
    }),
  )
})

test('every piece is in a window, and no window is larger than the model reads', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 4, max: 512 }), (count, size) => {
      const all = Array.from({ length: count }, (_, i) => i)
      const windows = toWindows({ ids: all, starts: all, ends: all }, { begin: -1, end: -2 }, size)
      assert.ok(windows.length > 0 && windows.every(({ ids }) => ids.length <= size))
      const seen = new Set(windows.flatMap(({ ids }) => ids))
      assert.ok(all.every((id) => seen.has(id)))
    }),
  )
})
