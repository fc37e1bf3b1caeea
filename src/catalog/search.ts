// Search over everything the catalogue names. An index of words in memory: 1,300 texts are too few to need more, and
// typing in the console's palette must feel immediate.
import type { Catalog } from './catalog.ts'
import { type Document, documentsOf } from './documents.ts'
import { type Kind, plainKey } from './noun.ts'

export interface Hit {
  readonly kind: Kind
  readonly id: string
  readonly name: string
  readonly of?: string
  readonly ofName?: string
  readonly text: string
  readonly score: number
}

export interface Found {
  readonly items: readonly Hit[]
  readonly total: number
  readonly counts: Partial<Record<Kind, number>>
}

interface Index {
  readonly documents: readonly Document[]
  /** Sorted, so that the words with one beginning lie together. */
  readonly words: readonly string[]
  /** Word → document → weight of the field where it stands. */
  readonly postings: ReadonlyMap<string, ReadonlyMap<number, number>>
  /** Whole names without spaces → documents. */
  readonly names: ReadonlyMap<string, readonly number[]>
}

const MOST_WORDS = 8
const LONGEST_WHOLE = 40
const WEIGHT = { id: 12, alias: 10, name: 8, text: 2 } as const
const KIND_WEIGHT: Record<Kind, number> = {
  threat: 6,
  control: 6,
  framework: 4,
  item: 3,
  fact: 2,
  measure: 2,
  obligation: 1,
  practice: 1,
  test: 1,
}
const cache = new WeakMap<Catalog, Index>()

export function searchCatalog(
  catalog: Catalog,
  query: string,
  options: { kind?: Kind | undefined; limit?: number | undefined } = {},
): Found {
  const index = indexOf(catalog)
  const scores = scoresOf(index, query)
  const counts: Partial<Record<Kind, number>> = {}
  const ranked: { document: Document; score: number }[] = []
  for (const [at, score] of scores) {
    const document = index.documents[at]
    if (!document) continue
    counts[document.kind] = (counts[document.kind] ?? 0) + 1
    if (options.kind === undefined || document.kind === options.kind) ranked.push({ document, score })
  }
  ranked.sort((a, b) => b.score - a.score || a.document.order - b.document.order)
  return {
    items: ranked.slice(0, options.limit ?? 20).map(({ document, score }) => toHit(document, score)),
    total: ranked.length,
    counts,
  }
}

/** Builds the index now instead of at the first search. */
export function indexOf(catalog: Catalog): Index {
  let index = cache.get(catalog)
  if (!index) cache.set(catalog, (index = build(documentsOf(catalog))))
  return index
}

function toHit({ kind, id, name, of, ofName, text }: Document, score: number): Hit {
  const hit = { kind, id, name, text, score: Math.round(score * 10) / 10 }
  return of === undefined ? hit : { ...hit, of, ofName: ofName ?? of }
}

function build(documents: readonly Document[]): Index {
  const postings = new Map<string, Map<number, number>>()
  const names = new Map<string, number[]>()
  const post = (word: string, at: number, weight: number) => {
    let list = postings.get(word)
    if (!list) postings.set(word, (list = new Map()))
    if ((list.get(at) ?? 0) < weight) list.set(at, weight)
  }
  const name = (text: string, at: number, weight: number) => {
    for (const word of wordsOf(text)) post(word, at, weight)
    const whole = plainKey(text)
    if (whole === '') return
    // `promptinjection`, `AIPROGRAM`: written as one word, found as one word.
    if (whole.length <= LONGEST_WHOLE) post(whole, at, weight)
    const known = names.get(whole)
    if (!known) names.set(whole, [at])
    else if (known.at(-1) !== at) known.push(at)
  }
  for (const [at, document] of documents.entries()) {
    name(document.id, at, WEIGHT.id)
    for (const alias of document.aliases) name(alias, at, WEIGHT.alias)
    name(document.name, at, WEIGHT.name)
    for (const word of wordsOf(document.text)) post(word, at, WEIGHT.text)
  }
  return { documents, postings, names, words: [...postings.keys()].toSorted() }
}

export function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  )
}

/** Every word of the query must be found; documents that carry the whole query as their name come first. */
function scoresOf(index: Index, query: string): Map<number, number> {
  const words = [...new Set(wordsOf(query))].slice(0, MOST_WORDS)
  let scores: Map<number, number> | undefined
  for (const word of words) {
    const found = documentsWith(index, word)
    const before = scores
    if (!before) scores = found
    else {
      const both = new Map<number, number>()
      for (const [at, score] of found) {
        const earlier = before.get(at)
        if (earlier !== undefined) both.set(at, earlier + score)
      }
      scores = both
    }
    if (scores.size === 0) break
  }
  const result = scores ?? new Map<number, number>()
  for (const at of index.names.get(plainKey(query)) ?? []) result.set(at, (result.get(at) ?? 0) + 100)
  for (const [at, score] of result) {
    const document = index.documents[at]
    if (document) result.set(at, score + KIND_WEIGHT[document.kind] / 2 + 2 / Math.max(1, document.name.length / 10))
  }
  return result
}

/** Whole words count more than beginnings; misspelt words are tried only when nothing begins that way. */
function documentsWith(index: Index, word: string): Map<number, number> {
  const found = new Map<number, number>()
  const take = (candidate: string, factor: number) => {
    for (const [at, weight] of index.postings.get(candidate) ?? []) {
      const score = weight * factor
      if ((found.get(at) ?? 0) < score) found.set(at, score)
    }
  }
  for (let at = firstFrom(index.words, word); at < index.words.length; at++) {
    const candidate = index.words[at] ?? ''
    if (!candidate.startsWith(word)) break
    take(candidate, candidate === word ? 1 : 0.4 + 0.4 * (word.length / candidate.length))
  }
  if (found.size > 0 || word.length < 4) return found
  const allowed = word.length < 8 ? 1 : 2
  for (const candidate of index.words) {
    const distance = typos(word, candidate, allowed)
    if (distance <= allowed) take(candidate, 0.5 / distance)
  }
  return found
}

function firstFrom(words: readonly string[], word: string): number {
  let low = 0
  let high = words.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((words[middle] ?? '') < word) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * Edits between a word as typed and the beginning of a known one (`injecton` for `injections`), or more than allowed.
 * The first letter must be right: that keeps the candidates few, and people seldom get it wrong.
 */
function typos(typed: string, known: string, allowed: number): number {
  if (typed[0] !== known[0] || known.length < typed.length - allowed) return allowed + 1
  const to = known.slice(0, typed.length + allowed)
  let before: number[] = []
  let previous = Array.from({ length: to.length + 1 }, (_, j) => j)
  for (let i = 1; i <= typed.length; i++) {
    const row = [i]
    let least = i
    for (let j = 1; j <= to.length; j++) {
      const cost = typed[i - 1] === to[j - 1] ? 0 : 1
      let best = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + cost)
      const isSwap = i > 1 && j > 1 && typed[i - 1] === to[j - 2] && typed[i - 2] === to[j - 1]
      if (isSwap) best = Math.min(best, (before[j - 2] ?? 0) + 1)
      row.push(best)
      least = Math.min(least, best)
    }
    if (least > allowed) return allowed + 1
    before = previous
    previous = row
  }
  return Math.min(...previous.slice(Math.max(0, typed.length - allowed)))
}
