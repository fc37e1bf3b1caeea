// Checks a C2SP .tlog-proof, whose extra line is the leaf.
import { fromBase64, hashFrom } from './bytes.ts'
import { checkEntry, checkSameSize } from './entry.ts'
import { parseVerifierKey, signedCheckpoint, someKeys } from './note.ts'
import { NotValid } from './not-valid.ts'
import { type Trust, type Verdict, inSteps } from './steps.ts'

const MOST_PATH = 63

export async function verifyProof(text: string, trust: Trust): Promise<Verdict> {
  return inSteps(async (step) => {
    const proof = await step(
      'format',
      async () => parseProof(text),
      (read) => `a proof of entry ${read.index}`,
    )
    const keys = await step(
      'key',
      () => Promise.all(trust.keys.map(parseVerifierKey)).then(someKeys),
      (read) => `${read.length} trusted`,
    )
    const tree = await step(
      'checkpoint',
      () => signedCheckpoint(proof.checkpoint, undefined, keys),
      (read) => `the tree of ${read.size} entries is signed by ${read.origin}`,
    )
    await step(
      'entry',
      () => checkEntry({ ...proof, tree }),
      () => 'the entry is in the tree',
    )
    for (const kept of trust.checkpoints ?? []) {
      await step(
        'history',
        () => checkSameSize(kept, keys, tree),
        () => 'the checkpoint that you kept is this one',
      )
    }
  })
}

export function parseProof(text: string): { index: number; leaf: string; path: Uint8Array[]; checkpoint: string } {
  const split = text.indexOf('\n\n')
  const [head, extra = '', index = '', ...hashes] = text.slice(0, Math.max(split, 0)).split('\n')
  const bytes = extra.startsWith('extra ') ? fromBase64(extra.slice(6)) : undefined
  const at = /^index (0|[1-9]\d{0,15})$/.exec(index)?.[1]
  if (head !== 'c2sp.org/tlog-proof@v1' || !bytes || at === undefined || hashes.length > MOST_PATH)
    throw new NotValid('wrong-format', 'not a .tlog-proof with the entry in its extra line')
  const leaf = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  return { index: Number(at), leaf, path: hashes.map(hashFrom), checkpoint: text.slice(split + 2) }
}
