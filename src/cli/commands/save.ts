// A result into a file that somebody named. Whether it can be written there is asked before the work and not after it; a disk
// that is full in the middle leaves no half of a result, which would read as the whole.
import { accessSync, constants, lstatSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { Failure } from '../../lib/failure.ts'
import { oneLine } from '../show/text.ts'

/** Throws where nothing can be written. */
export function checkPlace(file: string) {
  try {
    const place = statSync(file, { throwIfNoEntry: false })
    if (place?.isDirectory() === true)
      throw new Failure('input_invalid', `${oneLine(file)} is a folder`, { hint: 'name a file in it' })
    // With a slash behind it a file is no folder.
    accessSync(place ? file : join(dirname(file), sep), constants.W_OK)
  } catch (error) {
    throw error instanceof Failure ? error : notWritten(file, error)
  }
}

export function save(file: string, text: string) {
  const isNew = lstatSync(file, { throwIfNoEntry: false }) === undefined
  try {
    writeFileSync(file, text)
  } catch (error) {
    if (isNew) rmSync(file, { force: true })
    throw notWritten(file, error)
  }
}

/** By what the system says; the rest is said as it is. */
const HINTS: Readonly<Record<string, (file: string) => string>> = {
  ENOENT: (file) => `there is no folder ${dirname(file)}; make it first`,
  ENOTDIR: (file) => `${dirname(file)} is no folder; name another place`,
  EACCES: () => 'you may not write there; name a file in a folder of yours',
  EPERM: () => 'you may not write there; name a file in a folder of yours',
  EROFS: () => 'nothing can be written on that disk; name another place',
  ENOSPC: () => 'the disk is full; make room or name another place',
  EDQUOT: () => 'your share of the disk is full; make room or name another place',
  ELOOP: () => 'its links lead round in a circle; name another place',
  ENAMETOOLONG: () => 'its name is too long; name another',
}

function notWritten(file: string, cause: unknown): Failure {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
  const hint = HINTS[code]?.(file) ?? `the system says ${code}; name another place`
  return new Failure('input_invalid', `${oneLine(file)} cannot be written`, { hint, cause })
}
