// What a call costs that is answered whole: processor time against the floor and against a peer, and the time it adds.
import { atLeast, atMost, defineBench, type Row, told } from '../bench.ts'
import { chat, chatWithDocument } from './rig/exchange.ts'
import { load, median } from './rig/load.ts'
import {
  type Cost,
  costOf,
  leastOf,
  moveToLastCore,
  type Proxy,
  startFloor,
  startNginx,
  startOurs,
  startPortkey,
} from './rig/proxies.ts'
import { startUpstream } from './rig/upstream.ts'

const ordinaryChat = () => chat()
/** The engine goes on compiling what it runs through for some 30,000 calls; what is measured is what comes after. */
const ROUNDS = 12
const DELAY_ROUNDS = 5
const REQUESTS = 3000

export const bench = defineBench({
  title: 'Calls that are answered whole',
  async run() {
    moveToLastCore()
    const upstream = await startUpstream()
    const proxies: Proxy[] = []
    try {
      for (const start of [startOurs, startRecordingFirst, startFloor, startPortkey, startNginx]) {
        const proxy = await start(upstream.port)
        if (proxy) proxies.push(proxy)
      }
      return [...(await costs(proxies)), ...(await large(proxies)), ...(await delays(proxies, upstream.port))]
    } finally {
      await Promise.all(proxies.map((proxy) => proxy.stop()))
      upstream.close()
    }
  },
})

const RECORDING_FIRST = 'Parapet, record first'

function startRecordingFirst(upstreamPort: number): Promise<Proxy> {
  return startOurs(upstreamPort, { name: RECORDING_FIRST, more: 'record: { first: true }' })
}

function ordinary(proxy: Proxy): Promise<Cost> {
  return costOf(proxy, { body: ordinaryChat, connections: 32, requests: REQUESTS }, REQUESTS)
}

const shown = (micros: number) => `${micros.toPrecision(3)} µs`

async function costs(proxies: readonly Proxy[]): Promise<Row[]> {
  const least = await leastOf(ROUNDS, proxies, ordinary)
  const micros = (name: string) => least.get(name)?.micros ?? Number.NaN
  const [ours, floor, portkey] = ['Parapet', 'floor', 'Portkey'].map(micros) as [number, number, number]
  const rows: Row[] = [
    {
      ...atMost('a call, everything on: processor time, in floors', ours / floor, 4),
      measured: shown(ours),
      reference: shown(floor),
      ratio: ours / floor,
    },
    {
      ...atLeast('calls a second and core, beside Portkey with no guard on', portkey / ours, 3),
      measured: `${Math.round(1e6 / ours)}`,
      reference: `${Math.round(1e6 / portkey)}`,
      ratio: portkey / ours,
    },
  ]
  const first = micros(RECORDING_FIRST)
  rows.push({ ...told('the same where each answer waits for its record', shown(first)), ratio: first / floor })
  if (least.has('nginx'))
    rows.push({ ...told('the same call through nginx', shown(micros('nginx'))), ratio: micros('nginx') / floor })
  return rows
}

/** A prompt with a document in it: what detection reads is what it costs. */
async function large(proxies: readonly Proxy[]): Promise<Row[]> {
  const pair = proxies.filter(({ name }) => name === 'Parapet' || name === 'floor')
  const least = await leastOf(2, pair, (proxy) =>
    costOf(proxy, { body: chatWithDocument, connections: 8, requests: 300 }, 300),
  )
  const [ours = Number.NaN, floor = Number.NaN] = ['Parapet', 'floor'].map((name) => least.get(name)?.micros)
  return [
    {
      ...told(`the same with a prompt of ${Math.round(chatWithDocument().length / 1024)} kB`, shown(ours)),
      reference: shown(floor),
      ratio: ours / floor,
    },
  ]
}

async function delays(proxies: readonly Proxy[], upstreamPort: number): Promise<Row[]> {
  const direct = { port: upstreamPort, path: '/v1/chat/completions', headers: {} }
  const once = { body: ordinaryChat, connections: 1, requests: 400 }
  let [least, beside, none] = [Infinity, Infinity, Infinity]
  const [ours, floor] = ['Parapet', 'floor'].map((name) => proxies.find((one) => one.name === name))
  if (!ours || !floor) return []
  for (let round = 0; round < DELAY_ROUNDS; round++) {
    none = Math.min(none, median((await load({ ...direct, ...once })).whole))
    least = Math.min(least, median((await load({ ...ours, ...once })).whole))
    beside = Math.min(beside, median((await load({ ...floor, ...once })).whole))
  }
  return [
    {
      ...atMost('time that a call takes longer, one client, median', least - none, 1, 'ms'),
      reference: `floor: ${(beside - none).toPrecision(3)} ms`,
    },
  ]
}
