// What all of the register shares: the store, the catalogue that says which facts there are, and the clock.
import type { Catalog } from '../catalog/catalog.ts'
import { Failure } from '../lib/failure.ts'
import { suggest } from '../lib/suggest.ts'
import type { Actor } from '../model/actor.ts'
import type { Asset, AssetKind, Link } from '../model/asset.ts'
import { MOST_ROWS } from '../model/page.ts'
import type { RegisterHost, RegisterStore } from './register-store.ts'

export interface Register {
  readonly store: RegisterHost
  readonly catalog: Catalog
  readonly now: () => Date
  /** Whether people made a link by accepting what a scan found; a file that does not say it does not take it away. */
  readonly isAccepted?: (from: string, link: Link) => Promise<boolean>
}

/** An actor as the log names it. */
export const named = ({ kind, id }: Actor): Pick<Actor, 'kind' | 'id'> => ({ kind, id })

const MOST_NEAR = 5
const LETTERS = 2

/** For mistyped ids the nearest one that is in the register or among these. Only the first few are looked up. */
export async function nearestIds(
  store: RegisterStore,
  ids: readonly string[],
  among: readonly string[] = [],
): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (const id of ids.slice(0, MOST_NEAR)) {
    const { items } = await store.list({ limit: MOST_ROWS, text: id.slice(0, LETTERS) || undefined })
    const near = suggest(id, [...among, ...items.map((one) => one.id)])
    if (near !== undefined) found.set(id, near)
  }
  return found
}

/** Refuses with the nearest id that there is. */
export async function mustFind(store: RegisterStore, id: string): Promise<Asset> {
  const asset = await store.asset(id)
  if (asset) return asset
  const near = (await nearestIds(store, [id])).get(id)
  throw new Failure('not_found', `there is no asset "${id}"`, {
    hint: near ? `did you mean "${near}"?` : '`parapet asset list` shows what there is',
  })
}

/** A system that is in the register now. */
export const mustFindSystem = (store: RegisterStore, id: string): Promise<Asset> =>
  mustFindKind(store, id, 'system', 'name the system that uses it')

/** An agent that is in the register now. */
export const mustFindAgent = (store: RegisterStore, id: string): Promise<Asset> =>
  mustFindKind(store, id, 'agent', '`parapet asset list --kind agent` shows which there are')

async function mustFindKind(store: RegisterStore, id: string, kind: AssetKind, hint: string): Promise<Asset> {
  const asset = await mustFind(store, id)
  if (asset.kind !== kind) throw new Failure('input_invalid', `${id} is a ${asset.kind}, no ${kind}`, { hint })
  if (asset.retiredAt === undefined) return asset
  throw new Failure('conflict', `${id} left the register on ${asset.retiredAt.slice(0, 10)}`, {
    hint: 'declare it again if it still runs',
  })
}
