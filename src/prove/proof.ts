// One entry's proof as a C2SP .tlog-proof file. Its extra line is the leaf, so that the file says what it proves.
import { Failure } from '../lib/failure.ts'
import type { CheckpointRow } from './log-store.ts'

/** That the entry at `index` is in the tree of `size` entries. */
export interface Inclusion {
  index: number
  size: number
  leafHash: Uint8Array
  root: Uint8Array
  path: readonly Uint8Array[]
}

export function proofText(inclusion: Inclusion, leaf: string, checkpoint: CheckpointRow): string {
  if (Buffer.compare(inclusion.root, checkpoint.root) !== 0)
    throw new Failure('log_damaged', `the entries do not lead to the signed root of ${checkpoint.size} entries`, {
      hint: 'run `parapet log audit`',
    })
  const hashes = inclusion.path.map((hash) => `${base64(hash)}\n`).join('')
  return `c2sp.org/tlog-proof@v1\nextra ${base64(Buffer.from(leaf))}\nindex ${inclusion.index}\n${hashes}\n${checkpoint.note}`
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
