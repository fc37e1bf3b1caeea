// Keys for programs that call models. A key that was looked up is remembered for a short while, so that calls need no
// database; a revocation is heard of at once, on every replica, because it is recorded.
import { Failure } from '../lib/failure.ts'
import { newId } from '../lib/id.ts'
import type { Actor } from '../model/actor.ts'
import type { GatewayKey } from '../model/gateway-key.ts'
import { type Admit, named } from './admit.ts'
import { hashSecret, isGatewayKey, newGatewayKey } from './secrets.ts'
import { noteUse } from './sessions.ts'

const LOCAL = 'local'
const USED_EVERY_MS = 60_000
const REMEMBERED_MS = 10_000
const MOST_REMEMBERED = 10_000

export async function createGatewayKey(
  admit: Admit,
  actor: Actor,
  given: Pick<GatewayKey, 'name' | 'models' | 'routes' | 'asset' | 'limits' | 'expiresAt'> &
    Partial<Pick<GatewayKey, 'agent'>>,
): Promise<{ key: GatewayKey; secret: string }> {
  const now = admit.now()
  if (given.expiresAt !== undefined && Date.parse(given.expiresAt) <= now.getTime()) {
    const message = 'must be in the future'
    throw new Failure('input_invalid', `expiresAt: ${message}`, { issues: [{ path: 'expiresAt', message }] })
  }
  const secret = newGatewayKey()
  const key: GatewayKey = {
    id: newId('key', now),
    name: given.name,
    secretHash: hashSecret(secret),
    models: given.models,
    routes: given.routes,
    asset: given.asset,
    agent: given.agent,
    limits: given.limits,
    createdBy: actor.accountId ?? LOCAL,
    createdAt: now.toISOString(),
    expiresAt: given.expiresAt === undefined ? undefined : new Date(given.expiresAt).toISOString(),
    revokedAt: undefined,
    lastUsedAt: undefined,
  }
  const { name, models, routes, asset = null, agent, limits, expiresAt = null } = key
  await admit.store.change(async (tx) => {
    await tx.gatewayKeys.insert(key)
    tx.record({
      kind: 'gateway-key.created',
      actor: named(actor),
      subject: { kind: 'gateway-key', id: key.id },
      data: {
        after: { name, models, routes, asset, ...(agent && { agent }), limits: { ...limits }, expiresAt },
      },
    })
  })
  return { key, secret }
}

export async function revokeGatewayKey(admit: Admit, actor: Actor, id: string): Promise<GatewayKey> {
  return admit.store.change(async (tx) => {
    const key = await tx.gatewayKeys.byId(id)
    if (key === undefined) throw new Failure('not_found', `there is no gateway key ${id}`, { hint: 'list the keys' })
    const at = admit.now().toISOString()
    if (!(await tx.gatewayKeys.revoke(id, at))) return key
    tx.record({
      kind: 'gateway-key.revoked',
      actor: named(actor),
      subject: { kind: 'gateway-key', id },
      data: { before: { revokedAt: null }, after: { revokedAt: at } },
    })
    return { ...key, revokedAt: at }
  })
}

export interface Keyring {
  /** Undefined when the text is no key that is good now. */
  find(secret: string): GatewayKey | undefined | Promise<GatewayKey | undefined>
  /** Also one that is good no more. */
  known(secret: string): Promise<GatewayKey | undefined>
  /** Something about keys was recorded. */
  forget(): void
}

export function createKeyring(admit: Admit): Keyring {
  const known = new Map<string, { key: GatewayKey | undefined; until: number }>()
  /** Grows with whatever is recorded about keys: what was read before may be true no more. */
  let epoch = 0

  async function look(hash: string, at: number): Promise<GatewayKey | undefined> {
    const remembered = known.get(hash)
    if (remembered !== undefined && at < remembered.until) return remembered.key
    const began = epoch
    const key = await admit.store.read.gatewayKeys.bySecretHash(hash)
    if (epoch !== began) return look(hash, at)
    if (known.size >= MOST_REMEMBERED) known.clear()
    known.set(hash, { key, until: at + REMEMBERED_MS })
    if (key !== undefined && at - Date.parse(key.lastUsedAt ?? '1970-01-01') > USED_EVERY_MS) {
      await noteUse(() => admit.store.change((tx) => tx.gatewayKeys.used(key.id, new Date(at).toISOString())))
    }
    return key
  }

  return {
    find(secret) {
      const now = admit.now()
      const hash = hashSecret(secret)
      const remembered = known.get(hash)
      if (remembered !== undefined && now.getTime() < remembered.until) return ifGood(remembered.key, now)
      if (!isGatewayKey(secret)) return undefined
      return look(hash, now.getTime()).then((key) => ifGood(key, now))
    },
    known: async (secret) => (isGatewayKey(secret) ? look(hashSecret(secret), admit.now().getTime()) : undefined),
    forget() {
      epoch++
      known.clear()
    },
  }
}

function ifGood(key: GatewayKey | undefined, now: Date): GatewayKey | undefined {
  const isGood = key?.revokedAt === undefined && (key?.expiresAt === undefined || key.expiresAt > now.toISOString())
  return isGood ? key : undefined
}
