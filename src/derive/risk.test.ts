import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { LEVELS, type Risk } from '../model/risk.ts'
import type { StatusReport } from '../model/status.ts'
import { analyse } from './analyse.ts'
import { anyMeasure, anySelections, anyStatuses, anyValues, reportOf } from './arbitrary.ts'
import { rankOf, severityOf } from './risk-method.ts'
import { asset, catalog, inputOf } from './testing.ts'

const bad = ({ likelihood, impact, severity }: Risk['proven']) => [likelihood, impact, severity].map(rankOf)
const byThreat = (risks: readonly Risk[]) => new Map(risks.map((risk) => [risk.threat, risk]))

function withAll(report: StatusReport): readonly Risk[] {
  return analyse(inputOf({}, { statuses: new Map(catalog.measures.map(({ id }) => [id, report])) })).risks
}

function assertNotBelow(high: Risk['proven'] | undefined, low: Risk['proven'] | undefined, what: string) {
  if (!high || !low) return
  const lows = bad(low)
  assert(
    bad(high).every((rank, i) => rank >= (lows[i] ?? 0)),
    `${what}: ${bad(high)} is below ${lows}`,
  )
}

describe('the severity of a risk', () => {
  test('never falls when likelihood or impact rise', () => {
    for (const a of LEVELS) {
      for (const b of LEVELS) {
        for (const more of LEVELS.slice(rankOf(a))) {
          assert(rankOf(severityOf(more, b)) >= rankOf(severityOf(a, b)))
          assert(rankOf(severityOf(b, more)) >= rankOf(severityOf(b, a)))
        }
      }
    }
  })
})

describe('the risks of a system', () => {
  test('have the seven factors of the catalogue, each with its reason', () => {
    const { risks } = analyse(inputOf({}))
    for (const { factors } of risks) {
      assert.deepEqual(
        factors.map(({ id }) => id),
        catalog.likelihoodFactors.map(({ id }) => id),
      )
      assert(factors.every(({ because }) => because.length > 0))
    }
  })

  test('are stated for every threat that is not out, and for nothing else', () => {
    const { risks, threats } = analyse(inputOf({ 'model-kind': 'heuristic', training: 'none' }))
    const open = threats.filter(({ threat, verdict }) => {
      return verdict !== 'does-not-apply' && catalog.threatsById.get(threat)?.kind !== 'group'
    })
    assert.deepEqual(
      risks.map(({ threat }) => threat),
      open.map(({ threat }) => threat),
    )
  })

  test('are less likely the fewer can reach the system', () => {
    const [inside, outside] = (['isolated', 'public'] as const).map((exposure) => {
      const { risks } = analyse(inputOf({}, { system: asset('shop', { exposure }) }))
      return byThreat(risks).get('direct-prompt-injection')
    })
    assert(inside && outside)
    assert(rankOf(inside.inherent.likelihood) < rankOf(outside.inherent.likelihood))
  })

  test('take a factor from a person, with the reason', () => {
    const overrides = [{ threat: 'evasion', factor: 'motive', level: 'very-low' as const, reason: 'nobody gains' }]
    const evasion = byThreat(analyse(inputOf({}, { overrides })).risks).get('evasion')
    const motive = evasion?.factors.find(({ id }) => id === 'motive')
    assert.deepEqual(motive, { id: 'motive', level: 'very-low', because: 'set by a person: nobody gains' })
  })

  test('are borne without a proof by nobody: nothing chosen and nothing proven leaves them as they are', () => {
    for (const { inherent, designed, proven } of analyse(inputOf({})).risks) {
      assert.deepEqual([designed, proven], [inherent, inherent])
    }
  })

  test('fall with all measures proven, and not at all with all of them stale', () => {
    const proven = withAll(reportOf('proven'))
    const stale = withAll(reportOf('stale'))
    assert(proven.every((risk) => rankOf(risk.proven.severity) < rankOf(risk.inherent.severity)))
    assert(stale.every((risk) => risk.proven.severity === risk.inherent.severity))
    assert.deepEqual(
      stale.map(({ designed }) => designed),
      proven.map(({ designed }) => designed),
    )
  })

  test('count a partial proof by what it covers', () => {
    const [none = [], some = [], most = []] = [0, 2, 3].map((covered) => {
      return withAll({ ...reportOf('partial'), coverage: { covered, of: 4, what: 'route', uncovered: [] } })
    })
    for (const [i, { proven, inherent }] of none.entries()) {
      assert.deepEqual(proven, inherent)
      assertNotBelow(proven, some[i]?.proven, 'half')
      assertNotBelow(some[i]?.proven, most[i]?.proven, 'three quarters')
    }
    assert.notDeepEqual(some, most)
  })

  test('are never higher with one more proof, and never lower when a proof is lost', () => {
    const cases = fc.record({
      values: anyValues,
      statuses: anyStatuses,
      selections: anySelections,
      measure: anyMeasure,
    })
    fc.assert(
      fc.property(cases, ({ values, statuses, selections, measure }) => {
        const lost = new Map(statuses)
        lost.delete(measure)
        const inOrder = [
          lost,
          new Map([...lost, [measure, reportOf('stale')]]),
          new Map([...lost, [measure, reportOf('partial')]]),
        ]
        const all = [...inOrder, new Map([...lost, [measure, reportOf('proven')]])].map((one) =>
          byThreat(analyse(inputOf(values, { statuses: one, selections })).risks),
        )
        for (const [i, risks] of all.entries()) {
          for (const [threat, risk] of risks) {
            assertNotBelow(risk.proven, risk.designed, `${threat} as proven`)
            assertNotBelow(risk.inherent, risk.proven, `${threat} inherent`)
            assertNotBelow(risk.proven, all[i + 1]?.get(threat)?.proven, `${threat} with more proof`)
          }
        }
      }),
    )
  })

  test('are never lower for declaring a measure not needed', () => {
    const cases = fc.record({ statuses: anyStatuses, selections: anySelections, measure: anyMeasure })
    fc.assert(
      fc.property(cases, ({ statuses, selections, measure }) => {
        const without = new Map(selections)
        without.delete(measure)
        const declared = new Map([...without, [measure, { decision: 'not-needed' as const, reason: 'so we say' }]])
        const before = byThreat(analyse(inputOf({}, { statuses, selections: without })).risks)
        for (const risk of analyse(inputOf({}, { statuses, selections: declared })).risks) {
          assertNotBelow(risk.proven, before.get(risk.threat)?.proven, risk.threat)
          assertNotBelow(risk.designed, before.get(risk.threat)?.designed, risk.threat)
        }
      }),
    )
  })

  test('are never lower for knowing less', () => {
    fc.assert(
      fc.property(anyValues, fc.nat(), (values, at) => {
        const keys = Object.keys(values)
        const { [keys[at % Math.max(1, keys.length)] ?? '']: _forgotten, ...fewer } = values
        const known = analyse(inputOf(values))
        if (known.conflicts.length > 0) return
        const less = byThreat(analyse(inputOf(fewer)).risks)
        for (const risk of known.risks) {
          assert(less.has(risk.threat), `${risk.threat} is hidden`)
          assertNotBelow(less.get(risk.threat)?.inherent, risk.inherent, risk.threat)
        }
      }),
      { numRuns: 300 },
    )
  })
})
