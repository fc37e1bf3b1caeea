import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { FactValue } from '../model/fact.ts'
import { analyse } from './analyse.ts'
import { catalog, inputOf } from './testing.ts'

const traceOf = (values: Record<string, FactValue>, threat: string) => {
  const found = analyse(inputOf(values)).threats.find((one) => one.threat === threat)
  return found?.trace.map(({ rule, verdict, text }) =>
    [rule, verdict, text.startsWith('Worse') ? 'worse' : ''].join(' ').trim(),
  )
}

describe('the questions of the tree', () => {
  test('are answered all of them, in order, with all that the catalogue gives for an answer', () => {
    const { tree } = analyse(inputOf({ 'model-source': 'supplier', 'model-kind': 'llm' }))
    assert.deepEqual(
      tree.map(({ id, order }) => [id, order]),
      catalog.decisionTree.map(({ id, order }) => [id, order]),
    )
    const trains = tree.find(({ id }) => id === 'q-who-trains')?.answers[0]
    assert.deepEqual(
      [trains?.verdict, trains?.responsible, trains?.verify],
      ['applies', 'supplier', 'supply-chain-manage'],
    )
    const [generative] = tree[0]?.answers ?? []
    assert.equal(generative?.conditional[0]?.threat, 'direct-prompt-injection')
    assert.match(generative?.note ?? '', /supplier's own alignment/)
  })

  for (const [title, values, threat, expected] of [
    [
      'bring a threat in',
      { 'model-kind': 'llm', 'untrusted-data-in-prompt': true },
      'indirect-prompt-injection',
      ['indirect-prompt-injection.appliesWhen applies', 'q-untrusted-in-prompt applies', 'q-actions unknown worse'],
    ],
    [
      'leave it out',
      { 'model-kind': 'heuristic', 'triggers-actions': false },
      'direct-prompt-injection',
      ['direct-prompt-injection.appliesWhen does-not-apply', 'q-genai does-not-apply', 'l-not-genai does-not-apply'],
    ],
    [
      'make it worse',
      { 'augments-input': true, 'triggers-actions': true },
      'augmentation-data-manipulation',
      ['augmentation-data-manipulation.appliesWhen applies', 'q-augmentation applies', 'q-actions applies worse'],
    ],
    [
      'say nothing of a group, which gathers',
      { training: 'none' },
      'sensitive-data-leak-development-time',
      ['sensitive-data-leak-development-time.gathers does-not-apply'],
    ],
  ] as const) {
    test(title, () => assert.deepEqual(traceOf(values, threat), expected))
  }
})

describe('the earlier rules', () => {
  test('stand beside the tree, with each recorded conflict', () => {
    const { earlierRules } = analyse(inputOf({}))
    assert.deepEqual(
      earlierRules.map(({ id }) => id),
      catalog.earlierRules.map(({ id }) => id),
    )
    const conflicts = earlierRules.flatMap((one) => one.conflicts.map(({ id }) => id))
    assert.deepEqual(conflicts.toSorted(), catalog.ruleConflicts.map(({ id }) => id).toSorted())
  })

  for (const [conflict, values, threat, verdict] of [
    [
      'x-evasion-genai',
      { 'model-kind': 'llm', 'classification-task': true, 'attacker-can-supply-input': true },
      'evasion',
      'applies',
    ],
    [
      'x-output-injection',
      { 'model-kind': 'heuristic', 'output-is-text': true, 'output-rendered-or-executed': true },
      'output-contains-conventional-injection',
      'applies',
    ],
    [
      'x-genai-not-llm',
      { 'model-kind': 'genai-non-llm', 'attacker-can-supply-input': true, 'harmful-output-possible': true },
      'direct-prompt-injection',
      'applies',
    ],
    [
      'x-rag-poisoning',
      { 'augmentation-kinds': ['rag'], 'untrusted-writers-to-corpus': false, training: 'none' },
      'data-poisoning',
      'does-not-apply',
    ],
  ] as const) {
    test(`${conflict} is settled as the catalogue records, and said in the trace of ${threat}`, () => {
      assert(traceOf(values, threat)?.includes(`${conflict} ${verdict}`))
    })
  }

  test('that bring in a threat only under a further condition wait for it', () => {
    const ways: Record<string, FactValue>[] = [
      { 'augmentation-sensitive': false },
      {},
      { 'augmentation-sensitive': true },
    ]
    const said = ways.map((more) => {
      const trace = traceOf({ 'augmentation-kinds': ['rag'], ...more }, 'disclosure-in-output')
      return trace?.filter((step) => step.startsWith('l-rag'))
    })
    assert.deepEqual(said, [[], ['l-rag unknown'], ['l-rag applies']])
  })
})
