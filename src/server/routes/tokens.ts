// API tokens: the secret is shown once, when it is made.
import { z } from 'zod'
import { createToken, revokeToken } from '../../admit/tokens.ts'
import type { ApiToken } from '../../model/account.ts'
import { defineRoute } from '../route.ts'
import { Name, pageOf, paging, Permission, Role, Time } from './shapes.ts'

const Token = z.object({
  id: z.string(),
  name: z.string(),
  role: Role,
  scopes: z.array(z.string()),
  state: z.enum(['active', 'expired', 'revoked']),
  createdBy: z.string().describe('id of an account, or `local`'),
  createdAt: Time,
  expiresAt: Time,
  revokedAt: Time.optional(),
  lastUsedAt: Time.optional().describe('to the minute'),
})

export const listTokens = defineRoute({
  id: 'list-tokens',
  method: 'GET',
  path: '/api/tokens',
  command: 'token list',
  summary: 'Lists the API tokens',
  needs: 'token:read',
  query: z.strictObject(paging),
  reply: pageOf(Token),
  async handle({ app, query }) {
    const page = await app.store.read.tokens.list(query)
    return { items: page.items.map((token) => shown(token, app.now())), next: page.next }
  },
})

export const createTokenRoute = defineRoute({
  id: 'create-token',
  method: 'POST',
  path: '/api/tokens',
  command: 'token create',
  summary: 'Makes an API token; its secret is shown only now',
  needs: 'token:write',
  body: z.strictObject({
    name: Name,
    scopes: z.array(Permission).min(1).max(100).describe('what the token may do; no more than you may'),
    expiresAt: z.iso.datetime({ offset: true }).describe('when it stops working; a year ahead at most'),
  }),
  reply: z.object({ token: Token, secret: z.string() }),
  async handle({ app, actor, body }) {
    const { token, secret } = await createToken(app.admit, actor, body)
    return { token: shown(token, app.now()), secret }
  },
})

export const revokeTokenRoute = defineRoute({
  id: 'revoke-token',
  method: 'POST',
  path: '/api/tokens/:id/revoke',
  command: 'token revoke',
  summary: 'Makes a token stop working, for good',
  needs: 'token:write',
  params: z.strictObject({ id: z.string().min(1).max(100) }),
  reply: Token,
  async handle({ app, actor, params }) {
    return shown(await revokeToken(app.admit, actor, params.id), app.now())
  },
})

function shown(token: ApiToken, now: Date): z.input<typeof Token> {
  const { id, name, role, scopes, createdBy, createdAt, expiresAt, revokedAt, lastUsedAt } = token
  const state = revokedAt !== undefined ? 'revoked' : expiresAt <= now.toISOString() ? 'expired' : 'active'
  return { id, name, role, scopes: [...scopes], state, createdBy, createdAt, expiresAt, revokedAt, lastUsedAt }
}
