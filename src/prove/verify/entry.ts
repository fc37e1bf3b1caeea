// One entry against the tree of a checkpoint.
import { type Fields, equal, fields } from './bytes.ts'
import type { Checkpoint, VerifierKey } from './note.ts'
import { signedCheckpoint } from './note.ts'
import { NotValid } from './not-valid.ts'
import { leafHashOf, rootFromPath } from './tree.ts'

export async function checkEntry(entry: {
  index: number
  leaf: string
  path: readonly Uint8Array[]
  tree: Checkpoint
}): Promise<Fields> {
  const { index, leaf, path, tree } = entry
  const root = leaf.isWellFormed() ? await rootFromPath(index, tree.size, await leafHashOf(leaf), path) : undefined
  if (!root || !equal(root, tree.root))
    throw new NotValid('not-in-log', `entry ${index} is not what the log recorded`, index)
  const parsed = fields(JSON.parse(leaf))
  if (parsed['index'] !== index) throw new NotValid('wrong-index', `entry ${index} says that it is another`, index)
  return parsed
}

export async function checkSameSize(kept: string, keys: readonly VerifierKey[], tree: Checkpoint): Promise<void> {
  const known = await signedCheckpoint(kept, tree.origin, keys)
  if (known.size > tree.size)
    throw new NotValid(
      'rolled-back',
      `you kept a checkpoint of ${known.size} entries, this has ${tree.size}: it was made before, or the log was rolled back`,
      tree.size,
    )
  if (known.size < tree.size)
    throw new NotValid(
      'no-consistency-proof',
      `a proof of one entry cannot show that it extends the checkpoint of ${known.size} entries: ask for a report`,
    )
  if (!equal(known.root, tree.root)) throw new NotValid('forked', `two signed trees of ${tree.size} entries differ`)
}
