// What a lane makes of cuts, and that two lanes, one behind the other, do not care how the text was cut into pieces.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { Cut } from './guard.ts'
import { laneOf, type LaneWatch } from './lane.ts'

/** Everything is said at the end. */
const cutting = (...cuts: Cut[]): LaneWatch => ({
  enforced: true,
  isFirst: false,
  push: () => ({ safe: 0, findings: [], cuts: [] }),
  end: () => ({ safe: 0, findings: [], cuts }),
  whole: () => ({ safe: 0, findings: [], cuts }),
})

/** Replaces a letter as soon as it comes, and is sure only of what lies `lag` behind. */
function replacing(letter: string, put: string, lag: number, isFirst: boolean): LaneWatch {
  let length = 0
  const seen = (text: string) => {
    const from = length
    length += text.length
    const cuts = [...text].flatMap((one, i) => (one === letter ? [{ start: from + i, end: from + i + 1, put }] : []))
    return { safe: length - lag, findings: [], cuts }
  }
  return { enforced: true, isFirst, push: seen, end: () => ({ safe: length, findings: [], cuts: [] }), whole: seen }
}

const at = (start: number, end: number, put: string): Cut => ({ start, end, put })

describe('a lane', () => {
  const cases: [title: string, cuts: Cut[], wanted: string][] = [
    ['puts something in at the start and the end', [at(0, 0, '<'), at(6, 6, '>')], '<abcdef>'],
    ['puts something in before what is replaced there', [at(0, 0, '<'), at(0, 2, 'X')], '<Xcdef'],
    ['puts something in behind what is replaced before it', [at(4, 6, 'X'), at(6, 6, '>')], 'abcdX>'],
    ['puts nothing into what is replaced', [at(1, 4, 'X'), at(2, 2, '!')], 'aXef'],
    ['puts several things in at one place in their order', [at(3, 3, '1'), at(3, 3, '2')], 'abc12def'],
    ['covers what overlaps', [at(1, 4, 'X'), at(3, 5, 'Y')], 'aXf'],
  ]
  for (const [title, cuts, wanted] of cases)
    test(title, () => {
      const lane = laneOf([cutting(...cuts)])
      lane.push('abcdef')
      lane.end()
      assert.equal(lane.take(lane.length), wanted)
      const other = laneOf([cutting(...cuts)])
      other.whole('abcdef')
      assert.equal(other.take(other.length), wanted)
    })

  test('with one that goes first shows the others what that one leaves', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 5 }), { maxLength: 8 }),
        fc.nat(4),
        fc.nat(4),
        (pieces, one, two) => {
          const lane = laneOf([replacing('b', 'x', two, false), replacing('a', 'bb', one, true)])
          let out = ''
          let taken = 0
          for (const piece of pieces) {
            lane.push(piece)
            if (piece.length !== 3) lane.look()
            assert.ok(lane.safe >= taken && lane.safe <= lane.length)
            out += lane.take((taken = lane.safe))
          }
          lane.end()
          assert.equal(lane.safe, lane.length)
          out += lane.take(lane.safe)
          const wanted = pieces.join('').replaceAll('a', 'bb').replaceAll('b', 'x')
          assert.equal(out, wanted)
          const whole = laneOf([replacing('b', 'x', two, false), replacing('a', 'bb', one, true)])
          whole.whole(pieces.join(''))
          assert.equal(whole.safe, whole.length)
          assert.equal(whole.take(whole.length), wanted)
        },
      ),
    )
  })
})
