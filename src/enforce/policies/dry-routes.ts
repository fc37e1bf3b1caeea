// The routes of a policy that is only looked at: nothing is opened and nothing can be sent.
import { createRoutes, type Routes } from '../routes.ts'
import { withDemo } from '../snapshots.ts'
import type { Transport } from '../upstream/transport.ts'
import { createUpstream } from '../upstream/upstream.ts'
import type { GatewayPolicy } from './gateway-policy.ts'

export const NO_TRANSPORT: Transport = {
  send: () => Promise.reject(new TypeError('a policy that is only looked at sends nothing')),
  close: () => Promise.resolve(),
}

export function dryRoutes(written: GatewayPolicy, demo: boolean): Routes {
  const policy = demo ? withDemo(written) : written
  const upstreams = Object.entries(policy.upstreams).map(
    ([id, config]) => [id, createUpstream(id, config, () => NO_TRANSPORT)] as const,
  )
  return createRoutes(policy.routes, new Map(upstreams), policy.guards)
}
