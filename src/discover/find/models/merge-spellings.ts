// Models that were found by more than one name.
import { familyOf } from '../../knowledge/models.ts'
import { providerNamed } from '../../knowledge/providers.ts'
import type { DiscoveredItem } from '../../../model/discovered.ts'
import type { Evidence } from '../evidence.ts'

/**
 * One model under two names is one: `GPT-4o` on a button and `gpt-4o` in a call, `openai/gpt-4o` for a gateway and
 * `gpt-4o` for its maker. In settings both stand on purpose, each below the one who serves it. What is open is fetched
 * from the one who published it, whom only the longer name says.
 */
export function mergeSpellings({ collector, project }: Evidence) {
  const inCode = ({ evidence }: DiscoveredItem) => evidence.every(({ file }) => project.unitOf(file)?.format === 'code')
  for (const item of collector.of('models')) {
    const hub = item.name.slice(item.name.lastIndexOf('/') + 1)
    if (hub === item.name) continue
    const maker = providerNamed(item.name.slice(0, item.name.indexOf('/')))
    if (!collector.has('models', hub)) continue
    if (item.stance === 'implicit') collector.merge('models', item.name, hub)
    else if (maker === undefined || !inCode(item)) continue
    else if (familyOf(hub)?.provider === undefined) collector.merge('models', hub, item.name)
    else collector.merge('models', item.name, hub)
  }
}
