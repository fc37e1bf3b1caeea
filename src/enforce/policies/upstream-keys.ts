// The keys of providers. One that is set here is sealed, bound to the origin it was set for, and never shown again: so who
// may change a policy cannot have a key sent elsewhere.
import { createHash } from 'node:crypto'
import { Failure } from '../../lib/failure.ts'
import type { Actor } from '../../model/actor.ts'
import type { UpstreamKey } from '../../model/policy-version.ts'
import type { UpstreamConfig } from '../config.ts'
import type { ServedPolicy } from '../snapshots.ts'
import { isSendable, originOf } from '../upstream/upstream.ts'
import { sealedBy } from '../vault.ts'
import type { KeyOrigins } from './check-policy.ts'
import { type Enforce, inForce, named } from './enforce.ts'
import type { EnforceStores } from './enforce-store.ts'
import { type GatewayPolicy, parsePolicy } from './gateway-policy.ts'

const MOST_KEYS = 1000
/** Of a shorter one, four characters and the start of a hash would tell too much. */
const LONG = 20
const TAIL = 4

const contextOf = ({ upstream, origin }: Pick<UpstreamKey, 'upstream' | 'origin'>) =>
  `upstream-key ${upstream} ${origin}`

export async function setUpstreamKey(
  enforce: Enforce,
  actor: Actor,
  { upstream, key, origin: wanted }: { upstream: string; key: string; origin?: string | undefined },
): Promise<UpstreamKey> {
  if (!isSendable(key)) {
    throw new Failure('input_invalid', 'key: has characters that no key has', { hint: 'look for spaces and line ends' })
  }
  const origin = await originFor(enforce, upstream, wanted)
  const sealed = await enforce.vault.seal(Buffer.from(key), contextOf({ upstream, origin }))
  const isLong = key.length >= LONG
  const row: UpstreamKey = {
    upstream,
    origin,
    sealed,
    sealedBy: sealedBy(sealed),
    tail: isLong ? key.slice(-TAIL) : undefined,
    fingerprint: isLong ? createHash('sha256').update(key).digest('hex').slice(0, 12) : undefined,
    setAt: enforce.now().toISOString(),
    setBy: actor.accountId ?? actor.id,
  }
  await enforce.store.change(async (tx) => {
    if ((await tx.upstreamKeys.all()).filter((one) => one.upstream !== upstream).length >= MOST_KEYS) {
      throw new Failure('too_many', `there are ${MOST_KEYS} keys of upstreams`, {
        hint: 'remove those that nobody needs',
      })
    }
    await tx.upstreamKeys.put(row)
    tx.record({
      kind: 'upstream-key.set',
      actor: named(actor),
      subject: { kind: 'upstream-key', id: upstream },
      data: { origin, fingerprint: row.fingerprint ?? null },
    })
  })
  return row
}

export async function removeUpstreamKey(enforce: Enforce, actor: Actor, upstream: string): Promise<void> {
  await enforce.store.change(async (tx) => {
    if (!(await tx.upstreamKeys.remove(upstream))) {
      throw new Failure('not_found', `no key was set for the upstream ${upstream}`, {
        hint: 'a key of the configuration is taken out there',
      })
    }
    tx.record({
      kind: 'upstream-key.removed',
      actor: named(actor),
      subject: { kind: 'upstream-key', id: upstream },
      data: {},
    })
  })
}

/** A new key-encryption key, and every secret under it. */
export async function rotateSealing(enforce: Enforce, actor: Actor): Promise<{ sealedBy: string; resealed: number }> {
  const key = await enforce.vault.renew()
  return enforce.store.change(async (tx) => {
    const all = await tx.upstreamKeys.all()
    for (const row of all) {
      const sealed = await enforce.vault.reseal(row.sealed, contextOf(row))
      await tx.upstreamKeys.put({ ...row, sealed, sealedBy: sealedBy(sealed) })
    }
    tx.record({
      kind: 'sealing-key.rotated',
      actor: named(actor),
      subject: { kind: 'sealing-key', id: key },
      data: { resealed: all.length },
    })
    return { sealedBy: key, resealed: all.length }
  })
}

/** With the key of each upstream: the one that was set, else that of the configuration; where neither may go there, none. */
export async function withKeys(
  enforce: Enforce,
  policy: GatewayPolicy,
  onTrouble: (error: unknown) => void,
): Promise<ServedPolicy> {
  const stored = new Map((await enforce.store.read.upstreamKeys.all()).map((row) => [row.upstream, row]))
  const upstreams: Record<string, UpstreamConfig> = {}
  for (const [id, config] of Object.entries(policy.upstreams)) {
    const origin = originOf(id, config)
    const row = stored.get(id)
    const configured = enforce.configured.keys.get(id)
    const key =
      row?.origin === origin
        ? await opened(enforce, row, onTrouble)
        : configured?.origin === origin
          ? configured.key
          : undefined
    upstreams[id] = key === undefined ? config : { ...config, key }
  }
  return { ...policy, upstreams }
}

export async function keyOrigins(
  { configured }: Pick<Enforce, 'configured'>,
  read: Pick<EnforceStores, 'upstreamKeys'>,
): Promise<KeyOrigins> {
  const origins = new Map([...configured.keys].map(([id, { origin }]) => [id, [origin]]))
  for (const { upstream, origin } of await read.upstreamKeys.all()) {
    origins.set(upstream, [...new Set([...(origins.get(upstream) ?? []), origin])])
  }
  return origins
}

/** One sealed key that does not open must not keep the others from being used. */
async function opened(
  { vault }: Enforce,
  row: UpstreamKey,
  onTrouble: (error: unknown) => void,
): Promise<string | undefined> {
  try {
    return (await vault.open(row.sealed, contextOf(row))).toString()
  } catch (error) {
    onTrouble(error)
    return undefined
  }
}

/** Not where the key-encryption key is missing on this replica. */
export async function opensHere({ vault }: Pick<Enforce, 'vault'>, row: UpstreamKey): Promise<boolean> {
  return vault.open(row.sealed, contextOf(row)).then(
    () => true,
    () => false,
  )
}

async function originFor(enforce: Enforce, upstream: string, wanted: string | undefined): Promise<string> {
  const { policy } = await inForce(enforce, enforce.store.read)
  const draft = await enforce.store.read.policyDraft.get()
  const configs = [policy.upstreams[upstream], draft && parsePolicy(draft.body).upstreams[upstream]]
  const known = [...new Set(configs.flatMap((config) => (config ? [originOf(upstream, config)] : [])))]
  const [first] = known
  if (first === undefined) {
    throw new Failure('not_found', `there is no upstream ${upstream}`, {
      hint: 'write it into parapet.yaml or into a draft of the policy first',
    })
  }
  if (wanted === undefined || known.includes(wanted)) return wanted ?? first
  throw new Failure('input_invalid', `origin: the upstream ${upstream} is at ${known.join(' or ')}`)
}
