// Gives a segment its root: the tree over the leaves of its batches, named by an entry of the log in the same change.
import { SYSTEM } from '../model/actor.ts'
import type { RecordHome, Segment } from './call-store.ts'

/** The tree over the leaves of a segment. */
export interface LeafTree {
  hash(leaf: string): Uint8Array
  root(hashes: readonly Uint8Array[]): Uint8Array
}

/** Undefined where it is sealed already, by whomever. */
export function sealSegment(
  { home, tree }: { home: RecordHome; tree: LeafTree },
  id: string,
): Promise<Segment | undefined> {
  return home.change(async (tx) => {
    const found = await tx.calls.segment(id)
    if (found === undefined || found.entry !== undefined) return undefined
    const root = tree.root(await tx.calls.hashes(id))
    const { entry } = await tx.stamp()
    if (!(await tx.calls.seal(id, root, entry))) return undefined
    const { calls, lost, openedAt, touchedAt } = found
    tx.record({
      kind: 'call-segment.sealed',
      actor: SYSTEM,
      subject: { kind: 'call-segment', id },
      data: { calls, lost, openedAt, touchedAt, root: Buffer.from(root).toString('base64') },
    })
    return { ...found, root, entry }
  })
}
