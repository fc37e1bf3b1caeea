// Saves what changed in the series of callers every so often, and brings it back at the start. A save that fails is no
// trouble for any call: what is missed is the memory of half a minute.
import { Failure } from '../../lib/failure.ts'
import { SEALED } from '../sealed-texts.ts'
import type { Vault } from '../vault.ts'
import type { SeriesBook } from './series-book.ts'
import type { KeptSeries, SeriesStore } from './series-store.ts'

const EVERY_MS = 30_000
/** In one round; the others have their turn in the next. */
const MOST_AT_ONCE = 500
const MOST_KEPT = 4000
const KEPT_HOURS = 24

export interface KeepSeriesOptions {
  book: SeriesBook
  vault: Pick<Vault, 'seal' | 'open'>
  read: SeriesStore
  change(work: (store: SeriesStore) => Promise<void>): Promise<void>
  now: () => Date
  onTrouble(error: unknown): void
}

export interface SeriesKeeper {
  save(): Promise<void>
  close(): Promise<void>
}

export async function keepSeries(options: KeepSeriesOptions): Promise<SeriesKeeper> {
  const { book, vault, change, now, onTrouble } = options
  await restore(options).catch(onTrouble)

  async function save(): Promise<void> {
    const rows: KeptSeries[] = []
    for (const { id, state } of book.takeChanged(MOST_AT_ONCE))
      rows.push({ id, sealed: await vault.seal(Buffer.from(state), SEALED.series(id)), at: now().toISOString() })
    if (rows.length > 0) await change((store) => store.save(rows))
  }

  let saving: Promise<void> | undefined
  const timer = setInterval(() => {
    saving ??= save()
      .catch(onTrouble)
      .finally(() => (saving = undefined))
  }, EVERY_MS).unref()

  return {
    save,
    async close() {
      clearInterval(timer)
      await saving
      await save().catch(onTrouble)
    },
  }
}

async function restore({ book, vault, read, now, onTrouble }: KeepSeriesOptions): Promise<void> {
  const since = new Date(now().getTime() - KEPT_HOURS * 3_600_000).toISOString()
  const rows = await read.latest(since, MOST_KEPT)
  let unread = 0
  // The oldest first, so that the order is that of their last use.
  for (const { id, sealed } of rows.toReversed()) {
    try {
      book.restore(id, (await vault.open(sealed, SEALED.series(id))).toString('utf8'))
    } catch {
      unread++
    }
  }
  if (unread > 0) onTrouble(new Failure('unavailable', `${unread} series of inputs cannot be read, and begin anew`))
}
