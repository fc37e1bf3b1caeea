// Providers that scripts reach by commands: no library is imported, and no address is written down.
import { PROVIDER_COMMANDS } from '../../knowledge/commands.ts'
import type { Evidence } from '../evidence.ts'
import type { Around } from '../visit.ts'

const MOST_COMMAND = 4_000

export function commanded(text: string, line: number, { unit, keys }: Around, { collector }: Evidence) {
  const script = unit.language === 'shell' || unit.language === 'docker' || (unit.format === 'yaml' && runs(keys))
  if (!script || text.length > MOST_COMMAND || !/\b(?:az|aws|gcloud|ollama) /.test(text)) return
  for (const row of PROVIDER_COMMANDS)
    if (row.command.test(text) && !/^\s*echo\b/.test(text))
      collector.add('providers', row.provider, {
        file: unit.file,
        line,
        confidence: 0.8,
        attributes: { via: 'command' },
      })
}

/** Where workflows, containers and hooks hold what they run. */
const runs = (keys: readonly string[]): boolean =>
  keys.some((key) => /^(?:run|script|command|args|entrypoint|before_script|exec)$/.test(key))
