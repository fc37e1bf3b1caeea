import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { createEngine } from '../../engine.ts'
import { harmlessUnder } from './harmless.ts'
import { resourceDetectors } from './index.ts'
import { RESOURCE_LIMITS } from './limits.ts'

/** So low that short texts pass them. */
const LOW = { ...RESOURCE_LIMITS, characters: 900, tokens: 300, repeated: 256, depth: 6, unpackRatio: 2, unpackedBytes: 64, expanded: 20, pile: 4 } // prettier-ignore
const PROSE =
  'My daughter is 9 and has read “the two otters” – which of the cartographer’s books would you give her next?'

const piece = fc.oneof(
  fc.constantFrom('[', '(', '{"a":', '<b>', '> ', '- ', '* ', '\n', '\n  ', '\\begin{a}', '\\frac{', '"', "'", ': &a ', '*a, ', '&a;'),
  fc.constantFrom('<!ENTITY a "bbbb">', 'eJztwQEBAAAAgiD', 'AAAAAAAAAAAAAAAA', '1f8b08000000', '\u0301', '\u200d', '\u202e', '\ufdfa', '…', '’', '字'),
  fc.constantFrom('the ferry ', 'leaves at dawn. ', 'a', ' '),
  fc.string({ unit: 'binary', maxLength: 4 }),
) // prettier-ignore
const text = fc
  .array(fc.tuple(piece, fc.integer({ min: 1, max: 30 })), { maxLength: 12 })
  .map((all) => all.map(([one, times]) => one.repeat(times)).join(''))

for (const [title, limits] of [
  ['the usual limits', RESOURCE_LIMITS],
  ['low ones', LOW],
] as const) {
  const engine = createEngine(resourceDetectors(limits))
  const isHarmless = harmlessUnder(limits)

  test(`in a text that is harmless under ${title} nothing is found`, () => {
    fc.assert(
      fc.property(text, (one) => {
        if (isHarmless(one)) assert.deepEqual(engine.find(one, 'user').findings, [])
      }),
      { numRuns: 3000 },
    )
  })

  test(`what is to be found under ${title} is not harmless`, () => {
    for (const { examples } of engine.detectors)
      for (const hit of examples.hit) assert.equal(isHarmless(typeof hit === 'string' ? hit : hit.text), false)
  })
}

test('each character that may pile up is looked at, however few there are', () => {
  const isHarmless = harmlessUnder(LOW)
  const engine = createEngine(resourceDetectors(LOW))
  for (let unit = 0x80; unit < 0xd800; unit++) {
    const piled = `a${String.fromCharCode(unit).repeat(60)}`
    if (isHarmless(piled)) assert.deepEqual(engine.find(piled, 'user').findings, [], unit.toString(16))
  }
})

test('the shortest packed data that are judged are not harmless', () => {
  const bomb = gzipSync(Buffer.concat([Buffer.from('no two alike'), Buffer.alloc(400)])).toString('base64')
  const said = `Please open ${bomb.replaceAll('=', '')} for me`
  assert(bomb.length < 80)
  assert.equal(createEngine(resourceDetectors(LOW)).find(said, 'user').findings.length, 1)
  assert.equal(harmlessUnder(LOW)(said), false)
})

test('what people write is harmless', () => {
  const isHarmless = harmlessUnder(RESOURCE_LIMITS)
  assert.equal(isHarmless(PROSE), true)
  assert.equal(isHarmless(`Dear all,\n\n- ${PROSE}\n- ${PROSE} (please answer soon)`), true)
  assert.equal(isHarmless(PROSE.repeat(40)), false, 'a long text is read')
})
