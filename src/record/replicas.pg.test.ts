// Replicas that keep calls in one database at the same time: nothing is lost or kept twice, sums add up, and what a replica
// that died left open is sealed by another.
import assert from 'node:assert/strict'
import { tmpdir } from 'node:os'
import { after, before, test } from 'node:test'
import { type Postgres, startPostgres } from '../../test/postgres.ts'
import { leafTree } from '../prove/leaf-tree.ts'
import { openStore } from '../store/open.ts'
import { createRecorder } from './recorder.ts'
import { exchangeOf } from './testing.ts'

let postgres: Postgres
before(async () => {
  postgres = await startPostgres()
})
after(() => postgres.stop())

test('four replicas keep calls in one database, and each segment of theirs is sealed', async (t) => {
  const databaseUrl = await postgres.createDatabase()
  let now = new Date()
  const troubles: unknown[] = []
  const replicas = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const store = await openStore({ dataDir: tmpdir(), databaseUrl, now: () => now })
      const recorder = createRecorder({
        home: store,
        tree: leafTree,
        now: () => now,
        commitWithinMs: 5,
        sealEveryMs: 60_000,
        onTrouble: (error) => troubles.push(error),
      })
      return { store, recorder }
    }),
  )
  const [first, ...others] = replicas
  assert.ok(first)
  t.after(async () => {
    for (const { store } of replicas) await store.close()
  })
  for (let n = 0; n < 500; n++) {
    for (const { recorder } of replicas)
      recorder.add(exchangeOf({ at: now, keyId: `key_${n % 7}`, model: `m${n % 3}` }))
    if (n % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 10))
  }
  for (const { recorder } of others) await recorder.close()
  while (first.recorder.state.waiting > 0) await new Promise((resolve) => setTimeout(resolve, 5))
  const day = now.toISOString().slice(0, 10)
  const sums = await first.store.read.usage.sums({ from: day, to: day, by: [], limit: 1 })
  assert.partialDeepStrictEqual(sums.items[0], { calls: 2000, inputTokens: 20_000 })
  const calls = new Map<string, string[]>()
  for await (const rows of first.store.read.calls.all({}))
    for (const { segment, id } of rows) calls.set(segment, [...(calls.get(segment) ?? []), id])
  assert.equal([...calls.values()].flat().length, 2000)
  const open = await first.store.read.calls.unsealed(new Date(now.getTime() + 1).toISOString(), 9)
  assert.equal(open.length, 1, 'that of the replica that did not stop')
  now = new Date(now.getTime() + 6 * 60_000)
  const late = createRecorder({ home: others[0]?.store ?? first.store, tree: leafTree, now: () => now, commitWithinMs: 5, sealEveryMs: 60_000, onTrouble: (error) => troubles.push(error) }) // prettier-ignore
  await late.close()
  for (const [segment, ids] of calls) {
    const found = await first.store.read.calls.segment(segment)
    assert.deepEqual([found?.calls, found?.entry === undefined], [ids.length, false])
    const hashes = await first.store.read.calls.hashes(segment)
    assert.equal(Buffer.compare(leafTree.root(hashes), found?.root ?? new Uint8Array()), 0)
  }
  first.recorder.add(exchangeOf({ at: now }))
  await first.recorder.close()
  assert.equal((await first.store.read.calls.list({ limit: 1 })).items[0]?.segment !== open[0]?.id, true)
  assert.deepEqual(troubles, [])
})
