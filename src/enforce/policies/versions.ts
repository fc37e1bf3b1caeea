// Versions of the policy: drafted, published, gone back to, or spoken by the configuration. Each is appended with who made
// it, and the log names every route on which a guard was loosened.
import { Failure } from '../../lib/failure.ts'
import { type Actor, SYSTEM } from '../../model/actor.ts'
import type { PolicyDraft, PolicySource, PolicyVersion } from '../../model/policy-version.ts'
import { withDemo } from '../snapshots.ts'
import { checkPolicy, mustHold } from './check-policy.ts'
import { placesChanged, rulesChanged, type RuleChange } from './difference.ts'
import { type Enforce, inForce, named } from './enforce.ts'
import type { EnforceChange, EnforceStores } from './enforce-store.ts'
import { bodyOf, type GatewayPolicy, hashOf, hashOfSaid, NO_POLICY, parsePolicy } from './gateway-policy.ts'
import { keyOrigins } from './upstream-keys.ts'

const MOST_NAMED = 100
const MOST_TRIES = 5

/** What is left out stays as it is in force. It may still be wrong in itself: a draft is checked when somebody asks. */
export async function saveDraft(enforce: Enforce, actor: Actor, said: Partial<GatewayPolicy>): Promise<PolicyDraft> {
  return enforce.store.change(async (tx) => {
    const { number: base, policy } = await inForce(enforce, tx)
    const body = bodyOf({ ...policy, ...said })
    const draft = { base, at: enforce.now().toISOString(), author: named(actor), hash: hashOf(body), body }
    await tx.policyDraft.put(draft)
    tx.record({
      kind: 'gateway-policy.drafted',
      actor: named(actor),
      subject: { kind: 'gateway-policy-draft', id: 'draft' },
      data: { base, hash: draft.hash },
    })
    return draft
  })
}

export async function dropDraft(enforce: Enforce, actor: Actor): Promise<void> {
  await enforce.store.change(async (tx) => {
    const draft = await mustDraft(tx)
    await tx.policyDraft.remove()
    tx.record({
      kind: 'gateway-policy.dropped',
      actor: named(actor),
      subject: { kind: 'gateway-policy-draft', id: 'draft' },
      data: { base: draft.base, hash: draft.hash },
    })
  })
}

export async function mustDraft(read: Pick<EnforceStores, 'policyDraft'>): Promise<PolicyDraft> {
  const draft = await read.policyDraft.get()
  if (draft === undefined) throw noDraft()
  return draft
}

export async function mustVersion(read: Pick<EnforceStores, 'policyVersions'>, number: number): Promise<PolicyVersion> {
  const version = await read.policyVersions.byNumber(number)
  if (version !== undefined) return version
  throw new Failure('not_found', `there is no version ${number} of the policy`, {
    hint: '`parapet policy list` shows them',
  })
}

export async function publish(enforce: Enforce, actor: Actor, note: string): Promise<PolicyVersion> {
  return enforce.store.change(async (tx) => {
    const draft = await mustDraft(tx)
    const latest = (await tx.policyVersions.latest())?.number ?? 0
    if (draft.base !== latest) {
      throw new Failure(
        'conflict',
        `the draft was made from version ${draft.base}, and version ${latest} is in force`,
        {
          hint: 'look at `parapet policy diff`, then save the draft again',
        },
      )
    }
    const version = await append(enforce, tx, { policy: parsePolicy(draft.body), source: 'published', actor, note })
    await tx.policyDraft.remove()
    return version
  })
}

/** Appends that earlier version anew: what was in force in between stays in the list. */
export async function rollBack(enforce: Enforce, actor: Actor, number: number, note: string): Promise<PolicyVersion> {
  return enforce.store.change(async (tx) => {
    const { body } = await mustVersion(tx, number)
    const said = note === '' ? `back to version ${number}` : note
    return append(enforce, tx, { policy: parsePolicy(body), source: 'rolled-back', actor, note: said })
  })
}

/**
 * The configuration speaks where it says something else than the last time. A house that says nothing, and in which nothing
 * was ever said, needs no version. Replicas that start at once make one version.
 */
export async function adoptConfiguration(enforce: Enforce): Promise<PolicyVersion | undefined> {
  const { policy } = enforce.configured
  const said = hashOfSaid(policy)
  for (let tries = 1; ; tries++) {
    const latest = await enforce.store.read.policyVersions.latest()
    if ((latest?.configured ?? hashOfSaid(NO_POLICY)) === said) return undefined
    try {
      const note = 'as the configuration says'
      return await enforce.store.change((tx) =>
        append(enforce, tx, { policy, source: 'configuration', actor: SYSTEM, note }),
      )
    } catch (error) {
      if (!(error instanceof Failure && error.code === 'conflict') || tries === MOST_TRIES) throw error
    }
  }
}

interface Appended {
  policy: GatewayPolicy
  source: PolicySource
  actor: Actor
  note: string
}

async function append(enforce: Enforce, tx: EnforceChange, { policy, source, actor, note }: Appended) {
  mustHold(checkPolicy(policy, await keyOrigins(enforce, tx), enforce.demo))
  const before = await beforeOf(enforce, tx, source)
  const body = bodyOf(policy)
  const hash = hashOf(body)
  if (source !== 'configuration' && before.version?.hash === hash) {
    throw new Failure('conflict', `this is what version ${before.number} says already`)
  }
  const version: PolicyVersion = {
    number: before.number + 1,
    at: enforce.now().toISOString(),
    source,
    author: named(actor),
    note,
    hash,
    configured: hashOfSaid(enforce.configured.policy),
    body,
  }
  await tx.policyVersions.append(version)
  const served = (one: GatewayPolicy) => (enforce.demo ? withDemo(one) : one)
  const loosened = rulesChanged(served(before.policy), served(policy)).filter((change) => change.loosened)
  const places = placesChanged(bodyOf(before.policy), body).map(({ place }) => place.slice(0, 200))
  tx.record({
    kind: 'gateway-policy.published',
    actor: named(actor),
    subject: { kind: 'gateway-policy', id: String(version.number) },
    data: {
      hash,
      source,
      note,
      changed: places.slice(0, MOST_NAMED),
      moreChanged: Math.max(0, places.length - MOST_NAMED),
      loosened: loosened.length,
    },
  })
  recordLoosened(tx, version, loosened)
  return version
}

/** What it differs from; of the first version of all, from a house that says nothing. */
async function beforeOf(enforce: Enforce, tx: EnforceChange, source: PolicySource) {
  const version = await tx.policyVersions.latest()
  if (version === undefined && source === 'configuration') return { number: 0, version, policy: NO_POLICY }
  try {
    return await inForce(enforce, tx)
  } catch (error) {
    // A version of an older release that this one cannot read is no reason to refuse the next.
    if (!(error instanceof Failure)) throw error
    return { number: version?.number ?? 0, version, policy: NO_POLICY }
  }
}

function recordLoosened(tx: EnforceChange, { number, author }: PolicyVersion, loosened: readonly RuleChange[]): void {
  const routes = Map.groupBy(loosened, ({ route }) => route)
  for (const [route, changes] of routes) {
    const guards = changes.map(({ guard, before, after }) => [
      guard,
      { before: before ? { ...before } : null, after: after ? { ...after } : null },
    ])
    tx.record({
      kind: 'gateway-route.loosened',
      actor: author,
      subject: { kind: 'gateway-route', id: route },
      data: { version: number, guards: Object.fromEntries(guards) },
    })
  }
}

const noDraft = () =>
  new Failure('not_found', 'there is no draft of the policy', { hint: 'save one with `parapet policy draft`' })
