import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Asset } from '../model/asset.ts'
import type { Fact } from '../model/fact.ts'
import { profileOf } from './profile.ts'
import { asset, catalog, claimsOf } from './testing.ts'

const shop = asset('shop')
const of = (claims: readonly Fact[], system: Asset = shop, components: readonly Asset[] = []) =>
  profileOf({ catalog, system, components, claims })
const declared = claimsOf('shop', { 'multi-agent': false })
const scanned = (value: boolean | null, recordedAt = '2026-11-02T00:00:00.000Z') =>
  claimsOf('shop', { 'multi-agent': value }, { id: `scan/${value}`, source: 'discovered', by: 'code-scan', recordedAt })

describe('the profile of a system', () => {
  test('holds every question of the catalogue, answered or not', () => {
    const { facts } = of([])
    assert.deepEqual(
      [...facts.keys()],
      catalog.facts.map(({ id }) => id),
    )
    assert.deepEqual(facts.get('autonomy'), { key: 'autonomy', origin: 'not answered', claims: [] })
  })

  test('takes what a source says, with where it comes from', () => {
    const read = of(declared).facts.get('multi-agent')
    assert.deepEqual(read, {
      key: 'multi-agent',
      value: false,
      origin: 'declared by parapet.yaml',
      claims: ['shop/multi-agent'],
    })
  })

  test('takes the newest claim of each source, whatever the order', () => {
    const claims = [...scanned(true, '2026-11-03T00:00:00.000Z'), ...scanned(false)]
    assert.equal(of(claims).values['multi-agent'], true)
    assert.equal(of(claims.toReversed()).values['multi-agent'], true)
  })

  test('forgets what a source took back', () => {
    const claims = [...declared, ...scanned(true), ...scanned(null, '2026-11-04T00:00:00.000Z')]
    assert.equal(of(claims).values['multi-agent'], false)
  })

  test('shows sources that disagree, and takes neither of them', () => {
    const { values, facts, conflicts } = of([...declared, ...scanned(true)])
    assert.equal(values['multi-agent'], undefined)
    assert.deepEqual(facts.get('multi-agent')?.claims, ['shop/multi-agent', 'scan/true'])
    assert.deepEqual(conflicts, [
      {
        key: 'multi-agent',
        voices: [
          { value: false, origin: 'declared by parapet.yaml', claims: ['shop/multi-agent'] },
          { value: true, origin: 'discovered by code-scan', claims: ['scan/true'] },
        ],
      },
    ])
  })

  test('reads lists as sets: their order is no disagreement', () => {
    const claims = [
      ...claimsOf('shop', { 'augmentation-kinds': ['rag', 'memory'] }),
      ...claimsOf('shop', { 'augmentation-kinds': ['memory', 'rag', 'rag'] }, { by: 'other.yaml' }),
    ]
    assert.deepEqual(of(claims).values['augmentation-kinds'], ['memory', 'rag'])
  })

  for (const [key, value, reason] of [
    ['colour', true, '"colour" is no question of this catalogue'],
    ['autonomy', 'sometimes', '"autonomy" cannot be "sometimes"'],
    ['autonomy', true, '"autonomy" cannot be true'],
    ['multi-agent', 'yes', '"multi-agent" cannot be "yes"'],
    ['augmentation-kinds', ['rag', 'magic'], '"augmentation-kinds" cannot be ["rag","magic"]'],
    ['__proto__', true, '"__proto__" is no question of this catalogue'],
  ] as const) {
    test(`sets aside ${key} = ${JSON.stringify(value)}, and says why`, () => {
      const { ignored, values } = of(claimsOf('shop', { [key]: value }))
      assert.deepEqual(
        ignored.map((one) => one.reason),
        [reason],
      )
      assert.equal(
        Object.values(values).every((one) => one === undefined),
        true,
      )
    })
  }

  test('reads a key that was only renamed, and sets aside one that was dropped', () => {
    const history = {
      ...catalog.history,
      retired: [
        { noun: 'fact', id: 'many-agents', since: '2023-01', until: '2026-01', renamedTo: ['multi-agent'], note: '' },
        { noun: 'fact', id: 'blockchain', since: '2023-01', until: '2026-01', renamedTo: [], note: '' },
      ] as const,
    }
    const claims = claimsOf('shop', { 'many-agents': true, blockchain: true })
    const { values, ignored } = profileOf({ catalog: { ...catalog, history }, system: shop, components: [], claims })
    assert.equal(values['multi-agent'], true)
    assert.deepEqual(
      ignored.map(({ reason }) => reason),
      ['"blockchain" was retired: answer what took its place'],
    )
  })

  test('says what the deployment model says, and a claim against it is a conflict', () => {
    const hosted = asset('shop', { deploymentModel: 'provider-hosted-api' })
    const { facts } = of([], hosted)
    assert.equal(facts.get('training')?.value, 'none')
    assert.equal(facts.get('training')?.origin, 'deployment model provider-hosted-api')
    const { conflicts } = of(claimsOf('shop', { training: 'full' }), hosted)
    assert.deepEqual(
      conflicts.map(({ key }) => key),
      ['training'],
    )
  })
})

describe('what the links of a system say', () => {
  for (const [kind, to, key, value] of [
    ['retrievesFrom', { kind: 'knowledge-base' }, 'augments-input', true],
    ['retrievesFrom', { kind: 'vector-store' }, 'augmentation-stored', true],
    ['retrievesFrom', { kind: 'dataset', dataClass: 'restricted' }, 'augmentation-sensitive', true],
    ['reads', { kind: 'dataset', dataClass: 'confidential' }, 'reaches-sensitive-data', true],
    ['reads', { kind: 'dataset', dataClass: 'public' }, 'reaches-sensitive-data', undefined],
    ['trainedOn', { kind: 'dataset', dataClass: 'restricted' }, 'training-data-sensitive', true],
    ['uses', { kind: 'memory' }, 'persistent-memory', true],
    ['uses', { kind: 'prompt' }, 'augments-input', true],
    ['calls', { kind: 'mcp-server' }, 'uses-external-tools', true],
    ['calls', { kind: 'tool' }, 'triggers-actions', true],
    ['servedBy', { kind: 'provider' }, 'model-host', 'supplier'],
    ['decidesAbout', { kind: 'identity' }, 'decides-about-people', true],
    ['ownedBy', { kind: 'tool' }, 'uses-external-tools', undefined],
  ] as const) {
    test(`${kind} a ${Object.values(to).join(' ')}: ${key} is ${value ?? 'not said'}`, () => {
      const system = asset('shop', { links: [{ kind, to: 'part' }] })
      assert.deepEqual(of([], system, [asset('part', to)]).values[key], value)
    })
  }

  test('two agents that call each other exchange messages; the walk ends', () => {
    const [a, b] = (['a', 'b'] as const).map((id) =>
      asset(id, { kind: 'agent', links: [{ kind: 'calls', to: id === 'a' ? 'b' : 'a' }] }),
    )
    assert(a && b)
    const system = asset('shop', { links: [{ kind: 'uses', to: 'a' }] })
    assert.equal(of([], system, [a, b]).values['multi-agent'], true)
  })

  test('a claim against a link is a conflict', () => {
    const system = asset('shop', { links: [{ kind: 'calls', to: 'part' }] })
    const { conflicts } = of(claimsOf('shop', { 'triggers-actions': false }), system, [asset('part', { kind: 'tool' })])
    assert.deepEqual(
      conflicts.map(({ key }) => key),
      ['triggers-actions'],
    )
  })

  test('a link to nothing says nothing', () => {
    const system = asset('shop', { links: [{ kind: 'calls', to: 'gone' }] })
    assert.equal(of([], system).values['triggers-actions'], undefined)
  })
})

describe('what components say', () => {
  const system = asset('shop', { links: ['one', 'two'].map((to) => ({ kind: 'uses' as const, to })) })
  const parts = [asset('one', { kind: 'model' }), asset('two', { kind: 'model' })]
  const both = (key: string, one: boolean | string, two: boolean | string) =>
    of([...claimsOf('one', { [key]: one }), ...claimsOf('two', { [key]: two })], system, parts)

  test('counts where nothing is said of the system itself', () => {
    const claims = claimsOf('one', { 'personal-data': true })
    assert.equal(of(claims, system, parts).facts.get('personal-data')?.origin, 'from model one')
    const own = [...claims, ...claimsOf('shop', { 'personal-data': false })]
    assert.equal(of(own, system, parts).values['personal-data'], false)
  })

  for (const [key, one, two, value] of [
    ['personal-data', false, true, true],
    ['fails-closed', true, false, false],
    ['autonomy', 'acts', 'loops', 'loops'],
    ['model-public', true, false, undefined],
    ['model-kind', 'llm', 'heuristic', undefined],
  ] as const) {
    test(`${key} ${one} and ${two}: ${value ?? 'a conflict'}`, () => {
      const { values, conflicts } = both(key, one, two)
      assert.equal(values[key], value)
      assert.equal(conflicts.length, value === undefined ? 1 : 0)
    })
  }

  test('is a conflict where two sources differ about the same one', () => {
    const claims = [
      ...claimsOf('one', { 'personal-data': true }),
      ...claimsOf('one', { 'personal-data': false }, { by: 'other' }),
    ]
    assert.equal(of(claims, system, parts).values['personal-data'], undefined)
  })

  test('ends at another system, and at what has left the register', () => {
    const claims = claimsOf('one', { 'personal-data': true })
    assert.equal(of(claims, system, [asset('one'), ...parts.slice(1)]).values['personal-data'], undefined)
    const retired = { ...asset('one', { kind: 'model' }), retiredAt: '2026-11-05T00:00:00.000Z' }
    assert.equal(of(claims, system, [retired]).values['personal-data'], undefined)
  })
})

test('a flood of claims from ever other collectors is read in one go', () => {
  const flood = Array.from({ length: 50_000 }, (_, i) =>
    claimsOf('shop', { 'multi-agent': i === 40_000 }, { id: `f-${i}`, by: `scan-${i}` }),
  ).flat()
  const parts = Array.from({ length: 2000 }, (_, i) => asset(`part-${i}`, { kind: 'model' }))
  const system = asset('shop', { links: parts.map(({ id }) => ({ kind: 'uses' as const, to: id })) })
  const said = parts.flatMap(({ id }, i) => claimsOf(id, { 'personal-data': i === 1999 }))
  const { conflicts, values } = of([...flood, ...said], system, parts)
  assert.deepEqual([conflicts[0]?.voices.length, values['personal-data']], [20, true])
  assert.deepEqual(new Set(conflicts[0]?.voices.map(({ value }) => value)), new Set([true, false]))
})

describe('what the catalogue implies', () => {
  test('follows through more than one step', () => {
    const { facts } = of(claimsOf('shop', { 'persistent-memory': true }))
    assert.equal(facts.get('augmentation-stored')?.value, true)
    assert.deepEqual(facts.get('augments-input')?.claims, ['shop/persistent-memory'])
  })

  test('is a conflict with a claim against it', () => {
    const { values, conflicts } = of(claimsOf('shop', { autonomy: 'loops', 'triggers-actions': false }))
    assert.equal(values['triggers-actions'], undefined)
    assert.deepEqual(
      conflicts.map(({ voices }) => voices.map(({ origin }) => origin)),
      [['declared by parapet.yaml', 'implied by autonomy']],
    )
  })
})
