import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { FactValue } from '../model/fact.ts'
import { analyse } from './analyse.ts'
import { catalog, inputOf } from './testing.ts'

const classOf = (values: Record<string, FactValue>) => analyse(inputOf(values)).aiAct
const rules = (values: Record<string, FactValue>) => classOf(values).trace.map(({ rule }) => rule)
const articles = catalog.frameworksById.get('eu-ai-act')?.items ?? []

describe('the class under the AI Act', () => {
  for (const [values, tier, some, none] of [
    [{ 'eu-market': false, 'eu-ai-act-tier': 'high' }, 'outside', [], ['Art. 4', 'Art. 9']],
    [{ 'eu-market': true, 'eu-ai-act-tier': 'high' }, 'high', ['Art. 4', 'Art. 9', 'Art. 14'], ['Art. 50', 'Art. 53']],
    [{ 'eu-market': true, 'eu-ai-act-tier': 'high', 'model-kind': 'llm' }, 'high', ['Art. 9', 'Art. 50'], ['Art. 53']],
    [{ 'eu-market': true, 'eu-ai-act-tier': 'minimal' }, 'minimal', ['Art. 4'], ['Art. 9', 'Art. 50']],
    [{ 'eu-ai-act-tier': 'limited' }, 'limited', ['Art. 4', 'Art. 50'], ['Art. 9']],
    [{ 'eu-ai-act-tier': 'unacceptable' }, 'unacceptable', ['Art. 5'], ['Art. 9']],
  ] as const) {
    test(`${JSON.stringify(values)}: ${tier}`, () => {
      const found = classOf(values)
      assert.equal(found.tier, tier)
      for (const article of some) assert(found.duties.includes(article), article)
      for (const article of none) assert(!found.duties.includes(article), article)
    })
  }

  test('of which nothing is recorded may ask for everything', () => {
    const { tier, duties } = classOf({})
    assert.equal(tier, 'unknown')
    assert.deepEqual(
      duties,
      articles.map(({ id }) => id),
    )
  })

  test('is doubted where minimal risk is recorded of a system that decides about people', () => {
    assert(rules({ 'eu-ai-act-tier': 'minimal', 'decides-about-people': true }).includes('annex-iii'))
    assert(!rules({ 'eu-ai-act-tier': 'minimal', 'decides-about-people': false }).includes('annex-iii'))
  })

  test('names the law as the catalogue has it, and the facts it read', () => {
    const { version, trace } = classOf({ 'eu-market': true })
    assert.match(version, /2024\/1689/)
    assert.deepEqual(
      trace[0]?.facts.map(({ key, value }) => [key, value]),
      [['eu-market', true]],
    )
  })
})
