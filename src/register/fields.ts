// An asset as a flat list of named fields, each element of a set a field of its own. Differences and merges are then the
// same few lines for everything that an asset has, and two people who add two links never collide.
import type { AssetBody } from '../model/asset.ts'
import { Stated, toBody } from './asset-body.ts'

export type FieldValue = string | boolean

/** `name`, `owners.risk`, `tags[pii]`, `links[uses claims-model]`, … */
export type Fields = ReadonlyMap<string, FieldValue>

export interface FieldChange {
  field: string
  /** Absent: the field was not there. */
  before?: FieldValue
  /** Absent: the field is gone. */
  after?: FieldValue
}

export function fieldsOf({ owners, tags, links, ...plain }: AssetBody): Fields {
  const entries: [string, FieldValue | undefined][] = [
    ...Object.entries(plain).filter(([field]) => field !== 'id'),
    ...Object.entries(owners).map(([role, owner]): [string, string] => [`owners.${role}`, owner]),
    ...tags.map((tag): [string, true] => [`tags[${tag}]`, true]),
    ...links.map(({ kind, to }): [string, true] => [`links[${kind} ${to}]`, true]),
  ]
  return new Map(entries.flatMap(([field, value]) => (value === undefined ? [] : [[field, value]])))
}

/** The other way round. Throws when the fields are not those of an asset. */
export function bodyFrom(id: string, fields: Fields): AssetBody {
  const plain = new Map<string, FieldValue>()
  const owners = new Map<string, FieldValue>()
  const tags: string[] = []
  const links: { kind: string; to: string }[] = []
  for (const [field, value] of fields) {
    const { set, element = '' } = /^(?<set>tags|links)\[(?<element>.*)\]$/.exec(field)?.groups ?? {}
    const [kind = '', to = ''] = element.split(' ')
    if (set === 'tags') tags.push(element)
    else if (set === 'links') links.push({ kind, to })
    else if (field.startsWith('owners.')) owners.set(field.slice('owners.'.length), value)
    else plain.set(field, value)
  }
  const stated = { id, ...Object.fromEntries(plain), owners: Object.fromEntries(owners), tags, links }
  return toBody(Stated.parse(stated), false)
}

export function difference(before: Fields, after: Fields): FieldChange[] {
  const names = new Set([...before.keys(), ...after.keys()])
  return [...names].flatMap((field) => {
    const [was, is] = [before.get(field), after.get(field)]
    if (was === is) return []
    return [{ field, ...(was === undefined ? {} : { before: was }), ...(is === undefined ? {} : { after: is }) }]
  })
}

/** The two changed one field to different values; absent means that one of them took it away. */
export interface Overlap {
  field: string
  base?: FieldValue
  theirs?: FieldValue
  mine?: FieldValue
}

export interface Merge {
  merged: Fields
  /** Where neither can be preferred; `merged` then holds theirs. */
  overlaps: Overlap[]
}

export function mergeFields(base: Fields, theirs: Fields, mine: Fields): Merge {
  const merged = new Map<string, FieldValue>()
  const overlaps: Overlap[] = []
  for (const field of new Set([...base.keys(), ...theirs.keys(), ...mine.keys()])) {
    const [old, other, own] = [base.get(field), theirs.get(field), mine.get(field)]
    const kept = other === old ? own : other
    if (kept !== undefined) merged.set(field, kept)
    if (other === old || own === old || other === own) continue
    overlaps.push({
      field,
      ...(old === undefined ? {} : { base: old }),
      ...(other === undefined ? {} : { theirs: other }),
      ...(own === undefined ? {} : { mine: own }),
    })
  }
  return { merged, overlaps }
}
