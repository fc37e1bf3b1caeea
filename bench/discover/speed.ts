// How fast sources are read, in processor time of one scan, on what node_modules holds: libraries in which there is no AI,
// and such as are about nothing else, where nearly every file is parsed.
import { discover } from '../../src/discover/run.ts'
import { atLeast, defineBench, type Row, told } from '../bench.ts'

const SETS: readonly [what: string, packages: readonly string[], least: number | undefined][] = [
  [
    'libraries without AI',
    ['undici', 'fastify', 'zod', 'yaml', 'typescript', 'vite', 'rolldown', 'kysely', 'fast-check'],
    20,
  ],
  ['libraries about nothing but AI', ['openai', 'ai', '@anthropic-ai/sdk'], undefined],
]

export const bench = defineBench({
  title: 'discovery, speed',
  async run() {
    const rows: Row[] = []
    for (const [what, packages, least] of SETS) {
      const before = process.cpuUsage()
      const { scanned } = await discover(
        packages.map((name) => `node_modules/${name}`),
        { now: new Date() },
      )
      const { user, system } = process.cpuUsage(before)
      const speed = scanned.bytes / (user + system)
      const about = `${what}: ${scanned.files} files, ${(scanned.bytes / 1e6).toFixed(1)} MB, ${scanned.parsed} parsed`
      rows.push(
        least === undefined ? told(about, `${speed.toPrecision(3)} MB/s`) : atLeast(about, speed, least, 'MB/s'),
      )
    }
    rows.push(told('memory of the process afterwards', `${Math.round(process.memoryUsage().rss / 1e6)} MB`))
    return rows
  },
})
