// What the server leaves in the data directory while it runs, so that the CLI on the same machine finds it and is let
// in: whoever can read this file could read the whole database as well.
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

const RunFile = z.object({ url: z.url(), pid: z.int(), secret: z.string() })
export type RunFile = z.infer<typeof RunFile>

export async function writeRunFile(dataDir: string, content: RunFile): Promise<() => Promise<void>> {
  const folder = join(dataDir, 'run')
  const path = join(folder, 'server.json')
  const fresh = join(folder, `server.${process.pid}.json`)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await rm(fresh, { force: true })
  await writeFile(fresh, `${JSON.stringify(content)}\n`, { mode: 0o600, flag: 'wx' })
  await rename(fresh, path)
  return async () => {
    const now = await readRunFile(dataDir)
    if (now?.secret === content.secret) await rm(path, { force: true })
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
