// The log's one row of state: how long it is, and the roots that appending goes on from.
import type { LogState } from '../../prove/log-store.ts'
import type { Runner } from '../runner.ts'
import type { Schema } from '../schema.ts'

const HASH_BYTES = 32

export async function readState(runner: Runner): Promise<LogState> {
  type Row = Pick<Schema['log_state'], 'size' | 'frontier' | 'last_at' | 'clock_notice_at'>
  const [row] = await runner.sql<Row>('select size, frontier, last_at, clock_notice_at from log_state where id = 1')
  if (!row) throw new Error('the database has no log state')
  const frontier = Array.from({ length: row.frontier.length / HASH_BYTES }, (_, i) =>
    row.frontier.slice(i * HASH_BYTES, (i + 1) * HASH_BYTES),
  )
  return { size: row.size, frontier, lastAt: row.last_at, clockNoticeAt: row.clock_notice_at }
}

export async function writeState(runner: Runner, state: LogState): Promise<void> {
  await runner.sql('update log_state set size = $1, frontier = $2, last_at = $3, clock_notice_at = $4 where id = 1', [
    state.size,
    Buffer.concat(state.frontier),
    state.lastAt,
    state.clockNoticeAt,
  ])
}
