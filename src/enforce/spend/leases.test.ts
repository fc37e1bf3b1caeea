// Replicas that share pools: several of them over one store, with waits, refunds, overdrafts and a store that fails.
import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { Failure } from '../../lib/failure.ts'
import type { Hold, Pool, Refused } from './lease.ts'
import { createLeases, type LeaseRound, type Leases } from './leases.ts'
import { memoryLeases } from './memory-leases.ts'

const stock = (limit: number): Pool => ({ kind: 'stock', id: 'budget/1', limit })
const isHold = (said: Hold | Refused): said is Hold => 'settle' in said

function replicas(t: TestContext, count: number, round?: LeaseRound) {
  const store = memoryLeases()
  const all = Array.from({ length: count }, (_, i) =>
    createLeases({
      round: round ?? ((_, work) => work(store)),
      holder: `holder-${i}`,
      now: () => new Date(),
      clock: () => performance.now(),
      onTrouble: () => undefined,
    }),
  )
  t.after(() => Promise.all(all.map((leases) => leases.close().catch(() => undefined))))
  return { store, all, first: all[0] as Leases }
}

test('four replicas with 200 callers each spend all of a pool and not one unit more', async (t) => {
  const { store, all } = replicas(t, 4)
  let spent = 0
  const said = await Promise.all(
    all.flatMap((leases) =>
      Array.from({ length: 200 }, async (_, i) => {
        const hold = await leases.take(stock(10_000), 100, 5000)
        if (!isHold(hold)) return hold.why
        await sleep(i % 7)
        const actual = 20 + (i % 40)
        spent += actual
        hold.settle(actual)
        return 'held'
      }),
    ),
  )
  await Promise.all(all.map((leases) => leases.close()))
  const rows = await store.list('budget/', 10)
  assert.equal(
    rows.reduce((sum, row) => sum + row.spent, 0),
    spent,
  )
  assert.ok(spent <= 10_000, `${spent}`)
  assert.ok(rows.every(({ held, lost }) => held === 0 && lost === 0))
  // Each refusal was for want of room: at the end less than one reservation is left.
  assert.ok(spent > 9900, `only ${spent} was spent`)
  assert.ok(said.includes('used-up'))
  assert.ok(!said.includes('busy'), 'nobody was sent away while something could come back')
})

test('who waits is served when another replica gives back what it does not use', async (t) => {
  const { all } = replicas(t, 2)
  const [a, b] = all as [Leases, Leases]
  const held = await a.take(stock(100), 100, 1000)
  assert.ok(isHold(held))
  const waiting = b.take(stock(100), 60, 3000)
  await sleep(50)
  held.settle(10)
  assert.ok(isHold(await waiting))
})

test('nobody is told that the rest is reserved before the store has said so', async (t) => {
  const store = memoryLeases()
  const slow: LeaseRound = async (_, work) => {
    await sleep(400)
    return work(store)
  }
  const { first } = replicas(t, 1, slow)
  assert.ok(isHold(await first.take(stock(100), 60, 100)))
  const busy = await first.take(stock(100), 60, 1000)
  assert.ok(!isHold(busy) && busy.why === 'busy')
})

test('a store that does not answer is no budget that is used up', async (t) => {
  const answer = Promise.withResolvers<void>()
  const store = memoryLeases()
  const { first } = replicas(t, 1, async (_, work) => {
    await answer.promise
    return work(store)
  })
  const said = Promise.resolve(first.take(stock(100), 60, 100)).finally(answer.resolve)
  await assert.rejects(said, { code: 'unavailable' })
})

test('what is reserved for calls under way is busy, what is spent is used up', async (t) => {
  const { first } = replicas(t, 1)
  const held = await first.take(stock(100), 100, 1000)
  assert.ok(isHold(held))
  const busy = await first.take(stock(100), 1, 150)
  assert.ok(!isHold(busy) && busy.why === 'busy' && busy.waitMs !== undefined)
  held.settle(100)
  const out = await first.take(stock(100), 1, 5000)
  assert.ok(!isHold(out) && out.why === 'used-up' && out.waitMs === undefined)
})

test('settling twice counts once, and more than was reserved is counted too', async (t) => {
  const { store, first } = replicas(t, 1)
  const held = await first.take(stock(100), 10, 1000)
  assert.ok(isHold(held))
  held.settle(30)
  held.settle(30)
  await first.close()
  assert.deepEqual(
    (await store.list('budget/', 9)).map(({ spent, held: left }) => [spent, left]),
    [[30, 0]],
  )
})

test('most calls ask nobody', async (t) => {
  let rounds = 0
  const store = memoryLeases()
  const { first } = replicas(t, 1, async (_, work) => {
    rounds++
    await sleep(2)
    return work(store)
  })
  let atOnce = 0
  for (let i = 0; i < 5000; i++) {
    const said = first.take(stock(10_000_000), 100, 1000)
    if (!(said instanceof Promise)) atOnce++
    const hold = await said
    assert.ok(isHold(hold))
    hold.settle(50)
    if (i % 10 === 0) await sleep(1)
  }
  assert.ok(atOnce > 4000, `${atOnce} of 5000 were served from memory, in ${rounds} rounds`)
})

test('a store that cannot be asked refuses who waits, and hears of everything once it can', async (t) => {
  const store = memoryLeases()
  let isDown = false
  const { first } = replicas(t, 1, (_, work) => {
    if (isDown) throw new Failure('storage_full', 'no room')
    return work(store)
  })
  const held = await first.take(stock(100), 40, 1000)
  assert.ok(isHold(held))
  isDown = true
  held.settle(40)
  await assert.rejects(async () => first.take(stock(100), 60, 500), /no room/)
  isDown = false
  await sleep(700)
  assert.equal((await store.list('budget/', 9))[0]?.spent, 40)
})

test('a pool that flows sends away at once whom time would not serve, and says when to come back', async (t) => {
  const { first } = replicas(t, 1)
  const pool: Pool = { kind: 'flow', id: 'requests', limit: 5, windowMs: 60_000 }
  for (let i = 0; i < 5; i++) {
    const hold = await first.take(pool, 1, 100)
    assert.ok(isHold(hold))
    hold.settle(1)
  }
  const started = performance.now()
  const said = await first.take(pool, 1, 5000)
  assert.ok(!isHold(said) && said.waitMs !== undefined && said.waitMs > 10_000 && said.waitMs <= 12_000)
  assert.ok(performance.now() - started < 1000)
})

test('slots come back when calls end', async (t) => {
  const { first } = replicas(t, 1)
  const pool: Pool = { kind: 'slots', id: 'concurrent', limit: 2 }
  const [a, b] = [await first.take(pool, 1, 100), await first.take(pool, 1, 100)]
  assert.ok(isHold(a) && isHold(b))
  const full = await first.take(pool, 1, 120)
  assert.ok(!isHold(full) && full.why === 'busy')
  a.settle(0)
  assert.ok(isHold(await first.take(pool, 1, 100)))
})

test('what was spent is remembered over a pause, and over a close', async (t) => {
  const { first, store } = replicas(t, 1)
  for (const pause of [1500, 0]) {
    const hold = await first.take(stock(1000), 10, 500)
    assert.ok(isHold(hold))
    hold.settle(7)
    await (pause > 0 ? sleep(pause) : first.close())
  }
  const hold = await first.take(stock(1000), 10, 500)
  assert.ok(isHold(hold))
  hold.settle(5)
  await first.close()
  const rows = await store.list('budget/', 9)
  assert.equal(
    rows.reduce((sum, { spent }) => sum + spent, 0),
    19,
  )
})

test('pools that nobody uses are forgotten', async (t) => {
  const { first, store } = replicas(t, 1)
  const hold = await first.take(stock(1000), 10, 100)
  assert.ok(isHold(hold))
  hold.settle(0)
  for (let i = 0; i < 60 && first.remaining('budget/1') !== undefined; i++) await sleep(100)
  assert.equal(first.remaining('budget/1'), undefined)
  assert.equal((await store.list('budget/', 9))[0]?.held, 0)
})
