// Calls of the past as a dry run reads them, from wherever they are kept.
import type { Exchange } from '../../model/exchange.ts'

export interface KeptRequest {
  text: string
  /** Secrets and personal data were taken out before it was kept: what guards find there now is less than what was there. */
  isRedacted: boolean
}

export interface RecordedCall {
  exchange: Exchange
  /** The body as the client sent it; undefined where it was not kept. */
  request: KeptRequest | undefined
}

export type RecordedCalls = AsyncIterable<RecordedCall>
