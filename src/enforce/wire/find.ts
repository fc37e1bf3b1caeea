// Which format is meant, and in which one an upstream is to be asked.
import type { Upstream } from '../upstream/upstream.ts'
import { BACKENDS, CONVERSATIONS, PASSING } from './index.ts'
import type { UpstreamWire, Wire, WireId } from './wire.ts'

const BY_ID = new Map<WireId, Wire>([...CONVERSATIONS, ...PASSING].map((wire) => [wire.id, wire]))

export function wireOf(id: WireId): Wire {
  const wire = BY_ID.get(id)
  if (wire === undefined) throw new TypeError(`the wire ${id} is not registered`)
  return wire
}

/** The client's own format where the upstream speaks it; else any that conversations can be turned into. */
export function upstreamWire(client: Wire, upstream: Pick<Upstream, 'speaks'>): UpstreamWire | undefined {
  if (upstream.speaks(client.id)) return client
  if (!CONVERSATIONS.some(({ id }) => id === client.id)) return undefined
  return [...CONVERSATIONS, ...BACKENDS].find(({ id }) => upstream.speaks(id))
}
