// Traffic that no system of the register accounts for: somebody asks for a model that is not served, shows a key that is
// unknown or has ended, or has a key that belongs to no system. What is seen again and again is one sighting.
import { type Exchange, PLAYGROUND_KEY } from '../model/exchange.ts'
import { named } from './call-row.ts'
import type { Sighting, SightingKind } from './call-store.ts'

export function sightingsOf(exchanges: Iterable<Exchange>): Sighting[] {
  const seen = new Map<string, Sighting>()
  for (const exchange of exchanges) {
    const thing = strangeIn(exchange)
    if (thing === undefined) continue
    const [kind, text] = thing
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
  return [...seen.values()]
}

function strangeIn(exchange: Exchange): [SightingKind, string] | undefined {
  const { code, keyId, refusedKeyId, route, model, asset, client, outcome } = exchange
  if (outcome === 'open') return undefined
  if (refusedKeyId !== undefined) return ['ended-key', refusedKeyId]
  if (keyId === undefined)
    return code === 'unauthenticated' ? ['unknown-key', client ?? 'an unknown address'] : undefined
  if (route === undefined) return code === 'not_found' && model !== undefined ? ['unknown-model', model] : undefined
  return asset === undefined && keyId !== PLAYGROUND_KEY ? ['key-without-system', keyId] : undefined
}
