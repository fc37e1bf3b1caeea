// What some calls amount to, by day, system, agent, key, route and model. A model counts by name only where an upstream was asked
// for it: names that clients make up must not fill the sums.
import type { Exchange } from '../model/exchange.ts'
import { named } from './call-row.ts'
import type { Tally, UsageKey } from './call-store.ts'

export function tallyOf(exchanges: Iterable<Exchange>): (UsageKey & Tally)[] {
  const sums = new Map<string, UsageKey & Tally>()
  for (const exchange of exchanges) {
    if (exchange.keyId === undefined || exchange.outcome === 'open') continue
    const name = nameOf(exchange)
    let sum = sums.get(name)
    if (sum === undefined) sums.set(name, (sum = { ...keyOf(exchange), ...NOTHING }))
    const { outcome, usage } = exchange
    sum.calls++
    if (outcome === 'blocked') sum.blocked++
    else if (outcome !== 'answered') sum.failed++
    sum.inputTokens += whole(usage?.input)
    sum.outputTokens += whole(usage?.output)
    sum.costNanos += whole((exchange.costMicros ?? 0) * 1000)
  }
  return [...sums.values()]
}

const NOTHING: Tally = { calls: 0, blocked: 0, failed: 0, inputTokens: 0, outputTokens: 0, costNanos: 0 }
const DAY_MS = 86_400_000

/** Cheaper than the key itself, and never the same for two keys. */
function nameOf({ at, asset = '', agent = '', keyId, route = '', model = '', upstream }: Exchange): string {
  const day = Math.floor(at.getTime() / DAY_MS)
  return `${day}\n${keyId}\n${asset}\n${agent}\n${route}\n${upstream === undefined ? '' : model}`
}

function keyOf({ at, asset, agent, keyId, route, model, upstream }: Exchange): UsageKey {
  return {
    day: at.toISOString().slice(0, 10),
    asset: named(asset) ?? '',
    agent: named(agent) ?? '',
    keyId: named(keyId) ?? '',
    route: named(route) ?? '',
    model: upstream === undefined ? '' : (named(model) ?? ''),
  }
}

/** Upstreams count tokens, and some count oddly. */
const whole = (count: number | undefined): number =>
  count !== undefined && Number.isFinite(count) && count > 0 ? Math.min(Math.round(count), 1e12) : 0
