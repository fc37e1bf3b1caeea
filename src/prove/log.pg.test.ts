import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { openHouse, SYSTEM_ACTOR, thing } from '../../test/log-house.ts'
import { type Postgres, startPostgres } from '../../test/postgres.ts'
import { openStore } from '../store/open.ts'
import type { AuditResult } from './audit.ts'
import { folderKeys } from './keys.ts'
import { createLog } from './log.ts'
import { verifyReport } from './verify.ts'

const clock = () => new Date()
const named = (result: AuditResult) => result.findings.map(({ attack, index }) => `${attack} ${index}`)

describe('the log on PostgreSQL', () => {
  let postgres: Postgres | undefined
  before(async () => {
    postgres = await startPostgres()
  })
  after(() => postgres?.stop())

  const attacks: [string, string[], string[]][] = [
    ['an edited row', [`update log_entry set leaf = replace(leaf, '"n":', '"n":9') where idx = 7`], ['edited-entry 7']],
    ['a deleted row', ['delete from log_entry where idx = 5'], ['deleted-entry 5']],
    ['a truncated tail', ['delete from log_entry where idx >= 9'], ['truncated-tail 9']],
    ['an emptied log', ['delete from log_entry'], ['emptied-log 0']],
    [
      'two rows exchanged',
      [4, 12, -1].map((to, i) => `update log_entry set idx = ${[-1, 4, 12][i]} where idx = ${to}`),
      ['reordered 4', 'reordered 12'],
    ],
  ]
  for (const [title, statements, expected] of attacks) {
    test(`names ${title}`, async (t) => {
      const house = await openHouse(t, { databaseUrl: await postgres?.createDatabase() })
      await house.record(15)
      await house.log.checkpoint()
      assert.deepEqual(named(await house.log.audit()), [])
      for (const statement of statements) await house.sql(statement)
      assert.deepEqual(named(await house.log.audit()), expected)
    })
  }

  test('reports, rotates and erases as the embedded store does', async (t) => {
    const { log, store, record } = await openHouse(t, { databaseUrl: await postgres?.createDatabase() })
    const first = log.verifierKey
    await store.append(Array.from({ length: 600 }, (_, n) => thing(n)))
    const [index = -1] = await record(1, { personal: { email: 'ada@example.org' } })
    await log.rotate(SYSTEM_ACTOR)
    assert.equal(await log.erase([index], 'asked for', SYSTEM_ACTOR), 1)
    const report = await log.report({ indexes: [0, 300, index], extendsSize: 1 })
    assert.equal((await verifyReport(JSON.stringify(report), { keys: [first] })).ok, true)
    assert.deepEqual(named(await log.audit()), [])
  })

  test('replicas that record and seal at once never sign two trees of one size', async (t) => {
    const databaseUrl = await postgres?.createDatabase()
    const one = await openHouse(t, { databaseUrl })
    const store = await openStore({ dataDir: one.dir, databaseUrl, now: clock })
    const log = await createLog({ store, keys: folderKeys(join(one.dir, 'keys')), now: clock })
    t.after(async () => {
      await log.close()
      await store.close()
    })
    await Promise.all(
      [one, { store, log }].map(async (replica) => {
        for (let i = 0; i < 20; i++) {
          await replica.store.append([thing(i)])
          await replica.log.checkpoint()
        }
      }),
    )
    assert.deepEqual(named(await log.audit()), [])
    assert.equal(log.verifierKey, one.log.verifierKey)
    assert.ok((await log.head()).size >= 41)
  })

  test('a replica signs with the new key at once when another has rotated it', async (t) => {
    const databaseUrl = await postgres?.createDatabase()
    const one = await openHouse(t, { databaseUrl })
    const store = await openStore({ dataDir: one.dir, databaseUrl, now: () => one.clock.now })
    const log = await createLog({ store, keys: folderKeys(join(one.dir, 'keys')), now: () => one.clock.now })
    t.after(async () => {
      await log.close()
      await store.close()
    })
    for (let i = 0; i < 5; i++) {
      const next = await one.log.rotate(SYSTEM_ACTOR)
      await store.append([thing(i)])
      await log.checkpoint()
      assert.equal(log.verifierKey, next)
    }
    assert.deepEqual(named(await log.audit()), [])
  })
})
