// Opens the store: PostgreSQL where a URL names one, else the embedded database in the data directory.
import { randomBytes } from 'node:crypto'
import { createStore } from './core.ts'
import type { Backend } from './engines/backend.ts'
import { openSqlite } from './engines/sqlite.ts'
import type { Store } from './store.ts'

export interface StoreOptions {
  dataDir: string
  databaseUrl?: string | undefined
  now: () => Date
  /** 16 fresh random bytes at each call. */
  salt?: () => Uint8Array
  /** Hears of what failed after a change was durable, as a listener that threw. */
  onTrouble?: (error: unknown) => void
}

export async function openStore({ dataDir, databaseUrl, now, ...rest }: StoreOptions): Promise<Store> {
  const backend = databaseUrl === undefined ? await openSqlite(dataDir, now) : await openPostgres(databaseUrl, now)
  try {
    return await createStore(backend, {
      now,
      salt: rest.salt ?? (() => new Uint8Array(randomBytes(16))),
      onTrouble: rest.onTrouble ?? ((error) => process.emitWarning(error instanceof Error ? error : String(error))),
    })
  } catch (error) {
    await backend.close()
    throw error
  }
}

/** Loaded only where it is used: the driver is memory that an embedded store need not spend. */
async function openPostgres(databaseUrl: string, now: () => Date): Promise<Backend> {
  const { openPostgres } = await import('./engines/postgres.ts')
  return openPostgres(databaseUrl, now)
}
