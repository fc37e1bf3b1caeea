// From what an asset was to its next revision, and the entry of the log that says what changed. Owners are people, so
// their names go where they can be erased.
import type { JsonObject } from '../lib/canonical-json.ts'
import type { Actor } from '../model/actor.ts'
import type { Asset, AssetBody, AssetSource } from '../model/asset.ts'
import type { NewEntry } from '../model/entry.ts'
import { bodyOf } from './asset-body.ts'
import { difference, type FieldChange, fieldsOf, type Fields } from './fields.ts'
import { named } from './register.ts'

export interface Standing {
  source: AssetSource
  declaredBy?: string | undefined
  retired?: boolean
  /** When it was last seen, if that is not now. */
  seenAt?: string | undefined
}

export interface Revision {
  before: Asset | undefined
  asset: Asset
  changes: FieldChange[]
}

export function revise(before: Asset | undefined, body: AssetBody, standing: Standing, at: string): Revision {
  const { source, declaredBy, retired = false, seenAt = at } = standing
  const asset: Asset = {
    ...body,
    source,
    ...(declaredBy === undefined ? {} : { declaredBy }),
    firstSeen: before?.firstSeen ?? seenAt,
    lastSeen: before && before.lastSeen > seenAt ? before.lastSeen : seenAt,
    revision: (before?.revision ?? 0) + 1,
    recordedAt: at,
    ...(retired ? { retiredAt: at } : {}),
  }
  const was = before ? withStanding(before, before) : new Map<string, string | boolean>()
  return { before, asset, changes: difference(was, withStanding(body, asset)) }
}

export type Step = 'added' | 'changed' | 'retired' | 'returned'

export function stepOf({ before, asset }: Pick<Revision, 'before' | 'asset'>): Step {
  if (before === undefined) return 'added'
  if (asset.retiredAt !== undefined && before.retiredAt === undefined) return 'retired'
  return before.retiredAt !== undefined && asset.retiredAt === undefined ? 'returned' : 'changed'
}

/** `more`: what else the entry should tell, as the facts that came along. */
export function assetEntry(revision: Revision, actor: Actor, more: JsonObject = {}): NewEntry {
  const people = revision.changes.filter(({ field }) => isPersonal(field))
  const personal = new Map<string, string>()
  for (const { field, before, after } of people) {
    if (before !== undefined) personal.set(`${field} before`, String(before))
    if (after !== undefined) personal.set(`${field} after`, String(after))
  }
  return {
    kind: `asset.${stepOf(revision)}`,
    actor: named(actor),
    subject: { kind: 'asset', id: revision.asset.id },
    data: {
      revision: revision.asset.revision,
      changes: revision.changes.map((change) => (isPersonal(change.field) ? { field: change.field } : { ...change })),
      ...more,
    },
    ...(personal.size > 0 ? { personal: Object.fromEntries(personal) } : {}),
  }
}

const isPersonal = (field: string) => field.startsWith('owners.')

function withStanding(
  body: AssetBody,
  { source, declaredBy, retiredAt }: Pick<Asset, 'source' | 'declaredBy' | 'retiredAt'>,
): Fields {
  const fields = new Map(fieldsOf(bodyOf(body)))
  fields.set('source', source)
  if (declaredBy !== undefined) fields.set('declaredBy', declaredBy)
  if (retiredAt !== undefined) fields.set('retired', true)
  return fields
}
