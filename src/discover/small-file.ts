// Text of a file that its name alone calls for, in a tree that strangers made: what stands there may be a pipe, a device or a
// folder, so it is opened without waiting, and read only where it is a plain file of no more than so many bytes.
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'

export interface SmallFile {
  most: number
  /** Else a link counts as no file. */
  links?: boolean
}

/** Undefined where there is nothing that can be read. */
export function smallFile(path: string, { most, links = false }: SmallFile): string | undefined {
  let descriptor: number | undefined
  try {
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | (links ? 0 : constants.O_NOFOLLOW))
    const stat = fstatSync(descriptor)
    if (!stat.isFile() || stat.size > most) return undefined
    const bytes = Buffer.alloc(stat.size)
    return bytes.toString('utf8', 0, readSync(descriptor, bytes, 0, bytes.length, 0))
  } catch {
    return undefined // there is none, or it is not ours to read
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}
