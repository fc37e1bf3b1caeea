// Refused calls that come in crowds: the first of each crowd are kept one by one, and those after them as one row that says
// how many it stands for. So a flood at the door is on record and in the sums, and does not fill the disk.
import { newId } from '../lib/id.ts'
import type { Exchange } from '../model/exchange.ts'

const KEPT_OF_EACH = 20
/** With more of them they are one. */
const MOST_CROWDS = 500

interface Crowd {
  count: number
  last: Exchange
}

export interface Crowds {
  /** Whether the call is one too many of its crowd: then it is counted here. */
  takes(exchange: Exchange): boolean
  /** What was counted since the last time, a row for each crowd. */
  leave(): Exchange[]
}

export function createCrowds(): Crowds {
  let crowds = new Map<string, Crowd>()
  return {
    takes(exchange) {
      if (exchange.outcome !== 'refused') return false
      const own = keyOf(exchange)
      const key = crowds.size < MOST_CROWDS || crowds.has(own) ? own : 'others'
      const crowd = crowds.get(key) ?? { count: 0, last: exchange }
      crowds.set(key, crowd)
      crowd.count++
      crowd.last = exchange
      return crowd.count > KEPT_OF_EACH
    },
    leave() {
      const over = [...crowds.values()].filter(({ count }) => count > KEPT_OF_EACH)
      crowds = new Map()
      return over.map(({ count, last }) =>
        Object.assign({}, last, { id: newId('call', last.at), times: count - KEPT_OF_EACH }),
      )
    },
  }
}

/** Who it was, as far as that is known, and what was wrong. */
function keyOf({ keyId, refusedKeyId, client, code, route, status }: Exchange): string {
  return [keyId ?? refusedKeyId ?? client, code, route, status].join('\n')
}
