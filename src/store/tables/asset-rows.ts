// How an asset lies in its tables: one narrow row of what lists filter by, its body in a revision, its links.
import type { Asset, Owners } from '../../model/asset.ts'
import { ASSET_KINDS, OWNER_ROLES } from '../../model/asset.ts'
import type { AssetFilter } from '../../register/register-store.ts'
import type { Schema } from '../schema.ts'
import { isObject, oneOf } from './json.ts'

/** No text of an asset can hold it: control characters are refused at the doors. */
const SEPARATOR = '\u001f'

export function narrowRow(asset: Asset): Schema['asset'] {
  const owners = OWNER_ROLES.flatMap((role) => asset.owners[role] ?? [])
  return {
    id: asset.id,
    revision: asset.revision,
    kind: asset.kind,
    search: searchable(`${asset.id} ${asset.name}`),
    owners: separated(owners.map(searchable)),
    unowned: Number(owners.length < OWNER_ROLES.length),
    source: asset.source,
    declared_by: asset.declaredBy ?? null,
    environment: asset.environment ?? null,
    exposure: asset.exposure ?? null,
    data_class: asset.dataClass ?? null,
    tags: separated(asset.tags),
    sanctioned: Number(asset.sanctioned),
    retired: Number(asset.retiredAt !== undefined),
    last_seen: asset.lastSeen,
  }
}

/** `lastSeen` moves without a new revision, so the narrow row may know better. */
export function toAsset(body: string, lastSeen?: string): Asset {
  const value: unknown = JSON.parse(body)
  if (!isAsset(value)) throw new Error('the database holds text where an asset belongs')
  return lastSeen === undefined || lastSeen === value.lastSeen ? value : { ...value, lastSeen }
}

/** Whole bodies were checked on their way in; here it is enough to see that one is there. */
function isAsset(value: unknown): value is Asset {
  if (!isObject(value) || typeof value['id'] !== 'string' || typeof value['kind'] !== 'string') return false
  oneOf(ASSET_KINDS, value['kind'])
  return Array.isArray(value['links']) && Array.isArray(value['tags']) && isOwners(value['owners'])
}

const isOwners = (value: unknown): value is Owners => isObject(value)

export interface Condition {
  column: keyof Schema['asset']
  how: 'equals' | 'contains'
  value: string | number
}

export function conditions(filter: AssetFilter): Condition[] {
  const { kind, owner, source, exposure, environment, dataClass, text, tag, declaredBy, sanctioned, unowned } = filter
  const words = text === undefined ? [] : searchable(text).split(/\s+/).filter(Boolean)
  return [
    ...equals('kind', kind),
    ...equals('source', source),
    ...equals('exposure', exposure),
    ...equals('environment', environment),
    ...equals('data_class', dataClass),
    ...equals('declared_by', declaredBy),
    ...equals('sanctioned', sanctioned),
    ...equals('unowned', unowned),
    ...contains('owners', owner === undefined ? [] : [separated([searchable(owner)])]),
    ...contains('tags', tag === undefined ? [] : [separated([tag])]),
    ...contains('search', words),
  ]
}

function equals(column: Condition['column'], value: string | boolean | undefined): Condition[] {
  if (value === undefined) return []
  return [{ column, how: 'equals', value: typeof value === 'boolean' ? Number(value) : value }]
}

function contains(column: Condition['column'], parts: readonly string[]): Condition[] {
  return parts.map((value) => ({ column, how: 'contains', value }))
}

const searchable = (text: string): string => text.normalize('NFKC').toLowerCase()
const separated = (parts: readonly string[]): string =>
  parts.length === 0 ? '' : `${SEPARATOR}${parts.join(SEPARATOR)}${SEPARATOR}`
