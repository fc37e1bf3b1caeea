// A scan as the rest of the house sees it: folders in, what they hold out. All the work is done in a thread, so that a
// file on which a parser hangs costs itself, and so that whoever asks loads next to nothing. Offline, read-only.
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { Failure } from '../lib/failure.ts'
import type { Discovered, DiscoveredRoot } from '../model/discovered.ts'
import { versionOf } from './git.ts'
import { DISCOVER_LIMITS, type DiscoverLimits } from './limits.ts'
import { printable } from './printable.ts'
import { type Listener, scanInThread, type ScanThread } from './scan-thread.ts'

export interface DiscoverOptions extends Listener {
  /** The day by which suppressions end. */
  now: Date
  limits?: Partial<DiscoverLimits>
  /** Who looks at the same folders again and again keeps it, and closes it: only what changed is read again. */
  thread?: ScanThread
}

export async function discover(
  paths: readonly string[],
  { now, limits, thread, ...listener }: DiscoverOptions,
): Promise<Discovered> {
  const started = performance.now()
  const roots = paths.map(rootOf)
  const all = { ...DISCOVER_LIMITS, ...limits }
  const found = await scanInThread({ roots, limits: all, now, until: Date.now() + all.scanTime }, listener, thread)
  found.scanned.milliseconds = Math.round(performance.now() - started)
  return found
}

function rootOf(path: string): DiscoveredRoot {
  const full = resolve(path)
  if (!existsSync(full))
    throw new Failure('input_invalid', `${printable(path)} does not exist`, {
      hint: path === '-' ? 'what comes in is not read; name folders or files' : 'name folders or files to look through',
    })
  return { path: full, ...versionOf(full) }
}
