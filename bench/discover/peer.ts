// Beside another tool that lists the AI of sources, CycloneDX's own generator, on the labelled trees in the same run: start
// included, no network for either. It is large, so it is no dependency of the project: PARAPET_BENCH_CDXGEN names a
// folder where `npm install -E --ignore-scripts --omit=optional @cyclonedx/cdxgen@12.8.4` was said.
import { cpSync, existsSync, globSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { atLeast, defineBench, type Row, told } from '../bench.ts'
import { costOf } from '../measured.ts'

const AT = process.env['PARAPET_BENCH_CDXGEN'] ?? ''
const PEER = join(AT, 'node_modules/.bin/aibom')
const DATA = join(process.env['PARAPET_BENCH_DATA'] ?? '../shared/data', 'discovery')
const TREES = process.env['PARAPET_BENCH_REPOSITORIES'] ?? '../shared/repositories'
const LIBRARIES = ['undici', 'fastify', 'zod', 'yaml', 'kysely']
const RUNS = 2

export const bench = defineBench({
  title: 'discovery beside cdxgen aibom',
  run() {
    if (AT === '' || !existsSync(PEER)) return Promise.resolve([told('cdxgen', 'not installed here')])
    const folder = mkdtempSync(join(tmpdir(), 'parapet-bench-'))
    try {
      // Neither tool looks into a folder of that name.
      const libraries = join(folder, 'libraries')
      for (const name of LIBRARIES) cpSync(`node_modules/${name}`, join(libraries, name), { recursive: true })
      const labelled = globSync(`${DATA}/*.json`).map((list) => join(TREES, basename(list, '.json')))
      const trees = [...labelled.filter((tree) => existsSync(tree)), libraries]
      return Promise.resolve(trees.map((tree) => compared(tree, join(folder, 'bom.json'))))
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
})

function compared(tree: string, bom: string): Row {
  const [own, peer] = [
    least(['dist/parapet.mjs', 'discover', tree, '--cyclonedx', '-o', bom]),
    least([PEER, '--no-install-deps', '-o', bom, tree]),
  ]
  const what = `${basename(tree)}: ${inSeconds(own.seconds)} of processor time, cdxgen ${inSeconds(peer.seconds)}`
  return atLeast(
    `${what} (by the clock ${inSeconds(own.elapsed)} and ${inSeconds(peer.elapsed)})`,
    peer.seconds / own.seconds,
    5,
    'times',
  )
}

const inSeconds = (seconds: number): string => `${seconds.toFixed(2)} s`

/** Of a few runs, since whatever else the machine does only adds. */
function least(words: readonly string[]): { seconds: number; elapsed: number } {
  const costs = Array.from({ length: RUNS }, () => costOf(words))
  return {
    seconds: Math.min(...costs.map(({ seconds }) => seconds)),
    elapsed: Math.min(...costs.map(({ elapsed }) => elapsed)),
  }
}
