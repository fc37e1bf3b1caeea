// Attachments as files named by their hash. A file is complete and durable before it gets its name, and lives until the
// change that removes it is committed; one whose change was rolled back is an orphan and harmless.
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { codeOf, toFailure } from '../trouble.ts'
import type { Backend } from './backend.ts'

export const attachmentsDir = (dataDir: string): string => join(dataDir, 'attachments')

export const blobFile = (dataDir: string, sha256: string): string =>
  join(attachmentsDir(dataDir), sha256.slice(0, 2), sha256)

export function fileBlobs(dataDir: string): NonNullable<Backend['blobs']> {
  return {
    async write(sha256, bytes) {
      const file = blobFile(dataDir, sha256)
      if (existsSync(file)) return
      try {
        await writeDurably(file, bytes)
      } catch (error) {
        throw toFailure(error)
      }
    },
    async read(sha256) {
      try {
        return new Uint8Array(await readFile(blobFile(dataDir, sha256)))
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return undefined
        throw toFailure(error)
      }
    },
    remove: (sha256) => rm(blobFile(dataDir, sha256), { force: true }),
  }
}

/** Written beside, synced, renamed, and the rename synced: after a power cut there is the whole file or none. */
export async function writeDurably(file: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const draft = `${file}.${randomUUID()}.draft`
  try {
    const handle = await open(draft, 'wx', 0o600)
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(draft, file)
    await syncDirectory(dirname(file))
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}

export async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
