// What discovery finds on repositories whose AI parts somebody listed by hand. Lists and repositories are no part of
// the project: PARAPET_BENCH_DATA/discovery holds the lists, PARAPET_BENCH_REPOSITORIES the checked-out trees, named
// `owner__name`, at the commit that the list names. Lists of repositories that discovery had not seen when they were listed
// are in `bench/discover/unseen`; their trees lie there too. Without trees those rows are left out.
import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { discover } from '../../src/discover/run.ts'
import type { DiscoveredItem, DiscoveredKind } from '../../src/model/discovered.ts'
import { atLeast, defineBench, type Row, told } from '../bench.ts'

const DATA = join(process.env['PARAPET_BENCH_DATA'] ?? '../shared/data', 'discovery')
const UNSEEN = join(import.meta.dirname, 'unseen')
const TREES = process.env['PARAPET_BENCH_REPOSITORIES'] ?? '../shared/repositories'

const Labels = z.object({
  scope: z.array(z.string()),
  ignore: z.record(z.string(), z.array(z.string())),
  truth: z.record(z.string(), z.array(z.object({ name: z.string(), evidence: z.array(z.string()).default([]) }))),
})

const KINDS: readonly [label: string, kind: DiscoveredKind, recall: number, precision: number][] = [
  ['models', 'models', 0.9, 0.95],
  ['providers', 'providers', 0.95, 0.95],
  ['mcp_servers', 'mcpServers', 0.95, 0.95],
  ['tools', 'tools', 0.95, 0.95],
  ['vector_stores', 'vectorStores', 0.9, 0.9],
  ['frameworks', 'frameworks', 0.9, 0.9],
  ['agents', 'agents', 0.9, 0.9],
]

/** Names that people give differ in case and dashes; what has no name of its own is known by its file. */
const plain = (name: string) => name.toLowerCase().replaceAll(/[\s_-]+/g, '')
const described = (name: string) => /\s/.test(name)

export const bench = defineBench({
  title: 'discovery on labelled repositories',
  async run() {
    return [...(await judged(DATA, 'labelled')), ...(await judged(UNSEEN, 'unseen when labelled'))]
  },
})

async function judged(folder: string, called: string): Promise<Row[]> {
  const lists = globSync(`${folder}/*.json`).filter((list) => existsSync(join(TREES, basename(list, '.json'))))
  if (lists.length === 0) return [told(`repositories ${called}`, 'none here')]
  const sums = new Map(KINDS.map(([label]) => [label, { hit: 0, missed: 0, extra: 0, listed: false }]))
  for (const list of lists) {
    const { scope, ignore, truth } = Labels.parse(JSON.parse(readFileSync(list, 'utf8')))
    const found = await discover([join(TREES, basename(list, '.json'))], { now: new Date() })
    const inScope = ({ evidence }: DiscoveredItem) =>
      evidence.some(({ file }) => scope.some((one) => one === '.' || file === one || file.startsWith(`${one}/`)))
    for (const [label, kind] of KINDS) {
      const sum = sums.get(label)
      const wanted = truth[label]
      // Who lists one kind has not looked for the others.
      if (!sum || !wanted) continue
      sum.listed = true
      const passed = new Set((ignore[label] ?? []).map(plain))
      const items = new Set(found[kind].filter(inScope))
      for (const { name, evidence } of wanted) {
        const same = [...items].find((item) => plain(item.name) === plain(name))
        const near = described(name)
          ? [...items].find((item) => item.evidence.some(({ file }) => evidence.includes(file)))
          : undefined
        const match = same ?? near
        if (match) items.delete(match)
        sum[match ? 'hit' : 'missed'] += 1
      }
      sum.extra += [...items].filter(
        ({ name }) => !passed.has(plain(name)) && !passed.has(plain(name.slice(name.lastIndexOf('/') + 1))),
      ).length
    }
  }
  return KINDS.flatMap(([label, kind, recall, precision]): Row[] => {
    const { hit = 0, missed = 0, extra = 0, listed = false } = sums.get(label) ?? {}
    if (!listed) return []
    return [
      atLeast(`${called}: ${kind}, recall (${hit} of ${hit + missed})`, hit / Math.max(1, hit + missed), recall),
      atLeast(`${called}: ${kind}, precision (${extra} too many)`, hit / Math.max(1, hit + extra), precision),
    ]
  })
}
