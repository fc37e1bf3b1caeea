// Loading the catalogue and searching it, cold and warm, with the words that people type.
import { loadBuiltIn } from '../../src/catalog/built-in.ts'
import { indexOf, searchCatalog } from '../../src/catalog/search.ts'
import { defineBench, limited } from '../bench.ts'

const WORDS = [
  'prompt inj',
  'evasion',
  'LLM01',
  'rate limt',
  'training data',
  'AML.T0051',
  'supply chain',
  'privacy',
  'x',
]

export const bench = defineBench({
  title: 'Catalogue',
  async run() {
    const loaded = timed(() => loadBuiltIn())
    const catalog = loadBuiltIn()
    const parsed = timed(() => Object.values(catalog))
    const indexed = timed(() => indexOf(catalog))
    const took = Array.from({ length: 20 }, () =>
      WORDS.map((text) => timed(() => searchCatalog(catalog, text, { limit: 20 }))),
    ).flat()
    const p95 = took.toSorted((a, b) => a - b)[Math.floor(took.length * 0.95)] ?? Number.NaN
    return [
      limited('loading the catalogue', loaded, 40, 'ms'),
      limited('parsing all of it, once, on first use', parsed, 50, 'ms'),
      limited('building its search index, once', indexed, 50, 'ms'),
      limited('a search over everything, p95', p95, 5, 'ms'),
    ]
  },
})

function timed(work: () => unknown): number {
  const started = performance.now()
  work()
  return performance.now() - started
}
