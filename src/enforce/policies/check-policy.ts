// Whether a policy can be put into force, with every place where it cannot; and what makes sense but should not go unseen.
import { Failure, type Issue } from '../../lib/failure.ts'
import { createRoutes } from '../routes.ts'
import { withDemo } from '../snapshots.ts'
import { isNamedPrivate } from '../upstream/addresses.ts'
import { PROVIDERS } from '../upstream/providers.ts'
import { createUpstream, originOf, type Upstream } from '../upstream/upstream.ts'
import { NO_TRANSPORT } from './dry-routes.ts'
import { rulesChanged } from './difference.ts'
import { type GatewayPolicy, NO_POLICY } from './gateway-policy.ts'

const MOST_SHOWN = 200
const LOOPBACK = /^http:\/\/(127\.\d+\.\d+\.\d+|localhost|\[::1\]|demo\.invalid)(:|$)/

/** Where the key of an upstream may be sent; undefined where it has none. */
export type KeyOrigins = ReadonlyMap<string, readonly string[]>

export interface PolicyCheck {
  issues: Issue[]
  notices: string[]
}

export function checkPolicy(written: GatewayPolicy, keys: KeyOrigins, demo: boolean): PolicyCheck {
  const policy = demo ? withDemo(written) : written
  const issues: Issue[] = []
  const upstreams = new Map<string, Upstream>()
  for (const [id, config] of Object.entries(policy.upstreams)) {
    const made = tried(issues, () => createUpstream(id, config, () => NO_TRANSPORT))
    if (made !== undefined) upstreams.set(id, made)
  }
  const whole = Object.entries(policy.routes).filter(([id, route]) => {
    const known = new Map(upstreams)
    // An upstream that is wrong itself was told already.
    for (const one of Object.keys(policy.upstreams)) if (!known.has(one)) known.set(one, PLACEHOLDER)
    return tried(issues, () => createRoutes({ [id]: route }, known, policy.guards)) !== undefined
  })
  if (whole.length === Object.keys(policy.routes).length && upstreams.size === Object.keys(policy.upstreams).length) {
    tried(issues, () => createRoutes(policy.routes, upstreams, policy.guards))
  }
  const notices = issues.length > 0 ? [] : [...looseRules(policy), ...strayUpstreams(policy, written, keys)]
  return { issues: issues.slice(0, MOST_SHOWN), notices: notices.slice(0, MOST_SHOWN) }
}

/** Refuses with all that is wrong. */
export function mustHold({ issues }: PolicyCheck): void {
  const [first] = issues
  if (first === undefined) return
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : ''
  throw new Failure('input_invalid', `${first.path}: ${first.message}${more}`, { hint: first.suggestion, issues })
}

function tried<T>(issues: Issue[], work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    const { path = '', message = error.message } =
      /^(?<path>[\w.-]+): (?<message>.*)$/s.exec(error.message)?.groups ?? {}
    issues.push({ path, message, ...(error.hint === undefined ? {} : { suggestion: error.hint }) })
    return undefined
  }
}

function looseRules(policy: GatewayPolicy): string[] {
  return rulesChanged({ ...NO_POLICY, routes: {} }, policy).flatMap(({ route, guard, after, loosened }) => {
    if (!loosened || after === undefined) return []
    const what = { off: 'is off', observe: 'only observes', enforce: 'lets pass what it cannot check' }[after.mode]
    return [`routes.${route}: ${guard} ${what}`]
  })
}

function strayUpstreams(policy: GatewayPolicy, written: GatewayPolicy, keys: KeyOrigins): string[] {
  const used = new Set(
    Object.values(policy.routes).flatMap(({ upstreams }) =>
      upstreams.map((one) => (typeof one === 'string' ? one : one.use)),
    ),
  )
  return Object.entries(written.upstreams).flatMap(([id, config]) => {
    const origin = originOf(id, config)
    const provider = PROVIDERS.find((one) => one.id === config.provider)
    const origins = keys.get(id) ?? []
    const isHosted = provider?.url?.startsWith('https:') === true && provider.auth !== 'none'
    const told = []
    if (!used.has(id)) told.push(`upstreams.${id}: no route leads to it`)
    if (config.provider !== 'demo' && (config.private || isNamedPrivate(new URL(origin).hostname)))
      told.push(`upstreams.${id}: leads into a private network`)
    if (origin.startsWith('http:') && !LOOPBACK.test(origin))
      told.push(`upstreams.${id}: what goes there is not encrypted`)
    if (origins.length === 0 && isHosted)
      told.push(`upstreams.${id}: has no key; set it with \`parapet upstream key set ${id}\``)
    if (origins.length > 0 && !origins.includes(origin))
      told.push(
        `upstreams.${id}: its key was set for ${origins.join(' and ')} and is not sent to ${origin}; set it again`,
      )
    return told
  })
}

const PLACEHOLDER = createUpstream('placeholder', { provider: 'demo', private: false }, () => NO_TRANSPORT)
