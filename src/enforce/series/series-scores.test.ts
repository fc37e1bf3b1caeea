import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Member, seriesScores } from './series-scores.ts'
import { likeness, sketchOf } from './sketch.ts'

const member = (text: string, asksConfidence = false): Member => ({
  at: 0,
  exact: text,
  asksConfidence,
  ...sketchOf(text),
})

/** Of the last text, among all of them. */
function scores(texts: readonly string[], asksConfidence = false) {
  const members = texts.map((text) => member(text, asksConfidence))
  const last = members.at(-1)
  assert(last)
  return seriesScores(members, last)
}

const word = fc.stringMatching(/^[a-z]{3,9}$/)
const sentence = fc.array(word, { minLength: 12, maxLength: 40 }).map((words) => words.join(' '))

test('a text is like itself, whatever its case and spaces', () => {
  fc.assert(
    fc.property(sentence, (text) => {
      const other = text.toUpperCase().replaceAll(' ', ' \n\t')
      assert.equal(likeness(sketchOf(text).bins, sketchOf(other).bins), 1)
    }),
  )
})

test('likeness is the same both ways, and between 0 and 1', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      const [left, right] = [sketchOf(a).bins, sketchOf(b).bins]
      assert.equal(left.length, 32)
      assert.equal(likeness(left, right), likeness(right, left))
      assert(likeness(left, right) >= 0 && likeness(left, right) <= 1)
    }),
  )
})

test('the order in which a series came changes none of its counts', () => {
  const series = fc.array(fc.constantFrom('order 17 of anna', 'order 18 of anna', 'order 99 of anna', 'hello', 'bye'), {
    minLength: 1,
    maxLength: 30,
  })
  fc.assert(
    fc.property(series, fc.integer(), (texts, seed) => {
      const members = texts.map((text) => member(text))
      const [first] = members
      assert(first)
      const mixed = members.toSorted((a, b) => ((seed >> members.indexOf(a)) & 1) - ((seed >> members.indexOf(b)) & 1))
      assert.deepEqual(seriesScores(mixed, first), seriesScores(members, first))
    }),
  )
})

test('one input more never lowers a count of near or same ones', () => {
  fc.assert(
    fc.property(fc.array(sentence, { maxLength: 12 }), sentence, sentence, (texts, more, last) => {
      const [before, after] = [scores([...texts, last]), scores([...texts, more, last])]
      assert(after.variations >= before.variations && after.repeats >= before.repeats)
    }),
  )
})

test('the same text with a few letters changed is a variation, and twice one with log-probabilities', () => {
  const base = 'Is the following picture description safe: a panda sits in a green forest and looks at the camera.'
  const texts = Array.from(
    { length: 50 },
    (_, i) => `${base.slice(0, 60 + (i % 20))}${'#'.repeat(1 + (i % 3))}${base.slice(60 + (i % 20))}`,
  )
  const distinct = new Set(texts).size
  assert(scores(texts).variations >= distinct * 0.9)
  assert(scores(texts, true).variations >= distinct * 1.8)
})

test('conversations of people are no variations of each other', () => {
  const texts = [
    'How do I reset my password?',
    'Write a poem about the sea in autumn, four lines, no rhymes.',
    'What is the difference between a list and a tuple in Python?',
    'Can you translate "good morning" into Portuguese and Greek?',
    'My build fails with exit code 137, what does that mean?',
    'Summarise the attached minutes in five bullet points for my boss.',
  ]
  assert.deepEqual(scores(texts), { variations: 0, sweep: 0, repeats: 1 })
})

for (const [title, numbers, isSwept] of [
  ['one after the other', Array.from({ length: 40 }, (_, i) => 1000 + i), true],
  ['in steps of seven', Array.from({ length: 40 }, (_, i) => 1000 + 7 * i), true],
  ['backwards', Array.from({ length: 40 }, (_, i) => 9000 - i), true],
  ['in a mixed order', Array.from({ length: 40 }, (_, i) => 100 + ((i * 17) % 40)), true],
  [
    'with others in between',
    Array.from({ length: 80 }, (_, i) => (i % 2 ? 1000 + i : (i * 7919 * 7919) % 999_983)),
    true,
  ],
  ['as they come in an office', Array.from({ length: 40 }, (_, i) => (i * i * 7919 + 104_729 * i) % 999_983), false],
] as const)
  test(`numbers ${title} are ${isSwept ? 'a sweep' : 'none'}`, () => {
    const { sweep } = scores(numbers.map((number) => `In 2026, what did customer ${number} order from shop 4?`))
    assert.equal(sweep > 30, isSwept, `${sweep}`)
  })
