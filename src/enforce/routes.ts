// Which route a model's name takes. An exact name wins over patterns, and the pattern with more letters over one with
// fewer, so that the order in which routes are written means nothing; what is still equal is refused at the start.
import { Failure } from '../lib/failure.ts'
import { suggest } from '../lib/suggest.ts'
import type { KeyLimits } from '../model/gateway-key.ts'
import type { RouteConfig } from './config.ts'
import { matches } from '../lib/matches.ts'
import type { GuardChanges } from './policy.ts'
import { createEnforcement, type Enforcement, enforcements } from './policy.ts'
import type { Upstream } from './upstream/upstream.ts'
import type { WireId } from './wire/wire.ts'

export interface Target {
  upstream: Upstream
  /** Its name there; undefined where it is the one that was asked for. */
  model: string | undefined
}

export interface Route {
  readonly id: string
  readonly targets: readonly Target[]
  readonly enforcement: Enforcement
  /** With these rules in place of its own. */
  enforcedWith(changes: GuardChanges): Enforcement
  /** What differs from what is kept of all calls. */
  readonly record: RouteConfig['record']
  /** A setting that the upstream's format lacks stops the request. */
  readonly refusesLosses: boolean
  /** Whether sessions are let through that no guard can look into. */
  readonly realtime: RouteConfig['realtime']
}

/** Who asks, and for what a key is good: patterns of models, and of routes. */
export interface Caller {
  keyId: string
  /** The system that the key belongs to. */
  asset: string | undefined
  /** The agent that it is, where the key or token is bound to one. */
  agent?: string | undefined
  /** Who it is for, where that was proven; else the client's word is taken for it. */
  user?: string | undefined
  /** When the key or token ends, in milliseconds since 1970; what it began ends with it. Never unless given. */
  until?: number | undefined
  /** Accounts that cannot approve what it asks: whose key it is, or who asks by hand. */
  owners?: readonly string[] | undefined
  /** What it may do at most, on every route. */
  limits?: KeyLimits | undefined
  models: readonly string[]
  routes: readonly string[]
}

export interface Routes {
  /** The route of a model for this caller; denied unless both allow it. */
  find(model: string, caller: Caller): Route
  /** Which model is meant where a request of this format names none. */
  unnamed(wire: WireId): string | undefined
  /** Models with a name of their own, as this caller may see them. */
  models(caller: Caller): string[]
  readonly all: readonly Route[]
}

const MOST_KNOWN = 64

interface Entry {
  pattern: string
  route: Route
}

export function createRoutes(
  configs: Readonly<Record<string, RouteConfig>>,
  upstreams: ReadonlyMap<string, Upstream>,
  guards: GuardChanges,
): Routes {
  const entries: Entry[] = []
  const unnamed = new Map<string, { model: string; route: string }>()
  const enforcementOf = enforcements(guards)
  for (const [id, config] of Object.entries(configs)) {
    const targets = config.upstreams.map((one) => targetOf(id, one, upstreams))
    const route = {
      id,
      targets,
      ...enforced(enforcementOf(config.guards), guards, config.guards),
      record: config.record,
      refusesLosses: config.lostSettings === 'refuse',
      realtime: config.realtime,
    }
    for (const pattern of new Set(config.models)) entries.push({ pattern, route })
    for (const [wire, model] of Object.entries(config.unnamed)) {
      refuseUnmeant(id, wire, model, config, unnamed.get(wire)?.route)
      unnamed.set(wire, { model, route: id })
    }
  }
  refuseTwins(entries)
  entries.sort((a, b) => rank(b.pattern) - rank(a.pattern))
  const names = [...new Set(entries.map(({ pattern }) => pattern))].filter((pattern) => !pattern.includes('*'))
  const seen = (model: string, caller: Caller) => entries.find((entry) => allows(entry, model, caller))
  const taken = new WeakMap<Caller, Map<string, Route>>()

  return {
    find(model, caller) {
      let mine = taken.get(caller)
      const before = mine?.get(model)
      if (before !== undefined) return before
      const entry = seen(model, caller)
      if (entry === undefined) throw hasNone(model, caller)
      if (mine === undefined) taken.set(caller, (mine = new Map()))
      if (mine.size >= MOST_KNOWN) mine.clear()
      mine.set(model, entry.route)
      return entry.route
    },
    unnamed: (wire) => unnamed.get(wire)?.model,
    all: [...new Set(entries.map(({ route }) => route))],
    models: (caller) => names.filter((name) => seen(name, caller)),
  }

  /** One answer for what there is not and for what is not for this key: a key must not find out about others' models. */
  function hasNone(model: string, caller: Caller): Failure {
    const mine = names.filter((name) => seen(name, caller))
    const near = suggest(model, mine)
    return new Failure('not_found', `this key has no model ${model.slice(0, 100)}`, {
      hint: near === undefined ? 'GET /v1/models lists what it has' : `did you mean ${near}?`,
    })
  }
}
/** What differs from call to call is few, and is remembered within a bound. */
function enforced(
  enforcement: Enforcement,
  ...layers: readonly GuardChanges[]
): Pick<Route, 'enforcement' | 'enforcedWith'> {
  const known = new Map<string, Enforcement>()
  return {
    enforcement,
    enforcedWith(changes) {
      if (Object.keys(changes).length === 0) return enforcement
      const said = JSON.stringify(changes)
      const made = known.get(said) ?? createEnforcement(...layers, changes)
      if (known.size >= MOST_KNOWN) known.clear()
      known.set(said, made)
      return made
    },
  }
}

function targetOf(
  route: string,
  one: RouteConfig['upstreams'][number],
  upstreams: ReadonlyMap<string, Upstream>,
): Target {
  const [id, model] = typeof one === 'string' ? [one, undefined] : [one.use, one.model]
  const upstream = upstreams.get(id)
  if (upstream !== undefined) return { upstream, model }
  const near = suggest(id, [...upstreams.keys()])
  throw new Failure('config_invalid', `routes.${route}.upstreams: there is no upstream ${id}`, {
    hint: near === undefined ? 'name one under `upstreams`' : `did you mean ${near}?`,
  })
}

function refuseTwins(entries: readonly Entry[]): void {
  const byPattern = new Map<string, string>()
  for (const { pattern, route } of entries) {
    const other = byPattern.get(pattern)
    if (other !== undefined) {
      throw new Failure(
        'config_invalid',
        `routes.${route.id}.models: ${pattern} is a model of the route ${other} as well`,
        {
          hint: 'leave it at one of them',
        },
      )
    }
    byPattern.set(pattern, route.id)
  }
}

function refuseUnmeant(
  route: string,
  wire: string,
  model: string,
  { models }: RouteConfig,
  other: string | undefined,
): void {
  const at = `routes.${route}.unnamed.${wire}`
  if (other !== undefined) {
    throw new Failure('config_invalid', `${at}: the route ${other} says it as well`, {
      hint: 'leave it at one of them',
    })
  }
  if (!models.some((pattern) => matches(pattern, model))) {
    throw new Failure('config_invalid', `${at}: ${model} does not take this route`, {
      hint: 'name one of its models, or name it among them',
    })
  }
}

function allows({ pattern, route }: Entry, model: string, { models, routes }: Caller): boolean {
  return (
    matches(pattern, model) && models.some((one) => matches(one, model)) && routes.some((one) => matches(one, route.id))
  )
}

function rank(pattern: string): number {
  const letters = pattern.replaceAll('*', '').length
  return pattern.includes('*') ? letters : 1000 + letters
}
