// The built program as a process of its own, for tests and benches that look at it from outside: how it starts, what it
// prints, what it takes, how it ends.
import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { once } from 'node:events'

export interface ServerProcess {
  url: string
  /** From spawn until it said that it is ready. */
  startMs: number
  output(): string
  pid: number
  /** Sends the signal and waits. Returns the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

const READY = /^ +Open +(?<url>http\S+)$/m

/** Starts a command that serves, and waits until it printed its address and answers there. */
export async function serve(
  words: readonly [string, ...string[]],
  { cwd, env = {}, seconds = 60 }: { cwd?: string; env?: NodeJS.ProcessEnv; seconds?: number } = {},
): Promise<ServerProcess> {
  const [command, ...args] = words
  const began = performance.now()
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text))
  const deadline = began + seconds * 1000
  for (;;) {
    const url = READY.exec(output)?.groups?.['url']
    if (url && (await answers(url))) {
      return {
        url,
        startMs: performance.now() - began,
        output: () => output,
        pid: child.pid ?? 0,
        stop: (signal) => stop(child, signal),
      }
    }
    if (child.exitCode !== null || performance.now() > deadline) {
      await stop(child, 'SIGKILL')
      throw new Error(`${words.join(' ')} did not come up:\n${output}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2000) })).ok
  } catch {
    return false
  }
}

async function stop(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  const ended = once(child, 'close')
  process.kill(-(child.pid ?? 0), signal)
  await ended
  return child.exitCode
}

/** Resident memory of a process, in MB (Linux). */
export function residentMb(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Number(kilobytes) / 1000
}
