// The gateway's policy as this installation has it: what the configuration says, and what secrets are sealed with.
import { join } from 'node:path'
import type { Enforce } from '../enforce/policies/enforce.ts'
import { GatewayPolicy } from '../enforce/policies/gateway-policy.ts'
import { folderSealingKeys, givenSealingKeys, noSealingKeys } from '../enforce/sealing-keys.ts'
import { originOf } from '../enforce/upstream/upstream.ts'
import { createVault } from '../enforce/vault.ts'
import { parse } from '../lib/parse.ts'
import type { Store } from '../store/store.ts'
import type { Config } from './config.ts'

export function createEnforce({ config, store, now }: { config: Config; store: Store; now: () => Date }): Enforce {
  const { upstreams, routes, guards, secrets, dataDir } = config
  const entries = Object.entries(upstreams)
  const keyless = Object.fromEntries(entries.map(([id, { key: _key, ...rest }]) => [id, rest]))
  const policy = parse(GatewayPolicy, { upstreams: keyless, routes, guards }, 'config_invalid')
  const keys = entries.flatMap(([id, { key, ...rest }]) =>
    key === undefined ? [] : [[id, { key, origin: originOf(id, rest) }] as const],
  )
  const sealing =
    secrets.keys !== undefined
      ? givenSealingKeys(secrets.keys)
      : store.kind === 'sqlite'
        ? folderSealingKeys(join(dataDir, 'keys'), now)
        : noSealingKeys
  return {
    store,
    configured: { policy, keys: new Map(keys) },
    vault: createVault(sealing),
    demo: config.gateway.demo,
    now,
  }
}
