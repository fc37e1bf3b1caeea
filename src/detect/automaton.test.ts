import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { buildAutomaton } from './automaton.ts'
import { findHits, hitAt, hitState } from './hits.ts'
import { toText } from './text.ts'

/** Each literal with each place where it ends. */
function found(literals: readonly string[], text: string): string[] {
  const automaton = buildAutomaton(literals)
  const [hits] = findHits(automaton, toText(text).units, { from: 0, to: text.length, state: 0 })
  return Array.from({ length: hits }, (_, h) => {
    const state = hitState[h] ?? 0
    const ends = automaton.ends.slice(automaton.endsFrom[state], automaton.endsFrom[state + 1])
    return [...ends].map((literal) => `${literals[literal]}@${(hitAt[h] ?? 0) + 1}`)
  })
    .flat()
    .toSorted()
}

function searched(literals: readonly string[], text: string): string[] {
  const places = Array.from({ length: text.length + 1 }, (_, end) => end)
  return literals
    .flatMap((literal) =>
      places.filter((end) => text.slice(0, end).endsWith(literal)).map((end) => `${literal}@${end}`),
    )
    .toSorted()
}

test('the automaton finds every literal at every place, as a search for each of them does', () => {
  const word = fc.stringMatching(/^[abé]{1,4}$/)
  fc.assert(
    fc.property(
      fc.uniqueArray(word, { minLength: 1, maxLength: 12 }),
      fc.stringMatching(/^[abcé]{0,60}$/),
      (words, text) => {
        assert.deepEqual(found(words, text), searched(words, text))
      },
    ),
  )
})

test('hits come in the order of their places, the same ones and the same state however a text is cut', () => {
  const word = fc.stringMatching(/^[abé]{1,6}$/)
  fc.assert(
    fc.property(
      fc.uniqueArray(word, { minLength: 1, maxLength: 12 }),
      fc.stringMatching(/^[abcé]{1,90}$/),
      fc.nat({ max: 90 }),
      (words, text, cut) => {
        const automaton = buildAutomaton(words)
        const read = (cuts: readonly number[]) => {
          const seen: string[] = []
          let [state, from] = [0, 0]
          for (const to of [...cuts, text.length]) {
            const [hits, next] = findHits(automaton, toText(text).units, { from, to, state })
            for (let h = 0; h < hits; h++) seen.push(`${hitAt[h]}:${hitState[h]}`)
            ;[state, from] = [next, to]
          }
          return [...seen, state]
        }
        const unitByUnit = read(Array.from(text, (_, at) => at))
        assert.deepEqual(read([]), unitByUnit)
        assert.deepEqual(read([Math.min(cut, text.length)]), unitByUnit)
      },
    ),
  )
})

test('case does not matter, in any script that has one', () => {
  for (const [literal, text] of [
    ['token', 'TOKEN'],
    ['straße', 'STRAßE'],
    ['größe', 'GRÖßE'],
    ['пароль', 'ПАРОЛЬ'],
    ['key', '\u212aEY'],
  ] as const) {
    assert.deepEqual(found([literal], text), [`${literal}@${literal.length}`])
  }
})

test('a literal that is there twice is a mistake of ours', () => {
  assert.throws(() => buildAutomaton(['a', 'b', 'a']), /there twice/)
})
