// The policy in force, and earlier ones for as long as a call lives that began under them. A call keeps its snapshot from
// its first byte to its last, so a new policy cuts no stream.
// Invariant: an upstream that stays as it was keeps its connections and its breaker; one that is gone is closed only when
// no call can use it any more.
import { canonicalJson, type JsonObject } from '../lib/canonical-json.ts'
import type { RouteConfig, UpstreamConfig } from './config.ts'
import { DEMO_MODEL } from './demo/assistant.ts'
import type { GuardChanges } from './policy.ts'
import { createRoutes, type Routes } from './routes.ts'
import { createUpstream, type OpenTransport, type Upstream } from './upstream/upstream.ts'

export interface ServedPolicy {
  upstreams: Readonly<Record<string, UpstreamConfig>>
  routes: Readonly<Record<string, RouteConfig>>
  guards: GuardChanges
}

export interface Snapshot {
  readonly routes: Routes
  readonly upstreams: readonly Upstream[]
}

export interface Snapshots {
  readonly current: Snapshot
  /** For a call that begins now; `release` when it is over. */
  take(): { snapshot: Snapshot; release(): void }
  /** In force for every call that begins afterwards. Throws, and changes nothing, where the policy makes no sense. */
  swap(policy: ServedPolicy): void
  close(): Promise<void>
}

const DEMO: Pick<ServedPolicy, 'upstreams' | 'routes'> = {
  upstreams: { demo: { provider: 'demo', private: false } },
  routes: {
    demo: {
      models: [DEMO_MODEL],
      upstreams: ['demo'],
      guards: {},
      record: {},
      lostSettings: 'tell',
      unnamed: {},
      realtime: 'refuse',
    },
  },
}

/** What is written wins over what is built in. */
export function withDemo<P extends Pick<ServedPolicy, 'upstreams' | 'routes'>>(policy: P): P {
  return {
    ...policy,
    upstreams: { ...DEMO.upstreams, ...policy.upstreams },
    routes: { ...DEMO.routes, ...policy.routes },
  }
}

interface Held extends Snapshot {
  /** By what was written of each. */
  readonly defined: ReadonlyMap<string, Upstream>
  calls: number
}

export function createSnapshots(
  policy: ServedPolicy,
  open: OpenTransport,
  onTrouble: (error: unknown) => void,
): Snapshots {
  let current = build(policy, new Map(), open, onTrouble)
  const living = new Set([current])

  function letGo(held: Held): void {
    if (held === current || held.calls > 0 || !living.delete(held)) return
    const used = new Set([...living].flatMap(({ upstreams }) => upstreams))
    closeAll(held.upstreams.filter((one) => !used.has(one))).catch(onTrouble)
  }

  return {
    get current() {
      return current
    },
    take() {
      const held = current
      held.calls++
      return {
        snapshot: held,
        release() {
          held.calls--
          letGo(held)
        },
      }
    },
    swap(next) {
      const before = current
      current = build(next, before.defined, open, onTrouble)
      living.add(current)
      letGo(before)
    },
    async close() {
      await closeAll([...new Set([...living].flatMap(({ upstreams }) => upstreams))])
    },
  }
}

function build(
  policy: ServedPolicy,
  known: ReadonlyMap<string, Upstream>,
  open: OpenTransport,
  onTrouble: (error: unknown) => void,
): Held {
  const defined = new Map<string, Upstream>()
  try {
    for (const [id, config] of Object.entries(policy.upstreams)) {
      const written = canonicalJson({ ...(JSON.parse(JSON.stringify(config)) as JsonObject), id })
      defined.set(written, known.get(written) ?? createUpstream(id, config, open))
    }
    const upstreams = [...defined.values()]
    const byId = new Map(upstreams.map((one) => [one.id, one]))
    return { routes: createRoutes(policy.routes, byId, policy.guards), upstreams, defined, calls: 0 }
  } catch (error) {
    closeAll([...defined].flatMap(([written, one]) => (known.has(written) ? [] : [one]))).catch(onTrouble)
    throw error
  }
}

async function closeAll(upstreams: readonly Upstream[]): Promise<void> {
  await Promise.all(upstreams.map(({ transport }) => transport.close()))
}
