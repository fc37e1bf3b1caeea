import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { LEVELS } from '../model/risk.ts'
import { analyse, type SystemInput } from './analyse.ts'
import { anySelections, anyStatuses, anyValues, reportOf } from './arbitrary.ts'
import { type CheapestSet, cheapestSet } from './cheapest.ts'
import type { Goal } from './goals.ts'
import { searchCheapest } from './search-cheapest.ts'
import { asset, catalog, inputOf } from './testing.ts'

const system = asset('shop', {
  exposure: 'organisation',
  dataClass: 'internal',
  deploymentModel: 'provider-hosted-api',
})
const CHAT = {
  'model-kind': 'llm',
  'attacker-can-supply-input': true,
  'harmful-output-possible': false,
  'triggers-actions': false,
  'physical-safety-impact': false,
  'decides-about-people': false,
  'output-rendered-or-executed': true,
} as const

const withProven = (input: SystemInput, { measures }: CheapestSet): SystemInput => {
  const proven = measures.map(({ measure }) => [measure, reportOf('proven')] as const)
  return { ...input, statuses: new Map([...input.statuses, ...proven]) }
}

describe('the cheapest set of measures', () => {
  test('brings every risk that can be brought there to the appetite, once it is proven', () => {
    const cases = fc.record({
      values: anyValues,
      statuses: anyStatuses,
      selections: anySelections,
      appetite: fc.constantFrom(...LEVELS),
    })
    fc.assert(
      fc.property(cases, ({ values, statuses, selections, appetite }) => {
        const input = inputOf(values, { system, statuses, selections, appetite })
        const found = cheapestSet(input)
        const above = analyse(withProven(input, found)).aboveAppetite
        assert.deepEqual(
          above,
          found.unreachable.map(({ threat }) => threat),
        )
        assert(found.atLeast <= found.cost)
      }),
      { numRuns: 15 },
    )
  })

  test('is empty when nothing is above the appetite', () => {
    const found = cheapestSet(inputOf({}, { appetite: 'very-high' }))
    assert.deepEqual(found, { measures: [], cost: 0, atLeast: 0, exact: true, unreachable: [] })
  })

  test('is the same each time', () => {
    assert.deepEqual(cheapestSet(inputOf(CHAT, { system })), cheapestSet(inputOf(CHAT, { system })))
  })

  test('counts what is proven already', () => {
    const input = inputOf(CHAT, { system })
    const first = cheapestSet(input)
    assert(first.cost > 0)
    assert.equal(cheapestSet(withProven(input, first)).cost, 0)
  })

  test('for one threat is exact, and costs no more than for all', () => {
    const input = inputOf(CHAT, { system, appetite: 'medium' })
    const one = cheapestSet(input, { threat: 'output-contains-conventional-injection' })
    assert(one.exact && one.cost > 0, `${one.cost}`)
    assert(one.cost <= cheapestSet(input).cost)
  })

  test('moves to other measures when one is said to cost more', () => {
    const input = inputOf(CHAT, { system, appetite: 'medium' })
    const threat = 'indirect-prompt-injection'
    const [first] = cheapestSet(input, { threat }).measures
    assert(first)
    const other = cheapestSet(input, { threat, costs: new Map([[first.measure, 1000]]) })
    assert(!other.measures.some(({ measure }) => measure === first.measure))
  })

  test('says why the appetite cannot be reached', () => {
    const worst = inputOf({ 'physical-safety-impact': true }, { appetite: 'very-low' })
    const [first] = cheapestSet(worst).unreachable
    assert.match(first?.because ?? '', /impact is still .*avoid, transfer or accept/)
    const selections = new Map(
      catalog.measures.map(({ id }) => [id, { decision: 'not-needed' as const, reason: 'no' }]),
    )
    const declared = cheapestSet(inputOf(CHAT, { system, selections, appetite: 'medium' })).unreachable
    assert.match(declared[0]?.because ?? '', /207 measures were declared not needed/)
  })

  for (const [threat, message] of [
    ['gone', /no threat "gone"/],
    ['input-threats', /only gathers/],
  ] as const) {
    test(`for ${threat} is refused`, () => {
      assert.throws(() => cheapestSet(inputOf(CHAT), { threat }), { code: 'not_found', message })
    })
  }
})

test('a threat of an older edition is told by its name of today', () => {
  const hint = 'an older edition called it so; it is now zero-knowledge-evasion'
  assert.throws(() => cheapestSet(inputOf(CHAT), { threat: 'closed-box-evasion' }), { code: 'not_found', hint })
})

describe('the search for it', () => {
  const anyProblem = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.nat(9), fc.nat(9)), {
    minLength: 1,
    maxLength: 9,
  })

  test('finds what trying every set finds', () => {
    fc.assert(
      fc.property(anyProblem, fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 20 }), (rows, a, b) => {
        const candidates = rows.map(([cost], i) => ({ measure: `m${i}`, party: 'you' as const, cost }))
        const adds = (side: 'likelihood' | 'impact') =>
          new Map(rows.map(([, x, y], i) => [`m${i}`, { likelihood: 0, impact: 0, [side]: side === 'impact' ? x : y }]))
        const mixed = new Map(rows.map(([, x, y], i) => [`m${i}`, { likelihood: x, impact: y }]))
        const goals: Goal[] = [
          {
            threat: 'one',
            ways: [
              { likelihood: a, impact: 0 },
              { likelihood: 0, impact: b },
            ],
            adds: mixed,
          },
          { threat: 'two', ways: [{ likelihood: b, impact: 0 }], adds: adds('likelihood') },
        ]
        const costs = subsets(candidates).flatMap((set) =>
          meets(
            goals,
            set.map(({ measure }) => measure),
          )
            ? [costOf(set)]
            : [],
        )
        if (costs.length === 0) return
        const found = searchCheapest(candidates, goals)
        assert(found.exact)
        assert.equal(found.cost, Math.min(...costs))
        assert.equal(found.atLeast, found.cost)
      }),
    )
  })
})

const costOf = (set: readonly { cost: number }[]) => set.reduce((sum, { cost }) => sum + cost, 0)

function subsets<T>(list: readonly T[]): T[][] {
  return Array.from({ length: 2 ** list.length }, (_, bits) =>
    list.filter((_one, i) => Math.floor(bits / 2 ** i) % 2 === 1),
  )
}

function meets(goals: readonly Goal[], set: readonly string[]): boolean {
  return goals.every(({ ways, adds }) => {
    const sum = (side: 'likelihood' | 'impact') => set.reduce((total, one) => total + (adds.get(one)?.[side] ?? 0), 0)
    return ways.some((way) => sum('likelihood') >= way.likelihood && sum('impact') >= way.impact)
  })
}
