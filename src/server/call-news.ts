// Calls as live news: the first few of each batch, and how many more there were. Whoever wants all of them reads the record.
import type { Exchange } from '../model/exchange.ts'

const MOST_OF_A_BATCH = 20
const AS_THEY_ARE = [
  ...(['id', 'durationMs', 'asset', 'agent', 'keyId', 'route', 'model'] as const),
  ...(['upstream', 'status', 'outcome', 'code'] as const),
]
const STRONGEST_FIRST = ['block', 'hold', 'rewrite', 'forward'] as const

export interface CallNews {
  calls: object[]
  more: number
}

export function callNews(exchanges: readonly Exchange[]): CallNews {
  return {
    calls: exchanges.slice(0, MOST_OF_A_BATCH).map(toNews),
    more: Math.max(0, exchanges.length - MOST_OF_A_BATCH),
  }
}

function toNews(exchange: Exchange): object {
  const { at, verdicts, decisions } = exchange
  return {
    ...Object.fromEntries(AS_THEY_ARE.map((name) => [name, exchange[name]])),
    at: at.toISOString(),
    action: STRONGEST_FIRST.find((action) => decisions.some((decision) => decision.action === action)),
    guards: [...new Set(verdicts.filter((verdict) => verdict.outcome !== 'pass').map(({ guard }) => guard))],
  }
}
