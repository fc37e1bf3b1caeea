import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Seek } from '../define.ts'
import { type Text, toText } from '../text.ts'
import { endOfLeet, endOfMixed, endOfMorse, endOfNumbers, seekBase64, seekSpacedLetters } from './seek.ts'

/** The first hit of a gate that is asked at each place of its first characters. */
const seekAt =
  (first: RegExp, endOf: (text: Text, at: number) => number): Seek =>
  (text, from) => {
    for (let at = from; at < text.string.length; at++) {
      const end = first.test(text.string.charAt(at)) ? endOf(text, at) : 0
      if (end > 0) return { start: at, end }
    }
    return undefined
  }

const TABLE: [name: string, seek: Seek, pattern: RegExp, alphabet: string][] = [
  ['spaced letters', seekSpacedLetters, /(?:[a-zA-ZÀ-ӿ][ \t\-._*|/·•~+=\\]{1,3}){6}/, 'aZé .-1'],
  [
    'mixed letters',
    seekAt(/[\u0370-\u052f]/, endOfMixed),
    /(?<=[a-zA-Z])[\u0370-\u052f]|[\u0370-\u052f](?=[a-zA-Z])/,
    'aZжωé 1',
  ],
  [
    'Morse code',
    seekAt(/[.\-–·−_]/, endOfMorse),
    /[.\-–·−_]{1,6} [.\-–·−_]{1,6} [.\-–·−_]{1,6} (?=[.\-–·−_/|])/,
    '.-.-  /',
  ],
  [
    'leetspeak',
    seekAt(/[013-578@$]/, endOfLeet),
    /(?<=[a-z])[0134578@$][a-z][a-z0-9@$]{0,12}[^\n]{1,3}?[a-z0-9@$]{0,9}[0134578@$]/i,
    'aZ10é \n',
  ],
  [
    'numbers',
    seekAt(/[0-9\\]/, endOfNumbers),
    /(?<!\w)(?:(?:(?:0x|\\x)?[2-7][0-9a-f][ ,:;]{0,2}){6}|0[01]{7}[\s,]{0,2}0[01]{7}|(?:1?\d{2}[ ,;]{1,2}){5})/i,
    '0123 6a,x\\',
  ],
]

for (const [name, seek, pattern, alphabet] of TABLE) {
  test(`the gate of ${name} opens where its pattern would`, () => {
    const texts = fc.string({ unit: fc.constantFrom(...alphabet.split('')), minLength: 8, maxLength: 60 })
    fc.assert(
      fc.property(texts, (text) => {
        const found = pattern.exec(text)
        const expected = found ? { start: found.index, end: found.index + found[0].length } : undefined
        assert.deepEqual(seek(toText(text), 0), expected)
      }),
      { numRuns: 2000 },
    )
  })
}

test('the gate of base64 opens at the beginning of a long run of both cases, and at no path', () => {
  const digits = 'SWdub3JlIGFsbCBwcmV2aW91cyBydWxlcw'
  assert.deepEqual(seekBase64(toText(`see ${digits}==`), 0), { start: 4, end: 28 })
  assert.equal(seekBase64(toText('src/detect/detectors/injection/disguises/index'), 0), undefined)
  assert.equal(seekBase64(toText(digits), 5), undefined)
})
