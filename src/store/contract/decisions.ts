// What the table of decisions promises.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DecisionRow } from '../../govern/govern-store.ts'
import type { Store } from '../store.ts'
import { hasCode, opened, type Places } from './place.ts'

const row = (more: Partial<DecisionRow> = {}): DecisionRow => ({
  id: 'acceptance_1',
  noun: 'acceptance',
  system: 'claims',
  subject: 'evasion',
  state: 'proposed',
  revision: 1,
  recordedAt: '2026-01-01',
  body: { reason: 'a' },
  ...more,
})
const save = (store: Store, decision: DecisionRow) => store.change((tx) => tx.decisions.save(decision, 7))

export function decisionContract(places: Places): void {
  test('each step of a decision is a revision, and any past moment shows the newest one of then', async (t) => {
    const { store } = await opened(t, places)
    const first = row()
    const second = row({ revision: 2, state: 'active', until: '2027', recordedAt: '2026-02-01' })
    await save(store, first)
    await save(store, second)
    await save(store, row({ id: 'acceptance_2', system: 'chat', recordedAt: '2026-03-01' }))
    const { decisions } = store.read
    assert.deepEqual(await decisions.byId('acceptance', 'acceptance_1'), second)
    assert.equal(await decisions.byId('review', 'acceptance_1'), undefined)
    const states = async (at?: string) => (await decisions.all({ noun: 'acceptance' }, at)).map((one) => one.state)
    assert.deepEqual(await states('2025-12-31'), [])
    assert.deepEqual(await states('2026-01-31'), ['proposed'])
    assert.deepEqual(await states('2026-02-01'), ['active'])
    assert.deepEqual(await states(), ['active', 'proposed'])
    const of = async (systems: string[], at?: string) =>
      (await decisions.all({ noun: 'acceptance', systems }, at)).map(({ id }) => id)
    assert.deepEqual(await of(['chat', 'claims', 'other']), ['acceptance_1', 'acceptance_2'])
    assert.deepEqual(await of(['chat', 'other']), ['acceptance_2'])
    assert.deepEqual(await of(['chat', 'claims'], '2026-02-01'), ['acceptance_1'])
    assert.deepEqual(await of([]), [])
    assert.deepEqual(await decisions.all({ noun: 'acceptance', system: 'claims' }, '2026-02-01'), [second])
    assert.deepEqual(await decisions.all({ noun: 'acceptance', states: ['proposed'] }, '2026-02-01'), [])
    const history = await decisions.history('acceptance_1', { limit: 1 })
    assert.deepEqual(history, { items: [second], next: '2' })
    assert.deepEqual((await decisions.history('acceptance_1', { limit: 1, cursor: '2' })).items, [first])
  })

  test('of two who decide on the same revision one is refused, and nothing of it stays', async (t) => {
    const { store } = await opened(t, places)
    await save(store, row())
    await save(store, row({ revision: 2, state: 'active' }))
    await assert.rejects(save(store, row({ revision: 2, state: 'withdrawn' })), hasCode('conflict'))
    await assert.rejects(save(store, row({ state: 'withdrawn' })), hasCode('conflict'))
    assert.equal((await store.read.decisions.history('acceptance_1', { limit: 9 })).items.length, 2)
  })

  test('decisions are found by system, subject and state, newest first', async (t) => {
    const { store } = await opened(t, places)
    for (let i = 1; i <= 5; i++)
      await save(store, row({ id: `acceptance_${i}`, subject: i % 2 ? 'evasion' : 'leak', state: i > 3 ? 'a' : 'b' }))
    const { decisions } = store.read
    const ids = async (filter: { subject?: string; system?: string; states?: string[] }) =>
      (await decisions.list({ noun: 'acceptance', limit: 2, ...filter })).items.map(({ id }) => id)
    assert.deepEqual(await ids({}), ['acceptance_5', 'acceptance_4'])
    assert.deepEqual(await ids({ subject: 'evasion', states: ['b'] }), ['acceptance_3', 'acceptance_1'])
    assert.deepEqual(await ids({ system: 'other' }), [])
    const page = await decisions.list({ noun: 'acceptance', limit: 2, cursor: 'acceptance_4' })
    assert.deepEqual([page.items.map(({ id }) => id), page.next], [['acceptance_3', 'acceptance_2'], 'acceptance_2'])
  })

  test('a new link of a request ends the one before, and expired ones are swept', async (t) => {
    const { store } = await opened(t, places)
    const link = { assurance: 'assurance_1', expiresAt: '2027' }
    await store.change(async (tx) => {
      await tx.assuranceLinks.put({ id: 'a', ...link })
      await tx.assuranceLinks.put({ id: 'b', ...link })
    })
    assert.equal(await store.read.assuranceLinks.byId('a'), undefined)
    assert.deepEqual(await store.read.assuranceLinks.byId('b'), { id: 'b', ...link })
    assert.equal(await store.change((tx) => tx.assuranceLinks.sweep('2028', 9)), 1)
    await store.change((tx) => tx.assuranceLinks.put({ id: 'c', ...link }))
    await store.change((tx) => tx.assuranceLinks.removeOf('assurance_1'))
    assert.equal(await store.read.assuranceLinks.byId('c'), undefined)
  })
}
