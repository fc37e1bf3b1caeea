// What the steps of one call share.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { JsonObject } from '../lib/canonical-json.ts'
import type { Failure } from '../lib/failure.ts'
import type { Exchange, Step } from '../model/exchange.ts'
import type { CallsUnderWay } from './calls-under-way.ts'
import type { AddressOf } from './client-address.ts'
import type { Turn } from '../model/turn.ts'
import type { Words } from '../model/words.ts'
import type { GatewayLimits } from './config.ts'
import type { CallDigests, OpeningsOf } from './digests.ts'
import type { Family } from './error-bodies.ts'
import type { CallEnd } from './guard.ts'
import type { Desk } from './oversight/desk.ts'
import type { Meters } from './spend/meters.ts'
import type { RecordRule } from './record-rule.ts'
import type { Caller, Routes } from './routes.ts'
import type { Room } from './room.ts'
import type { WordsKeeper } from './words-keeper.ts'
import type { Turns } from './turns.ts'
import type { Trouble } from './trouble.ts'
import type { RetryBudget } from './upstream/retry-budget.ts'

export interface GatewayContext {
  readonly routes: Routes
  readonly limits: GatewayLimits
  readonly retries: RetryBudget
  readonly room: Room
  readonly meters: Meters
  /** Where calls wait for a person. */
  readonly desk: Desk
  /** Of the installation; what is made with it nobody outside can make. */
  readonly secret: Uint8Array
  readonly openingsOf: OpeningsOf
  readonly now: () => Date
  /** Milliseconds; only differences count. */
  readonly clock: () => number
  /** Of the thread. */
  readonly turns: Turns
  readonly calls: CallsUnderWay
  /** Spans of calls are told somewhere. */
  readonly traces: boolean
  readonly addressOf: AddressOf
  readonly record: RecordRule
  /** Resolves when the call is on record as it stands. */
  recordFirst(exchange: Exchange): Promise<void>
  /** Where the words of this call are heard as its upstream has them: after the guards of the request, before those of the answer. */
  readonly farWords?: WordsKeeper | undefined
  /** Of a client that asked for a WebSocket. */
  readonly upgrade?: Upgrade | undefined
  /** At once where the key is remembered. */
  authenticate(secret: string): Caller | undefined | Promise<Caller | undefined>
  /** The id of a key that was good once. */
  endedKey(secret: string): Promise<string | undefined>
  /** Called once for each call, when it is over; with its words where they are kept. */
  onExchange(exchange: Exchange, words: Words | undefined): void
  /** A bug; calls go on. */
  onBug(error: unknown, exchangeId: string): void
}

/** The connection of a client that asked for a WebSocket. */
export interface Upgrade {
  socket: Duplex
  /** What came behind the head already. */
  head: Buffer
  /** The response lets go of the socket. */
  detach(): void
  /** Says that the gateway stops. */
  stopping: AbortSignal
}

export interface TimeLimit {
  /** To be called when the call is over: puts on record that its time was over before. */
  close(): void
}

type Writable<T> = { -readonly [K in keyof T]: T[K] }

export interface Visit {
  readonly context: GatewayContext
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly record: Writable<Exchange>
  /** Says that the client is gone; with a Failure for its reason, that the call has to end. */
  readonly signal: AbortSignal
  /** Ends what is under way, and tells the client this. */
  cut(why: Failure): void
  /** Its first byte, on the clock. */
  readonly began: number
  /** How long it may take, once that is known. */
  limit: TimeLimit | undefined
  /** How trouble is told in a stream whose head went out before its answer was there. */
  tell: ((trouble: Trouble) => string) | undefined
  family: Family
  /** Headers of the response, until they are sent: written at once, they cost half of what they cost one by one. */
  readonly head: Record<string, string | number>
  /** What is to be called when the call is over: each once, however it ends. */
  readonly ends: ((end: CallEnd) => void)[]
  /** What is to be asked before it is sent once more. */
  readonly agains: (() => Promise<boolean>)[]
  /** What was asked, once it is read. */
  body: JsonObject
  /** The same as it was sent on, once it was. */
  turn: Turn | undefined
  /** How it went so far. */
  end: Omit<CallEnd, 'stoppedBy'>
  /** Where the words of the call are kept. */
  words: WordsKeeper | undefined
  /** Hears of the bodies that come and go. */
  readonly digests: CallDigests
  /** Ends a stage: it took the time since the one before. */
  lap(stage: Step): void
  /** Counts bytes that this call holds until its response is over. */
  hold(bytes: number): void
}
