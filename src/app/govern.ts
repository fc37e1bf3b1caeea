// Decisions wired to what they rest on: the store, the register, the intake of evidence and what is derived.
import { hashSecret, newSecret } from '../admit/secrets.ts'
import type { Catalog } from '../catalog/catalog.ts'
import { FACTORS } from '../derive/factors.ts'
import type { Derived, Govern, GovernPolicy } from '../govern/govern.ts'
import type { Store } from '../store/store.ts'
import { takeIn } from './intake.ts'

export interface GovernOptions {
  store: Store
  catalog: Catalog
  policy: GovernPolicy
  derived: Derived
  now: () => Date
}

export function createGovern({ store, catalog, policy, derived, now }: GovernOptions): Govern {
  return {
    store: {
      read: store.read,
      change: (work) =>
        store.change((tx) =>
          work({
            ...tx,
            prove: async (rows, actor) => (await takeIn({ catalog, now }, tx, rows, actor)).map(({ id }) => id),
          }),
        ),
    },
    catalog,
    policy,
    factors: Object.keys(FACTORS),
    derived,
    now,
    asset: (id) => store.read.register.asset(id),
    secrets: { make: newSecret, hash: hashSecret },
    emailOf: async (id) => (await store.read.accounts.byId(id))?.email,
  }
}
