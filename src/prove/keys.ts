// The keys that sign checkpoints. A key is known by its C2SP verifier key; private parts stay in the key folder or come
// from the operator's own secret store, and never pass through the database.
import { type KeyObject, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import { open, readFile, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure } from '../lib/failure.ts'
import { makeFolder } from '../lib/make-folder.ts'
import { sha256 } from './merkle.ts'

export interface SigningKey {
  readonly verifierKey: string
  /** One signature line of a note. */
  sign(body: string): string
}

export interface LogKeys {
  find(verifierKey: string): Promise<SigningKey | undefined>
  /** A key that is not among the used ones, under the name of the log. */
  next(origin: string, used: readonly string[]): Promise<SigningKey>
}

const ED25519 = Buffer.from([1])
const MOST_KEYS = 100
const MOST_PEM = 4096

export function toSigningKey(origin: string, privateKey: KeyObject): SigningKey {
  if (privateKey.asymmetricKeyType !== 'ed25519')
    throw new Failure('config_invalid', 'a signing key of the log is not an Ed25519 key', {
      hint: 'make one with `openssl genpkey -algorithm ed25519`',
    })
  const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' })
  const typed = Buffer.concat([ED25519, Buffer.from(x, 'base64url')])
  const id = Buffer.from(sha256(Buffer.concat([Buffer.from(`${origin}\n`), typed]))).subarray(0, 4)
  return {
    verifierKey: `${origin}+${id.toString('hex')}+${typed.toString('base64')}`,
    sign: (body) =>
      `— ${origin} ${Buffer.concat([id, sign(null, Buffer.from(body), privateKey)]).toString('base64')}\n`,
  }
}

/** Keys in a folder that only this user can read; the first is made when it is asked for. */
export function folderKeys(folder: string): LogKeys {
  return {
    async find(verifierKey) {
      const [origin = ''] = verifierKey.split('+')
      for (const name of await keyFiles(folder)) {
        const key = toSigningKey(origin, parsePem(await readKeyFile(join(folder, name)), name))
        if (key.verifierKey === verifierKey) return key
      }
      return undefined
    },
    async next(origin) {
      const { privateKey } = generateKeyPairSync('ed25519')
      const key = toSigningKey(origin, privateKey)
      const id = key.verifierKey.split('+')[1] ?? ''
      makeFolder(folder)
      await writeDurably(folder, `log-${id}.pem`, privateKey.export({ format: 'pem', type: 'pkcs8' }).toString())
      return key
    },
  }
}

/** Keys that the operator gives, in the order in which they are to be used: for replicas, which must share them. */
export function givenKeys(pems: readonly string[]): LogKeys {
  const keys = pems.map((pem, i) => parsePem(pem, `log key ${i + 1}`))
  return {
    async find(verifierKey) {
      const [origin = ''] = verifierKey.split('+')
      return keys.map((key) => toSigningKey(origin, key)).find((key) => key.verifierKey === verifierKey)
    },
    async next(origin, used) {
      const fresh = keys.map((key) => toSigningKey(origin, key)).find((key) => !used.includes(key.verifierKey))
      if (fresh) return fresh
      throw new Failure('conflict', 'every given signing key of the log has been used already', {
        hint: 'add a new key to log.keys, start every replica with it, and rotate again',
      })
    },
  }
}

async function keyFiles(folder: string): Promise<string[]> {
  try {
    const names = await readdir(folder)
    return names.filter((name) => /^log-[0-9a-f]{8}\.pem$/.test(name)).slice(0, MOST_KEYS)
  } catch (cause) {
    if (isMissing(cause)) return []
    throw cause
  }
}

async function readKeyFile(path: string): Promise<string> {
  const { mode, size } = await stat(path)
  if ((mode & 0o077) !== 0)
    throw new Failure('config_invalid', `others than you can read the signing key ${path}`, {
      hint: `chmod 600 ${path}; rotate the key if somebody may have read it`,
    })
  if (size > MOST_PEM) throw new Failure('config_invalid', `${path} is too large for a signing key`)
  return readFile(path, 'utf8')
}

function parsePem(pem: string, name: string): KeyObject {
  try {
    return createPrivateKey(pem)
  } catch {
    throw new Failure('config_invalid', `${name} is not a private key in PEM`, {
      hint: 'make one with `openssl genpkey -algorithm ed25519`',
    })
  }
}

async function writeDurably(folder: string, name: string, text: string): Promise<void> {
  const file = await open(join(folder, name), 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  const directory = await open(folder, 'r')
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}

const isMissing = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT'
