import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { AssetBody } from '../model/asset.ts'
import { bodyFrom, difference, type Fields, fieldsOf, type FieldValue, mergeFields } from './fields.ts'

const names = ['name', 'version', 'owners.risk', 'tags[a]', 'links[uses b]']
const fields: fc.Arbitrary<Fields> = fc
  .array(fc.tuple(fc.constantFrom(...names), fc.constantFrom<FieldValue>('x', 'y', true)))
  .map((entries) => new Map(entries))

const sorted = (some: Fields) => [...some].toSorted()

test('who changed nothing gets what the other made of it', () => {
  fc.assert(
    fc.property(fields, fields, (base, changed) => {
      for (const { merged, overlaps } of [mergeFields(base, changed, base), mergeFields(base, base, changed)]) {
        assert.deepEqual(sorted(merged), sorted(changed))
        assert.deepEqual(overlaps, [])
      }
    }),
  )
})

test('the same change made twice is one change', () => {
  fc.assert(
    fc.property(fields, fields, (base, both) => {
      const { merged, overlaps } = mergeFields(base, both, both)
      assert.deepEqual([sorted(merged), overlaps], [sorted(both), []])
    }),
  )
})

test('who merges with whom does not matter, but for whose value stands where they collide', () => {
  fc.assert(
    fc.property(fields, fields, fields, (base, theirs, mine) => {
      const [one, other] = [mergeFields(base, theirs, mine), mergeFields(base, mine, theirs)]
      const collided = (merge: typeof one) => merge.overlaps.map(({ field }) => field).toSorted()
      assert.deepEqual(collided(one), collided(other))
      const calm = ({ merged }: typeof one) => sorted(merged).filter(([field]) => !collided(one).includes(field))
      assert.deepEqual(calm(one), calm(other))
    }),
  )
})

test('a collision is exactly a field that both changed, to different values', () => {
  fc.assert(
    fc.property(fields, fields, fields, (base, theirs, mine) => {
      const { merged, overlaps } = mergeFields(base, theirs, mine)
      const changed = (to: Fields) => new Set(difference(base, to).map(({ field }) => field))
      const both = [...changed(theirs)].filter((name) => changed(mine).has(name) && theirs.get(name) !== mine.get(name))
      assert.deepEqual(overlaps.map(({ field }) => field).toSorted(), both.toSorted())
      for (const { field, theirs: kept } of overlaps) assert.equal(merged.get(field), kept)
      for (const name of new Set([...merged.keys(), ...base.keys()])) {
        if (!changed(theirs).has(name) && !changed(mine).has(name)) assert.equal(merged.get(name), base.get(name))
      }
    }),
  )
})

test('merging what was merged changes nothing more', () => {
  fc.assert(
    fc.property(fields, fields, fields, (base, theirs, mine) => {
      const { merged } = mergeFields(base, theirs, mine)
      const again = mergeFields(theirs, merged, theirs)
      assert.deepEqual([sorted(again.merged), again.overlaps], [sorted(merged), []])
    }),
  )
})

test('a difference leads from the one to the other', () => {
  fc.assert(
    fc.property(fields, fields, (before, after) => {
      const walked = new Map(before)
      for (const { field, after: value } of difference(before, after))
        if (value === undefined) walked.delete(field)
        else walked.set(field, value)
      assert.deepEqual(sorted(walked), sorted(after))
    }),
  )
})

test('an asset comes back from its fields', () => {
  const body: AssetBody = {
    id: 'bot',
    kind: 'system',
    name: 'Bot',
    owners: { data: 'D', risk: 'owners.risk' },
    sanctioned: false,
    tags: ['[a]', 'tags[x]'],
    links: [
      { kind: 'calls', to: 'bot-2' },
      { kind: 'uses', to: 'bot-2' },
    ],
  }
  assert.deepEqual(bodyFrom('bot', fieldsOf(body)), body)
})
