// Requests to an upstream over HTTP: one pool of connections, no redirects, and a watch over the time until the first byte
// and between two. Reading stops where the reader asks for it, and then no clock runs.
import type { IncomingHttpHeaders } from 'node:http'
import type { Dispatcher } from 'undici'
import upgrade from 'undici/lib/api/api-upgrade.js'
import Pool from 'undici/lib/dispatcher/pool.js'
import { Failure } from '../../lib/failure.ts'
import { together } from '../../lib/together.ts'
import { publicLookup } from './addresses.ts'
import { type Line, LineClient, type LineOptions, type LineUser, READ_AHEAD, READING } from './line.ts'
import type { Outgoing, Reply, ReplySink, Transport } from './transport.ts'

export interface Patience {
  connectMs: number
  firstByteMs: number
  idleMs: number
}

export interface HttpTransportOptions {
  origin: string
  /** May lead into private networks. */
  allowsPrivate: boolean
  patience: Patience
  connections: number
}

export function httpTransport({ origin, allowsPrivate, patience, connections }: HttpTransportOptions): Transport {
  const connect = {
    timeout: patience.connectMs,
    ...READING,
    ...(allowsPrivate ? {} : { lookup: publicLookup() }),
  }
  const pool = new Pool(origin, {
    connections,
    pipelining: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
    allowH2: false,
    maxHeaderSize: 32_768,
    connect,
    factory: (origin, options) => new LineClient(origin, options as LineOptions),
  })
  return {
    send: (outgoing, signal, onSent) =>
      new Promise((resolve, reject) => {
        const call = new Call(patience, resolve, reject, onSent)
        if (signal.aborted) return reject(gone())
        signal.addEventListener('abort', () => call.stop(gone()), { once: true })
        pool.dispatch(dispatchOf(outgoing), call)
        call.awaitStart()
      }),
    async upgrade({ path, headers }, signal) {
      const inTime = AbortSignal.timeout(patience.connectMs + patience.firstByteMs)
      try {
        const within = AbortSignal.any([signal, inTime])
        return await upgrade.call(pool, {
          method: 'GET',
          path,
          headers: { ...headers },
          protocol: 'websocket',
          signal: within,
        })
      } catch (error) {
        if (signal.aborted) throw gone()
        if (inTime.aborted) throw late('did not answer', patience.firstByteMs)
        throw error instanceof Error ? toFailure(error) : new Failure('upstream_unreachable', 'no connection')
      }
    },
    close: () => pool.destroy(),
  }
}

function dispatchOf({ path, headers, body }: Outgoing): Dispatcher.DispatchOptions {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  return { method: 'POST', path, headers, body: bytes }
}

const gone = () => new Failure('unavailable', 'the client is gone')

/** A short answer is here whole by then. */
const begun = together((call: Call) => call.begin())

class Call implements Dispatcher.DispatchHandler, LineUser, Reply {
  line: Line | undefined = undefined
  status = 0
  headers: IncomingHttpHeaders = {}
  readonly #patience: Patience
  readonly #resolve: (reply: Reply) => void
  readonly #reject: (failure: Failure) => void
  readonly #onSent: (() => void) | undefined
  #timer: NodeJS.Timeout | undefined
  #idle: NodeJS.Timeout | undefined
  #controller: Dispatcher.DispatchController | undefined
  #sink: ReplySink | undefined
  #stopped: Failure | undefined
  /** What came before somebody read, or while he paused. A short answer arrives with its head, and is here whole. */
  #early: Buffer[] = []
  #earlyBytes = 0
  /** Nothing more comes: the answer is whole, or why it is not. */
  #end: 'whole' | Failure | undefined
  /** Somebody reads, and there may be more to come. */
  #isRead = false
  #isHeldBack = false

  constructor(
    patience: Patience,
    resolve: (reply: Reply) => void,
    reject: (failure: Failure) => void,
    onSent: (() => void) | undefined,
  ) {
    this.#patience = patience
    this.#resolve = resolve
    this.#reject = reject
    this.#onSent = onSent
  }

  /** Most calls find a connection that is open, and have started by now. */
  awaitStart(): void {
    const longest = this.#patience.connectMs + this.#patience.firstByteMs
    if (this.#controller === undefined && this.#end === undefined && this.#stopped === undefined)
      this.#timer = setTimeout(() => this.stop(late('had no connection free', longest)), longest)
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    if (this.#stopped) return controller.abort(this.#stopped)
    this.#onSent?.()
    const { firstByteMs } = this.#patience
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.stop(late('did not answer', firstByteMs)), firstByteMs)
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    if (status < 200) return
    clearTimeout(this.#timer)
    this.status = status
    this.headers = headers
    // They are slices of what was read with them, and would keep it.
    controller.rawHeaders = null
    begun(this)
  }

  /** Somebody may read. */
  begin(): void {
    this.#resolve(this)
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#isRead) {
      this.#idle?.refresh()
      this.#sink?.data(chunk)
      return
    }
    this.#early.push(chunk)
    this.#earlyBytes += chunk.length
    if (this.#earlyBytes >= READ_AHEAD || this.#sink !== undefined) this.#holdBack()
  }

  onResponseEnd(): void {
    this.#over('whole')
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    const failure = this.#stopped ?? toFailure(error)
    // Once the answer has begun, whoever reads it hears of its end.
    if (this.status === 0) this.#reject(failure)
    this.#over(failure)
  }

  read(sink: ReplySink): void {
    this.#sink = sink
    this.resume()
  }

  pause(): void {
    this.#isRead = false
    this.#rest()
    this.#holdBack()
  }

  resume(): void {
    this.#isRead = true
    // What has arrived already is given at once, and often that is all.
    while (this.#isRead) {
      const chunk = this.#early.shift()
      if (chunk === undefined) break
      this.#earlyBytes -= chunk.length
      this.#sink?.data(chunk)
    }
    if (!this.#isRead) return
    if (this.#end !== undefined) return this.#tellEnd()
    this.#isHeldBack = false
    this.line?.resume()
    const { idleMs } = this.#patience
    this.#idle ??= setTimeout(() => this.stop(late('went quiet', idleMs)), idleMs)
  }

  abort(): void {
    this.#sink = undefined
    this.stop(gone())
  }

  stop(failure: Failure): void {
    if (this.#stopped) return
    this.#stopped = failure
    this.#quiet()
    if (this.#end === undefined) this.#controller?.abort(failure)
    this.#reject(failure)
  }

  #holdBack(): void {
    if (this.#isHeldBack || this.#end !== undefined) return
    this.#isHeldBack = true
    this.line?.pause()
  }

  #over(end: 'whole' | Failure): void {
    this.#end = end
    clearTimeout(this.#timer)
    this.#rest()
    this.#letGo()
    // Trouble is told at once; the end of what waits comes behind it.
    if (end !== 'whole' || this.#isRead) this.#tellEnd()
  }

  #tellEnd(): void {
    const sink = this.#sink
    const end = this.#end
    if (sink === undefined || end === undefined) return
    this.#quiet()
    this.#sink = undefined
    if (end === 'whole') sink.end()
    else sink.error(end)
  }

  /** No clock runs while nobody waits for the upstream. */
  #rest(): void {
    clearTimeout(this.#idle)
    this.#idle = undefined
  }

  #quiet(): void {
    this.#isRead = false
    this.#early = []
    this.#earlyBytes = 0
    clearTimeout(this.#timer)
    this.#rest()
    this.#letGo()
  }

  /** From here on the connection may be somebody else's. */
  #letGo(): void {
    this.line?.resume()
    this.line = undefined
  }
}

function late(what: string, ms: number): Failure {
  return new Failure('upstream_timeout', `the upstream ${what} for ${Math.round(ms / 100) / 10} seconds`)
}

/** An error of the network may quote what it read, so its code is all that is told. */
function toFailure(error: Error): Failure {
  if (error instanceof Failure) return error
  const cause = error.cause
  if (cause instanceof Failure) return cause
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name
  if (code === 'UND_ERR_CONNECT_TIMEOUT')
    return new Failure('upstream_timeout', 'the upstream took no connection in time')
  return new Failure('upstream_unreachable', `the upstream could not be reached or broke off (${code})`, {
    cause: error,
  })
}
