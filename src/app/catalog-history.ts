// Which version of the catalogue was in force when: a past date is answered with the catalogue of that date. The log
// says so each time it changes, so nobody can choose another one afterwards.
import type { Catalog } from '../catalog/catalog.ts'
import { SYSTEM } from '../model/actor.ts'
import type { EntryRow } from '../model/entry.ts'
import type { Store } from '../store/store.ts'

const KIND = 'catalog.activated'
/** What the first Parapet came with: in force wherever the log names no other. */
const FIRST = 'ai-exchange/2026-11'

/** Records the version in force where it is not the one that was. */
export async function activateCatalog(store: Pick<Store, 'read' | 'append'>, catalog: Catalog): Promise<void> {
  const before = await lastBefore(store, undefined)
  if (before === catalog.name) return
  await store.append([
    {
      kind: KIND,
      actor: SYSTEM,
      subject: { kind: 'catalog', id: catalog.name },
      data: { before, after: catalog.name, generated: catalog.version },
    },
  ])
}

/** Name of the version that was in force at a time. */
export async function catalogAt(store: Pick<Store, 'read'>, at: string): Promise<string> {
  return lastBefore(store, new Date(Date.parse(at) + 1).toISOString())
}

async function lastBefore({ read }: Pick<Store, 'read'>, until: string | undefined): Promise<string> {
  const { items } = await read.log.search({ kind: KIND, subjectKind: 'catalog', until, limit: 1 })
  const [last]: (EntryRow | undefined)[] = items
  return last?.subjectId ?? FIRST
}
