// The whole of what is looked for in a text, as the gateway and the command line run it: how fast, how late, how large. The
// memory is that of a fresh process that loads `dist/detect.mjs`, as an application would.
import { execFileSync } from 'node:child_process'
import { pathToFileURL } from 'node:url'
import { DETECTORS } from '../../src/detect/detectors/index.ts'
import { OUTPUT_DETECTORS } from '../../src/detect/detectors/output/index.ts'
import { resourceDetectors } from '../../src/detect/detectors/resource/index.ts'
import { RESOURCE_LIMITS } from '../../src/detect/detectors/resource/limits.ts'
import { createEngine } from '../../src/detect/engine.ts'
import { bundleDetection } from '../../scripts/build/bundle.ts'
import { atLeast, atMost, defineBench, type Row, told } from '../bench.ts'
import { delays, labelled, pace, prose } from '../texts.ts'

export const bench = defineBench({
  title: 'The whole pipeline: speed and memory',
  async run() {
    const harmless = labelled('injection/dev.jsonl').filter(({ kind }) => kind?.startsWith('benign') ?? false)
    const words = harmless.length > 0 ? harmless.map(({ text }) => text).join('\n') : prose(1_500_000)
    const engine = createEngine(DETECTORS)
    const resources = createEngine(resourceDetectors(RESOURCE_LIMITS))
    const output = createEngine(OUTPUT_DETECTORS)
    await bundleDetection()
    return [
      atLeast(
        'all detectors on what users say, one thread',
        pace(words, (text) => engine.scan(text)),
        8,
        'MB/s',
      ),
      told('all detectors on what models say', shown(pace(words, (text) => engine.scan(text, { role: 'assistant' })))),
      told('all detectors on Markdown with code', shown(pace(prose(1_500_000), (text) => engine.scan(text)))),
      told('input made to exhaust, alone', shown(pace(words, (text) => resources.scan(text)))),
      told('dangerous output, alone', shown(pace(words, (text) => output.scan(text, { role: 'assistant' })))),
      ...late(words.slice(0, 1024), (text) => engine.scan(text)),
      ...memory(),
    ]
  },
})

const shown = (megabytes: number): string => `${megabytes.toPrecision(3)} MB/s`

function late(kilobyte: string, scan: (text: string) => void): Row[] {
  const { at, left } = delays(kilobyte, scan)
  return [
    atMost('all detectors, 1 KB, p50', at(0.5), 0.25, 'ms'),
    atMost('all detectors, 1 KB, p99', at(0.99), 1, 'ms'),
    told('of these scans the machine interrupted', left),
  ]
}

/** Prints, in bytes: what the heap and its buffers, the process by itself, and the process with mapped files grew by. */
const CHILD = `
import { readFileSync } from 'node:fs'
const resident = (kind) => Number(/\\d+/.exec(readFileSync('/proc/self/status', 'utf8').split(kind)[1])) * 1024
const measure = () => {
  gc(); gc()
  const { heapUsed, external, rss } = process.memoryUsage()
  return [heapUsed + external, process.platform === 'linux' ? resident('RssAnon:') : rss, rss]
}
measure()
const before = measure()
const { createEngine, DETECTORS } = await import(process.argv[1])
createEngine(DETECTORS).scan('Write to ada.byron@mail.test or call +44 20 7946 0018.')
console.log(JSON.stringify(measure().map((bytes, i) => bytes - before[i])))`

function memory(): Row[] {
  const runs = Array.from({ length: 5 }, (): number[] => {
    const words = ['--expose-gc', '--input-type=module', '-e', CHILD, pathToFileURL('dist/detect.mjs').href]
    return JSON.parse(execFileSync(process.execPath, words, { encoding: 'utf8' }))
  })
  const median = (kind: number) => (runs.map((run) => run[kind] ?? 0).toSorted((a, b) => a - b)[2] ?? 0) / 1e6
  return [
    atMost('memory added at load, of the process itself', median(1), 25, 'MB'),
    told('memory added at load, heap and buffers', `${median(0).toFixed(1)} MB`),
    told('memory added at load, with pages of files, most of them Node’s own', `${median(2).toFixed(1)} MB`),
  ]
}
