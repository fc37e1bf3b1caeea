// Upstreams: how they are doing on this replica, and the keys of their providers, which go in and never come out.
import { z } from 'zod'
import type { App } from '../../app/app.ts'
import { RESEAL_JOB } from '../../app/reseal-job.ts'
import { inForce } from '../../enforce/policies/enforce.ts'
import { opensHere, removeUpstreamKey, rotateSealing, setUpstreamKey } from '../../enforce/policies/upstream-keys.ts'
import { withDemo } from '../../enforce/snapshots.ts'
import { UPSTREAM_STATES } from '../../enforce/upstream/health.ts'
import { originOf } from '../../enforce/upstream/upstream.ts'
import type { UpstreamKey } from '../../model/policy-version.ts'
import { defineRoute } from '../route.ts'
import { Done, Time } from './shapes.ts'

const Id = z.strictObject({ id: z.string().min(1).max(63) })

const Key = z.object({
  from: z
    .enum(['set', 'configuration', 'none'])
    .describe('set with `upstream key set`, or written in the configuration'),
  origin: z.string().optional().describe('where it may be sent'),
  isSent: z
    .boolean()
    .describe('false where the upstream is elsewhere than the key was set for, or where there is none'),
  tail: z.string().optional().describe('its last characters, where it is long'),
  fingerprint: z.string().optional().describe('the start of its SHA-256, where it is long'),
  setAt: Time.optional(),
  setBy: z.string().optional(),
})

const Upstream = z.object({
  id: z.string(),
  provider: z.string(),
  origin: z.string(),
  routes: z.array(z.string()).describe('which lead to it'),
  state: z.enum(UPSTREAM_STATES).describe('on the replica that answers'),
  consecutiveFailures: z.int(),
  asked: z.int().describe('requests since this replica knows it, tries included'),
  failed: z.int(),
  lastMs: z.number().optional().describe('until it began to answer, the last time'),
  averageMs: z.number().optional(),
  lastTrouble: z.object({ at: Time, kind: z.string().describe('a code, or the status as in status-503') }).optional(),
  key: Key,
})

const listUpstreams = defineRoute({
  id: 'list-upstreams',
  method: 'GET',
  path: '/api/gateway/upstreams',
  command: 'upstream list',
  summary: 'Lists the upstreams in force, how they are doing and whether they have a key',
  needs: 'policy:read',
  reply: z.object({ items: z.array(Upstream) }),
  async handle({ app }) {
    const { policy: written } = await inForce(app.enforce, app.store.read)
    const policy = app.enforce.demo ? withDemo(written) : written
    const stored = new Map((await app.store.read.upstreamKeys.all()).map((row) => [row.upstream, row]))
    const health = new Map(app.gateway.health().map((one) => [one.id, one]))
    const items: z.input<typeof Upstream>[] = []
    for (const [id, config] of Object.entries(policy.upstreams)) {
      const origin = originOf(id, config)
      const routes = Object.entries(policy.routes).flatMap(([route, { upstreams }]) =>
        upstreams.some((one) => (typeof one === 'string' ? one : one.use) === id) ? [route] : [],
      )
      const known = health.get(id)
      items.push({
        id,
        provider: config.provider,
        origin,
        routes,
        state: known?.state ?? 'unknown',
        consecutiveFailures: known?.consecutiveFailures ?? 0,
        asked: known?.asked ?? 0,
        failed: known?.failed ?? 0,
        lastMs: rounded(known?.lastMs),
        averageMs: rounded(known?.averageMs),
        lastTrouble: known?.lastTrouble && {
          at: known.lastTrouble.at.toISOString(),
          kind: known.lastTrouble.kind,
        },
        key: await keyOf(app, id, origin, stored.get(id)),
      })
    }
    return { items }
  },
})

const setKey = defineRoute({
  id: 'set-upstream-key',
  method: 'PUT',
  path: '/api/gateway/upstreams/:id/key',
  command: 'upstream key set',
  summary: 'Keeps the key of a provider, encrypted; it is sent to that upstream and never shown again',
  needs: 'policy:write',
  params: Id,
  body: z.strictObject({
    key: z.string().min(1).max(8192).meta({ secret: true }).describe('as the provider gave it to you'),
    origin: z
      .string()
      .max(300)
      .optional()
      .describe('where it may be sent, as in https://api.openai.com, where the draft names another place'),
  }),
  reply: Key,
  async handle({ app, actor, params, body }) {
    const row = await setUpstreamKey(app.enforce, actor, { upstream: params.id, ...body })
    await app.gateway.refresh()
    return shown(row, true)
  },
})

const removeKey = defineRoute({
  id: 'remove-upstream-key',
  method: 'DELETE',
  path: '/api/gateway/upstreams/:id/key',
  command: 'upstream key remove',
  summary: 'Forgets a key that was set; one in the configuration counts again',
  needs: 'policy:write',
  params: Id,
  reply: Done,
  async handle({ app, actor, params }) {
    await removeUpstreamKey(app.enforce, actor, params.id)
    await app.gateway.refresh()
    return { done: true as const }
  },
})

const rotate = defineRoute({
  id: 'rotate-sealing-key',
  method: 'POST',
  path: '/api/gateway/rotate-sealing-key',
  command: 'upstream key rotate',
  summary:
    'Encrypts the keys of all providers under a new key-encryption key, or under the first of secrets.keys, and begins a job that brings all else under it that is kept encrypted',
  needs: 'policy:write',
  reply: z.object({
    sealedBy: z.string().describe('id of the key that seals now'),
    resealed: z.int().describe('keys of providers'),
    job: z.string().describe('when it is done, and left nothing unopened, only backups still need the earlier key'),
  }),
  async handle({ app, actor }) {
    const rotated = await rotateSealing(app.enforce, actor)
    const { id } = await app.jobs.enqueue(RESEAL_JOB, { sealedBy: rotated.sealedBy }, actor)
    return { ...rotated, job: id }
  },
})

export const upstreamRoutes = [listUpstreams, setKey, removeKey, rotate] as const

async function keyOf(
  { enforce }: App,
  id: string,
  origin: string,
  row: UpstreamKey | undefined,
): Promise<z.input<typeof Key>> {
  const configured = enforce.configured.keys.get(id)
  if (row?.origin === origin) return shown(row, await opensHere(enforce, row))
  if (configured?.origin === origin) return { from: 'configuration', origin, isSent: true }
  if (row !== undefined) return shown(row, false)
  if (configured === undefined) return { from: 'none', isSent: false }
  return { from: 'configuration', origin: configured.origin, isSent: false }
}

function shown({ origin, tail, fingerprint, setAt, setBy }: UpstreamKey, isSent: boolean): z.input<typeof Key> {
  return { from: 'set', origin, isSent, tail, fingerprint, setAt, setBy }
}

const rounded = (ms: number | undefined) => (ms === undefined ? undefined : Math.round(ms * 10) / 10)
