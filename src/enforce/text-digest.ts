// By what a text is known that was read before: a hash under a key that lives and dies with this process, so that nobody
// outside can look for two texts that are taken for one.
import { hash, randomBytes } from 'node:crypto'

const KEY = randomBytes(32).toString('base64')

/** Several guards ask for it, one after the other. */
let last = { text: '', digest: '' }

export function textDigest(text: string): string {
  if (last.text !== text) last = { text, digest: hash('sha256', KEY + text, 'base64url') }
  return last.digest
}
