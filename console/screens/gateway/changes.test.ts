import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { changesOf } from './changes.ts'

test('what was replaced is marked, and its surroundings are not', () => {
  assert.deepEqual(changesOf('Write to ada@example.org today', 'Write to [email] today'), [
    { before: 'Write to ', after: 'Write to ', changed: false },
    { before: 'ada@example.org', after: '[email]', changed: true },
    { before: ' today', after: ' today', changed: false },
  ])
})

test('both texts can be read off the changes again, and only what differs is marked', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', ' ', '\n', 'word', '🏴'), { maxLength: 40 })
    .map((all) => all.join(''))
  fc.assert(
    fc.property(text, text, (before, after) => {
      const changes = changesOf(before, after)
      assert.equal(changes.map((one) => one.before).join(''), before)
      assert.equal(changes.map((one) => one.after).join(''), after)
      for (const one of changes) assert.ok(one.changed || one.before === one.after)
      assert.equal(
        changes.some(({ changed }) => changed),
        before !== after,
      )
    }),
  )
})

test('texts too long to compare are marked as a whole', () => {
  const [before, after] = [`${'a '.repeat(5000)}`, `${'b '.repeat(5000)}`]
  assert.equal(changesOf(before, after).length, 2)
})
