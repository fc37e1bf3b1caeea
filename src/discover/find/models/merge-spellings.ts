// Models that were found by more than one name.
import { providerNamed } from '../../knowledge/providers.ts'
import type { DiscoveredItem } from '../../../model/discovered.ts'
import type { Evidence } from '../evidence.ts'

/**
 * One model under two names is one: `GPT-4o` on a button and `gpt-4o` in a call, `openai/gpt-4o` for a gateway and
 * `gpt-4o` for its maker. In settings both stand on purpose, each below the one who serves it.
 */
export function mergeSpellings({ collector, project }: Evidence) {
  const inCode = ({ evidence }: DiscoveredItem) => evidence.every(({ file }) => project.unitOf(file)?.format === 'code')
  for (const item of collector.of('models')) {
    const hub = item.name.slice(item.name.lastIndexOf('/') + 1)
    if (hub === item.name) continue
    const maker = providerNamed(item.name.slice(0, item.name.indexOf('/')))
    if (((maker !== undefined && inCode(item)) || item.stance === 'implicit') && collector.has('models', hub))
      collector.merge('models', item.name, hub)
  }
}
