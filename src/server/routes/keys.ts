// Gateway keys: what programs show to call models. The secret is shown once, when it is made.
import { z } from 'zod'
import { createGatewayKey, revokeGatewayKey } from '../../admit/gateway-keys.ts'
import type { GatewayKey } from '../../model/gateway-key.ts'
import { mustFindAgent, mustFindSystem } from '../../register/register.ts'
import { defineRoute } from '../route.ts'
import { Name, pageOf, paging, Time } from './shapes.ts'

const Pattern = z.string().min(1).max(256)

const most = (text: string) => z.int().min(1).max(1_000_000_000).optional().describe(text)
const Limits = {
  requestsPerMinute: most('most requests in a minute'),
  tokensPerMinute: most('most tokens in a minute, of requests and answers'),
  concurrent: most('most requests at once'),
}

const Key = z.object({
  id: z.string(),
  name: z.string(),
  models: z.array(z.string()),
  routes: z.array(z.string()),
  asset: z.string().optional().describe('the system that it belongs to'),
  agent: z.string().optional().describe('the agent that alone has it'),
  state: z.enum(['active', 'expired', 'revoked']),
  limits: z.object(Limits).describe('what it may do at most, on every route'),
  createdBy: z.string().describe('id of an account, or `local`'),
  createdAt: Time,
  expiresAt: Time.optional(),
  revokedAt: Time.optional(),
  lastUsedAt: Time.optional().describe('to the minute'),
})

const listKeys = defineRoute({
  id: 'list-keys',
  method: 'GET',
  path: '/api/keys',
  command: 'key list',
  summary: 'Lists the gateway keys',
  needs: 'key:read',
  query: z.strictObject(paging),
  reply: pageOf(Key),
  async handle({ app, query }) {
    const page = await app.store.read.gatewayKeys.list(query)
    return { items: page.items.map((key) => shown(key, app.now())), next: page.next }
  },
})

const createKey = defineRoute({
  id: 'create-key',
  method: 'POST',
  path: '/api/keys',
  command: 'key create',
  summary: 'Makes a gateway key; its secret is shown only now',
  needs: 'key:write',
  body: z.strictObject({
    name: Name,
    models: z
      .array(Pattern)
      .min(1)
      .max(100)
      .default(['*'])
      .describe('models it is good for; a * stands for any characters'),
    routes: z.array(Pattern).min(1).max(100).default(['*']).describe('routes it is good for'),
    asset: z.string().min(1).max(100).optional().describe('id of the system whose calls it makes'),
    agent: z
      .string()
      .min(1)
      .max(100)
      .optional()
      .describe('id of the agent that gets it, and nobody else: its calls are made under that identity'),
    ...Limits,
    expiresAt: z.iso.datetime({ offset: true }).optional().describe('when it stops working; never unless given'),
  }),
  reply: z.object({ key: Key, secret: z.string() }),
  async handle({ app, actor, body }) {
    const { asset, agent, expiresAt, requestsPerMinute, tokensPerMinute, concurrent } = body
    const limits = {
      ...(requestsPerMinute === undefined ? {} : { requestsPerMinute }),
      ...(tokensPerMinute === undefined ? {} : { tokensPerMinute }),
      ...(concurrent === undefined ? {} : { concurrent }),
    }
    if (asset !== undefined) await mustFindSystem(app.store.read.register, asset)
    if (agent !== undefined) await mustFindAgent(app.store.read.register, agent)
    const { key, secret } = await createGatewayKey(app.admit, actor, { ...body, asset, agent, expiresAt, limits })
    return { key: shown(key, app.now()), secret }
  },
})

const revokeKey = defineRoute({
  id: 'revoke-key',
  method: 'POST',
  path: '/api/keys/:id/revoke',
  command: 'key revoke',
  summary: 'Makes a gateway key stop working, for good',
  needs: 'key:write',
  params: z.strictObject({ id: z.string().min(1).max(100) }),
  reply: Key,
  async handle({ app, actor, params }) {
    return shown(await revokeGatewayKey(app.admit, actor, params.id), app.now())
  },
})

export const keyRoutes = [listKeys, createKey, revokeKey] as const

function shown(key: GatewayKey, now: Date): z.input<typeof Key> {
  const { id, name, models, routes, asset, agent, limits, createdBy, createdAt, expiresAt, revokedAt, lastUsedAt } = key
  const isExpired = expiresAt !== undefined && expiresAt <= now.toISOString()
  const state = revokedAt !== undefined ? 'revoked' : isExpired ? 'expired' : 'active'
  return {
    id,
    name,
    models: [...models],
    routes: [...routes],
    asset,
    agent,
    limits,
    state,
    createdBy,
    createdAt,
    expiresAt,
    revokedAt,
    lastUsedAt,
  }
}
