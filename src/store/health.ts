// Whether changes can be made now. Known from the changes themselves where there are some; else asked of the disk with
// a small write that is really committed, because free space and mode bits promise what a full quota does not keep.
import { randomBytes } from 'node:crypto'
import { Failure } from '../lib/failure.ts'
import type { Runner } from './runner.ts'

const FRESH_MS = 1000
/** Larger after a failure: what is left in a page must not pass for a disk that has room again. */
const PAD_BYTES = 64
const PAD_BYTES_AFTER_FAILURE = 256 * 1024

export interface Health {
  /** Notices how a change ended. */
  watch<T>(change: () => Promise<T>): Promise<T>
  check(): Promise<{ writable: boolean; reason?: string }>
}

type Transaction = (probe: (runner: Runner) => Promise<void>) => Promise<void>

export function createHealth(transaction: Transaction, now: () => Date): Health {
  let reason: string | undefined
  let knownAt = -Infinity
  let checking: Promise<void> | undefined

  const watch = async <T>(change: () => Promise<T>): Promise<T> => {
    try {
      const value = await change()
      note(undefined)
      return value
    } catch (error) {
      if (isOfStorage(error)) note(error.message)
      throw error
    }
  }
  const note = (trouble: string | undefined) => {
    reason = trouble
    knownAt = performance.now()
  }
  const probe = async () => {
    const pad = randomBytes(reason === undefined ? PAD_BYTES : PAD_BYTES_AFTER_FAILURE)
    const at = now().toISOString()
    try {
      await watch(() =>
        transaction(async (runner) => {
          const insert = runner.build.insertInto('health').values({ id: 1, at, pad })
          await runner.run(insert.onConflict((on) => on.column('id').doUpdateSet({ at, pad })))
        }),
      )
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      note(error.message)
    }
  }
  return {
    watch,
    async check() {
      if (performance.now() - knownAt > FRESH_MS || reason !== undefined)
        await (checking ??= probe().finally(() => (checking = undefined)))
      return reason === undefined ? { writable: true } : { writable: false, reason }
    },
  }
}

const isOfStorage = (error: unknown): error is Failure =>
  error instanceof Failure && ['storage_full', 'storage_read_only', 'unavailable'].includes(error.code)
