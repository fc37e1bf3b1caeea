// Things that were found become assets of the register, through the register's own path, many at once: all of them or none.
// What is there already under that name and kind is linked to, never made a second time.
import type { Catalog } from '../../catalog/catalog.ts'
import { Failure } from '../../lib/failure.ts'
import type { Actor } from '../../model/actor.ts'
import type { Asset, AssetKind, Link, Owners } from '../../model/asset.ts'
import type { Discovery } from '../../model/discovery.ts'
import { bodyOf } from '../../register/asset-body.ts'
import { putAssetIn } from '../../register/put-asset.ts'
import type { Change } from '../../store/store.ts'
import { decided, mustFindDiscoveries } from './decide.ts'
import type { ScanHouse } from './sources.ts'
import { ASSET_KIND, linkFromSystem, linksOf, slugOf, toAssetBody } from './to-asset.ts'

export interface Acceptance {
  ids: readonly string[]
  /** The system that they become a part of; else the one that their source belongs to. */
  system?: string | undefined
  owners?: Owners | undefined
  sanctioned: boolean
  /** Ids of assets in place of those that follow from the names. */
  named?: Readonly<Record<string, string>> | undefined
}

export interface Accepted {
  id: string
  asset: string
  kind: AssetKind
  name: string
  /** False: there was one already, and it is linked to. */
  made: boolean
  owners: Owners
  links: readonly Link[]
}

/** What accepting would do; saves nothing. */
export async function planAccept(house: ScanHouse, acceptance: Acceptance): Promise<Accepted[]> {
  return (await prepare(house.store.read, acceptance)).map(({ shown }) => shown)
}

export async function acceptDiscoveries(
  house: ScanHouse & { catalog: Catalog },
  actor: Actor,
  acceptance: Acceptance,
): Promise<Accepted[]> {
  const at = house.now().toISOString()
  return house.store.change(async (tx) => {
    const steps = await prepare(tx, acceptance)
    // First without links, because they may lead to one another.
    for (const { body, shown, discovery } of steps)
      if (shown.made)
        await putAssetIn(tx, house, actor, {
          body: { ...body, links: [] },
          source: discovery.seen === undefined ? 'discovered' : 'observed',
          seenAt: discovery.lastSeen,
        })
    for (const { body, shown } of steps) await addLinks(tx, house, actor, shown.asset, body.links)
    for (const [system, some] of Map.groupBy(steps, ({ system }) => system?.id ?? ''))
      if (system !== '')
        await addLinks(
          tx,
          house,
          actor,
          system,
          some.flatMap(({ held }) => held ?? []),
        )
    await decided(
      tx,
      actor,
      'accepted',
      steps.map(({ discovery, shown, system }) => ({
        ...discovery,
        state: shown.made ? 'accepted' : 'linked',
        asset: shown.asset,
        ...(system === undefined ? {} : { system: system.id }),
        decision: { by: actor.id, at },
      })),
    )
    return steps.map(({ shown }) => shown)
  })
}

interface Step {
  discovery: Discovery
  body: Asset | ReturnType<typeof toAssetBody>
  system: Asset | undefined
  held: Link | undefined
  shown: Accepted
}

async function prepare(tx: Pick<Change, 'discoveries' | 'register'>, acceptance: Acceptance): Promise<Step[]> {
  const found = await mustFindDiscoveries(tx, acceptance.ids)
  const done = found.find(({ state }) => state === 'accepted' || state === 'linked')
  if (done)
    throw new Failure('conflict', `${done.id} is ${done.state} as ${done.asset}`, { hint: 'reopen it to decide anew' })
  const systems = new Map<string, Asset>()
  for (const id of new Set(found.flatMap(({ system }) => acceptance.system ?? system ?? []))) {
    const system = await tx.register.asset(id)
    if (system?.kind !== 'system' || system.retiredAt !== undefined)
      throw new Failure('not_found', `there is no system "${id}"`, { hint: 'name one that is in the register' })
    systems.set(id, system)
  }
  const taken = new Map<string, { asset: string; kind: AssetKind }>()
  const chosen = new Map<string, { asset: string; kind: AssetKind; made: boolean }>()
  for (const discovery of found) {
    const kind = ASSET_KIND[discovery.kind]
    if (kind === undefined)
      throw new Failure('input_invalid', `${discovery.name} is of ${discovery.kind}, which are no assets`, {
        hint: 'link it to an asset that it is part of, or ignore it',
      })
    chosen.set(discovery.id, await choose(tx, discovery, kind, acceptance.named?.[discovery.id], taken))
  }
  const known = await assetsBySource(tx, found, chosen)
  return found.map((discovery) => {
    const choice = chosen.get(discovery.id)
    if (choice === undefined) throw new Error('a discovery was left out')
    const system = systems.get(acceptance.system ?? discovery.system ?? '')
    const links = linksOf(discovery, known.get(discovery.source) ?? new Map(), choice.asset)
    const given = toAssetBody(
      discovery,
      { ...choice, id: choice.asset, sanctioned: acceptance.sanctioned },
      links,
      system,
    )
    const body = { ...given, owners: { ...given.owners, ...acceptance.owners } }
    const { asset, kind, made } = choice
    const held = linkFromSystem(kind, asset)
    const shown = { id: discovery.id, asset, kind, name: body.name, made, owners: body.owners, links }
    return { discovery, body, system, held, shown }
  })
}

/** The first free id; or an asset of that id and kind, which it then is. */
async function choose(
  tx: Pick<Change, 'register'>,
  { name }: Discovery,
  kind: AssetKind,
  named: string | undefined,
  taken: Map<string, { asset: string; kind: AssetKind }>,
): Promise<{ asset: string; kind: AssetKind; made: boolean }> {
  const slug = named ?? slugOf(name, kind)
  for (const id of named === undefined ? [slug, `${slug.slice(0, 50)}-${kind}`, ...numbered(slug)] : [slug]) {
    const before = taken.get(id)
    if (before?.kind === kind) return { asset: id, kind, made: false }
    const asset = before === undefined ? await tx.register.asset(id) : undefined
    if (before !== undefined || (asset !== undefined && asset.kind !== kind)) continue
    taken.set(id, { asset: id, kind })
    return { asset: id, kind, made: asset === undefined || asset.retiredAt !== undefined }
  }
  throw new Failure('conflict', `"${slug}" is taken by an asset of another kind`, { hint: 'choose another id' })
}

const numbered = (slug: string) => Array.from({ length: 8 }, (_, i) => `${slug.slice(0, 60)}-${i + 2}`)

/** Source → logical id → asset, of what is accepted now and what was before. */
async function assetsBySource(
  tx: Pick<Change, 'discoveries'>,
  found: readonly Discovery[],
  chosen: ReadonlyMap<string, { asset: string }>,
): Promise<Map<string, Map<string, string>>> {
  const bySource = new Map<string, Map<string, string>>()
  for (const source of new Set(found.map((one) => one.source))) {
    const assets = new Map<string, string>()
    for (const { id, item, asset = chosen.get(id)?.asset } of await tx.discoveries.ofSource(source))
      if (asset !== undefined) assets.set(item, asset)
    bySource.set(source, assets)
  }
  return bySource
}

async function addLinks(
  tx: Change,
  house: { catalog: Catalog },
  actor: Actor,
  id: string,
  links: readonly Link[],
): Promise<void> {
  const asset = links.length === 0 ? undefined : await tx.register.asset(id)
  if (asset === undefined) return
  const has = (link: Link) => asset.links.some(({ kind, to }) => kind === link.kind && to === link.to)
  const more = links.filter((link) => !has(link))
  if (more.length === 0) return
  const body = bodyOf({ ...asset, links: [...asset.links, ...more] })
  await putAssetIn(tx, house, actor, { body, base: 'any', source: asset.source })
}
