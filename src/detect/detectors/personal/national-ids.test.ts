import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ANY_NATIONAL_ID, NATIONAL_IDS } from './national-ids.ts'

const matches = (pattern: RegExp, text: string): boolean => {
  pattern.lastIndex = 0
  return pattern.test(text)
}

test('a place where any number is there is one where some number is there', () => {
  // What may stand behind a number, and what repeats an earlier gap, cannot be made up from a pattern.
  const shapes = NATIONAL_IDS.map(({ pattern }) => pattern.source.replace(/\(\?![^]*$/, '').replaceAll('\\1', '[- ]?'))
  const shaped = fc.constantFrom(...shapes).chain((source) => fc.stringMatching(new RegExp(`^${source}$`)))
  const loose = fc.string({ unit: fc.constantFrom(...'0123456789 -./ABXZ('), minLength: 6, maxLength: 24 })
  let met = 0
  fc.assert(
    fc.property(fc.oneof(shaped, loose), (text) => {
      const some = NATIONAL_IDS.some(({ pattern }) => matches(pattern, text))
      if (some) met++
      assert.equal(matches(ANY_NATIONAL_ID, text), some, text)
    }),
    { numRuns: 2000 },
  )
  assert.ok(met > 200, `only ${met} numbers`)
})
