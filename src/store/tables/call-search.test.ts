// What filters cost that exclude each other: in a record of a million calls nearly every row would be read for nothing.
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { newId } from '../../lib/id.ts'
import type { CallQuery } from '../../record/call-store.ts'
import { TABLES } from '../backup/tables.ts'
import { openSqlite } from '../engines/sqlite.ts'
import type { Runner } from '../runner.ts'
import type { Schema } from '../schema.ts'
import { findCalls } from './call-search.ts'

const CALLS = 3000
const COLUMNS = Object.keys(TABLES.exchange) as (keyof Schema['exchange'])[]

function row(n: number): Schema['exchange'] {
  const isOdd = n % 2 === 1
  const [key_id, route, model] = isOdd ? ['odd', 'one', 'small'] : ['even', 'two', n === 1000 ? 'rare' : 'big']
  const ordinary = { asset: null, agent: null, outcome: 'answered', status: 200, segment: 's', leaf: '{}' }
  return { id: newId('call', new Date(1_700_000_000_000 + n)), key_id, route, model, position: n, ...ordinary }
}

test('of filters that exclude each other no row is read, and of others only what all of them find', async (t) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'parapet-search-'))
  const backend = await openSqlite(dataDir, () => new Date())
  t.after(async () => {
    await backend.close()
    await rm(dataDir, { recursive: true, force: true })
  })
  const rows = Array.from({ length: CALLS }, (_, n) => row(n))
  const marks = rows.filter(({ key_id: key }) => key === 'odd').map(({ id }) => ['guard:x', id])
  await backend.transaction(async (runner) => {
    await runner.insertMany('exchange', TABLES.exchange, rows.map((one) => COLUMNS.map((column) => one[column]))) // prettier-ignore
    await runner.insertMany('exchange_mark', TABLES.exchange_mark, marks)
  })
  let read = 0
  const { reader } = backend
  const counting: Runner = {
    ...reader,
    async sql<T>(text: string, values?: Parameters<Runner['sql']>[1]) {
      const found = await reader.sql<T>(text, values)
      if (text.startsWith('select e.*')) read += 1 + found.length
      return found
    },
  }
  const find = async (query: Partial<CallQuery>) => {
    read = 0
    const { items } = await findCalls(counting, { limit: 50, ...query }, ({ position }) => ({ position }) as never)
    return { items: (items as unknown as { position: number }[]).map(({ position }) => position), read }
  }
  for (const query of [
    { keyId: 'odd', route: 'two' },
    { route: 'two', model: 'small' },
    { marks: ['guard:x'], keyId: 'even' },
    { marks: ['guard:x', 'guard:none'] },
    { keyId: 'odd', route: 'one', model: 'rare' },
  ])
    assert.deepEqual(await find(query), { items: [], read: 0 }, JSON.stringify(query))
  assert.deepEqual(await find({ keyId: 'even', route: 'two', model: 'rare' }), { items: [1000], read: 2 })
  const newest = await find({ keyId: 'odd', route: 'one', marks: ['guard:x'] })
  assert.deepEqual(
    newest.items,
    Array.from({ length: 50 }, (_, i) => CALLS - 1 - 2 * i),
  )
  assert.equal(newest.read, 52)
})
