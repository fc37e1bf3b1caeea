import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { tmpdir } from 'node:os'
import { Client } from 'pg'
import { type Postgres, startPostgres } from '../../test/postgres.ts'
import { storeContract } from './contract/index.ts'
import { sqlitePlaces } from './contract/sqlite-place.ts'
import { clock, entry, hasCode, opened, type Places } from './contract/place.ts'
import { openStore } from './open.ts'

describe('the store on PostgreSQL', () => {
  let postgres: Postgres | undefined
  before(async () => {
    postgres = await startPostgres()
  })
  after(() => postgres?.stop())

  const places: Places = async () => {
    const databaseUrl = (await postgres?.createDatabase()) ?? ''
    return {
      engine: 'postgres',
      where: { dataDir: tmpdir(), databaseUrl },
      async raw(text) {
        const client = new Client(databaseUrl)
        await client.connect()
        await client.query(text).finally(() => client.end())
      },
      remove: async () => undefined,
    }
  }
  storeContract(places, sqlitePlaces)

  test('replicas that start at once migrate once', async (t) => {
    const place = await places()
    const stores = await Promise.all(Array.from({ length: 5 }, () => openStore({ ...place.where, now: clock })))
    t.after(() => Promise.all(stores.map((store) => store.close())))
    await Promise.all(stores.map((store) => store.append([entry(), entry()])))
    assert.equal((await stores[0]?.read.log.state())?.size, 10)
  })

  test('a deadlock is resolved by running one of the changes again', async (t) => {
    const { store } = await opened(t, places)
    const token = { name: 'n', role: 'agent', scopes: [], createdBy: 'me', createdAt: 'a', expiresAt: 'b' } as const
    const unset = { revokedAt: undefined, lastUsedAt: undefined }
    for (const id of ['a', 'b'])
      await store.change((tx) => tx.tokens.insert({ id, secretHash: id, ...token, ...unset }))
    let runs = 0
    const both = Promise.withResolvers<void>()
    const cross = (first: string, second: string) =>
      store.change(async (tx) => {
        await tx.tokens.used(first, `by ${first}`)
        if (++runs === 2) both.resolve()
        await both.promise
        await tx.tokens.used(second, `by ${first}`)
        tx.record(entry())
      })
    await Promise.all([cross('a', 'b'), cross('b', 'a')])
    assert.ok(runs > 2, 'one change ran again')
    assert.equal((await store.read.log.state()).size, 2)
  })

  test('a database that only reads refuses changes, says so, and recovers', async (t) => {
    const { store, place } = await opened(t, places)
    await store.append([entry()])
    const name = new URL(place.where.databaseUrl ?? '').pathname.slice(1)
    const cut = `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}' and pid <> pg_backend_pid()`
    await place.raw(`alter database ${name} set default_transaction_read_only = on; ${cut}`)
    await assert.rejects(store.append([entry()]), hasCode('storage_read_only'))
    assert.equal((await store.health()).writable, false)
    assert.equal((await store.read.log.state()).size, 1)
    await place.raw(`begin read write; alter database ${name} reset default_transaction_read_only; commit; ${cut}`)
    assert.deepEqual(await store.health(), { writable: true })
    assert.deepEqual(await store.append([entry()]), [1])
  })

  test('a server that is away is told as that, and found again', async (t) => {
    const { store } = await opened(t, places, { onTrouble: () => undefined })
    await store.append([entry()])
    await postgres?.crash()
    for (let i = 0; i < 20; i++) if ((await store.health()).writable) break
    assert.deepEqual(await store.append([entry()]), [1])
    await assert.rejects(
      openStore({ dataDir: tmpdir(), databaseUrl: 'postgres://nobody@127.0.0.1:1/none', now: clock }),
      hasCode('unavailable'),
    )
    await assert.rejects(
      openStore({ dataDir: tmpdir(), databaseUrl: 'mysql://x', now: clock }),
      hasCode('config_invalid'),
    )
  })
})
