// What a model costs. The operator's own prices come first, then those that ship with Parapet; a model that is in neither
// has no price, and no money is spent on it that a budget should count.
import { z } from 'zod'
import type { JsonObject } from '../../lib/canonical-json.ts'
import { NANOS_PER_USD } from '../../model/budget.ts'
import type { Usage } from '../../model/turn.ts'
import { matches } from '../../lib/matches.ts'
import { Price } from './price.ts'
import { PRICE_PACK } from './price-pack.ts'

export const PricesConfig = z.record(z.string().min(1).max(256), Price)

export interface Target {
  upstream: string
  model: string
}

export interface Prices {
  of(target: Target): Price | undefined
  /** Billionths of a dollar; undefined where no price is known. */
  cost(target: Target, usage: Usage, body: JsonObject): number | undefined
  /** No request to this model with so many tokens costs more. */
  most(target: Target, tokens: { input: number; output: number }, body: JsonObject): number | undefined
}

const NANOS_PER_TOKEN = NANOS_PER_USD / 1_000_000
/** Of input that stays in a cache for an hour, the dearest kind. */
const LONG_CACHE = 2

export function createPrices(own: Readonly<Record<string, Price>>): Prices {
  const patterns = Object.entries(own).toSorted(([a], [b]) => rank(b) - rank(a))
  /** By model, then by upstream: putting the two together would cost more than all of the looking up. */
  const known = new Map<string, Map<string, Price | undefined>>()
  let count = 0

  function of({ upstream, model }: Target): Price | undefined {
    const ofModel = known.get(model)
    if (ofModel?.has(upstream)) return ofModel.get(upstream)
    const name = `${upstream}:${model}`
    const mine = patterns.find(([pattern]) => matches(pattern, name) || matches(pattern, model))
    const price = mine?.[1] ?? fromPack(model)
    if (++count > MOST_KNOWN) {
      known.clear()
      count = 1
    }
    known.set(model, (known.get(model) ?? new Map<string, Price | undefined>()).set(upstream, price))
    return price
  }

  return {
    of,
    cost(target, usage, body) {
      const price = of(target)
      return price && Math.ceil(costOf(price, usage) * surcharge(body))
    },
    most(target, tokens, body) {
      const price = of(target)
      return price && Math.ceil(mostCost(price, tokens) * surcharge(body))
    },
  }
}

const MOST_KNOWN = 1000
/** A release of a model costs what the model costs: a date, a version, a region and the name of its maker may be added. */
const RELEASE = /^(?:[-@](?:\d{4}-\d{2}-\d{2}|\d{8}|\d{3,4}|latest|preview(?:-\d{2}-\d{2,4})?))?(?:-v\d+(?::\d+)?)?$/
const MAKER = /^(?:(?:us|eu|apac|global|jp|au)\.)?(?:anthropic|amazon|meta|mistral|deepseek|cohere)\./

function fromPack(model: string): Price | undefined {
  const bare = model.slice(model.lastIndexOf('/') + 1)
  for (const name of [model, bare, bare.replace(MAKER, '')]) {
    for (const [known, price] of Object.entries(PRICE_PACK.models))
      if (name.startsWith(known) && RELEASE.test(name.slice(known.length))) return price
  }
  return undefined
}

function costOf(price: Price, { input, output, cacheRead = 0, cacheWritten = 0 }: Usage): number {
  const rate = price.long !== undefined && input > price.long.above ? price.long : price
  const dearer = price.input === 0 ? 1 : rate.input / price.input
  const read = Math.min(cacheRead, input)
  const written = Math.min(cacheWritten, input - read)
  const dollarsPerMillion =
    (input - read - written) * rate.input +
    read * (price.cacheRead ?? price.input) * dearer +
    written * (price.cacheWrite ?? price.input) * dearer +
    output * rate.output
  return Math.ceil(dollarsPerMillion * NANOS_PER_TOKEN - 1e-6)
}

/** What a client pays more for being served first, or faster. */
function surcharge(body: JsonObject): number {
  const tier = body['service_tier'] ?? body['serviceTier']
  return (tier === 'priority' ? 2 : 1) * (body['speed'] === 'fast' ? 6 : 1)
}

function mostCost(price: Price, tokens: { input: number; output: number }): number {
  const input = Math.max(price.input * (price.cacheWrite === undefined ? 1 : LONG_CACHE), price.long?.input ?? 0)
  const output = Math.max(price.output, price.long?.output ?? 0)
  const long = price.long === undefined || price.cacheWrite === undefined ? input : price.long.input * LONG_CACHE
  return Math.ceil((tokens.input * Math.max(input, long) + tokens.output * output) * NANOS_PER_TOKEN)
}

function rank(pattern: string): number {
  return pattern.includes('*') ? pattern.replaceAll('*', '').length : 1000 + pattern.length
}
