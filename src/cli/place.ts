// The installation that a verb works on: its configuration, from the same places for every verb.
import type { LoadedConfig } from '../app/load-config.ts'
import { oneLine } from './show/text.ts'
import { textFlag, type VerbCall } from './verb.ts'

export async function configOf(call: VerbCall, flags: Readonly<Record<string, unknown>> = {}): Promise<LoadedConfig> {
  const { loadConfig } = await import('../app/load-config.ts')
  const loaded = loadConfig({
    file: textFlag(call, 'config'),
    env: call.io.env,
    cwd: process.cwd(),
    flags: { dataDir: textFlag(call, 'data-dir'), ...flags },
  })
  for (const warning of loaded.warnings) call.io.err(`parapet: ${oneLine(warning)}\n`)
  return loaded
}
