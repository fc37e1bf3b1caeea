// What the server leaves in the data directory while it runs, so that the CLI on the same machine finds it and is let
// in: whoever can read this file could read the whole database as well.
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { makeFolder } from '../lib/make-folder.ts'

const RETRY_MS = 10_000
const RunFile = z.object({ url: z.url(), pid: z.int(), secret: z.string() })
export type RunFile = z.infer<typeof RunFile>

export async function writeRunFile(dataDir: string, content: RunFile): Promise<() => Promise<void>> {
  const folder = join(dataDir, 'run')
  const path = join(folder, 'server.json')
  const fresh = join(folder, `server.${process.pid}.json`)
  makeFolder(folder)
  await rm(fresh, { force: true })
  try {
    await writeFile(fresh, `${JSON.stringify(content)}\n`, { mode: 0o600, flag: 'wx' })
    await rename(fresh, path)
  } catch (error) {
    await rm(fresh, { force: true })
    throw error
  }
  return async () => {
    const now = await readRunFile(dataDir)
    if (now?.secret === content.secret) await rm(path, { force: true })
  }
}

/**
 * The same on a disk that may refuse it: a server without this file still serves, only the CLI does not find it. So it
 * is tried again until it is there. `trouble` is why the first try failed; undefined where it did not.
 */
export async function keepRunFile(
  dataDir: string,
  content: RunFile,
  retryMs = RETRY_MS,
): Promise<{ trouble: unknown; remove(): Promise<void> }> {
  let remove: (() => Promise<void>) | undefined
  let trouble: unknown
  const write = async () => {
    try {
      remove = await writeRunFile(dataDir, content)
    } catch (error) {
      trouble = error
    }
  }
  let writing = write()
  await writing
  const timer = setInterval(() => {
    if (remove) clearInterval(timer)
    else writing = writing.then(() => (remove ? undefined : write()))
  }, retryMs).unref()
  return {
    trouble,
    async remove() {
      clearInterval(timer)
      await writing
      await remove?.()
    },
  }
}

/** Undefined when no server runs on this data directory, as far as the file and its process tell. */
export async function readRunFile(dataDir: string): Promise<RunFile | undefined> {
  const text = await readFile(join(dataDir, 'run', 'server.json'), 'utf8').catch(() => undefined)
  const parsed = text === undefined ? undefined : RunFile.safeParse(toJson(text))
  return parsed?.success && isAlive(parsed.data.pid) ? parsed.data : undefined
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
