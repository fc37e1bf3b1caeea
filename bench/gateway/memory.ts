// That the gateway's memory does not grow with what has passed through it. BENCH_REQUESTS says how many calls; a full
// run is a million.
import { residentMb } from '../../test/server-process.ts'
import { atMost, defineBench } from '../bench.ts'
import { chat } from './rig/exchange.ts'
import { load } from './rig/load.ts'
import { moveToLastCore, startOurs } from './rig/proxies.ts'
import { startUpstream } from './rig/upstream.ts'

const REQUESTS = Number(process.env['BENCH_REQUESTS'] ?? 60_000)
const STEPS = 12

export const bench = defineBench({
  title: 'Memory over many calls',
  async run() {
    moveToLastCore()
    const upstream = await startUpstream()
    const ours = await startOurs(upstream.port)
    try {
      const seen: number[] = []
      const each = { ...ours, connections: 32, requests: Math.round(REQUESTS / STEPS) }
      for (let step = 0; step < STEPS; step++) {
        // Every sixth part is streamed.
        await load({ ...each, body: () => chat(), requests: each.requests - Math.round(each.requests / 60) })
        await load({ ...each, body: () => chat({ stream: true }), requests: Math.round(each.requests / 60) })
        seen.push(residentMb(ours.pid))
      }
      // The first third warms up: code is compiled and caches fill.
      const settled = seen.slice(STEPS / 3)
      const half = settled.length / 2
      const calls = REQUESTS.toLocaleString('en')
      return [
        atMost(`resident memory over ${calls} calls, most`, Math.max(...seen), 200, 'MB'),
        {
          ...atMost(
            `how it grew from the first half to the second`,
            mean(settled.slice(half)) / mean(settled.slice(0, half)),
            1.1,
          ),
          reference: seen.map((mb) => Math.round(mb)).join(' '),
        },
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
