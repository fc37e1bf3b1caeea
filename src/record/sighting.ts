// Traffic that no system of the register accounts for: somebody asks for a model that is not served, shows a key that is
// unknown or has ended, or has a key that belongs to no system; and use that looks like misuse, as the guard that watches
// use raised it. What is seen again and again is one sighting.
import { type Exchange, PLAYGROUND_KEY } from '../model/exchange.ts'
import type { Verdict } from '../model/verdict.ts'
import { named } from './call-row.ts'
import { MISUSE_KINDS, type Sighting, type SightingKind } from './call-store.ts'

export function sightingsOf(exchanges: Iterable<Exchange>): Sighting[] {
  const seen = new Map<string, Seen>()
  for (const exchange of exchanges) {
    const strange = strangeIn(exchange)
    if (strange !== undefined) note(seen, ...strange, exchange)
    for (const [kind, text] of misuseIn(exchange)) note(seen, kind, text, exchange)
  }
  return [...seen.values()].map(toSighting)
}

interface Seen {
  kind: SightingKind
  text: string
  first: Exchange
  last: Exchange
  /** The one that began last; batches are in the order in which calls end. */
  latest: Date
  count: number
}

function note(seen: Map<string, Seen>, kind: SightingKind, text: string, exchange: Exchange): void {
  const key = `${kind}\n${text}`
  const before = seen.get(key)
  if (before === undefined) {
    seen.set(key, { kind, text, first: exchange, last: exchange, latest: exchange.at, count: 1 })
    return
  }
  before.count++
  before.last = exchange
  if (exchange.at > before.latest) before.latest = exchange.at
}

function toSighting({ kind, text, first, last, latest, count }: Seen): Sighting {
  return {
    kind,
    subject: named(text) ?? '',
    firstSeen: first.at.toISOString(),
    lastSeen: latest.toISOString(),
    count,
    lastCall: last.id,
    keyId: named(last.keyId ?? last.refusedKeyId),
    asset: named(last.asset),
    client: named(last.client),
  }
}

/** Of alerts, who it was: the key, by which the calls are found. */
function misuseIn({ keyId, verdicts, outcome }: Exchange): [SightingKind, string][] {
  if (keyId === undefined || outcome === 'open' || !verdicts.some(raisesAlert)) return []
  const hits = verdicts.filter(raisesAlert).flatMap((verdict) => verdict.hits)
  return MISUSE_KINDS.filter((kind) => hits.some((hit) => hit.kind === kind)).map((kind) => [kind, keyId])
}

const raisesAlert = ({ guard, hits }: Verdict): boolean => hits.length > 0 && guard === 'monitor-use'

function strangeIn(exchange: Exchange): [SightingKind, string] | undefined {
  const { code, keyId, refusedKeyId, route, model, asset, client, outcome } = exchange
  if (outcome === 'open') return undefined
  if (exchange.unguarded && route !== undefined && exchange.status === 101) return ['unguarded-session', route]
  if (refusedKeyId !== undefined) return ['ended-key', refusedKeyId]
  if (keyId === undefined)
    return code === 'unauthenticated' ? ['unknown-key', client ?? 'an unknown address'] : undefined
  if (route === undefined) return code === 'not_found' && model !== undefined ? ['unknown-model', model] : undefined
  return asset === undefined && keyId !== PLAYGROUND_KEY ? ['key-without-system', keyId] : undefined
}
