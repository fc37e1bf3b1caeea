// The secret of the installation from which the gateway makes pseudonyms and marks. Whoever has it can tell which value a
// pseudonym may stand for, so it lies beside the keys of the log, and several replicas must be given the same one.
import { createHash, randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { Failure } from '../lib/failure.ts'
import { makeFolder } from '../lib/make-folder.ts'

const BYTES = 32

/** `given` is what the configuration says; without it, the secret is made once and kept in the data directory. */
export function gatewaySecret(dataDir: string, given: string | undefined): Uint8Array {
  if (given !== undefined) return createHash('sha256').update(given).digest()
  const folder = join(dataDir, 'keys')
  const file = join(folder, 'gateway.key')
  const kept = readSecret(file)
  if (kept !== undefined) return kept
  makeSecret(folder, file)
  return gatewaySecret(dataDir, undefined)
}

function readSecret(file: string): Uint8Array | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8').trim()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw new Failure('config_invalid', `${file} cannot be read`, { cause: error })
  }
  const secret = Buffer.from(text, 'hex')
  if (secret.length === BYTES) return secret
  throw new Failure('config_invalid', `${file} is not a secret of the gateway`, {
    hint: 'restore it from a backup, or delete it to have a new one made',
  })
}

/** Whole or not at all: of two processes that start at once, the first one's secret stays. */
function makeSecret(folder: string, file: string): void {
  makeFolder(folder)
  const draft = `${file}.${process.pid}`
  const handle = openSync(draft, 'w', 0o600)
  writeSync(handle, `${randomBytes(BYTES).toString('hex')}\n`)
  fsyncSync(handle)
  closeSync(handle)
  try {
    linkSync(draft, file)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    unlinkSync(draft)
  }
}
