// States an asset. Whoever changes one says which revision he saw: what others changed since is merged field by field,
// and where both changed the same field nothing is saved and both values are shown.
import type { Catalog } from '../catalog/catalog.ts'
import { Failure } from '../lib/failure.ts'
import type { Actor } from '../model/actor.ts'
import type { Asset, AssetBody, AssetSource } from '../model/asset.ts'
import { bodyOf } from './asset-body.ts'
import { bodyFrom, type FieldValue, fieldsOf, mergeFields, type Overlap } from './fields.ts'
import { checkModel } from './deployment-model.ts'
import { checkLinks } from './link-rules.ts'
import type { RegisterChange, RegisterStore } from './register-store.ts'
import { mustFind, nearestIds, type Register } from './register.ts'
import { assetEntry, revise } from './revise.ts'

export interface Statement {
  body: AssetBody
  /** The revision that was seen; `any` replaces whatever is there; absent: it must be new. */
  base?: number | 'any' | undefined
  /** A scanner's or the gateway's sighting of something known only says that it is still there. */
  source: AssetSource
  seenAt?: string | undefined
}

export interface Put {
  asset: Asset
  saved: boolean
  /** Fields that others changed since the base and that were kept. */
  merged: string[]
}

export function putAsset(register: Register, actor: Actor, statement: Statement): Promise<Put> {
  return register.store.change((tx) => putAssetIn(tx, register, actor, statement))
}

/** The same within a change that does more. */
export async function putAssetIn(
  tx: RegisterChange,
  { catalog }: Pick<Register, 'catalog'>,
  actor: Actor,
  { body, base, source, seenAt }: Statement,
): Promise<Put> {
  const { at } = await tx.stamp()
  const before = await tx.register.asset(body.id)
  if (before && before.retiredAt === undefined && base === undefined && source !== 'declared') {
    const lastSeen = [before.lastSeen, seenAt ?? at].toSorted()[1] ?? at
    await tx.register.seen(body.id, lastSeen)
    return { asset: { ...before, lastSeen }, saved: false, merged: [] }
  }
  const settled = await settle(tx.register, before, body, base)
  await checkBody(catalog, tx.register, settled.body, before)
  const isDeclared = source === 'declared' || before?.source === 'declared'
  const standing = { source: isDeclared ? ('declared' as const) : source, declaredBy: before?.declaredBy, seenAt }
  const revision = revise(before, settled.body, standing, at)
  if (before && revision.changes.length === 0) return { asset: before, saved: false, merged: settled.merged }
  await tx.register.save([revision.asset])
  tx.record(assetEntry(revision, actor))
  return { asset: revision.asset, saved: true, merged: settled.merged }
}

/** Tells what a merge would give and where the two collide; saves nothing. */
export async function previewMerge(
  store: RegisterStore,
  body: AssetBody,
  base: number,
): Promise<{ asset: Asset; merged: AssetBody; overlaps: Overlap[] }> {
  const asset = await mustFind(store, body.id)
  const { merged, overlaps } = mergeFields(
    await baseFields(store, asset, base),
    fieldsOf(bodyOf(asset)),
    fieldsOf(body),
  )
  return { asset, merged: bodyFrom(body.id, merged), overlaps }
}

async function settle(
  store: RegisterStore,
  before: Asset | undefined,
  body: AssetBody,
  base: Statement['base'],
): Promise<{ body: AssetBody; merged: string[] }> {
  if (before === undefined) {
    if (typeof base !== 'number') return { body, merged: [] }
    throw new Failure('not_found', `there is no asset "${body.id}" that has a revision ${base}`, {
      hint: 'leave the revision out to state a new asset',
    })
  }
  if (base === 'any' || base === before.revision) return { body, merged: [] }
  if (base === undefined) {
    if (before.retiredAt !== undefined) return { body, merged: [] }
    throw new Failure('conflict', `there is already an asset "${body.id}", at revision ${before.revision}`, {
      hint: `to change it, send the revision that you saw (revision, or If-Match: "${before.revision}")`,
    })
  }
  const then = await baseFields(store, before, base)
  const theirs = fieldsOf(bodyOf(before))
  const mine = fieldsOf(body)
  const { merged, overlaps } = mergeFields(then, theirs, mine)
  if (overlaps.length > 0) throw collision(before, base, overlaps)
  const kept = [...new Set([...then.keys(), ...theirs.keys()])].filter((field) => then.get(field) !== theirs.get(field))
  return { body: bodyFrom(body.id, merged), merged: kept }
}

async function baseFields(store: RegisterStore, asset: Asset, base: number) {
  const revision = base === asset.revision ? asset : await store.revision(asset.id, base)
  if (revision) return fieldsOf(bodyOf(revision))
  throw new Failure('conflict', `"${asset.id}" has no revision ${base}; it is at revision ${asset.revision}`, {
    hint: 'read it again and change what you read',
  })
}

function collision(asset: Asset, base: number, overlaps: readonly Overlap[]): Failure {
  const fields = overlaps.map(({ field }) => field).join(', ')
  return new Failure('conflict', `"${asset.id}" was changed since revision ${base}, in the same place: ${fields}`, {
    hint: `decide for each field, then send revision ${asset.revision}`,
    issues: overlaps.map(({ field, base: was, theirs, mine }) => ({
      path: field,
      message: `was ${shown(was)}; theirs is ${shown(theirs)}, yours is ${shown(mine)}`,
    })),
  })
}

const shown = (value: FieldValue | undefined) => (value === undefined ? 'empty' : JSON.stringify(value))

async function checkBody(
  catalog: Catalog,
  store: RegisterStore,
  body: AssetBody,
  before: Asset | undefined,
): Promise<void> {
  const targets = [...new Set(body.links.map(({ to }) => to))]
  const ends = await store.assetsById(targets)
  const known = new Map(ends.map(({ id, kind, retiredAt }) => [id, { kind, retired: retiredAt !== undefined }]))
  const strangers = targets.filter((id) => !known.has(id))
  const near = await nearestIds(store, strangers)
  const issues = [...checkModel(catalog, body), ...checkLinks(body, known, before?.links ?? [], near)]
  const [first] = issues
  if (!first) return
  throw new Failure('input_invalid', `${first.path}: ${first.message}`, {
    hint: first.suggestion === undefined ? undefined : `did you mean "${first.suggestion}"?`,
    issues,
  })
}
