// What is done with the gateway's policy stands on these. The configuration is one who speaks among others: what it says
// becomes a version when it changes, and the last version is in force, whoever made it (docs/adr/0016).
import { Failure } from '../../lib/failure.ts'
import type { Actor } from '../../model/actor.ts'
import type { PolicyVersion } from '../../model/policy-version.ts'
import type { Vault } from '../vault.ts'
import type { EnforceStore, EnforceStores } from './enforce-store.ts'
import { type GatewayPolicy, parsePolicy } from './gateway-policy.ts'

export interface ConfiguredKey {
  key: string
  /** Where it may be sent. */
  origin: string
}

export interface Enforce {
  readonly store: EnforceStore
  readonly configured: {
    readonly policy: GatewayPolicy
    /** By the upstream's id. */
    readonly keys: ReadonlyMap<string, ConfiguredKey>
  }
  readonly vault: Vault
  /** The demo model is served as well. */
  readonly demo: boolean
  readonly now: () => Date
}

/** 0 before the first version: then the configuration itself is in force. */
export async function inForce(
  { configured }: Pick<Enforce, 'configured'>,
  read: Pick<EnforceStores, 'policyVersions'>,
): Promise<{ number: number; version: PolicyVersion | undefined; policy: GatewayPolicy }> {
  const version = await read.policyVersions.latest()
  if (version === undefined) return { number: 0, version, policy: configured.policy }
  return { number: version.number, version, policy: policyOf(version) }
}

/** A version that an earlier release made may not make sense to this one. */
export function policyOf({ number, body }: Pick<PolicyVersion, 'number' | 'body'>): GatewayPolicy {
  try {
    return parsePolicy(body)
  } catch (cause) {
    if (!(cause instanceof Failure)) throw cause
    throw new Failure('config_invalid', `version ${number} of the gateway's policy: ${cause.message}`, {
      hint: 'publish a new one, or change parapet.yaml: what it says then takes over',
      issues: cause.issues,
      cause,
    })
  }
}

export const named = ({ kind, id }: Actor): Pick<Actor, 'kind' | 'id'> => ({ kind, id })
