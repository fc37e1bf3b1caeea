// The texts that the benches of detection read. The labelled ones are not part of the project (PARAPET_BENCH_DATA, else
// ../shared/data); without them those rows are left out. The others are whatever node_modules holds.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Labelled {
  text: string
  source: string
  label: number | undefined
  kind: string | undefined
  spans: { start: number; end: number; label?: string }[]
}

const DATA = process.env['PARAPET_BENCH_DATA'] ?? '../shared/data'

export function labelled(name: string): Labelled[] {
  const path = join(DATA, name)
  if (!existsSync(path)) return []
  return readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => {
      const { text, parts, source, label, kind, spans } = JSON.parse(line)
      return { text: text ?? parts.join(''), source, label, kind, spans }
    })
}

export function sourceCode(bytes: number): string {
  let text = ''
  for (const folder of ['fastify', 'kysely', 'knip', 'zod', 'pg', 'commander']) {
    for (const file of readdirSync(join('node_modules', folder), { recursive: true, encoding: 'utf8' })) {
      if (text.length < bytes && /\.[cm]?[jt]s$/.test(file))
        text += readFileSync(join('node_modules', folder, file), 'utf8')
    }
  }
  return text
}

export function prose(bytes: number): string {
  let text = ''
  for (const folder of readdirSync('node_modules')) {
    const file = join('node_modules', folder, 'README.md')
    if (text.length < bytes && existsSync(file)) text += readFileSync(file, 'utf8')
  }
  return text
}

/** Megabytes a second of processor time, the best of some runs. */
export function pace(text: string, run: (text: string) => void, runs = 7): number {
  let best = 0
  for (let i = 0; i < runs; i++) {
    const before = process.cpuUsage()
    run(text)
    const { user, system } = process.cpuUsage(before)
    best = Math.max(best, text.length / (user + system))
  }
  return best
}

const interrupted = (): number => process.resourceUsage().involuntaryContextSwitches

/**
 * How long a text takes, in milliseconds: the value below which a share of the scans lies. Without the scans during which
 * the machine gave the processor to somebody else, since that is no delay of ours; `left` says how many.
 */
export function delays(text: string, scan: (text: string) => void, runs = 5000) {
  for (let i = 0; i < 2000; i++) scan(text)
  const times: number[] = []
  for (let i = 0; i < runs; i++) {
    const before = interrupted()
    const started = performance.now()
    scan(text)
    const took = performance.now() - started
    if (interrupted() === before) times.push(took)
  }
  const sorted = times.toSorted((a, b) => a - b)
  return {
    at: (share: number): number => sorted[Math.floor(sorted.length * share)] ?? 0,
    left: `${runs - times.length} of ${runs}`,
  }
}
