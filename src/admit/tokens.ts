// Tokens for programs. A token never may more than it was given, than the role it was made under, and than the person
// who made it may today: whoever is disabled or demoted takes his tokens along.
import { Failure } from '../lib/failure.ts'
import { newId } from '../lib/id.ts'
import type { ApiToken } from '../model/account.ts'
import { type Actor, may } from '../model/actor.ts'
import { isGranted, PERMISSIONS, type Permission } from '../model/role.ts'
import { type Admit, DAY, named } from './admit.ts'
import { hashSecret, isToken, newToken } from './secrets.ts'
import { noteUse } from './sessions.ts'

const LOCAL = 'local'
const USED_EVERY_MS = 60_000

export async function createToken(
  admit: Admit,
  actor: Actor,
  given: { name: string; scopes: readonly Permission[]; expiresAt: string },
): Promise<{ token: ApiToken; secret: string }> {
  const now = admit.now()
  const beyond = given.scopes.filter((scope) => !may(actor, scope))
  if (beyond.length > 0) {
    throw new Failure('forbidden', `you cannot give what you do not have: ${beyond.join(', ')}`, {
      hint: 'leave these scopes out',
      issues: beyond.map((scope) => ({ path: 'scopes', message: `${scope} is not yours to give` })),
    })
  }
  const expires = Date.parse(given.expiresAt)
  if (expires <= now.getTime() || expires > now.getTime() + admit.lifetimes.longestTokenMs) {
    const message = `must be in the future and at most ${Math.round(admit.lifetimes.longestTokenMs / DAY)} days ahead`
    throw new Failure('input_invalid', `expiresAt: ${message}`, { issues: [{ path: 'expiresAt', message }] })
  }
  const secret = newToken()
  const token: ApiToken = {
    id: newId('tok', now),
    name: given.name,
    secretHash: hashSecret(secret),
    role: actor.role,
    scopes: PERMISSIONS.filter((permission) => given.scopes.includes(permission)),
    createdBy: actor.accountId ?? LOCAL,
    createdAt: now.toISOString(),
    expiresAt: new Date(expires).toISOString(),
    revokedAt: undefined,
    lastUsedAt: undefined,
  }
  await admit.store.change(async (tx) => {
    await tx.tokens.insert(token)
    tx.record({
      kind: 'token.created',
      actor: named(actor),
      subject: { kind: 'token', id: token.id },
      data: { after: { name: token.name, role: token.role, scopes: token.scopes, expiresAt: token.expiresAt } },
    })
  })
  return { token, secret }
}

export async function revokeToken(admit: Admit, actor: Actor, id: string): Promise<ApiToken> {
  return admit.store.change(async (tx) => {
    const token = await tx.tokens.byId(id)
    if (token === undefined) throw new Failure('not_found', `there is no token ${id}`, { hint: 'list the tokens' })
    const own = token.createdBy === (actor.accountId ?? LOCAL)
    if (!own && !may(actor, 'account:write')) {
      throw new Failure('forbidden', 'this token belongs to somebody else', { hint: 'ask an owner to revoke it' })
    }
    const at = admit.now().toISOString()
    if (!(await tx.tokens.revoke(id, at))) return token
    tx.record({
      kind: 'token.revoked',
      actor: named(actor),
      subject: { kind: 'token', id },
      data: { before: { revokedAt: null }, after: { revokedAt: at } },
    })
    return { ...token, revokedAt: at }
  })
}

/** Undefined when the text is no token that is still good. */
export async function actorOfToken(admit: Admit, text: string, isUse = true): Promise<Actor | undefined> {
  if (!isToken(text)) return undefined
  const token = await admit.store.read.tokens.bySecretHash(hashSecret(text))
  const now = admit.now()
  if (token === undefined || token.revokedAt !== undefined || token.expiresAt <= now.toISOString()) return undefined
  const maker = token.createdBy === LOCAL ? undefined : await admit.store.read.accounts.byId(token.createdBy)
  if (token.createdBy !== LOCAL && (maker === undefined || maker.disabled)) return undefined
  const scopes = PERMISSIONS.filter(
    (permission) => token.scopes.includes(permission) && (maker === undefined || isGranted(maker.role, permission)),
  )
  const unusedFor = now.getTime() - Date.parse(token.lastUsedAt ?? token.createdAt)
  if (isUse && (token.lastUsedAt === undefined || unusedFor > USED_EVERY_MS)) {
    await noteUse(() => admit.store.change((tx) => tx.tokens.used(token.id, now.toISOString())))
  }
  return { kind: 'token', id: token.id, role: token.role, scopes, ...(maker ? { accountId: maker.id } : {}) }
}
