// What the register's tables promise: every filter, any past moment, and claims that replace each other by source.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Asset } from '../../model/asset.ts'
import type { Fact } from '../../model/fact.ts'
import type { AssetFilter, Problem } from '../../register/register-store.ts'
import type { Store } from '../store.ts'
import { opened, type Places } from './place.ts'

const at = (day: number) => `2026-05-${String(day).padStart(2, '0')}T00:00:00.000Z`

const asset = (id: string, more: Partial<Asset> = {}): Asset => ({
  id,
  kind: 'system',
  name: `Name of ${id}`,
  owners: {},
  sanctioned: true,
  tags: [],
  links: [],
  source: 'declared',
  firstSeen: at(1),
  lastSeen: at(1),
  revision: 1,
  recordedAt: at(1),
  ...more,
})

let made = 0
const fact = (more: Partial<Fact> = {}): Fact => ({
  id: `fact_${String(made++).padStart(5, '0')}`,
  asset: 'bot',
  key: 'model-kind',
  value: 'llm',
  source: 'declared',
  by: 'a.yaml',
  observedAt: at(1),
  recordedAt: at(1),
  confidence: 0.75,
  ...more,
})

const recorded = (one: Fact, entry: number) => ({ ...one, entry })

const save = (store: Store, ...assets: Asset[]) => store.change((tx) => tx.register.save(assets))
const ids = (assets: readonly { id: string }[]) => assets.map(({ id }) => id)

export function registerContract(places: Places): void {
  test('an asset comes back as it was stated, with all its revisions', async (t) => {
    const { store } = await opened(t, places)
    const first = asset('bot', {
      owners: { business: 'Ada@example.org', risk: 'Risk team' },
      tags: ['a', 'b c'],
      links: [{ kind: 'uses', to: 'model' }],
      description: 'two\nlines 𝄞',
    })
    const second = { ...first, name: 'New', revision: 2, recordedAt: at(3), links: [] }
    await save(store, first, asset('model', { kind: 'model' }))
    assert.deepEqual(await store.read.register.linksTo('model', 5), [{ from: 'bot', kind: 'uses', to: 'model' }])
    await save(store, second)
    assert.deepEqual(await store.read.register.linksTo('model', 5), [])
    assert.deepEqual(await store.read.register.asset('bot'), second)
    assert.deepEqual(await store.read.register.revision('bot', 1), first)
    assert.equal(await store.read.register.revision('bot', 3), undefined)
    assert.equal(await store.read.register.asset('none'), undefined)
    const newest = await store.read.register.history('bot', { limit: 1 })
    assert.deepEqual(newest.items, [second])
    assert.deepEqual(await store.read.register.history('bot', { limit: 5, cursor: newest.next }), { items: [first], next: undefined }) // prettier-ignore
    await store.change((tx) => tx.register.seen('bot', at(9)))
    assert.equal((await store.read.register.asset('bot'))?.lastSeen, at(9))
    assert.deepEqual(ids(await store.read.register.assetsById(['model', 'bot', 'none'])).toSorted(), ['bot', 'model'])
  })

  test('the register of any past moment is what was known then', async (t) => {
    const { store } = await opened(t, places)
    await save(store, asset('a'), asset('b'))
    await save(store, asset('a', { revision: 2, recordedAt: at(2), name: 'two' }))
    await save(
      store,
      asset('b', { revision: 2, recordedAt: at(3), retiredAt: at(3) }),
      asset('c', { recordedAt: at(3) }),
    )
    await save(store, asset('b', { revision: 3, recordedAt: at(4) }))
    const then = async (day?: number) => {
      const assets = await store.read.register.assets(day === undefined ? undefined : at(day))
      return assets.map(({ id, revision }) => `${id}${revision}`).toSorted()
    }
    assert.deepEqual(await Promise.all([then(1), then(2), then(3), then(4), then()]), [
      ['a1', 'b1'],
      ['a2', 'b1'],
      ['a2', 'c1'],
      ['a2', 'b3', 'c1'],
      ['a2', 'b3', 'c1'],
    ])
    assert.deepEqual(await store.read.register.assets('2020'), [])
  })

  test('lists are filtered by every field, in pages', async (t) => {
    const { store } = await opened(t, places)
    const owners = { business: 'Ada@Example.org', data: 'Data 100%_team', risk: 'r' }
    await save(
      store,
      asset('one', { owners, exposure: 'public', environment: 'production', tags: ['pii', 'x'], declaredBy: 'a' }),
      asset('two', { kind: 'model', name: 'Große 50%_Mühle', dataClass: 'restricted', declaredBy: 'b', tags: ['pi'] }),
      asset('three', { source: 'observed', sanctioned: false }),
      asset('four', { retiredAt: at(2) }),
    )
    const cases: [AssetFilter, string[]][] = [
      [{}, ['one', 'three', 'two']],
      [{ kind: 'model' }, ['two']],
      [{ owner: 'ada@example.ORG' }, ['one']],
      [{ owner: 'Data 100%_team' }, ['one']],
      [{ owner: 'ada' }, []],
      [{ owner: 'Data 100__team' }, []],
      [{ source: 'observed' }, ['three']],
      [{ exposure: 'public', environment: 'production' }, ['one']],
      [{ exposure: 'public', environment: 'test' }, []],
      [{ dataClass: 'restricted' }, ['two']],
      [{ text: 'GROSSE' }, []],
      [{ text: '50%_ müh' }, ['two']],
      [{ text: '%' }, ['two']],
      [{ text: 'name o' }, ['one', 'three']],
      [{ tag: 'pi' }, ['two']],
      [{ declaredBy: 'a' }, ['one']],
      [{ sanctioned: false }, ['three']],
      [{ unowned: true }, ['three', 'two']],
      [{ unowned: false }, ['one']],
      [{ retired: true }, ['four']],
    ]
    for (const [filter, expected] of cases)
      assert.deepEqual(ids((await store.read.register.list({ limit: 9, ...filter })).items), expected, JSON.stringify(filter)) // prettier-ignore
    const first = await store.read.register.list({ limit: 2 })
    const second = await store.read.register.list({ limit: 2, cursor: first.next })
    assert.deepEqual([ids(first.items), ids(second.items), second.next], [['one', 'three'], ['two'], undefined])
    assert.deepEqual(ids(await store.read.register.declaredBy('b')), ['two'])
    assert.deepEqual(ids(await store.read.register.declaredBy(undefined)), [])
    assert.deepEqual(await store.read.register.declarations(), ['a', 'b'])
  })

  test('the newest claim of each source and collector counts, and a withdrawn one does not', async (t) => {
    const { store } = await opened(t, places)
    const add = (entry: number, ...facts: Fact[]) =>
      store.change((tx) => tx.register.addFacts(facts.map((one) => recorded(one, entry))))
    const [old, fresh] = [fact({ value: ['b', 'a'] }), fact({ value: true, recordedAt: at(2) })]
    const other = fact({ by: 'b.yaml', value: 'heuristic', recordedAt: at(2) })
    const gone = fact({ source: 'answered', by: 'ada' })
    await add(1, old, gone)
    await add(2, fresh, other)
    await add(3, fact({ source: 'answered', by: 'ada', value: null, recordedAt: at(3) }), fact({ asset: 'else' }))
    assert.deepEqual(await store.read.register.claims(['bot']), [fresh, other])
    assert.deepEqual(await store.read.register.claims([]), [])
    assert.equal((await store.read.register.allClaims()).length, 3)
    assert.deepEqual(await store.read.register.allClaims('2026-05-01T12:00:00.000Z').then(ids), [old.id, gone.id, ...(await store.read.register.claims(['else'])).map(({ id }) => id)]) // prettier-ignore
    const page = await store.read.register.claimHistory('bot', { limit: 2 })
    const rest = await store.read.register.claimHistory('bot', { limit: 9, cursor: page.next })
    assert.deepEqual([...page.items, ...rest.items].map(({ value }) => value), [null, 'heuristic', true, 'llm', ['b', 'a']]) // prettier-ignore
    assert.equal((await store.read.register.claimHistory('bot', { limit: 9, key: 'none' })).items.length, 0)
  })

  test('assets that may have a problem are found without reading the others', async (t) => {
    const { store } = await opened(t, places)
    const owned = { business: 'a', data: 'b', risk: 'c' }
    await save(
      store,
      asset('fine', { owners: owned }),
      asset('unowned'),
      asset('strange', { owners: owned, sanctioned: false }),
      asset('found', { owners: owned, source: 'discovered', lastSeen: at(8) }),
      asset('lost', { owners: owned, source: 'observed', lastSeen: at(2) }),
      asset('contested', { owners: owned }),
      asset('dangling', { owners: owned, links: [{ kind: 'uses', to: 'gone' }] }),
      asset('gone', { retiredAt: at(2) }),
    )
    await store.change((tx) => tx.register.setContested(new Map([['contested', ['training', 'autonomy']], ['fine', []]]))) // prettier-ignore
    const found = async (problem?: Problem) =>
      ids((await store.read.register.problems({ limit: 9, problem, seenBefore: at(5) })).items)
    assert.deepEqual(await found(), ['contested', 'dangling', 'found', 'lost', 'strange', 'unowned'])
    const cases: [Problem, string[]][] = [
      ['no-owners', ['unowned']],
      ['unsanctioned', ['strange']],
      ['not-confirmed', ['found', 'lost']],
      ['not-seen', ['lost']],
      ['conflicting-facts', ['contested']],
      ['dangling', ['dangling']],
    ]
    for (const [problem, expected] of cases) assert.deepEqual(await found(problem), expected, problem)
    await store.change((tx) => tx.register.setContested(new Map([['contested', []]])))
    assert.deepEqual(await found('conflicting-facts'), [])
  })
}
