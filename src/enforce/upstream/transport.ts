// How a request gets to a model and its answer back, in pieces and at the reader's pace. What carries it is HTTP, or
// nothing at all for the demo model that lives in this process.
import type { IncomingHttpHeaders } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Failure } from '../../lib/failure.ts'

export interface Outgoing {
  path: string
  headers: Readonly<Record<string, string>>
  body: Uint8Array
}

export interface ReplySink {
  data(chunk: Buffer): void
  end(): void
  /** The last call, as `end` is. */
  error(failure: Failure): void
}

/** An answer whose head has arrived. Of its body a bounded part is taken in before `read`, and none of it is given. */
export interface Reply {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  read(sink: ReplySink): void
  pause(): void
  resume(): void
  /** Lets go of the connection; no call follows. */
  abort(): void
}

/** A connection that became something else than HTTP. */
export interface Upgraded {
  readonly headers: IncomingHttpHeaders
  readonly socket: Duplex
}

export interface Transport {
  /**
   * Rejects with a Failure where no head arrives; stops at once when the signal says so. `onSent` is called once it has a
   * connection: from then on it may be answered, whether or not anybody hears of that.
   */
  send(outgoing: Outgoing, signal: AbortSignal, onSent?: () => void): Promise<Reply>
  /** Opens a WebSocket. Absent where there is no network. */
  upgrade?(outgoing: Omit<Outgoing, 'body'>, signal: AbortSignal): Promise<Upgraded>
  close(): Promise<void>
}
