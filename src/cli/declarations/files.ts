// The declaration files that a verb was given, read from this machine: the server sees their text and their names only.
import { readFile, stat } from 'node:fs/promises'
import { Failure } from '../../lib/failure.ts'
import type { Argument } from '../verb.ts'

const MOST_BYTES = 4 * 1024 * 1024
const DEFAULT_FILE = 'parapet.yaml'

export const FILES_ARGUMENT: Argument = {
  name: 'file',
  about: `declaration files; ${DEFAULT_FILE} of the working directory unless given`,
  optional: true,
  many: true,
}

export async function readFiles(names: readonly string[]): Promise<{ name: string; text: string }[]> {
  return Promise.all(
    (names.length > 0 ? names : [DEFAULT_FILE]).map(async (name) => ({ name, text: await readText(name) })),
  )
}

async function readText(name: string): Promise<string> {
  try {
    if ((await stat(name)).size <= MOST_BYTES)
      return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(name))
  } catch (cause) {
    throw new Failure('input_invalid', `${name} cannot be read as text`, {
      hint: 'name files that declare assets, as in `parapet plan parapet.yaml`',
      cause,
    })
  }
  throw new Failure('too_large', `${name} has more than ${MOST_BYTES / 1024 / 1024} MB`, { hint: 'split it' })
}
