// A call as the bytes that are kept of it. Whatever an exchange says is in its leaf, so a new member of the exchange is on
// record from the day it exists; and a leaf of an older day is read with what it has.
import { BEGUN, type Exchange } from '../model/exchange.ts'
import type { Verdict } from '../model/verdict.ts'

const VERSION = 1

export function toLeaf(exchange: Exchange): string {
  const rest = JSON.stringify({ ...exchange, verdicts: undefined })
  return `{"v":${VERSION},${rest.slice(1, -1)},"verdicts":[${exchange.verdicts.map(written).join()}]}`
}

/** That a guard saw nothing is one verdict for all calls, and most verdicts are such. */
const passes = new WeakMap<Verdict, string>()

function written(verdict: Verdict): string {
  if (!Object.isFrozen(verdict)) return JSON.stringify(verdict)
  let text = passes.get(verdict)
  if (text === undefined) passes.set(verdict, (text = JSON.stringify(verdict)))
  return text
}

/** Of a leaf that we wrote: its bytes are those that were hashed, so nothing else can be in them. */
export function fromLeaf(leaf: string): Exchange {
  const { v, at, ...rest } = JSON.parse(leaf) as { v: number; at: string } & Omit<Exchange, 'at'>
  if (v !== VERSION) throw new Error(`a call was recorded in a form of version ${v}, which this program does not know`)
  return { ...BEGUN, ...rest, at: new Date(at) }
}
