// Reading the evidence log: rows, hashes for proofs, checkpoints.
import type { EntryRow } from '../../model/entry.ts'
import type { LogReader } from '../../prove/log-store.ts'
import type { Runner } from '../runner.ts'
import { searchLog } from './log-search.ts'
import { readState } from './log-state.ts'
import { cursorNumber, rowsToRead, toPage } from './page.ts'

const MOST_LOG_ROWS = 10_000
const MOST_HASHES = 256
const ENTRY =
  'idx as "index", at, kind, actor_kind as "actorKind", actor_id as "actorId", subject_kind as "subjectKind", subject_id as "subjectId", leaf, leaf_hash as "leafHash"'

export function logReader(runner: Runner): LogReader {
  const { build } = runner
  const fetch = (indexes: readonly number[]) => entriesAt(runner, indexes)
  return {
    state: () => readState(runner),
    rows(from, to) {
      assertRange(from, to, MOST_LOG_ROWS)
      return runner.sql<EntryRow>(`select ${ENTRY} from log_entry where idx >= $1 and idx < $2 order by idx`, [
        from,
        to,
      ])
    },
    search: (query) => searchLog(runner, query, fetch),
    async hashes(level, from, to) {
      assertRange(from, to, MOST_HASHES)
      const rows =
        level === 0
          ? await runner.sql<{ hash: Uint8Array }>(
              'select leaf_hash as hash from log_entry where idx >= $1 and idx < $2 order by idx',
              [from, to],
            )
          : await runner.sql<{ hash: Uint8Array }>(
              'select hash from log_node where level = $1 and idx >= $2 and idx < $3 order by idx',
              [level, from, to],
            )
      return rows.map(({ hash }) => hash)
    },
    async personal(index) {
      const query = build.selectFrom('log_personal').selectAll().where('idx', '=', index).orderBy('field')
      return (await runner.all(query)).map((row) => ({
        index: row.idx,
        field: row.field,
        salt: row.salt,
        value: new TextDecoder().decode(row.value),
      }))
    },
    latestCheckpoint: () =>
      runner.first(build.selectFrom('log_checkpoint').selectAll().orderBy('size', 'desc').limit(1)),
    checkpointCovering: (size) =>
      runner.first(build.selectFrom('log_checkpoint').selectAll().where('size', '>=', size).orderBy('size').limit(1)),
    async checkpoints(query) {
      const read = rowsToRead(query)
      const before = cursorNumber(query)
      let rows = build.selectFrom('log_checkpoint').selectAll().orderBy('size', 'desc').limit(read)
      if (before !== undefined) rows = rows.where('size', '<', before)
      return toPage(
        await runner.all(rows),
        read,
        (row) => String(row.size),
        (row) => row,
      )
    },
  }
}

async function entriesAt(runner: Runner, indexes: readonly number[]): Promise<EntryRow[]> {
  if (indexes.length === 0) return []
  const marks = indexes.map((_, i) => `$${i + 1}`).join(', ')
  return runner.sql<EntryRow>(`select ${ENTRY} from log_entry where idx in (${marks})`, indexes)
}

function assertRange(from: number, to: number, most: number): void {
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || from < 0 || to < from || to - from > most)
    throw new RangeError(`expected 0 ≤ from ≤ to and at most ${most} at once, got ${from} to ${to}`)
}
