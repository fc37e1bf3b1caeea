// A checkpoint is our word: the size and root of the tree, signed, in the format of C2SP tlog-checkpoint.
import type { SigningKey } from './keys.ts'

export function checkpointBody(origin: string, size: number, root: Uint8Array): string {
  return `${origin}\n${size}\n${Buffer.from(root).toString('base64')}\n`
}

export function signNote(body: string, keys: readonly SigningKey[]): string {
  return `${body}\n${keys.map((key) => key.sign(body)).join('')}`
}

/** The note with further signature lines, each once. */
export function withSignatures(note: string, lines: readonly string[]): string {
  return lines.reduce((signed, line) => (signed.includes(line) ? signed : signed + line), note)
}
