// The terminal as the program sees it. Passed in, so that a test can be the terminal.
import type { Readable } from 'node:stream'

export interface Io {
  out(text: string): void
  err(text: string): void
  stdin: Readable & { isTTY?: boolean }
  /** Whether a person sits there who can be asked. */
  interactive: boolean
  /** Columns to fit into; Infinity where the output goes to a file or another program. */
  width: number
  colour: boolean
  env: Readonly<Record<string, string | undefined>>
}

export function processIo(): Io {
  const { stdout, stderr, env } = process
  const tty = stdout.isTTY === true
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    // Opened by who reads it.
    get stdin() {
      return process.stdin
    },
    interactive: tty && process.stdin.isTTY,
    width: tty ? Math.max(40, stdout.columns) : Infinity,
    colour: tty && !env['NO_COLOR'] && env['TERM'] !== 'dumb',
    env,
  }
}
