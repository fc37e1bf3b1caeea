// A verb of the command line: plain data and one function. Those that routes give and those written by hand have the
// same shape, so that help, errors and `--json` are the same for all.
import type { Io } from './io.ts'

export interface Argument {
  name: string
  about: string
  optional?: boolean
  /** Takes all that is left. */
  many?: boolean
}

export interface Flag {
  /** Without the dashes, kebab-case. */
  name: string
  /** One letter that stands for it. */
  short?: string
  about: string
  /** What stands for the value in the help; absent for a switch. */
  value?: string | undefined
  /** May be given several times. */
  many?: boolean
  /** A switch that can also be `--no-…`. */
  negatable?: boolean
}

export interface VerbCall {
  args: readonly string[]
  /** By flag name. A switch is a boolean, one that may be repeated an array. */
  flags: Readonly<Record<string, string | boolean | readonly string[] | undefined>>
  io: Io
}

export interface Verb {
  /** As typed, as in `token create`. */
  name: string
  about: string
  arguments: readonly Argument[]
  /** Asked only when the verb is used or its help shown. */
  flags(): readonly Flag[]
  /** Returns the exit code. */
  run(call: VerbCall): Promise<number>
}

export const defineVerb = (verb: Verb): Verb => verb

export function textFlag({ flags }: VerbCall, name: string): string | undefined {
  const value = flags[name]
  return typeof value === 'string' ? value : undefined
}

export const JSON_FLAG: Flag = { name: 'json', about: 'print the exact reply as JSON' }

/** Where the installation is. */
export const PLACE_FLAGS: readonly Flag[] = [
  { name: 'data-dir', value: 'folder', about: 'data directory (else PARAPET_DATA_DIR, parapet.yaml)' },
  { name: 'config', value: 'file', about: 'configuration file (else PARAPET_CONFIG, parapet.yaml)' },
]
