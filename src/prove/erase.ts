// Erases personal fields for good: salt and value go, the leaf keeps a commitment that nobody can open any more, so every
// proof that was ever given still holds. That it happened, and why, becomes an entry in the same transaction.
import type { Actor } from '../model/actor.ts'
import type { Subject } from '../model/entry.ts'
import type { LogHome } from './log-store.ts'

const AT_ONCE = 200

type By = Pick<Actor, 'kind' | 'id'>

export async function eraseEntries(
  home: LogHome,
  indexes: readonly number[],
  about: { origin: string; reason: string; actor: By },
): Promise<number> {
  const sorted = [...new Set(indexes)].toSorted((a, b) => a - b)
  return home.change(async (tx) => {
    const fields = await tx.log.erasePersonal(sorted)
    if (fields > 0) {
      tx.record({
        kind: 'log.erased',
        actor: about.actor,
        subject: { kind: 'log', id: about.origin },
        data: { indexes: sorted, fields, reason: about.reason },
      })
    }
    return fields
  })
}

export async function eraseSubject(
  home: LogHome,
  subject: Subject,
  about: { origin: string; reason: string; actor: By },
): Promise<number> {
  let erased = 0
  let cursor: string | undefined
  do {
    const query = { subjectKind: subject.kind, subjectId: subject.id, order: 'oldest' as const, limit: AT_ONCE, cursor }
    const page = await home.read.log.search(query)
    const indexes = page.items.filter(({ leaf }) => leaf.includes('"personal":')).map(({ index }) => index)
    if (indexes.length > 0) erased += await eraseEntries(home, indexes, about)
    cursor = page.next
  } while (cursor !== undefined)
  return erased
}
