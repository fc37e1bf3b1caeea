// A call as the bytes that are kept of it. Whatever an exchange says is in its leaf, so a new member of the exchange is on
// record from the day it exists; and a leaf of an older day is read with what it has.
import type { Exchange } from '../model/exchange.ts'

const VERSION = 1

export function toLeaf(exchange: Exchange): string {
  return JSON.stringify({ v: VERSION, ...exchange })
}

const EMPTY: Omit<Exchange, 'id' | 'at'> = {
  durationMs: 0,
  stages: [],
  trace: undefined,
  client: undefined,
  keyId: undefined,
  refusedKeyId: undefined,
  asset: undefined,
  route: undefined,
  model: undefined,
  wire: undefined,
  upstreamWire: undefined,
  upstream: undefined,
  attempts: 0,
  stream: false,
  bytesIn: 0,
  bytesOut: 0,
  status: 0,
  outcome: 'refused',
  code: undefined,
  decisions: [],
  verdicts: [],
  usage: undefined,
  costMicros: undefined,
}

/** Of a leaf that we wrote: its bytes are those that were hashed, so nothing else can be in them. */
export function fromLeaf(leaf: string): Exchange {
  const { v, at, ...rest } = JSON.parse(leaf) as { v: number; at: string } & Omit<Exchange, 'at'>
  if (v !== VERSION) throw new Error(`a call was recorded in a form of version ${v}, which this program does not know`)
  return { ...EMPTY, ...rest, at: new Date(at) }
}
