// That the gateway's memory does not grow with what has passed through it. BENCH_REQUESTS says how many calls; a full
// run is a million.
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { residentMb } from '../../test/server-process.ts'
import { atMost, defineBench, told } from '../bench.ts'
import { chat } from './rig/exchange.ts'
import { load, median } from './rig/load.ts'
import { cpuNanos, moveToLastCore, startOurs } from './rig/proxies.ts'
import { startUpstream } from './rig/upstream.ts'

const REQUESTS = Number(process.env['BENCH_REQUESTS'] ?? 60_000)
const STEPS = 12

interface Sample {
  micros: number
  millis: number
  megabytes: number
  handles: number
  bytes: number
}

const NONE: Sample = { micros: NaN, millis: NaN, megabytes: NaN, handles: NaN, bytes: NaN }

export const bench = defineBench({
  title: 'Memory over many calls',
  async run() {
    moveToLastCore()
    const upstream = await startUpstream()
    const ours = await startOurs(upstream.port)
    try {
      const seen: Sample[] = []
      const each = { ...ours, connections: 32, requests: Math.round(REQUESTS / STEPS) }
      // Every sixtieth call is streamed.
      const streamed = Math.round(each.requests / 60)
      for (let step = 0; step < STEPS; step++) {
        const before = cpuNanos(ours.pid)
        const { whole } = await load({ ...each, body: () => chat(), requests: each.requests - streamed })
        await load({ ...each, body: () => chat({ stream: true }), requests: streamed })
        seen.push({
          micros: (cpuNanos(ours.pid) - before) / 1000 / each.requests,
          millis: median(whole),
          megabytes: residentMb(ours.pid),
          handles: readdirSync(`/proc/${ours.pid}/fd`).length,
          bytes: bytesIn(ours.dataDir),
        })
      }
      // The first third warms up: code is compiled and caches fill.
      const settled = seen.slice(STEPS / 3)
      const half = settled.length / 2
      const memory = (samples: readonly Sample[]) => samples.map(({ megabytes }) => megabytes)
      const calls = REQUESTS.toLocaleString('en')
      const over = (what: string, of: (sample: Sample) => number) => ({
        ...told(`${what}, step by step`, `${shown(of(settled[0] ?? NONE))} … ${shown(of(settled.at(-1) ?? NONE))}`),
        reference: seen.map((sample) => shown(of(sample))).join(' '),
        ratio: of(settled.at(-1) ?? NONE) / of(settled[0] ?? NONE),
      })
      return [
        atMost(`resident memory over ${calls} calls, most`, Math.max(...memory(seen)), 200, 'MB'),
        {
          ...atMost(
            `how it grew from the first half to the second`,
            mean(memory(settled.slice(half))) / mean(memory(settled.slice(0, half))),
            1.1,
          ),
          reference: memory(seen).map(Math.round).join(' '),
        },
        over('µs of processor time for a call', ({ micros }) => micros),
        over('ms from question to answer, 32 clients, median', ({ millis }) => millis),
        over('open files and sockets', ({ handles }) => handles),
        told(
          'what a call takes on disk',
          `${Math.round(((seen.at(-1)?.bytes ?? NaN) - (seen[0]?.bytes ?? NaN)) / (REQUESTS - each.requests))} B`,
        ),
      ]
    } finally {
      await ours.stop()
      upstream.close()
    }
  },
})

function mean(values: readonly number[]): number {
  return values.reduce((sum, one) => sum + one, 0) / values.length
}

function bytesIn(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return files.reduce(
    (sum, file) => sum + (statSync(join(file.parentPath, file.name), { throwIfNoEntry: false })?.size ?? 0),
    0,
  )
}

const shown = (value: number) => String(Number(value.toPrecision(3)))
