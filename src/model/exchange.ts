// What is known of one call through the gateway once it is over: who, what for, where to, what the guards said, and how it
// ended. Never the words of it.
import type { Decision, Verdict } from './verdict.ts'
import type { Usage } from './turn.ts'

export interface Exchange {
  id: string
  at: Date
  durationMs: number
  /** Undefined where nobody was let in. */
  keyId: string | undefined
  /** The system that the key belongs to. */
  asset: string | undefined
  route: string | undefined
  model: string | undefined
  /** Format of the client, and of the upstream. */
  wire: string | undefined
  upstreamWire: string | undefined
  upstream: string | undefined
  attempts: number
  status: number
  outcome: 'answered' | 'refused' | 'blocked' | 'broken' | 'client-gone'
  /** Code of the trouble, where there was any. */
  code: string | undefined
  decisions: readonly Decision[]
  verdicts: readonly Verdict[]
  usage: Usage | undefined
}
