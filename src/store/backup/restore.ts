// Puts a backup back. The whole archive is checked before anything is touched, loaded into a place beside what is there
// (a new file, or one transaction), and takes its place in one step: after a crash there is the old store or the new.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure } from '../../lib/failure.ts'
import { writeDurably } from '../engines/sqlite-blobs.ts'
import { migrate } from '../migrate.ts'
import { migrations } from '../migrations/index.ts'
import type { Runner, Value } from '../runner.ts'
import type { Schema } from '../schema.ts'
import { codeOf, toFailure } from '../trouble.ts'
import { type Archive, type Columns, damaged, readArchive } from './read-archive.ts'
import { isTable } from './tables.ts'

const ROWS_AT_ONCE = 1000

export interface RestoreTarget {
  dataDir: string
  databaseUrl?: string | undefined
}

export interface RestoreOptions {
  now: () => Date
  /** Replaces a store that is there; without it such a target is refused. */
  replace?: boolean
}

/** Where a restore loads to. `load` makes all of it the store, or leaves what was there. */
export interface Loading {
  load(
    work: (runner: Runner, putAttachment: (sha256: string, bytes: Uint8Array) => Promise<void>) => Promise<void>,
  ): Promise<void>
}

export async function restore(
  file: string,
  target: RestoreTarget,
  { now, replace = false }: RestoreOptions,
): Promise<Archive> {
  try {
    const checked = await readArchive(file)
    const { header, manifest } = checked
    const known = migrations[header.migrations - 1]
    if (known?.name !== header.migration)
      throw new Failure('conflict', `this backup is of a newer program: it has migration ${header.migration}`, {
        hint: 'restore it with the version of Parapet that wrote it, or a newer one',
      })
    const keys = new Map<string, Uint8Array>()
    const loading = await openTarget(target, replace)
    await loading.load(async (runner, putAttachment) => {
      const inside = <T>(work: (runner: Runner) => Promise<T>) => work(runner)
      await migrate(inside, migrations.slice(0, header.migrations), now)
      await runner.sql('delete from log_state')
      const rows = new RowLoader(runner)
      const again = await readArchive(file, {
        row: (table, columns, values) => rows.add(table, columns, values),
        file: async (kind, name, sha256, bytes) => {
          if (kind === 'key') keys.set(name, bytes)
          else await Promise.all([rows.add('attachment', ATTACHMENT, [sha256, bytes.length, runner.engine === 'sqlite' ? null : bytes]), runner.engine === 'sqlite' ? putAttachment(sha256, bytes) : undefined]) // prettier-ignore
        },
      })
      if (again.manifest.sha256 !== manifest.sha256) throw damaged('it changed while it was read')
      await rows.flush()
      await migrate(inside, migrations, now)
      await putKeys(join(target.dataDir, 'keys'), keys, replace)
    })
    return checked
  } catch (error) {
    if (codeOf(error) === 'ENOENT')
      throw new Failure('not_found', `there is no backup ${file}`, {
        hint: 'name the file that `parapet backup` wrote',
      })
    throw toFailure(error)
  }
}

const ATTACHMENT: Columns = { sha256: 'text', size: 'int', content: 'bytes' }

async function openTarget({ dataDir, databaseUrl }: RestoreTarget, replace: boolean): Promise<Loading> {
  if (databaseUrl === undefined) {
    const { sqliteLoading } = await import('../engines/sqlite-loading.ts')
    return sqliteLoading(dataDir, replace)
  }
  const { postgresLoading } = await import('../engines/postgres-loading.ts')
  return postgresLoading(databaseUrl, replace)
}

/** Gathers rows of a table and inserts them together. */
class RowLoader {
  readonly #runner: Runner
  #table: keyof Schema | undefined
  #columns: Columns = {}
  #rows: (readonly Value[])[] = []

  constructor(runner: Runner) {
    this.#runner = runner
  }

  async add(table: string, columns: Columns, values: readonly Value[]): Promise<void> {
    if (table !== this.#table || this.#rows.length >= (table === 'attachment' ? 1 : ROWS_AT_ONCE)) {
      await this.flush()
      if (table !== 'attachment' && !isTable(table)) throw damaged(`it has no place for a table "${table}"`)
      this.#table = table
      this.#columns = columns
    }
    this.#rows.push(values)
  }

  async flush(): Promise<void> {
    const rows = this.#rows
    this.#rows = []
    if (this.#table) await this.#runner.insertMany(this.#table, this.#columns, rows)
  }
}

/** A signing key that is there and is another is not overwritten unless asked for: proofs would no longer verify. */
async function putKeys(dir: string, keys: ReadonlyMap<string, Uint8Array>, replace: boolean): Promise<void> {
  for (const [name, bytes] of keys) {
    const there = await readFile(join(dir, name)).catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') return undefined
      throw error
    })
    if (there && Buffer.compare(there, bytes) === 0) continue
    if (there && !replace)
      throw new Failure('conflict', `another key ${name} is in ${dir}`, {
        hint: 'move it away, or restore with replace',
      })
    await writeDurably(join(dir, name), bytes)
  }
}
