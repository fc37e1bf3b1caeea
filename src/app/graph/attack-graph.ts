// The graph of everything that is in the register or went through the gateway, and the attack paths in it. Derived when it
// is asked for, and kept until something that it rests on changes or a minute has passed: proofs run out by themselves.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { type GraphSystem, registerGraph, type SeenCall } from '../../derive/graph/register-graph.ts'
import type { GraphScan } from '../../derive/graph/scan-graph.ts'
import { findPaths, type FoundPaths } from '../../derive/paths/find-paths.ts'
import { profileOf } from '../../derive/profile.ts'
import { matches } from '../../lib/matches.ts'
import type { Route } from '../../enforce/routes.ts'
import type { GatewayKey } from '../../model/gateway-key.ts'
import type { AssetGraph, EdgeGuard } from '../../model/graph.ts'
import { MOST_ROWS, type Page, type PageQuery } from '../../model/page.ts'
import type { Store } from '../../store/store.ts'
import type { Posture, View } from '../posture.ts'

export interface AttackGraph {
  view: View
  graph: AssetGraph
  /** Asset → the systems that it is part of. */
  systemsOf: ReadonlyMap<string, readonly string[]>
  found: FoundPaths
}

export interface AttackGraphs {
  current(): Promise<AttackGraph>
}

export interface AttackGraphOptions {
  store: Store
  posture: Posture
  routes: () => readonly Route[]
  now: () => Date
}

const KEPT_MS = 60_000
const SEEN_DAYS = 30
const DAY_MS = 86_400_000
const MOST_KEYS = 10_000
const MOST_SUMS = 10_000
const MOST_SOURCES = 2000
/** Things and findings of all sources together. */
const MOST_FOUND = 100_000
const UNRELATED = new Set(['account', 'log', 'token', 'catalog', 'job', 'link', 'session', 'call-segment'])

export function createAttackGraphs({ store, posture, routes, now }: AttackGraphOptions): AttackGraphs {
  let kept: { until: number; graph: Promise<AttackGraph> } | undefined
  store.onRecorded((rows) => {
    if (rows.some(({ subjectKind }) => !UNRELATED.has(subjectKind))) kept = undefined
  })

  async function derive(): Promise<AttackGraph> {
    const view = await posture.view()
    const [keys, sums] = [await liveKeys(store, now()), await sumsOf(store, now())]
    const systems: GraphSystem[] = []
    for (const standing of await view.standings()) {
      const { id, system, components, controls } = standing
      const own = keys.filter(({ asset }) => asset === id)
      const taken = routes().filter((route) => own.some((key) => key.routes.some((one) => matches(one, route.id))))
      systems.push({
        system,
        components,
        values: profileOf(view.input(id)).values,
        guards: guardsOf(controls, taken),
        calls: sums.filter(({ asset }) => asset === id).map((sum) => seenCall(sum, routes())),
        hasKey: own.length > 0,
      })
      if (systems.length % 16 === 0) await nextTurn()
    }
    const graph = registerGraph(systems, await scansOf(store, systems, now()))
    return { view, graph, systemsOf: membersOf(systems), found: findPaths(graph) }
  }

  return {
    current() {
      if (kept !== undefined && now().getTime() < kept.until) return kept.graph
      const mine = { until: now().getTime() + KEPT_MS, graph: derive() }
      kept = mine
      mine.graph.catch(() => {
        if (kept === mine) kept = undefined
      })
      return mine.graph
    },
  }
}

/** What is proven of a control counts; where the gateway is the one that enforces it, its mode on the weakest route does too. */
function guardsOf(controls: ReadonlyMap<string, { status: string }>, taken: readonly Route[]): EdgeGuard[] {
  const ids = new Set([
    ...controls.keys(),
    ...taken.flatMap(({ enforcement }) => Object.keys(enforcement.policy.guards)),
  ])
  return [...ids].flatMap((control): EdgeGuard[] => {
    const modes = taken.flatMap(({ enforcement }) => enforcement.policy.guards[control]?.mode ?? [])
    const proven = controls.get(control)?.status === 'proven'
    const mode = (['off', 'observe', 'enforce'] as const).find((one) => modes.includes(one)) ?? 'enforce'
    return proven || (modes.length > 0 && mode !== 'off') ? [{ control, mode, proven }] : []
  })
}

function membersOf(systems: readonly GraphSystem[]): Map<string, string[]> {
  const members = new Map<string, string[]>()
  for (const { system, components } of systems)
    for (const { id } of [system, ...components]) members.set(id, [...(members.get(id) ?? []), system.id])
  return members
}

interface Sum {
  asset?: string | undefined
  route?: string | undefined
  model?: string | undefined
  calls: number
}

function seenCall({ route = '', model = '', calls }: Sum, routes: readonly Route[]): SeenCall {
  const targets = routes.find(({ id }) => id === route)?.targets ?? []
  const asked = targets.filter((target) => target.model === undefined || target.model === model)
  const providers = asked.map(({ upstream }) => ({ id: `upstream:${upstream.id}`, name: upstream.id }))
  return { model, route, calls, providers }
}

/** Sources that are part of a system, with what the last scans left open. */
async function scansOf(store: Store, systems: readonly GraphSystem[], now: Date): Promise<GraphScan[]> {
  const bySystem = new Map(systems.map((one) => [one.system.id, one]))
  const sources = await drained((query) => store.read.scanSources.list(query), MOST_SOURCES)
  const time = now.toISOString()
  const scans: GraphScan[] = []
  let room = MOST_FOUND
  for (const source of sources) {
    const one = bySystem.get(source.system ?? '')
    if (one === undefined || room <= 0 || source.kind === 'traffic' || source.kind === 'bom') continue
    const discoveries = (await store.read.discoveries.ofSource(source.id)).slice(0, room)
    const all = await store.read.scanFindings.ofSource(source.id)
    const findings = all.filter(({ state, suppression }) =>
      state === 'suppressed' ? (suppression?.until ?? '') <= time : state === 'open',
    )
    room -= discoveries.length + findings.length
    const { system, components, values, guards } = one
    const parity = values['retrieval-acl-parity']
    const keepsToUsers = typeof parity === 'boolean' ? parity : undefined
    scans.push({ source, system, components, guards, keepsToUsers, discoveries, findings })
  }
  return scans
}

async function liveKeys(store: Store, now: Date): Promise<GatewayKey[]> {
  const time = now.toISOString()
  const keys = await drained((query) => store.read.gatewayKeys.list(query), MOST_KEYS)
  return keys.filter(
    ({ revokedAt, expiresAt }) => revokedAt === undefined && (expiresAt === undefined || expiresAt > time),
  )
}

function sumsOf(store: Store, now: Date): Promise<Sum[]> {
  const day = (ago: number) => new Date(now.getTime() - ago * DAY_MS).toISOString().slice(0, 10)
  const range = { from: day(SEEN_DAYS), to: day(0), by: ['asset', 'route', 'model'] as const }
  return drained<Sum>((query) => store.read.usage.sums({ ...query, ...range }), MOST_SUMS)
}

async function drained<T>(page: (query: PageQuery) => Promise<Page<T>>, most: number): Promise<T[]> {
  const all: T[] = []
  for (let cursor: string | undefined; ;) {
    const { items, next } = await page({ limit: MOST_ROWS, cursor })
    all.push(...items)
    if (next === undefined || all.length >= most) return all
    cursor = next
  }
}
