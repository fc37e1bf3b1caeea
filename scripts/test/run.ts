// Runs one child to its end, within a time, and keeps what it said: shown when it failed, summed up when it did not.
import { spawn } from 'node:child_process'

export interface Count {
  passed: number
  failed: number
  skipped: number
}

export interface Ran {
  ok: boolean
  output: string
}

/** What is kept of a child's output; the end matters more than the beginning. */
const MOST_OUTPUT = 512 * 1024

export function run(words: readonly string[], seconds: number, env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, words, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
    })
    let output = ''
    const keep = (chunk: string) => (output = `${output}${chunk}`.slice(-MOST_OUTPUT))
    child.stdout.setEncoding('utf8').on('data', keep)
    child.stderr.setEncoding('utf8').on('data', keep)
    const stop = () => kill(child.pid)
    const timer = setTimeout(() => {
      keep(`\nstopped: it took longer than ${seconds} s\n`)
      stop()
    }, seconds * 1000)
    process.once('exit', stop)
    child.on('error', (error) => keep(String(error)))
    child.on('close', (code) => {
      clearTimeout(timer)
      process.off('exit', stop)
      resolve({ ok: code === 0, output })
    })
  })
}

/** The child leads a process group, so that what it started ends with it. */
function kill(pid: number | undefined) {
  if (pid === undefined) return
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1))

export function show(output: string, lines = 200) {
  const all = output.trimEnd().split('\n')
  if (all.length > lines) process.stdout.write(`    … ${all.length - lines} lines before\n`)
  for (const line of all.slice(-lines)) process.stdout.write(`    ${line}\n`)
}
