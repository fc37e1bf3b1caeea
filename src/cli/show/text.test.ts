import assert from 'node:assert/strict'
import { test } from 'node:test'
import { columns, fit, neutral, oneLine, safeJson } from './text.ts'

const HOSTILE = [
  ['a colour', '\u001b[31mred'],
  ['a title change', '\u001b]0;title\u0007'],
  ['a one-byte CSI', '\u009b2J'],
  ['a return over the line', 'safe\rEVIL'],
  ['reversed text', 'abc\u202edef'],
  ['a word nobody sees', `hi\u{e0068}\u{e0069}`],
  ['a zero-width space', 'pass\u200bword'],
  ['half a character', '\ud800'],
] as const

for (const [what, text] of HOSTILE) {
  test(`${what} is written out, not obeyed`, () => {
    const obeyed = /[\p{Cc}\p{Cf}\p{Cs}]/u
    assert.match(text, obeyed)
    assert.doesNotMatch(oneLine(text), obeyed)
    assert.doesNotMatch(safeJson({ text }), obeyed)
    assert.deepEqual(JSON.parse(safeJson({ text })), { text })
  })
}

test('newlines stay in a block and are marked on one line', () => {
  assert.equal(neutral('a\nb'), 'a\nb')
  assert.equal(oneLine('a\n  b'), 'a ⏎ b')
})

test('columns counts wide and combining characters as terminals do', () => {
  for (const [text, width] of [
    ['abc', 3],
    ['日本', 4],
    ['e\u0301', 1],
    ['👍', 2],
  ] as const)
    assert.equal(columns(text), width, text)
})

test('fit never takes more columns than it is given', () => {
  assert.equal(fit('abcdef', 4), 'abc…')
  assert.equal(fit('abcd', 4), 'abcd')
  assert.equal(fit('日本語', 4), '日…')
})
