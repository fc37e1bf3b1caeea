// Key-encryption keys: files that only this user can read, made when the first secret is sealed; or given by the operator,
// for replicas, which must share them. Earlier keys stay, so that a backup from their time can be opened.
import { randomBytes } from 'node:crypto'
import { open, readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure } from '../lib/failure.ts'
import { makeFolder } from '../lib/make-folder.ts'
import { type SealingKey, type SealingKeys, toSealingKey } from './vault.ts'

const KEY_BYTES = 32
const MOST_KEYS = 100
const FILE = /^seal-(?<at>\d{13})-[0-9a-f]{16}\.key$/
const HINT = 'make one with `openssl rand -base64 32`'

export function folderSealingKeys(folder: string, now: () => Date): SealingKeys {
  const known = new Map<string, SealingKey>()
  const load = async () => {
    const names = (await fileNames(folder)).toSorted()
    for (const name of names) if (!known.has(name)) known.set(name, toSealingKey(await readKey(join(folder, name))))
    return names.flatMap((name) => known.get(name) ?? [])
  }
  const make = async (): Promise<SealingKey> => {
    const key = toSealingKey(randomBytes(KEY_BYTES))
    const at = Math.max(now().getTime(), ...(await fileNames(folder)).map((name) => timeOf(name) + 1))
    makeFolder(folder)
    await write(join(folder, `seal-${at}-${key.id}.key`), folder, `${Buffer.from(key.bytes).toString('base64')}\n`)
    return key
  }
  return {
    newest: async () => (await load()).at(-1) ?? make(),
    async find(id) {
      return [...known.values()].find((key) => key.id === id) ?? (await load()).find((key) => key.id === id)
    },
    renew: make,
  }
}

/** The first seals; all of them open. */
export function givenSealingKeys(texts: readonly string[]): SealingKeys {
  const keys = texts.map((text, i) => toSealingKey(bytesOf(text, `secrets.keys[${i}]`)))
  const newest = async () => {
    const [first] = keys
    if (first === undefined) throw new Failure('config_invalid', 'secrets.keys: is empty', { hint: HINT })
    return first
  }
  // The operator made the new key already when he put it first.
  return { newest, find: async (id) => keys.find((key) => key.id === id), renew: newest }
}

/** Replicas on other machines do not see this machine's folder. */
export const noSealingKeys: SealingKeys = {
  newest: () => Promise.reject(missing()),
  find: async () => undefined,
  renew: () => Promise.reject(missing()),
}

const missing = () =>
  new Failure('config_invalid', 'secrets.keys: needed to keep secrets in a database that several replicas share', {
    hint: `${HINT}, and give the same to every replica as PARAPET_SECRETS_KEYS`,
  })

function bytesOf(text: string, name: string): Uint8Array {
  const bytes = Buffer.from(text.trim(), 'base64')
  const isWhole =
    bytes.length === KEY_BYTES && bytes.toString('base64').replace(/=+$/, '') === text.trim().replace(/=+$/, '')
  if (isWhole) return bytes
  throw new Failure('config_invalid', `${name}: is not 32 bytes in base64`, { hint: HINT })
}

async function fileNames(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => FILE.test(name)).slice(0, MOST_KEYS)
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return []
    throw cause
  }
}

const timeOf = (name: string) => Number(FILE.exec(name)?.groups?.['at'] ?? 0)

async function readKey(path: string): Promise<Uint8Array> {
  const { mode } = await stat(path)
  if ((mode & 0o077) !== 0)
    throw new Failure('config_invalid', `others than you can read the key ${path}`, {
      hint: `chmod 600 ${path}; then \`parapet upstream key rotate\`, and change the secrets if somebody may have read it`,
    })
  return bytesOf(await readFile(path, 'utf8'), path)
}

async function write(path: string, folder: string, text: string): Promise<void> {
  for (const [name, flags] of [
    [path, 'wx'],
    [folder, 'r'],
  ] as const) {
    const file = await open(name, flags, 0o600)
    try {
      if (flags === 'wx') await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
  }
}
