// Events as lines of a file. A file that is full becomes `name.1`, the one before it `name.2`, and so on; the oldest goes.
import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Failure } from '../../lib/failure.ts'
import type { Sink } from './outbox.ts'

export interface FileSinkOptions {
  path: string
  mostBytes: number
  /** How many full files are kept beside the one that is written. */
  keep: number
}

export function fileSink({ path, mostBytes, keep }: FileSinkOptions): Sink<object> {
  let isWhole = false
  return {
    async send(batch) {
      const lines = batch.map((event) => `${JSON.stringify(event)}\n`).join('')
      try {
        await mkdir(dirname(path), { recursive: true })
        const size = (await stat(path).catch(missing))?.size ?? 0
        if (size > 0 && size + Buffer.byteLength(lines) > mostBytes) await rotate(path, keep)
        const file = await open(path, 'a+', 0o600)
        try {
          const before = (await file.stat()).size
          // Where a process ended in the middle of a line, it must not become part of ours.
          const isTorn = !isWhole && before > 0 && (await lastByte(file, before)) !== NEWLINE
          await file.appendFile(isTorn ? `\n${lines}` : lines).catch(async (error: unknown) => {
            // A disk that was full in the middle of it: it comes again as a whole.
            await file.truncate(before)
            throw error
          })
          isWhole = true
        } finally {
          await file.close()
        }
      } catch (cause) {
        const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
        throw new Failure('unavailable', `${path} cannot be written (${code})`, { cause })
      }
    },
  }
}

const NEWLINE = 10

async function lastByte(file: FileHandle, size: number): Promise<number | undefined> {
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1)
  return buffer[0]
}

async function rotate(path: string, keep: number): Promise<void> {
  await rm(keep === 0 ? path : `${path}.${keep}`, { force: true })
  for (let i = keep - 1; i >= 0; i--) {
    const from = i === 0 ? path : `${path}.${i}`
    await rename(from, `${path}.${i + 1}`).catch(missing)
  }
}

function missing(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
  throw error
}
