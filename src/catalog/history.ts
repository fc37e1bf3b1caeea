// When a name came, when it went, and what it is called now.
import type { Catalog, History } from './catalog.ts'

export type HistoryNoun = History['retired'][number]['noun']

export interface Life {
  /** First edition that has it, under whatever name. */
  readonly since: string
  /** First edition without it; absent while it is current. */
  readonly until?: string
  /** What stands in its place; empty when nothing does. */
  readonly renamedTo?: readonly string[]
}

/** Undefined for a name that this catalogue neither has nor remembers. */
export function lifeOf(catalog: Catalog, noun: HistoryNoun, id: string): Life | undefined {
  if (isCurrent(catalog, noun, id)) return { since: sinceOf(catalog, noun, id) }
  const gone = catalog.history.retired.find((one) => one.noun === noun && one.id.toLowerCase() === id.toLowerCase())
  return gone && { since: gone.since, until: gone.until, renamedTo: gone.renamedTo }
}

/** What a current thing was called before. */
export function formerNames(catalog: Catalog, noun: HistoryNoun, id: string): string[] {
  return catalog.history.retired.filter((one) => one.noun === noun && one.renamedTo.includes(id)).map((one) => one.id)
}

/** An item's id is `<framework>/<item>`. */
export function isCurrent(catalog: Catalog, noun: HistoryNoun, id: string): boolean {
  switch (noun) {
    case 'threat':
      return catalog.threatsById.has(id)
    case 'control':
      return catalog.controlsById.has(id)
    case 'measure':
      return catalog.measuresById.has(id)
    case 'fact':
      return catalog.factsById.has(id)
    case 'framework':
      return catalog.frameworksById.has(id)
    case 'item': {
      const [framework = '', ...item] = id.split('/')
      return catalog.itemsByFramework.get(framework)?.has(item.join('/')) ?? false
    }
  }
}

function sinceOf(catalog: Catalog, noun: HistoryNoun, id: string): string {
  const editions = Object.entries(catalog.history.since).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return editions.find(([, nouns]) => nouns[noun]?.includes(id))?.[0] ?? catalog.version
}
