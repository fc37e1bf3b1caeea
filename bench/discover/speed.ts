// How fast sources are read, and in how much memory: the built program, a process for each row, on what node_modules holds.
// Libraries in which there is next to no AI, such as are about nothing else, where nearly every file is parsed, and all
// that this project depends on, bundles of megabytes included.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { atLeast, defineBench, limited, type Row, told } from '../bench.ts'
import { costOf } from './measured.ts'

const Packages = z.record(z.string(), z.string())
const Manifest = z.object({ dependencies: Packages, devDependencies: Packages })
const Scanned = z.object({ scanned: z.object({ files: z.number(), bytes: z.number(), parsed: z.number() }) })

interface Corpus {
  what: string
  packages: readonly string[]
  speed?: number
  memory?: number
}

const CORPORA: readonly Corpus[] = [
  {
    what: 'libraries without AI',
    packages: ['undici', 'fastify', 'zod', 'yaml', 'typescript', 'vite', 'rolldown', 'kysely', 'fast-check'],
    speed: 20,
    memory: 300,
  },
  { what: 'libraries about nothing but AI', packages: ['openai', 'ai', '@anthropic-ai/sdk'], memory: 300 },
  { what: 'all that this project depends on', packages: dependencies() },
]

export const bench = defineBench({
  title: 'discovery, speed and memory',
  run() {
    execFileSync(process.execPath, ['scripts/build.ts', '--if-stale'], { stdio: 'ignore' })
    const folder = mkdtempSync(join(tmpdir(), 'parapet-bench-'))
    try {
      return Promise.resolve(CORPORA.flatMap((corpus) => measured(corpus, join(folder, 'found.json'))))
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
})

function measured({ what, packages, speed, memory }: Corpus, file: string): Row[] {
  const paths = packages.map((name) => `node_modules/${name}`)
  const { seconds, megabytes } = costOf(['dist/parapet.mjs', 'discover', ...paths, '-o', file])
  const { scanned } = Scanned.parse(JSON.parse(readFileSync(file, 'utf8')))
  const size = (scanned.bytes / 1e6).toFixed(1)
  const about = `${what}: ${scanned.files} files, ${size} MB, ${scanned.parsed} parsed`
  const rate = scanned.bytes / 1e6 / seconds
  return [
    speed === undefined ? told(about, `${rate.toPrecision(3)} MB/s`) : atLeast(about, rate, speed, 'MB/s'),
    memory === undefined
      ? told(`${what}: most memory`, `${Math.round(megabytes)} MB`)
      : limited(`${what}: most memory`, megabytes, memory, 'MB'),
  ]
}

function dependencies(): string[] {
  const { dependencies, devDependencies } = Manifest.parse(JSON.parse(readFileSync('package.json', 'utf8')))
  return Object.keys({ ...dependencies, ...devDependencies }).filter((name) => existsSync(`node_modules/${name}`))
}
