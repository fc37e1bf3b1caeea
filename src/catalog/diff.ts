// What changed between two catalogues: things, fields, links. Loading a newer pack moves systems' obligations, so the
// difference is told in full: nothing that both sides hold is left out of the comparison.
import { isDeepStrictEqual } from 'node:util'
import type { Json } from '../lib/canonical-json.ts'
import type { Catalog, History } from './catalog.ts'

export const DIFF_KINDS = [
  'threat',
  'control',
  'measure',
  'fact',
  'framework',
  'item',
  'rule',
  'asset',
  'obligation',
  'practice',
  'test',
  'other',
] as const
export type DiffKind = (typeof DIFF_KINDS)[number]

export interface FieldChange {
  /** As in `controls`, `measures[2].freshness`. */
  readonly path: string
  /** Null where there was nothing. */
  readonly before: Json
  readonly after: Json
}

export interface CatalogDiff {
  readonly old: { readonly name: string; readonly version: string }
  readonly new: { readonly name: string; readonly version: string }
  readonly same: boolean
  readonly added: readonly Entry[]
  readonly removed: readonly Entry[]
  readonly renamed: readonly Rename[]
  readonly changed: readonly (Entry & { readonly fields: readonly FieldChange[] })[]
  readonly links: { readonly added: readonly Link[]; readonly removed: readonly Link[] }
}

interface Entry {
  readonly kind: DiffKind
  readonly id: string
  readonly name: string
}

export interface Rename {
  readonly kind: DiffKind
  readonly id: string
  readonly renamedTo: readonly string[]
  readonly note: string
  /** What else changed; empty where several things took its place. */
  readonly fields: readonly FieldChange[]
}

export interface Link {
  readonly threat: string
  readonly control: string
}

interface Thing extends Entry {
  readonly value: Json
}

export function diffCatalogs(older: Catalog, newer: Catalog): CatalogDiff {
  const before = thingsOf(older)
  const after = thingsOf(newer)
  const gone = [...before.values()].filter((thing) => !after.has(keyOf(thing)))
  const come = [...after.values()].filter((thing) => !before.has(keyOf(thing)))
  const renamed = gone.flatMap((thing) => renameOf(newer.history, thing, after))
  const isRenamed = new Set(renamed.map(keyOf))
  const takesOver = new Set(renamed.flatMap(({ kind, renamedTo }) => renamedTo.map((id) => keyOf({ kind, id }))))
  const changed = [...before.values()].flatMap((thing) => {
    const now = after.get(keyOf(thing))
    const fields = now ? fieldChanges(thing.value, now.value) : []
    return now && fields.length > 0 ? [{ ...entry(now), fields }] : []
  })
  const [oldLinks, newLinks] = [linksOf(older), linksOf(newer)]
  const links = {
    added: [...newLinks].filter(([key]) => !oldLinks.has(key)).map(([, link]) => link),
    removed: [...oldLinks].filter(([key]) => !newLinks.has(key)).map(([, link]) => link),
  }
  const added = come.filter((thing) => !takesOver.has(keyOf(thing))).map(entry)
  const removed = gone.filter((thing) => !isRenamed.has(keyOf(thing))).map(entry)
  const count = added.length + removed.length + renamed.length + changed.length
  return {
    old: { name: older.name, version: older.version },
    new: { name: newer.name, version: newer.version },
    same: count + links.added.length + links.removed.length === 0,
    added,
    removed,
    renamed,
    changed,
    links,
  }
}

const entry = ({ kind, id, name }: Entry): Entry => ({ kind, id, name })
const keyOf = ({ kind, id }: Pick<Entry, 'kind' | 'id'>) => `${kind} ${id}`

function renameOf(history: History, { kind, id, value }: Thing, after: ReadonlyMap<string, Thing>): Rename[] {
  const found = history.retired.find((one) => one.noun === kind && one.id === id && one.renamedTo.length > 0)
  if (!found) return []
  const [to = '', ...others] = found.renamedTo
  const now = others.length === 0 ? after.get(keyOf({ kind, id: to })) : undefined
  const fields = now ? fieldChanges(value, now.value).filter(({ path }) => path !== 'id') : []
  return [{ kind, id, renamedTo: found.renamedTo, note: found.note, fields }]
}

/** Everything with an id, and the rest as one thing for each list, so that no change goes unseen. */
function thingsOf(catalog: Catalog): Map<string, Thing> {
  const things = new Map<string, Thing>()
  const put = (kind: DiffKind, id: string, name: string, value: unknown) => {
    const thing = { kind, id, name, value: value as Json }
    things.set(keyOf(thing), thing)
  }
  const { riskAnalysis, overview, privacy, practices, testing } = catalog
  for (const one of catalog.threats) {
    put('threat', one.id, one.name, { ...one, responsibility: catalog.responsibilityOf.get(one.id)?.by ?? {} })
  }
  for (const { measures: _measures, ...one } of catalog.controls) put('control', one.id, one.name, one)
  for (const one of catalog.measures) put('measure', one.id, one.what, one)
  for (const one of catalog.facts) put('fact', one.id, one.question, one)
  for (const one of catalog.assets) put('asset', one.id, one.name, one)
  for (const { items, ...about } of catalog.frameworks) {
    put('framework', about.id, about.name, about)
    for (const item of items) put('item', `${about.id}/${item.id}`, item.name, item)
  }
  for (const one of catalog.decisionTree) put('rule', one.id, one.question, one)
  for (const one of catalog.earlierRules) put('rule', one.id, one.text, one)
  for (const one of catalog.ruleConflicts) put('rule', one.id, one.why, one)
  for (const one of catalog.deploymentModels) put('rule', one.id, one.name, one)
  put('rule', 'implications', 'What facts imply', catalog.implications)
  const { facts: _f, decisionTree: _d, seed001Rules: _s, ruleConflicts: _c, implications: _i, ...risk } = riskAnalysis
  const { deploymentModels: _m, responsibility, source: _source, ...rest } = risk
  const { rows: _rows, ...scheme } = responsibility
  put('rule', 'responsibility', 'How responsibility is told', scheme)
  for (const [key, value] of Object.entries(rest)) put('rule', key, key, value)
  for (const [key, value] of Object.entries(overview)) if (key !== 'source') put('other', key, key, value)
  for (const { obligations, ...principle } of privacy.principles) {
    put('obligation', principle.id, principle.name, principle)
    for (const one of obligations) put('obligation', `${principle.id}/${one.id}`, one.requirement, one)
  }
  for (const { requirements, ...practice } of practices.bestPractices) {
    put('practice', practice.id, practice.name, practice)
    for (const one of requirements) put('practice', `${practice.id}/${one.id}`, one.requirement, one)
  }
  for (const area of ['agentic', 'rag'] as const) {
    for (const one of testing[area].tests) put('test', `${area}/${one.id}`, one.does, one)
  }
  const { principles: _p, source: _ps, ...privacyRest } = privacy
  const { bestPractices: _b, source: _bs, ...practicesRest } = practices
  const {
    agentic: { tests: _at, ...agentic },
    rag: { tests: _rt, ...rag },
    source: _ts,
    ...testingRest
  } = testing
  const parts = { privacy: privacyRest, practices: practicesRest, testing: { ...testingRest, agentic, rag } }
  for (const [file, part] of Object.entries(parts)) {
    for (const [key, value] of Object.entries(part)) put('other', `${file}/${key}`, key, value)
  }
  put('other', 'control-groups', 'Groups of controls', catalog.controlGroups)
  put('other', 'alias-index', 'Names of controls', catalog.aliasIndex)
  put('other', 'retired-names', 'Retired names', catalog.retiredNames)
  put('other', 'inventory-kinds', 'Kinds of inventory', catalog.inventoryKinds)
  put('other', 'mission', 'Mission', catalog.mission)
  return things
}

/** Which field changed, as deep as both sides have the same shape. Lists of words and ids are told as a whole. */
function fieldChanges(before: Json | undefined, after: Json | undefined, path = ''): FieldChange[] {
  if (isDeepStrictEqual(before, after)) return []
  if (isObject(before) && isObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    return keys.flatMap((key) => fieldChanges(before[key], after[key], path ? `${path}.${key}` : key))
  }
  const bothLists = Array.isArray(before) && Array.isArray(after) && before.length === after.length
  if (bothLists && before.every((one) => isObject(one))) {
    return before.flatMap((one: Json, i) => fieldChanges(one, after[i], `${path}[${i}]`))
  }
  return [{ path: path || 'value', before: before ?? null, after: after ?? null }]
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function linksOf(catalog: Catalog): Map<string, Link> {
  return new Map(
    catalog.threats.flatMap(({ id, controls }) =>
      controls.map((control) => [`${id} ${control}`, { threat: id, control }] as const),
    ),
  )
}
