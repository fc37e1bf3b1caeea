// Things that are too many for entries of their own: their leaves form a tree, and one entry of the log names its root.
import { type Fields, bytesFrom, count, fields, hashes, list, string, toBase64 } from './bytes.ts'
import { NotValid } from './not-valid.ts'
import { leafHashOf, rootFromPath } from './tree.ts'

const KIND = 'call-segment.sealed'

export interface Member {
  /** Index of the entry that names the root. */
  entry: number
  position: number
  leaf: string
  path: Uint8Array[]
}

export function toMembers(value: unknown): Member[] {
  return list(value ?? [])
    .map(fields)
    .map((part) => ({
      entry: count(part['entry']),
      position: count(part['position']),
      leaf: string(part['leaf']),
      path: hashes(part['path']),
    }))
}

/** `entries`: leaves of the report that are known to be in the log, by their index. */
export async function checkMembers(members: readonly Member[], entries: ReadonlyMap<number, Fields>): Promise<number> {
  for (const { entry, position, leaf, path } of members) {
    const sealed = entries.get(entry)
    if (sealed?.['kind'] !== KIND) throw new NotValid('not-in-log', `entry ${entry} seals nothing`, entry)
    const data = fields(sealed['data'])
    const root = await rootFromPath(position, count(data['calls']), await leafHashOf(leaf), path)
    if (root === undefined || toBase64(root) !== toBase64(bytesFrom(data['root'])))
      throw new NotValid('not-in-log', `what entry ${entry} sealed has another leaf at ${position}`, entry)
  }
  return members.length
}
