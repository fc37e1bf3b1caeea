// The policy as the console reads and changes it: modes of guards, for all routes and for single ones. Whatever else it says
// stays as it is.
import type { Mode } from '../../../src/model/policy.ts'
import type { Reply } from '../../api.ts'

export type InForce = Reply<'GET', '/api/policy'>
type Guards = Record<string, { mode?: Mode } | undefined>

export interface PolicyBody {
  upstreams: Record<string, unknown>
  routes: Record<string, { guards?: Guards }>
  guards: Guards
}

export const toBody = (policy: InForce['policy']) => policy as unknown as PolicyBody

/** `route` undefined: for all. `mode` undefined: as for all. */
export function withMode(
  body: PolicyBody,
  guard: string,
  route: string | undefined,
  mode: Mode | undefined,
): PolicyBody {
  if (route === undefined) return { ...body, guards: { ...body.guards, [guard]: changed(body.guards[guard], mode) } }
  const own = body.routes[route] ?? {}
  const said = changed(own.guards?.[guard], mode)
  const { [guard]: _, ...others } = own.guards ?? {}
  const guards = Object.keys(said).length === 0 ? others : { ...others, [guard]: said }
  return { ...body, routes: { ...body.routes, [route]: { ...own, guards } } }
}

export const modeFor = (body: PolicyBody, guard: string, route: string | undefined): Mode | undefined =>
  route === undefined ? body.guards[guard]?.mode : body.routes[route]?.guards?.[guard]?.mode

function changed(rule: { mode?: Mode } = {}, mode: Mode | undefined): { mode?: Mode } {
  const { mode: _, ...rest } = rule
  return mode === undefined ? rest : { ...rest, mode }
}
