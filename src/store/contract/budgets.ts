// What budgets and pools promise: nobody takes what another has taken, and what was told twice counts once.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FlowAsk, StockAsk } from '../../enforce/spend/lease-store.ts'
import type { Budget } from '../../model/budget.ts'
import { opened, type Places } from './place.ts'

const budget = (id: string, more: Partial<Budget> = {}): Budget => ({
  id,
  name: 'shop',
  unit: 'usd',
  limit: 1_000_000_000,
  period: 'month',
  key: undefined,
  asset: undefined,
  model: undefined,
  createdBy: 'local',
  createdAt: '2026-01-01T00:00:00.000Z',
  closedAt: undefined,
  ...more,
})

const ask = (holder: string, more: Partial<StockAsk> = {}): StockAsk => ({
  pool: 'budget_1/2026-01',
  onSilence: 'spent',
  limit: 100,
  holder,
  spent: 0,
  held: 0,
  needs: 0,
  wants: 0,
  now: 1000,
  until: 2000,
  ...more,
})

const flow = (more: Partial<FlowAsk> = {}): FlowAsk => ({
  pool: 'requests:60/minute:key:k',
  limit: 60,
  windowMs: 60_000,
  taken: 0,
  needs: 0,
  wants: 0,
  now: 1_767_225_600_000,
  ...more,
})

export function budgetContract(places: Places): void {
  test('budgets come back as they were made, change their limit, and close once', async (t) => {
    const { store } = await opened(t, places)
    const narrow = budget('budget_2', { unit: 'tokens', key: 'key_1', asset: 'asset_1', model: 'gpt-*', limit: 5e15 })
    await store.change(async (tx) => {
      await tx.budgets.insert(budget('budget_1'))
      await tx.budgets.insert(narrow)
    })
    assert.deepEqual(await store.read.budgets.byId('budget_2'), narrow)
    await store.change((tx) => tx.budgets.setLimit('budget_1', 7))
    const close = () => store.change((tx) => tx.budgets.close('budget_1', '2026-02-01T00:00:00.000Z'))
    assert.deepEqual([await close(), await close()], [true, false])
    assert.equal((await store.read.budgets.byId('budget_1'))?.limit, 7)
    const open = await store.read.budgets.list({ limit: 10, isOpen: true })
    assert.deepEqual(open.items, [narrow])
    assert.equal((await store.read.budgets.list({ limit: 1 })).next !== undefined, true)
  })

  test('holders share a pool, and none is left with less than it uses', async (t) => {
    const { store } = await opened(t, places)
    const stock = (asked: StockAsk) => store.change((tx) => tx.leases.stock(asked))
    assert.deepEqual(await stock(ask('a', { wants: 60 })), { held: 60, left: 40, unspent: 100 })
    assert.deepEqual(await stock(ask('b', { wants: 60 })), { held: 40, left: 0, unspent: 100 })
    assert.deepEqual(await stock(ask('a', { spent: 50, held: 5, wants: 60 })), { held: 10, left: 0, unspent: 50 })
    assert.deepEqual(await stock(ask('a', { spent: 50, held: 5, wants: 5 })), { held: 5, left: 5, unspent: 50 })
    assert.deepEqual(await stock(ask('a', { spent: 50, held: 5, wants: 5 })), { held: 5, left: 5, unspent: 50 })
    assert.deepEqual(await stock(ask('c', { limit: 10, held: 1, wants: 3 })), { held: 1, left: -86, unspent: -40 })
    assert.deepEqual(await stock(ask('d', { limit: 110, needs: 20, wants: 30 })), { held: 0, left: 14, unspent: 60 })
    assert.equal((await stock(ask('d', { limit: 110, needs: 14, wants: 30 }))).held, 14)
    await stock(ask('d'))
    const rows = (await store.read.leases.list('budget_1/', 10)).filter(({ holder }) => holder !== 'd')
    assert.deepEqual(
      rows.map(({ holder, spent, held }) => [holder, spent, held]),
      [
        ['a', 50, 5],
        ['b', 0, 40],
        ['c', 0, 1],
      ],
    )
  })

  test('what a silent holder held counts as spent until it speaks again or somebody releases it', async (t) => {
    const { store } = await opened(t, places)
    const stock = (asked: StockAsk) => store.change((tx) => tx.leases.stock(asked))
    await stock(ask('a', { spent: 10, wants: 30 }))
    await stock(ask('x', { wants: 20 }))
    const later = { now: 3000, until: 4000 }
    assert.deepEqual(await stock(ask('b', { ...later, wants: 90 })), { held: 40, left: 0, unspent: 40 })
    assert.deepEqual(await stock(ask('a', { ...later, spent: 25, wants: 0 })), { held: 0, left: 15, unspent: 55 })
    const release = () => store.change((tx) => tx.leases.release('budget_1/2026-01'))
    assert.deepEqual([await release(), await release()], [20, 0])
    assert.equal((await stock(ask('b', { ...later, held: 40, wants: 90 }))).held, 75)
  })

  test('slots of a silent holder are free again', async (t) => {
    const { store } = await opened(t, places)
    const slots = (asked: StockAsk) => store.change((tx) => tx.leases.stock({ ...asked, onSilence: 'free', limit: 2 }))
    assert.equal((await slots(ask('a', { wants: 2 }))).held, 2)
    assert.equal((await slots(ask('b', { wants: 1 }))).held, 0)
    assert.equal((await slots(ask('b', { wants: 1, now: 3000, until: 4000 }))).held, 1)
  })

  test('a pool that flows gives what there is, and more with time', async (t) => {
    const { store } = await opened(t, places)
    const take = (asked: FlowAsk) => store.change((tx) => tx.leases.flow(asked))
    assert.deepEqual(await take(flow({ wants: 50 })), { granted: 50, left: 10, waitMs: 0 })
    assert.deepEqual(await take(flow({ needs: 15, wants: 15 })), { granted: 0, left: 10, waitMs: 5000 })
    assert.deepEqual(await take(flow({ needs: 5, wants: 15 })), { granted: 10, left: 0, waitMs: 0 })
    assert.deepEqual(await take(flow({ taken: -4 })), { granted: 0, left: 4, waitMs: 0 })
    assert.deepEqual(await take(flow({ taken: 6, needs: 1, wants: 1 })), { granted: 0, left: 0, waitMs: 3000 })
    assert.deepEqual(await take(flow({ wants: 1, now: flow().now + 3000 })), { granted: 1, left: 0, waitMs: 0 })
    assert.equal((await take(flow({ wants: 100, now: flow().now + 3_600_000 }))).granted, 60)
    assert.equal(await store.change((tx) => tx.leases.sweep(flow().now, 10)), 0)
    assert.equal(await store.change((tx) => tx.leases.sweep(flow().now + 9_000_000, 10)), 1)
  })

  test('a hundred who ask at once never get more than there is', async (t) => {
    const { store, place, again } = await opened(t, places)
    const stores = place.engine === 'postgres' ? [store, await again(), await again()] : [store]
    const said = await Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        stores[i % stores.length]?.change((tx) => tx.leases.stock(ask(`holder-${i}`, { wants: 3 }))),
      ),
    )
    assert.equal(
      said.reduce((sum, state) => sum + (state?.held ?? 0), 0),
      100,
    )
  })
}
