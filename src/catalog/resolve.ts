// From any name that something has or had to the thing itself. People quote ids from old slides, from permalinks and
// from memory, and some names now mean two things: then all of them are given, and the caller must choose.
import { Failure } from '../lib/failure.ts'
import { suggest } from '../lib/suggest.ts'
import type { Catalog } from './catalog.ts'
import { controlRef, foreignKey, itemRef, plainKey, type Reference } from './noun.ts'

export const WAYS = ['id', 'code', 'tag', 'slug', 'name', 'alias', 'former', 'misspelt', 'bare', 'part'] as const
/** By what it was found. `bare`: an id without its edition; `part`: a requirement inside an item. */
export type Way = (typeof WAYS)[number]

export interface Match extends Reference {
  readonly by: Way
  /** The name as the catalogue spells it. */
  readonly as: string
  /** What became of a former name, where the catalogue says. */
  readonly note?: string
  /** First edition without that name. */
  readonly until?: string
}

interface Known {
  /** Lower wins: a current id is never doubted because something else once had that name. */
  readonly rank: number
  readonly match: Match
}

interface Names {
  readonly own: ReadonlyMap<string, readonly Known[]>
  readonly foreign: ReadonlyMap<string, readonly Known[]>
  readonly spelt: readonly string[]
}

const RANK: Record<Way, number> = {
  id: 0,
  code: 1,
  tag: 1,
  slug: 1,
  name: 2,
  alias: 2,
  former: 2,
  misspelt: 2,
  part: 3,
  bare: 4,
}
/** Last of all: "Prompt Injection" heads an item in half of the frameworks. */
const ITEM_NAME = 5
const MOST_LENGTH = 200
const cache = new WeakMap<Catalog, Names>()

/** One match, or several where the name does not say which. */
export function resolveName(catalog: Catalog, text: string): readonly [Match, ...Match[]] {
  const [first, ...others] = matchesOf(catalog, text)
  if (!first) throw unknown(text.trim(), namesOf(catalog))
  return [first, ...others]
}

/** The same, and nothing for a name that nothing has. */
export function matchesOf(catalog: Catalog, text: string): Match[] {
  const wanted = text.trim()
  if (wanted === '') throw new Failure('input_invalid', 'a name is missing', { hint: 'as in "rate-limit"' })
  if (wanted.length > MOST_LENGTH) throw new Failure('input_invalid', `a name has ${MOST_LENGTH} characters at most`)
  const names = namesOf(catalog)
  const linked = /^(?:https?:\/\/(?:www\.)?owaspai\.org)?\/?(?:go|goto)\/([^/?#]+)/i.exec(wanted)?.[1]
  const own = names.own.get(plainKey(linked ?? wanted)) ?? []
  if (linked !== undefined) {
    const links = own.filter(({ match }) => isPermalink(match))
    return best(links.length > 0 ? links : own, linked)
  }
  const [framework = '', item = ''] = wanted.split('/', 2)
  const inFramework = names.foreign.get(foreignKey(item))?.filter(({ match }) => match.of === framework.toLowerCase())
  const foreign = inFramework?.length ? inFramework : (names.foreign.get(foreignKey(wanted)) ?? [])
  return best([...own, ...foreign], wanted)
}

/**
 * One match for each thing of the best rank, and for each that carries the name exactly as it was asked for: unless
 * that is an id of ours, which names one thing only.
 */
function best(known: readonly Known[], wanted: string): Match[] {
  const rank = Math.min(...known.map((one) => one.rank))
  const exact = known.filter((one) => one.match.as === wanted && one.rank < ITEM_NAME)
  const isOurs = exact.some(({ match }) => match.by === 'id' && match.kind !== 'item')
  const chosen = new Map<string, Match>()
  for (const one of known.filter((one) => one.rank === rank)) {
    if (!chosen.has(keyOf(one.match))) chosen.set(keyOf(one.match), one.match)
  }
  const seen = new Set<string>()
  for (const { match } of exact) {
    if (seen.has(keyOf(match)) || (isOurs && match.by !== 'id')) continue
    seen.add(keyOf(match))
    chosen.set(keyOf(match), match)
  }
  return [...chosen.values()]
}

const keyOf = ({ kind, of, id }: Match) => `${kind} ${of ?? ''} ${id}`

/** Controls were linked by their codes, threats by their slugs, now and before. */
function isPermalink({ kind, by }: Match): boolean {
  return by === 'slug' || (kind === 'threat' ? by === 'alias' : by === 'code' || by === 'former' || by === 'misspelt')
}

function unknown(wanted: string, names: Names): Failure {
  const near = suggest(wanted, names.spelt)
  return new Failure('not_found', `the catalogue knows nothing called "${wanted.slice(0, 80)}"`, {
    hint: near ? `did you mean "${near}"?` : 'search for a part of its name',
    issues: near ? [{ path: 'name', message: 'unknown name', suggestion: near }] : [],
  })
}

function namesOf(catalog: Catalog): Names {
  let names = cache.get(catalog)
  if (!names) cache.set(catalog, (names = collect(catalog)))
  return names
}

function collect(catalog: Catalog): Names {
  const own = new Map<string, Known[]>()
  const foreign = new Map<string, Known[]>()
  const spelt = new Set<string>()
  const into = (map: Map<string, Known[]>, key: string, match: Match, rank = RANK[match.by]) => {
    const list = map.get(key)
    if (list) list.push({ rank, match })
    else map.set(key, [{ rank, match }])
  }
  const add: Add = (ref, by, text, gone = {}) => {
    if (!text) return
    const { note, until } = gone
    into(own, plainKey(text), { ...ref, by, as: text, ...(note ? { note } : {}), ...(until ? { until } : {}) })
    if (by !== 'misspelt') spelt.add(text)
  }
  addThreats(catalog, add)
  addControls(catalog, add)
  for (const measure of catalog.measures) {
    add({ kind: 'measure', id: measure.id, name: measure.what, of: measure.control }, 'id', measure.id)
  }
  for (const fact of catalog.facts) add({ kind: 'fact', id: fact.id, name: fact.question }, 'id', fact.id)
  for (const framework of catalog.frameworks) {
    const ref: Reference = { kind: 'framework', id: framework.id, name: framework.name }
    add(ref, 'id', framework.id)
    add(ref, 'name', framework.name)
    for (const item of framework.items) {
      const match = itemRef(framework.id, item)
      spelt.add(item.id)
      into(foreign, foreignKey(item.id), { ...match, by: 'id', as: item.id })
      const bare = /^(.+):\d{4}$/.exec(item.id)?.[1]
      if (bare) into(foreign, foreignKey(bare), { ...match, by: 'bare', as: item.id })
      for (const part of item.requirements ?? [])
        into(foreign, foreignKey(part.id), { ...match, by: 'part', as: part.id })
      for (const name of [item.name, item.altName ?? ''])
        into(own, plainKey(name), { ...match, by: 'name', as: name }, ITEM_NAME)
    }
  }
  own.delete('')
  return { own, foreign, spelt: [...spelt] }
}

type Add = (ref: Reference, by: Way, text: string | null | undefined, gone?: Pick<Match, 'note' | 'until'>) => void

/** What became of a name that the history remembers, however it is spelt. */
function fateOf(catalog: Catalog, noun: 'threat' | 'control', name: string): Pick<Match, 'note' | 'until'> {
  const key = plainKey(name)
  return catalog.history.retired.find((one) => one.noun === noun && plainKey(one.id) === key) ?? {}
}

function addThreats(catalog: Catalog, add: Add): void {
  for (const threat of catalog.threats) {
    const ref: Reference = { kind: 'threat', id: threat.id, name: threat.name }
    add(ref, 'id', threat.id)
    add(ref, 'slug', threat.slug)
    add(ref, 'name', threat.name)
    add(ref, 'former', threat.seed001Name, fateOf(catalog, 'threat', threat.seed001Name ?? ''))
    for (const alias of threat.aliases) add(ref, 'alias', alias.replace(/^goto\//, ''))
  }
}

function addControls(catalog: Catalog, add: Add): void {
  for (const control of catalog.controls) {
    const ref: Reference = { kind: 'control', id: control.id, name: control.name }
    add(ref, 'id', control.id)
    add(ref, 'code', control.code)
    add(ref, 'tag', control.tag)
    add(ref, 'slug', control.slug)
    add(ref, 'name', control.name)
  }
  for (const retired of catalog.retiredNames) {
    const by = retired.status === 'misspelt' ? 'misspelt' : 'former'
    const note = `${retired.status}. ${retired.note}`.trim()
    const gone = { ...fateOf(catalog, 'control', retired.code), note }
    for (const id of retired.replacedBy) add(controlRef(catalog, id), by, retired.code, gone)
  }
  const nounRefs = { threat: catalog.threatsById, control: catalog.controlsById }
  for (const { noun, id, renamedTo, note, until } of catalog.history.retired) {
    if (noun !== 'threat' && noun !== 'control') continue
    for (const target of renamedTo) {
      const name = nounRefs[noun].get(target)?.name
      if (name) add({ kind: noun, id: target, name }, 'former', id, { note, until })
    }
  }
}
