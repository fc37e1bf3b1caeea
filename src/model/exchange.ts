// What is known of one call through the gateway once it is over: who, what for, where to, what the guards said, and how it
// ended. Never the words of it.
import type { Decision, Verdict } from './verdict.ts'
import type { StopReason, Usage } from './turn.ts'

/** In place of a key's id, of calls that people make in the playground. They prove nothing about any system. */
export const PLAYGROUND_KEY = 'playground'

/** The stage of a streamed answer that ends with the first piece that goes out. */
export const FIRST_WORDS = 'first-words'

/** What a call goes through, in the order of its usual way. */
export type Step =
  | 'authenticate'
  | 'read'
  | 'admit'
  | 'inspect'
  | 'person'
  | 'upstream'
  | typeof FIRST_WORDS
  | 'answer'
  | 'record'

/** How long one stage of a call took. */
export interface Timing {
  stage: string
  ms: number
}

/** Where a call stands in a trace that goes through several programs (W3C Trace Context). Lower-case hex. */
export interface TraceContext {
  traceId: string
  spanId: string
  /** Of the client, where it sent one. */
  parentId: string | undefined
  isSampled: boolean
}

/** The two bodies of a call. */
export type BodyOf = 'request' | 'answer'

/** SHA-256 of each body behind an opening of its own, hex. */
export interface Digests {
  request: string
  /** Undefined where nothing was sent. */
  answer: string | undefined
}

export interface AnswerSaid {
  /** As the upstream's own records have them; undefined where it named none, or what is no name. */
  id: string | undefined
  model: string | undefined
  /** Why each choice ended, in their order. */
  stops: readonly StopReason[]
}

export const OUTCOMES = ['answered', 'refused', 'blocked', 'broken', 'client-gone', 'open'] as const
/** `open`: recorded before its answer went out, and not heard of since. */
export type Outcome = (typeof OUTCOMES)[number]

export interface Exchange {
  id: string
  at: Date
  durationMs: number
  /** In the order in which they were done. */
  stages: readonly Timing[]
  trace: TraceContext | undefined
  /** Address of the client; of the last proxy where no proxy is trusted. */
  client: string | undefined
  /** Undefined where nobody was let in. */
  keyId: string | undefined
  /** Of the key that was shown and is expired or revoked. */
  refusedKeyId: string | undefined
  /** The system that the key belongs to. */
  asset: string | undefined
  /** The agent that the key or token is bound to; never what a client says of itself. */
  agent: string | undefined
  route: string | undefined
  model: string | undefined
  /** Format of the client, and of the upstream. */
  wire: string | undefined
  upstreamWire: string | undefined
  upstream: string | undefined
  attempts: number
  /** The answer was asked for in pieces. */
  stream: boolean
  /** Of the request's body and the answer's, as they went over the wire. */
  bytesIn: number
  bytesOut: number
  status: number
  outcome: Outcome
  /** Code of the trouble, where there was any. */
  code: string | undefined
  decisions: readonly Decision[]
  verdicts: readonly Verdict[]
  usage: Usage | undefined
  /** The upstream was not heard to the end: at least so much was used, counted from what was sent and what came. */
  usageIsEstimate?: true | undefined
  /** What the upstream said of its answer, where one came that could be read. */
  answer?: AnswerSaid | undefined
  /** What it cost in millionths of a dollar; undefined where no price is known. */
  costMicros: number | undefined
  /** Of the bodies as they went over the wire, where one was asked with. */
  digests?: Digests | undefined
  /** It was let through although no guard could look into it. */
  unguarded?: true | undefined
  /** Calls that it stands for, where many alike were refused and only the first of them are on record one by one. */
  times?: number | undefined
}

/** Of a call that has just begun: nothing is known, and it is refused unless something becomes of it. */
export const BEGUN: Omit<Exchange, 'id' | 'at'> = {
  durationMs: 0,
  stages: [],
  trace: undefined,
  client: undefined,
  keyId: undefined,
  refusedKeyId: undefined,
  asset: undefined,
  agent: undefined,
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
