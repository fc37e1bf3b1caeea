// The store over any engine: what was recorded in a change goes into the log at its commit, and who listens hears of it
// once it is durable, in the order of the log.
import { AsyncLocalStorage } from 'node:async_hooks'
import { Failure } from '../lib/failure.ts'
import { appendReady, nextStamp } from '../prove/append.ts'
import { prepareEntry, type ReadyEntry } from '../prove/leaf.ts'
import type { Backend } from './engines/backend.ts'
import { Gate } from './gate.ts'
import { GroupCommit } from './group-commit.ts'
import { createHealth } from './health.ts'
import { type ChangeTime, createMoments } from './moments.ts'
import { createNews } from './news.ts'
import type { Runner } from './runner.ts'
import type { Change, Store } from './store.ts'
import { tables } from './tables/index.ts'
import { logReader } from './tables/log-reader.ts'
import { type LogTables, logWriter, Shapes } from './tables/log-writer.ts'

const MOST_WAITING_CHANGES = 1000
const MOST_RECORDED = 10_000

export interface CoreOptions {
  now: () => Date
  /** 16 fresh random bytes at each call. */
  salt: () => Uint8Array
  /** Hears of a listener that threw; the change it was told of is durable and stays. */
  onTrouble: (error: unknown) => void
}

interface Recorded {
  entries: ReadyEntry[]
  /** The moment that `stamp` promised. */
  time: ChangeTime
}

export async function createStore(backend: Backend, { now, salt, onTrouble }: CoreOptions): Promise<Store> {
  const gate = new Gate(backend.width, MOST_WAITING_CHANGES)
  const shapes = new Shapes()
  const within = new AsyncLocalStorage<{ open: boolean }>()
  const news = await createNews(backend, onTrouble)
  const moments = createMoments(now)
  const health = createHealth((probe) => gate.pass(() => backend.transaction(probe)), now)
  let closed = false

  /** One transaction with a log to append to, and what follows its commit. */
  async function commit<T>(
    work: (runner: Runner, log: LogTables, removed: Set<string>, time: ChangeTime) => Promise<T>,
  ): Promise<T> {
    if (closed)
      throw new Failure('unavailable', 'the store is closed', { hint: 'Parapet is stopping; try again later' })
    if (within.getStore()?.open)
      throw new Error('a change inside a change: use the one that is open, or start this one after it')
    return gate.pass(async () => {
      const frame = { open: true }
      const time = moments.begin()
      const { value, log, removed } = await health.watch(() =>
        backend
          .transaction(async (runner) => {
            const log = logWriter(runner, shapes)
            const removed = new Set<string>()
            const value = await within.run(frame, () => work(runner, log, removed, time))
            if (log.appended.length > 0) await backend.announce(runner)
            return { value, log, removed }
          })
          .finally(() => {
            frame.open = false
            time.over()
          }),
      )
      shapes.learn(log.learnt)
      news.committed(log.appended)
      await afterwards(log, removed)
      return value
    })
  }

  async function afterwards(log: LogTables, removed: ReadonlySet<string>): Promise<void> {
    try {
      for (const sha256 of removed) await backend.blobs?.remove(sha256)
      if (log.erased() > 0) await backend.afterErase()
    } catch (error) {
      onTrouble(error)
    }
  }

  /** Appends under the log's lock; the index of the first of these entries. */
  async function record(log: LogTables, entries: readonly ReadyEntry[], at: Date): Promise<number> {
    const batch = appendReady(await log.lock(), entries, { now: at, salt })
    await log.append(batch)
    return batch.state.size - entries.length
  }

  const group = new GroupCommit((entries) => commit((_, log, _removed, time) => record(log, entries, time.at())))

  return {
    kind: backend.kind,
    read: {
      ...tables(backend.reader, backend.blobs, new Set()),
      log: logReader(backend.reader),
    },
    change: (work) =>
      commit(async (runner, log, removed, time) => {
        const recorded: Recorded = { entries: [], time }
        const value = await work(openChange(runner, log, removed, recorded))
        if (recorded.entries.length > 0) await record(log, recorded.entries, time.at())
        return value
      }),
    async append(entries) {
      if (within.getStore()?.open) throw new Error('`append` inside a change: use its `record`')
      return entries.length === 0 ? [] : group.add(entries.map(prepareEntry))
    },
    async closeMoment(least) {
      const { at, settled } = moments.close(least)
      if (!within.getStore()?.open) await settled
      return at
    },
    onRecorded: news.listen,
    forget: () => gate.pass(() => backend.afterErase()),
    snapshot: (work) => backend.snapshot(work),
    health: health.check,
    async close() {
      if (closed) return
      await group.idle()
      closed = true
      await gate.idle()
      await news.close()
      await backend.close()
    },
  }

  function openChange(runner: Runner, log: LogTables, removed: Set<string>, recorded: Recorded): Change {
    return {
      ...tables(runner, backend.blobs, removed),
      log: { ...logReader(runner), ...log },
      record(entry) {
        if (recorded.entries.length >= MOST_RECORDED)
          throw new Failure('too_large', `one change may record ${MOST_RECORDED} entries at most`, {
            hint: 'split the work into several changes',
          })
        recorded.entries.push(prepareEntry(entry))
      },
      async stamp() {
        const { at, first } = nextStamp(await log.lock(), recorded.time.at())
        return { at, entry: first + recorded.entries.length }
      },
    }
  }
}
