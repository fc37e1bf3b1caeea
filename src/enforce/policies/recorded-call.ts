// Calls of the past as a dry run reads them, from wherever they are kept.
import type { Exchange } from '../../model/exchange.ts'

export interface RecordedCall {
  exchange: Exchange
  /** The body as the client sent it; undefined where it was not kept. */
  request: string | undefined
}

export type RecordedCalls = AsyncIterable<RecordedCall>
