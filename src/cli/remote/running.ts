// The server that runs on a data directory: while it does, it leaves there how to reach it and a credential that only
// this user can read.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const Running = z.object({ url: z.url(), pid: z.int().positive(), token: z.string().min(20) })
export type Running = z.infer<typeof Running>

/** Undefined where none runs, also when one was killed and left its note behind. */
export function runningServer(dataDir: string): Running | undefined {
  const file = join(dataDir, 'run', 'server.json')
  const { data } = Running.safeParse(readJson(file))
  return data && isAlive(data.pid) ? data : undefined
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown
  } catch {
    return undefined
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
