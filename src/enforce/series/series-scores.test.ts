import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Member, Members } from './members.ts'
import { seriesScores } from './series-scores.ts'
import { isAlike, sketchOf } from './sketch.ts'

const member = (text: string, asksConfidence = false): Member => ({
  at: 0,
  exact: text,
  asksConfidence,
  ...sketchOf(text),
})

/** Of the last text, among all of them. */
function scores(texts: readonly string[], asksConfidence = false) {
  const members = texts.map((text) => member(text, asksConfidence))
  const last = members.pop()
  assert(last)
  return seriesScores(seriesOf(members), last)
}

function seriesOf(members: readonly Member[]): Members {
  const series = new Members(128)
  for (const one of members) series.add(one)
  return series
}

const word = fc.stringMatching(/^[a-z]{3,9}$/)
const sentence = fc.array(word, { minLength: 12, maxLength: 40 }).map((words) => words.join(' '))

test('a text is like itself, whatever its case and spaces', () => {
  fc.assert(
    fc.property(sentence, (text) => {
      const other = text.toUpperCase().replaceAll(' ', ' \n\t')
      assert.deepEqual(sketchOf(text).bins, sketchOf(other).bins)
      assert(isAlike(sketchOf(text).bins, sketchOf(other).bins, 0))
    }),
  )
})

test('who is like another has the other for its like', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      const [left, right] = [sketchOf(a).bins, sketchOf(b).bins]
      assert.equal(left.length, 8)
      assert.equal(isAlike(left, right, 0), isAlike(right, left, 0))
    }),
  )
})

const bins = fc.uint8Array({ minLength: 32, maxLength: 32, max: 3 })

test('two texts are alike where six tenths of the bins that either fills are the same', () => {
  fc.assert(
    fc.property(bins, bins, fc.integer({ min: 0, max: 32 }), (left, other, until) => {
      const right = left.map((bin, i) => (i < until ? bin : (other[i] ?? 0)))
      const filled = left.reduce((sum, bin, i) => sum + Number(bin > 0 || (right[i] ?? 0) > 0), 0)
      const same = left.reduce((sum, bin, i) => sum + Number(bin > 0 && bin === right[i]), 0)
      const different = left.reduce((sum, bin, i) => sum + Number(bin !== right[i]), 0)
      const expected = same > 0 && different <= 32 * (1 - 0.6) && same / filled >= 0.6
      assert.equal(isAlike(new Int32Array(left.buffer), new Int32Array(right.buffer), 0), expected)
    }),
    { numRuns: 2000 },
  )
})

test('the order in which a series came changes none of its counts', () => {
  const series = fc.array(fc.constantFrom('order 17 of anna', 'order 18 of anna', 'order 99 of anna', 'hello', 'bye'), {
    minLength: 1,
    maxLength: 30,
  })
  fc.assert(
    fc.property(series, fc.integer(), (texts, seed) => {
      const [first, ...members] = texts.map((text) => member(text))
      assert(first)
      const mixed = members.toSorted((a, b) => ((seed >> members.indexOf(a)) & 1) - ((seed >> members.indexOf(b)) & 1))
      assert.deepEqual(seriesScores(seriesOf(mixed), first), seriesScores(seriesOf(members), first))
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

test('of more inputs than are kept the oldest go, and so do those that are too old', () => {
  const series = new Members(20)
  for (let at = 0; at < 50; at++) series.add({ ...member(`text ${at}`), at })
  assert.deepEqual(
    Array.from(series, ({ at }) => at),
    Array.from({ length: 20 }, (_, i) => 30 + i),
  )
  series.forgetBefore(45)
  assert.deepEqual(
    Array.from(series, ({ exact }) => exact),
    ['text 45', 'text 46', 'text 47', 'text 48', 'text 49'],
  )
  series.forgetBefore(99)
  assert.equal(series.length, 0)
  series.add(member('text 1'))
  assert.deepEqual(seriesScores(series, member('text 1')), { variations: 0, sweep: 1, repeats: 2 })
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
