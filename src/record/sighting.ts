// Traffic that no system of the register accounts for: somebody asks for a model that is not served, shows a key that is
// unknown or has ended, or has a key that belongs to no system; and use that looks like misuse, as the guard that watches
// use raised it. What is seen again and again is one sighting.
import { type Exchange, PLAYGROUND_KEY } from '../model/exchange.ts'
import { named } from './call-row.ts'
import { MISUSE_KINDS, type Sighting, type SightingKind } from './call-store.ts'

export function sightingsOf(exchanges: Iterable<Exchange>): Sighting[] {
  const seen = new Map<string, Sighting>()
  for (const exchange of exchanges) {
    for (const [kind, text] of [...strangeIn(exchange), ...misuseIn(exchange)]) {
      const subject = named(text) ?? ''
      const key = `${kind}\n${subject}`
      const at = exchange.at.toISOString()
      const before = seen.get(key)
      seen.set(key, {
        kind,
        subject,
        firstSeen: before?.firstSeen ?? at,
        lastSeen: before !== undefined && before.lastSeen > at ? before.lastSeen : at,
        count: (before?.count ?? 0) + 1,
        lastCall: exchange.id,
        keyId: named(exchange.keyId ?? exchange.refusedKeyId),
        asset: named(exchange.asset),
        client: named(exchange.client),
      })
    }
  }
  return [...seen.values()]
}

/** Of alerts, who it was: the key, by which the calls are found. */
function misuseIn({ keyId, verdicts, outcome }: Exchange): [SightingKind, string][] {
  if (keyId === undefined || outcome === 'open') return []
  const hits = verdicts.flatMap(({ guard, hits: all }) => (guard === 'monitor-use' ? all : []))
  return MISUSE_KINDS.filter((kind) => hits.some((hit) => hit.kind === kind)).map((kind) => [kind, keyId])
}

function strangeIn(exchange: Exchange): [SightingKind, string][] {
  const { code, keyId, refusedKeyId, route, model, asset, client, outcome } = exchange
  if (outcome === 'open') return []
  if (exchange.unguarded && route !== undefined && exchange.status === 101) return [['unguarded-session', route]]
  if (refusedKeyId !== undefined) return [['ended-key', refusedKeyId]]
  if (keyId === undefined) return code === 'unauthenticated' ? [['unknown-key', client ?? 'an unknown address']] : []
  if (route === undefined) return code === 'not_found' && model !== undefined ? [['unknown-model', model]] : []
  return asset === undefined && keyId !== PLAYGROUND_KEY ? [['key-without-system', keyId]] : []
}
