// What changed between two BOMs of one system. Where a part was found is no change of the part.
import { canonicalJson, type JsonObject } from '../../lib/canonical-json.ts'
import type { Bom, BomLink, BomPart } from '../../model/bom.ts'

export interface Change {
  id: string
  field: string
  /** Canonical JSON where it is more than a word; undefined where it was not said. */
  before: string | undefined
  after: string | undefined
}

export interface BomDiff {
  added: BomPart[]
  removed: BomPart[]
  changed: Change[]
  linked: BomLink[]
  unlinked: BomLink[]
}

export function diffBoms(before: Bom, after: Bom): BomDiff {
  const [old, now] = [byId(before), byId(after)]
  const [oldLinks, nowLinks] = [byKey(before), byKey(after)]
  return {
    added: after.parts.filter(({ id }) => !old.has(id)),
    removed: before.parts.filter(({ id }) => !now.has(id)),
    changed: after.parts.flatMap((part) => {
      const was = old.get(part.id)
      return was === undefined ? [] : changesOf(was, part)
    }),
    linked: after.links.filter((link) => !oldLinks.has(keyOf(link))),
    unlinked: before.links.filter((link) => !nowLinks.has(keyOf(link))),
  }
}

const byId = ({ parts }: Bom) => new Map(parts.map((part) => [part.id, part]))
const keyOf = ({ from, kind, to }: BomLink) => `${from}\n${kind}\n${to}`
const byKey = ({ links }: Bom) => new Set(links.map(keyOf))

function changesOf(was: BomPart, is: BomPart): Change[] {
  const [before, after] = [leaves(was), leaves(is)]
  return [...new Set([...before.keys(), ...after.keys()])]
    .toSorted()
    .filter((field) => before.get(field) !== after.get(field))
    .map((field) => ({ id: is.id, field, before: before.get(field), after: after.get(field) }))
}

function leaves({ id: _id, occurrences: _occurrences, ...rest }: BomPart): Map<string, string> {
  const found = new Map<string, string>()
  const walk = (value: unknown, path: string) => {
    if (value === undefined) return
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      for (const [key, member] of Object.entries(value)) walk(member, path === '' ? key : `${path}.${key}`)
    } else found.set(path, typeof value === 'string' ? value : canonicalJson(value as JsonObject))
  }
  walk(rest, '')
  return found
}
