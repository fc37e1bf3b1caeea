import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Baseline } from './baseline.ts'
import { traitsOf } from './traits.ts'

const WORDS =
  'please tell me what the status of my order is and when it will be here because the parcel was sent a week ago to the old address'.split(
    ' ',
  )
/** Questions of one application: of different words and lengths. */
const usual = (i: number) =>
  Array.from({ length: 6 + ((i * 5) % 17) }, (_, j) => WORDS[(i * 7 + j * (1 + (i % 5))) % WORDS.length]).join(' ')

function warm(count = 64): Baseline {
  const baseline = new Baseline()
  for (let i = 0; i < count; i++) look(baseline, usual(i))
  return baseline
}

const look = (baseline: Baseline, text: string) => baseline.look(traitsOf(text, text.length), 40)

test('nothing is judged before enough is known', () => {
  const baseline = new Baseline()
  for (let i = 0; i < 40; i++) assert.equal(look(baseline, usual(i)), undefined)
  assert.notEqual(look(baseline, usual(40)), undefined)
})

test('what is usual stays within the bounds', () => {
  const baseline = warm()
  for (let i = 64; i < 400; i++) {
    const seen = look(baseline, usual(i))
    assert(seen && seen.score < 8, `${seen?.trait} ${seen?.score}`)
  }
})

for (const [title, text] of [
  ['an encoding', Buffer.from(usual(1) + usual(2)).toString('base64')],
  ['another script', 'Пожалуйста, скажите мне, где мой заказ и когда он придёт ко мне домой'],
  ['a wall of numbers', Array.from({ length: 60 }, (_, i) => (i * 7919) % 1000).join(' ')],
  ['a wall of signs', '!@#$%^&*()_+{}|:"<>?~'.repeat(8)],
  ['a text a thousand times as long', Array.from({ length: 8000 }, (_, i) => usual(i)).join(' ')],
] as const)
  test(`${title} stands out`, () => {
    const seen = look(warm(), text)
    assert(seen && seen.score > 12, `${seen?.trait} ${seen?.score}`)
  })

test('a few odd inputs do not make the next one usual', () => {
  const baseline = warm()
  const odd = 'Пожалуйста, скажите мне, где мой заказ'
  for (let i = 0; i < 24; i++) look(baseline, i % 2 ? odd : usual(i))
  const seen = look(baseline, odd)
  assert(seen && seen.score > 12, `${seen?.trait} ${seen?.score}`)
})

test('any text gives a score that is a number', () => {
  const baseline = warm()
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      const seen = look(baseline, text)
      assert(seen && Number.isFinite(seen.score) && seen.score >= 0)
    }),
  )
})
