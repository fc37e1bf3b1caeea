// A look at one moment of a PostgreSQL database: one transaction at repeatable read, tables read by cursor.
import type { Pool, PoolClient } from 'pg'
import { toBytes } from '../runner.ts'
import type { Snapshot } from '../store.ts'
import { toFailure } from '../trouble.ts'

const ROWS_AT_ONCE = 500

export async function inSnapshot<T>(pool: Pool, work: (view: Snapshot) => Promise<T>): Promise<T> {
  let client: PoolClient | undefined
  try {
    client = await pool.connect()
    await client.query('begin isolation level repeatable read read only')
    // Whoever takes the rows may be slow, and holds up nobody.
    await client.query('set local idle_in_transaction_session_timeout = 0')
    const value = await work(viewOf(client))
    await client.query('commit')
    client.release()
    return value
  } catch (error) {
    client?.release(true)
    throw toFailure(error)
  }
}

function viewOf(client: PoolClient): Snapshot {
  return {
    async *rows(table, columns) {
      await client.query(`declare snapshot_rows cursor for select ${columns.join(', ')} from ${table} order by 1, 2`)
      for (;;) {
        const fetch = { text: `fetch ${ROWS_AT_ONCE} from snapshot_rows`, rowMode: 'array' }
        const { rows } = await client.query<unknown[]>(fetch)
        for (const row of rows) yield row.map((value) => (value instanceof Uint8Array ? toBytes(value) : value))
        if (rows.length < ROWS_AT_ONCE) break
      }
      await client.query('close snapshot_rows')
    },
    async attachment(sha256) {
      const { rows } = await client.query<{ content: Uint8Array | null }>(
        'select content from attachment where sha256 = $1',
        [sha256],
      )
      const content = rows[0]?.content
      return content ? toBytes(content) : undefined
    },
  }
}
