// Appending to the evidence log inside a change. The lock is taken as late as possible, at commit: over all replicas one
// change appends at a time, and everything else of a change runs beside the others.
import { Failure } from '../../lib/failure.ts'
import type { EntryRow } from '../../model/entry.ts'
import type { LogBatch, LogWriter } from '../../prove/log-store.ts'
import type { Runner } from '../runner.ts'
import { readState, writeState } from './log-state.ts'

/** 'PARAPETL' as a number that every replica agrees on. */
const LOG_LOCK = '5782990172118173004'
const MOST_ERASED_AT_ONCE = 500

/** Which number a pair of kinds has. Learnt only from what was committed, so a rollback leaves nothing wrong in it. */
export class Shapes {
  readonly #known = new Map<string, number>()

  get(key: string): number | undefined {
    return this.#known.get(key)
  }

  learn(pairs: ReadonlyMap<string, number>): void {
    if (this.#known.size > 10_000) this.#known.clear()
    for (const [key, id] of pairs) this.#known.set(key, id)
  }
}

export interface LogTables extends LogWriter {
  /** What was appended, for the listeners, once it is committed. */
  readonly appended: EntryRow[]
  readonly learnt: Map<string, number>
  readonly erased: () => number
}

export function logWriter(runner: Runner, shapes: Shapes): LogTables {
  const appended: EntryRow[] = []
  const learnt = new Map<string, number>()
  let erased = 0
  const knownShape = (row: EntryRow): number | undefined => {
    const key = shapeKey(row)
    return shapes.get(key) ?? learnt.get(key)
  }
  const learnShape = async (row: EntryRow): Promise<number> => {
    const id = await findShape(runner, row.kind, row.subjectKind)
    learnt.set(shapeKey(row), id)
    return id
  }
  return {
    appended,
    learnt,
    erased: () => erased,
    async lock() {
      if (runner.engine === 'postgres') await runner.sql(`select pg_advisory_xact_lock(${LOG_LOCK})`)
      return readState(runner)
    },
    async append({ rows, personal, nodes, state }: LogBatch) {
      const entries = []
      for (const row of rows) entries.push(entryValues(row, knownShape(row) ?? (await learnShape(row))))
      await runner.insertMany('log_entry', ENTRY_COLUMNS, entries)
      await runner.insertMany(
        'log_personal',
        { idx: 'int', field: 'text', salt: 'bytes', value: 'bytes' },
        personal.map(({ index, field, salt, value }) => [index, field, salt, new TextEncoder().encode(value)]),
      )
      await runner.insertMany(
        'log_node',
        { level: 'int', idx: 'int', hash: 'bytes' },
        nodes.map(({ level, index, hash }) => [level, index, hash]),
      )
      await writeState(runner, state)
      appended.push(...rows)
    },
    async saveCheckpoint(row) {
      const saved = await runner.first(
        runner.build
          .insertInto('log_checkpoint')
          .values(row)
          .onConflict((on) =>
            on.column('size').doUpdateSet({ note: row.note }).where('log_checkpoint.root', '=', row.root),
          )
          .returning('size'),
      )
      if (!saved)
        throw new Failure('conflict', `a checkpoint of size ${row.size} with another root exists`, {
          hint: 'two writers have forked the log: stop both, and run `parapet log audit`',
        })
    },
    async erasePersonal(indexes) {
      let fields = 0
      for (let i = 0; i < indexes.length; i += MOST_ERASED_AT_ONCE)
        fields += await runner.run(
          runner.build.deleteFrom('log_personal').where('idx', 'in', indexes.slice(i, i + MOST_ERASED_AT_ONCE)),
        )
      erased += fields
      return fields
    },
  }
}

const ENTRY_COLUMNS = {
  idx: 'int',
  leaf_hash: 'bytes',
  at: 'text',
  shape: 'int',
  kind: 'text',
  actor_kind: 'text',
  actor_id: 'text',
  subject_kind: 'text',
  subject_id: 'text',
  leaf: 'text',
} as const

const shapeKey = ({ kind, subjectKind }: EntryRow) => `${kind}\n${subjectKind}`

function entryValues(row: EntryRow, shape: number) {
  return [
    row.index,
    row.leafHash,
    row.at,
    shape,
    row.kind,
    row.actorKind,
    row.actorId,
    row.subjectKind,
    row.subjectId,
    row.leaf,
  ]
}

async function findShape(runner: Runner, kind: string, subjectKind: string): Promise<number> {
  const { build } = runner
  const find = build
    .selectFrom('log_shape')
    .select('id')
    .where('kind', '=', kind)
    .where('subject_kind', '=', subjectKind)
  const found = await runner.first(find)
  if (found) return found.id
  const highest = await runner.first(build.selectFrom('log_shape').select('id').orderBy('id', 'desc').limit(1))
  const id = (highest?.id ?? 0) + 1
  await runner.run(build.insertInto('log_shape').values({ id, kind, subject_kind: subjectKind }))
  return id
}
