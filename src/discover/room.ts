// How much of what was read is kept until all is judged. What does not fit is said by name, and what comes after it that is
// smaller may still fit.
import type { NotScannedReason } from '../model/discovered.ts'
import { compactFile } from './read/compact.ts'
import type { SourceFile } from './read/source-file.ts'
import type { ScanSetup } from './scan-job.ts'

/** Expressions that hardly a file has that somebody wrote. */
const CROWD = 25_000
/** Bytes of a file that is left out where the whole was too much to judge. */
const LARGE = 64 * 1024

export interface Room {
  take(found: SourceFile): { file: SourceFile } | { problem: { reason: NotScannedReason; detail: string } }
}

/** `held`: what was kept by threads before. */
export function roomOf({ job: { limits }, lean }: ScanSetup, held: readonly SourceFile[]): Room {
  let { units, unitBytes, crowds } = limits
  const spend = ({ bytes }: SourceFile, weight: number) => {
    units -= 1
    unitBytes -= bytes
    if (weight > CROWD) crowds -= weight
  }
  for (const one of held) spend(one, compactFile(one).weight)
  return {
    take(found) {
      if (lean && found.unit && found.bytes > LARGE)
        return {
          problem: { reason: 'too_slow', detail: 'all that was read took too long to judge; large files are left out' },
        }
      if (units < 1 || unitBytes < found.bytes) {
        const most = `${limits.units} files or ${Math.round(limits.unitBytes / 1024 / 1024)} MB`
        return { problem: { reason: 'too_many_files', detail: `more than ${most} with AI in them` } }
      }
      const { file, weight } = compactFile(found)
      if (weight > CROWD && weight > crowds)
        return { problem: { reason: 'too_large', detail: `${weight} expressions, after as many of other large files` } }
      spend(found, weight)
      return { file }
    },
  }
}
