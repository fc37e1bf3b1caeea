// Keeps secrets encrypted at rest. Each is sealed with a key of its own, and that one with a key-encryption key that never
// passes through the database: so a new key-encryption key needs no secret to be read, and a copy of the database alone
// opens nothing. What a secret is for is bound to it, so that one sealed text cannot stand in for another.
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { Failure } from '../lib/failure.ts'

const CIPHER = 'aes-256-gcm'
const KEY_BYTES = 32
const IV_BYTES = 12
const TAG_BYTES = 16
const FORMAT = 'pv1'

export interface SealingKey {
  /** The start of its hash; tells nothing of it. */
  readonly id: string
  readonly bytes: Uint8Array
}

/** Where key-encryption keys are: in a folder, or given by the operator. */
export interface SealingKeys {
  /** The one that seals now; the first is made where there may be one. */
  newest(): Promise<SealingKey>
  find(id: string): Promise<SealingKey | undefined>
  /** Makes a new one where keys are made here. */
  renew(): Promise<SealingKey>
}

export interface Vault {
  /** `context`: what it is for; needed to open it. Gives text for a database, beginning with the format. */
  seal(plain: Uint8Array, context: string): Promise<string>
  open(sealed: string, context: string): Promise<Buffer>
  /** The same secret under the newest key-encryption key, without reading it. */
  reseal(sealed: string, context: string): Promise<string>
  /** Id of the key-encryption key that seals now. */
  current(): Promise<string>
  /** A new key-encryption key seals from now on. */
  renew(): Promise<string>
}

export function createVault(keys: SealingKeys): Vault {
  const unwrap = async (sealed: string, context: string) => {
    const { keyId, wrapped, body } = partsOf(sealed)
    const key = await keys.find(keyId)
    if (key === undefined) {
      throw new Failure('unavailable', `a secret was sealed with the key ${keyId}, which is not here`, {
        hint: 'give every replica the same secrets.keys, or put the file back into the folder of keys',
      })
    }
    return { own: decrypt(key.bytes, wrapped, `${FORMAT} key ${context}`), body }
  }
  const wrap = async (own: Uint8Array, body: Buffer, context: string) => {
    const key = await keys.newest()
    const wrapped = encrypt(key.bytes, own, `${FORMAT} key ${context}`)
    return `${keyPrefix(key.id)}${wrapped.toString('base64url')}.${body.toString('base64url')}`
  }
  return {
    async seal(plain, context) {
      const own = randomBytes(KEY_BYTES)
      return wrap(own, encrypt(own, plain, `${FORMAT} body ${context}`), context)
    },
    async open(sealed, context) {
      const { own, body } = await unwrap(sealed, context)
      return decrypt(own, body, `${FORMAT} body ${context}`)
    },
    async reseal(sealed, context) {
      const { own, body } = await unwrap(sealed, context)
      return wrap(own, body, context)
    },
    current: async () => (await keys.newest()).id,
    renew: async () => (await keys.renew()).id,
  }
}

export function toSealingKey(bytes: Uint8Array): SealingKey {
  return { id: createHash('sha256').update('parapet sealing key').update(bytes).digest('hex').slice(0, 16), bytes }
}

/** Id of the key-encryption key that a sealed text needs. */
export function sealedBy(sealed: string): string {
  return partsOf(sealed).keyId
}

/** How all texts begin that were sealed under this key-encryption key. */
export const keyPrefix = (keyId: string): string => `${FORMAT}.${keyId}.`

function partsOf(sealed: string): { keyId: string; wrapped: Buffer; body: Buffer } {
  const [format, keyId = '', wrapped = '', body = '', ...more] = sealed.split('.')
  if (format !== FORMAT || body === '' || more.length > 0) throw damaged()
  return { keyId, wrapped: Buffer.from(wrapped, 'base64url'), body: Buffer.from(body, 'base64url') }
}

function encrypt(key: Uint8Array, plain: Uint8Array, about: string): Buffer {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv(CIPHER, key, iv).setAAD(Buffer.from(about))
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

function decrypt(key: Uint8Array, sealed: Buffer, about: string): Buffer {
  if (sealed.length < IV_BYTES + TAG_BYTES) throw damaged()
  const [iv, tag] = [sealed.subarray(0, IV_BYTES), sealed.subarray(-TAG_BYTES)]
  const decipher = createDecipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(about))
    .setAuthTag(tag)
  try {
    return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()])
  } catch {
    throw damaged()
  }
}

const damaged = () =>
  new Failure('conflict', 'a sealed secret is damaged, or belongs to something else', { hint: 'set it again' })
