// What migrations promise: they run once, and a database that is not ours, not whole or not of our time is left alone.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openStore } from '../open.ts'
import { clock, entry, hasCode, opened, type Places } from './place.ts'

const sabotages = [
  ['changed', `update schema_migration set checksum = 'x' where number = 1`, /not the one that was applied/],
  ['missing', `update schema_migration set number = 99 where number = 1`, /has migration 2/],
  ['renamed', `update schema_migration set name = '0001-other' where number = 1`, /0001-other/],
  [
    'of a newer program',
    `insert into schema_migration (number, name, checksum, at) select count(*) + 1, '9999-future', 'x', 'x' from schema_migration`,
    /newer than this program: it has migration 9999-future/,
  ],
] as const

export function migrationContract(places: Places): void {
  test('opening twice changes nothing', async (t) => {
    const { store, again } = await opened(t, places)
    await store.append([entry()])
    await store.close()
    const reopened = await again()
    assert.equal((await reopened.read.log.state()).size, 1)
  })

  for (const [name, sql, message] of sabotages)
    test(`a migration that is ${name} is told and nothing is touched`, async (t) => {
      const { store, place, again } = await opened(t, places)
      await store.append([entry()])
      await store.close()
      await place.raw(sql)
      await assert.rejects(
        openStore({ ...place.where, now: clock }),
        (error) => hasCode('conflict')(error) && error instanceof Error && message.test(error.message),
      )
      await place.raw(
        name === 'of a newer program'
          ? `delete from schema_migration where name = '9999-future'`
          : `update schema_migration set number = 1, name = '0001-foundation' where number in (1, 99)`,
      )
      if (name !== 'changed') assert.equal((await (await again()).read.log.state()).size, 1)
    })

  test('a database with tables of others is refused', async (t) => {
    const place = await places()
    t.after(() => place.remove())
    await place.raw('create table customers (id integer)')
    await assert.rejects(openStore({ ...place.where, now: clock }), hasCode('conflict'))
    await place.raw('insert into customers (id) values (1)')
  })
}
