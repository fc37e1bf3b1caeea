import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { requiredWords } from './required.ts'

const CASES: readonly (readonly [pattern: RegExp, words: readonly string[] | undefined])[] = [
  [/\bnever\s+(?:refuses?|declines?)\b/gi, ['refuse', 'decline']],
  [/(?:say|spell) (?:it )?backwards?/g, ['backward']],
  [/the (?!old )rules?/g, ['the rule']],
  [/<\/?SYS>/gi, ['sys>']],
  [/re+veal/g, ['veal']],
  [/(?:a secret){2,3}/g, ['a secret']],
  [/(?:password|\d+)/g, undefined],
  [/(?:password)?[a-z]{3,}/g, undefined],
  [/(?:password){0,2} is/g, [' is']],
  [/naïve/g, undefined],
  [/secret/giu, undefined],
]

for (const [pattern, words] of CASES)
  test(`every match of ${String(pattern)} holds ${words?.join(' or ') ?? 'no word for certain'}`, () =>
    assert.deepEqual(requiredWords(pattern), words))

const atom = fc.constantFrom(
  'a',
  'b',
  'c',
  'ab',
  'bca',
  'abc',
  '[ab]',
  '\\w',
  '.',
  '\\b',
  '(?=a)',
  '(?!b)',
  '(?<=c)',
  'ß',
)
const { pattern } = fc.letrec<{ pattern: string; term: string }>((tie) => ({
  term: fc.oneof(
    { maxDepth: 3 },
    atom,
    fc.tuple(atom, fc.constantFrom('a?', 'b*', 'c+', 'a{0,2}', 'b{2}?')).map((parts) => parts.join('')),
    fc
      .tuple(tie('pattern'), fc.constantFrom('', '', '?', '*', '{2}', '{0,1}?'))
      .map(([inside, quantifier]) => `(?:${inside})${quantifier}`),
  ),
  pattern: fc
    .array(fc.array(tie('term'), { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 })
    .map((sequences) => sequences.map((terms) => terms.join('')).join('|')),
}))

test('whatever a pattern matches holds one of its words', () => {
  const text = fc.string({ unit: fc.constantFrom(...'abcABCß '), maxLength: 40 })
  let told = 0
  fc.assert(
    fc.property(
      pattern,
      fc.constantFrom('', 'i'),
      fc.array(text, { minLength: 20, maxLength: 20 }),
      (source, flags, texts) => {
        const expression = new RegExp(source, flags)
        const words = requiredWords(expression)
        if (words === undefined) return
        told++
        for (const one of texts) {
          const [match] = expression.exec(one) ?? []
          if (match !== undefined)
            assert.ok(
              words.some((word) => match.toLowerCase().includes(word)),
              `${source} in ${one}`,
            )
        }
      },
    ),
    { numRuns: 3000 },
  )
  assert.ok(told > 100, `only ${told} patterns have words`)
})
