// Who uses whom, as far as places tell: what an agent's own file names, a model and who serves it, a server and the
// tools in its file.
import type { DiscoveredItem } from '../../model/discovered.ts'
import { providerNamed } from '../knowledge/providers.ts'
import type { Evidence } from './evidence.ts'

export function link({ collector }: Evidence) {
  const providers = collector.of('providers')
  const tools = byFile(collector.of('tools'))
  const models = byFile(collector.of('models'))
  const stores = byFile(collector.of('vectorStores'))
  const servers = byFile(collector.of('mcpServers').filter(({ attributes }) => attributes['role'] !== 'server'))
  for (const agent of collector.of('agents')) {
    for (const place of agent.evidence) {
      for (const { id } of tools.get(place.file) ?? []) collector.link(agent.id, id, 'uses-tool', place)
      for (const { id } of models.get(place.file) ?? []) collector.link(agent.id, id, 'calls', place)
      for (const { id } of stores.get(place.file) ?? []) collector.link(agent.id, id, 'retrieves', place)
      for (const { id } of servers.get(place.file) ?? []) collector.link(agent.id, id, 'connects', place)
    }
  }
  for (const server of collector.of('mcpServers')) {
    if (server.attributes['role'] !== 'server') continue
    for (const place of server.evidence)
      for (const { id } of tools.get(place.file) ?? []) collector.link(server.id, id, 'provides', place, 0.8)
  }
  for (const model of collector.of('models')) {
    const said = model.attributes['provider'] ?? model.attributes['vendor']
    const name = typeof said === 'string' ? providerNamed(said) : undefined
    const served = providers.find((provider) => provider.name === name)
    const [place] = model.evidence
    if (served && place)
      collector.link(model.id, served.id, 'served-by', place, model.attributes['provider'] === undefined ? 0.6 : 0.9)
  }
}

function byFile(items: readonly DiscoveredItem[]): Map<string, DiscoveredItem[]> {
  const found = new Map<string, DiscoveredItem[]>()
  for (const item of items) {
    for (const { file } of item.evidence) {
      const held = found.get(file) ?? []
      if (!held.includes(item)) held.push(item)
      found.set(file, held)
    }
  }
  return found
}
