// How one says on the command line what a model must be: who must have signed it, its bytes, its commit.
import type { Flag } from '../verb.ts'

export const KEY_FLAG: Flag = { name: 'key', value: 'file', about: 'public key (PEM) of who must have signed it' }

export const GATE_FLAGS: readonly Flag[] = [
  { name: 'certificates', value: 'file', about: 'root certificates (PEM) of who must have signed it' },
  { name: 'trusted-root', value: 'file', about: 'trusted root of sigstore (JSON), with --identity and --issuer' },
  { name: 'identity', value: 'name', about: 'who must have signed it, as sigstore knows them' },
  { name: 'issuer', value: 'url', about: 'who vouches for that identity' },
  { name: 'hashes', value: 'file', about: 'list of SHA-256 hashes (sha256sum, or JSON) that the files must have' },
  { name: 'revision', value: 'commit', about: 'commit at which it must have been fetched' },
]
