// Signed notes, checkpoints and verifier keys as C2SP writes them, read strictly: one spelling of each.
import { fromBase64, hex, joined } from './bytes.ts'
import { NotValid } from './not-valid.ts'
import { sha256 } from './tree.ts'

export interface VerifierKey {
  text: string
  name: string
  /** Eight hex digits. */
  id: string
  /** 0x01: Ed25519 note signature; 0x04: timestamped Ed25519 cosignature. */
  type: number
  publicKey: Uint8Array
}

export interface Note {
  /** What is signed, with its final newline. */
  body: string
  signatures: { name: string; id: string; signature: Uint8Array; line: string }[]
}

export interface Checkpoint {
  origin: string
  size: number
  root: Uint8Array
  note: Note
}

const MOST_NOTE = 65_536
const MOST_SIGNATURES = 64
const utf8 = new TextEncoder()

export async function parseVerifierKey(text: string): Promise<VerifierKey> {
  const [, name = '', id = '', data = ''] = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/u.exec(text) ?? []
  const bytes = name === '' ? undefined : fromBase64(data)
  const [type] = bytes ?? []
  if (!bytes || bytes.length !== 33 || (type !== 1 && type !== 4))
    throw new NotValid('wrong-format', 'not an Ed25519 verifier key: expected name+8 hex digits+base64')
  if (hex((await sha256(utf8.encode(`${name}\n`), bytes)).slice(0, 4)) !== id)
    throw new NotValid('wrong-format', `the id of verifier key ${name}+${id} does not belong to its key`)
  return { text, name, id, type, publicKey: bytes.slice(1) }
}

/** Strict: one spelling of every note. */
export function parseNote(text: string): Note {
  if (text.length > MOST_NOTE) throw noNote('too long')
  // oxlint-disable-next-line no-control-regex -- control characters are what it looks for
  if (!text.isWellFormed() || /[\u0000-\u0009\u000b-\u001f]/.test(text))
    throw noNote('control characters or bad Unicode')
  const split = text.lastIndexOf('\n\n')
  if (split < 0 || !text.endsWith('\n')) throw noNote('no blank line before the signatures, or no newline at the end')
  const lines = text.slice(split + 2, -1).split('\n')
  if (lines.length > MOST_SIGNATURES) throw noNote('too many signatures')
  const signatures = lines.map((line) => {
    const [, name = '', data = ''] = /^\u2014 ([^\s+]+) ([A-Za-z0-9+/=]+)$/u.exec(line) ?? []
    const bytes = fromBase64(data)
    if (name === '' || !bytes || bytes.length < 5) throw noNote('a signature line is malformed')
    return { name, id: hex(bytes.slice(0, 4)), signature: bytes.slice(4), line: `${line}\n` }
  })
  return { body: text.slice(0, split + 1), signatures }
}

export function parseCheckpoint(text: string): Checkpoint {
  const note = parseNote(text)
  const lines = note.body.slice(0, -1).split('\n')
  const [origin = '', size = '', root = ''] = lines
  const hash = fromBase64(root)
  if (lines.includes('') || !/^(?:0|[1-9]\d{0,15})$/.test(size) || !Number.isSafeInteger(Number(size)))
    throw new NotValid('wrong-format', 'not a checkpoint: expected origin, size and root, each on a line')
  if (hash?.length !== 32) throw new NotValid('wrong-format', 'not a checkpoint: its root is no SHA-256')
  return { origin, size: Number(size), root: hash, note }
}

/** True: signed by this key. False: no signature of this key's name and id. Throws when there is one and it is bad. */
export async function isSignedBy(note: Note, key: VerifierKey): Promise<boolean> {
  const own = note.signatures.filter(({ name, id }) => name === key.name && id === key.id)
  for (const { signature } of own) {
    if (!(await signatureHolds(note.body, signature, key)))
      throw new NotValid('bad-signature', `the signature of ${key.name}+${key.id} does not match`)
  }
  return own.length > 0
}

async function signatureHolds(body: string, signature: Uint8Array, key: VerifierKey): Promise<boolean> {
  const { subtle } = globalThis.crypto
  const imported = await subtle.importKey('raw', joined([key.publicKey]), 'Ed25519', false, ['verify'])
  const check = (bytes: Uint8Array, signed: string) =>
    subtle.verify('Ed25519', imported, joined([bytes]), joined([utf8.encode(signed)]))
  if (key.type === 1) return signature.length === 64 && (await check(signature, body))
  if (signature.length !== 72) return false
  const time = new DataView(signature.buffer, signature.byteOffset).getBigUint64(0)
  return time > 0n && time < 2n ** 63n && check(signature.slice(8), `cosignature/v1\ntime ${time}\n${body}`)
}

const noNote = (why: string) => new NotValid('wrong-format', `not a signed note: ${why}`)

/** Signed by one of the keys, and by its log: the name of the key is the origin. */
export async function signedCheckpoint(
  text: string,
  origin: string | undefined,
  keys: readonly VerifierKey[],
): Promise<Checkpoint> {
  const checkpoint = parseCheckpoint(text)
  if (origin !== undefined && checkpoint.origin !== origin)
    throw new NotValid('wrong-origin', `the checkpoint is of another log: ${checkpoint.origin}`)
  for (const key of keys) {
    if (key.name === checkpoint.origin && (await isSignedBy(checkpoint.note, key))) return checkpoint
  }
  throw new NotValid('wrong-key', `the checkpoint of ${checkpoint.size} entries is not signed by a trusted key`)
}

export function someKeys(keys: VerifierKey[]): VerifierKey[] {
  if (keys.length === 0) throw new NotValid('no-trusted-key', 'no key to trust: pass the verifier key of the log')
  return keys
}
