// What a streamed answer costs for each of its events, and how much later its first word arrives.
import { atMost, defineBench, type Row } from '../bench.ts'
import { chat, events } from './rig/exchange.ts'
import { load, median } from './rig/load.ts'
import { type Cost, costOf, leastOf, moveToLastCore, type Proxy, startFloor, startOurs } from './rig/proxies.ts'
import { startUpstream, type Upstream } from './rig/upstream.ts'

/** The engine goes on compiling what it runs through for some 300,000 events; what is measured is what comes after. */
const ROUNDS = 12
const DELAY_ROUNDS = 4
const STREAMS = 240

export const bench = defineBench({
  title: 'Streamed answers',
  async run() {
    moveToLastCore()
    const upstream = await startUpstream()
    const proxies: Proxy[] = []
    try {
      for (const start of [startOurs, startFloor]) proxies.push(await start(upstream.port))
      return [
        ...(await costs(proxies)),
        ...(await delays(proxies, upstream, 0)),
        ...(await delays(proxies, upstream, 5)),
      ]
    } finally {
      await Promise.all(proxies.map((proxy) => proxy.stop()))
      upstream.close()
    }
  },
})

const body = chat({ stream: true })

function ordinary(proxy: Proxy): Promise<Cost> {
  return costOf(proxy, { body, connections: 16, requests: STREAMS }, STREAMS * events.length)
}

async function costs(proxies: readonly Proxy[]): Promise<Row[]> {
  const least = await leastOf(ROUNDS, proxies, ordinary)
  const [ours = Number.NaN, floor = Number.NaN] = ['Parapet', 'floor'].map((name) => least.get(name)?.micros)
  return [
    {
      ...atMost('an event of a stream: processor time, in floors', ours / floor, 2),
      measured: `${ours.toPrecision(3)} µs`,
      reference: `${floor.toPrecision(3)} µs`,
      ratio: ours / floor,
    },
  ]
}

async function delays(proxies: readonly Proxy[], upstream: Upstream, paceMs: number): Promise<Row[]> {
  upstream.pace(paceMs)
  const direct = { port: upstream.port, path: '/v1/chat/completions', headers: {} }
  // One client: of several that ask at the same moment each would wait for the others' requests to be inspected.
  const one = { body, connections: 1, requests: paceMs > 0 ? 6 : 60 }
  const [ours, floor] = proxies
  if (!ours || !floor) return []
  let [least, beside, none] = [Infinity, Infinity, Infinity]
  for (let round = 0; round < DELAY_ROUNDS; round++) {
    none = Math.min(none, median((await load({ ...direct, ...one })).first))
    least = Math.min(least, median((await load({ ...ours, ...one })).first))
    beside = Math.min(beside, median((await load({ ...floor, ...one })).first))
  }
  upstream.pace(0)
  const how = paceMs > 0 ? `one event every ${paceMs} ms` : 'events as fast as they come'
  return [
    {
      ...atMost(`time that the first text arrives later, ${how}, median`, least - none, 3, 'ms'),
      reference: `floor: ${(beside - none).toPrecision(3)} ms`,
    },
  ]
}
