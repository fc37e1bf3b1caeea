import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { toOpen } from './partial.ts'

const PATTERNS: readonly (readonly [pattern: RegExp, alphabet: string])[] = [
  [/abc/y, 'abc '],
  [/a{2,4}b?c+/y, 'abc'],
  [/(?:ab|cd){2,3}e/y, 'abcde'],
  [/a(?=bc)/y, 'abc'],
  [/a(?!b)c/y, 'abc'],
  [/(?:[ab]|-(?!--)){2,4}(?:--c|$)?/y, 'ab-c'],
  [/a(?!b(?!c))[bc]/y, 'abc'],
  [/a\bb?c?/y, 'abc '],
  [/(?<=x)a[b-d]{3}(?![a-z])/y, 'xabd '],
  [/([-. ])\d\1\d{2}/y, '-. 1'],
  [/(?<one>a|b)+?c\k<one>/y, 'abc'],
  [/(?:(?<x>a)|b(?<x>c))d$/y, 'abcd'],
  [/\p{Lu}\p{Ll}{1,3}(?: \p{Lu}\.?){0,2}x/uy, 'Aé Bx.'],
  [/[)\]\\]{2}\)\]/y, ')]\\'],
  [/ab\b|ac(?!\b)/y, 'abc '],
]

for (const [pattern, alphabet] of PATTERNS) {
  test(`what ${pattern.source} says of a text that is not open stays true whatever follows`, () => {
    const open = toOpen(pattern)
    const text = fc.string({ unit: fc.constantFrom(...alphabet.split('')), maxLength: 7 })
    const run = (whole: string, at: number) => {
      pattern.lastIndex = at
      return pattern.exec(whole)?.[0]
    }
    fc.assert(
      fc.property(text, text, fc.nat(2), (before, after, at) => {
        open.lastIndex = at
        if (at >= before.length || open.test(before)) return
        assert.equal(run(before + after, at), run(before, at))
      }),
      { numRuns: 5000 },
    )
  })
}

const CASES: readonly (readonly [text: string, isOpen: boolean])[] = [
  ['ke', true],
  ['key', true],
  ['key =', true],
  ['key = ab', true],
  ['key = abc', true],
  ['key = abcd', true],
  ['key = abcde', false],
  ['key = abc ', false],
  ['kez', false],
]

for (const [text, isOpen] of CASES) {
  test(`${JSON.stringify(text)} ${isOpen ? 'may' : 'cannot'} go on to be an assignment`, () => {
    assert.equal(toOpen(/key = [a-z]{2,4}/y).test(text), isOpen)
  })
}
