// What logs of traffic show, beside what the register knows: providers that are in use, by whom and how much, and which of
// them nobody allowed. They wait like all else that was found.
import { isShadow, type ShadowProvider, shadowAi } from '../../discover/traffic/shadow.ts'
import { providerNamed } from '../../discover/knowledge/providers.ts'
import { MOST_ROWS } from '../../model/page.ts'
import type { TrafficSeen } from '../../model/scan.ts'
import type { Change } from '../../store/store.ts'
import type { ScanSettings } from './config.ts'
import type { Proposal } from './propose.ts'

const MOST_HOSTS = 20
const MOST_USERS = 20

export async function trafficProposals(
  tx: Pick<Change, 'register' | 'discoveries'>,
  settings: Pick<ScanSettings, 'sanctioned'>,
  traffic: TrafficSeen,
): Promise<Proposal[]> {
  return (await joinedTraffic(tx, settings, traffic))
    .filter(({ standing }) => standing !== 'declared')
    .map((one): Proposal => {
      const { provider, users, hosts, calls, sent, uses, standing, sanctioned } = one
      const by = [...new Set(uses.map(({ who }) => who))].slice(0, MOST_USERS)
      return {
        id: `providers:${provider}`,
        kind: 'providers',
        name: provider,
        evidence: [],
        confidence: 0.95,
        stance: 'declared',
        attributes: {
          standing,
          shadow: isShadow(one),
          ...(sanctioned === undefined ? {} : { sanctioned }),
        },
        seen: { users, hosts: hosts.slice(0, MOST_HOSTS), calls, ...(sent === undefined ? {} : { bytes: sent }), by },
      }
    })
}

/** Declared: in the register, or found in sources. Allowed: as configured, else what the register calls sanctioned. */
export async function joinedTraffic(
  { register, discoveries }: Pick<Change, 'register' | 'discoveries'>,
  { sanctioned }: Pick<ScanSettings, 'sanctioned'>,
  traffic: TrafficSeen,
): Promise<ShadowProvider[]> {
  const declared = new Set<string>()
  const allowed = new Set(sanctioned)
  for (let cursor: string | undefined; ;) {
    const page = await register.list({ kind: 'provider', limit: MOST_ROWS, cursor })
    for (const { name, id, source, sanctioned: isAllowed } of page.items) {
      const provider = providerNamed(name) ?? providerNamed(id) ?? name
      if (source !== 'observed') declared.add(provider)
      if (isAllowed && sanctioned === undefined) allowed.add(provider)
    }
    cursor = page.next
    if (cursor === undefined) break
  }
  for (let cursor: string | undefined; ;) {
    const page = await discoveries.list({ kind: 'providers', limit: MOST_ROWS, cursor, now: '', gone: false })
    for (const { name, seen } of page.items) if (seen === undefined) declared.add(name)
    cursor = page.next
    if (cursor === undefined) break
  }
  return shadowAi(traffic, { providers: [...declared], sanctioned: [...allowed] })
}
