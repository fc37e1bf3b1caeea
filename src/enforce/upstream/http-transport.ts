// Requests to an upstream over HTTP: one pool of connections, no redirects, and a watch over the time until the first byte
// and between two. Reading stops where the reader asks for it, and then no clock runs.
import type { IncomingHttpHeaders } from 'node:http'
import type { Dispatcher } from 'undici'
import Pool from 'undici/lib/dispatcher/pool.js'
import { Failure } from '../../lib/failure.ts'
import { publicLookup } from './addresses.ts'
import { type Line, LineClient, type LineOptions, type LineUser, READING } from './line.ts'
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
    send: (outgoing, signal) =>
      new Promise((resolve, reject) => {
        const call = new Call(patience, resolve, reject)
        if (signal.aborted) return reject(gone())
        signal.addEventListener('abort', () => call.stop(gone()), { once: true })
        pool.dispatch(dispatchOf(outgoing), call)
      }),
    async upgrade({ path, headers }, signal) {
      const inTime = AbortSignal.timeout(patience.connectMs + patience.firstByteMs)
      try {
        const within = AbortSignal.any([signal, inTime])
        return await pool.upgrade({
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
  return { method: 'POST', path, headers, body: Buffer.from(body.buffer, body.byteOffset, body.byteLength) }
}

const gone = () => new Failure('unavailable', 'the client is gone')

class Call implements Dispatcher.DispatchHandler, LineUser, Reply {
  line: Line | undefined = undefined
  status = 0
  headers: IncomingHttpHeaders = {}
  readonly #patience: Patience
  readonly #resolve: (reply: Reply) => void
  readonly #reject: (failure: Failure) => void
  readonly #timer: NodeJS.Timeout
  #idle: NodeJS.Timeout | undefined
  #controller: Dispatcher.DispatchController | undefined
  #sink: ReplySink | undefined
  #stopped: Failure | undefined
  /** Somebody reads, and there is more to come. */
  #isRead = false

  constructor(patience: Patience, resolve: (reply: Reply) => void, reject: (failure: Failure) => void) {
    this.#patience = patience
    this.#resolve = resolve
    this.#reject = reject
    const longest = patience.connectMs + patience.firstByteMs
    this.#timer = setTimeout(() => this.stop(late('did not answer', patience.firstByteMs)), longest)
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    if (this.#stopped) controller.abort(this.#stopped)
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    if (status < 200) return
    clearTimeout(this.#timer)
    this.status = status
    this.headers = headers
    controller.pause()
    this.#resolve(this)
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#idle?.refresh()
    this.#sink?.data(chunk)
  }

  onResponseEnd(): void {
    this.#quiet()
    const sink = this.#sink
    this.#sink = undefined
    sink?.end()
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    const failure = this.#stopped ?? toFailure(error)
    this.#quiet()
    this.#reject(failure)
    const sink = this.#sink
    this.#sink = undefined
    sink?.error(failure)
  }

  read(sink: ReplySink): void {
    this.#sink = sink
    this.#isRead = true
    // What has arrived already is given at once, and often that is all.
    this.#controller?.resume()
    if (this.#isRead) this.#watch()
  }

  pause(): void {
    this.#isRead = false
    clearTimeout(this.#idle)
    this.#idle = undefined
    this.line?.pause()
  }

  resume(): void {
    this.#isRead = true
    this.line?.resume()
    this.#watch()
  }

  #watch(): void {
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
    this.#controller?.abort(failure)
    this.#reject(failure)
  }

  #quiet(): void {
    this.#isRead = false
    clearTimeout(this.#timer)
    clearTimeout(this.#idle)
    this.#idle = undefined
    // From here on it may be somebody else's.
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
  const code = 'code' in error ? String(error.code) : error.name
  if (code === 'UND_ERR_CONNECT_TIMEOUT')
    return new Failure('upstream_timeout', 'the upstream took no connection in time')
  return new Failure('upstream_unreachable', `the upstream could not be reached or broke off (${code})`, {
    cause: error,
  })
}
