// The door for models: takes the requests that are for it before anything else of the server looks at them.
import { setMaxListeners } from 'node:events'
import { type IncomingMessage, type RequestListener, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { Failure } from '../lib/failure.ts'
import { newId } from '../lib/id.ts'
import { together } from '../lib/together.ts'
import type { Exchange } from '../model/exchange.ts'
import type { Words } from '../model/words.ts'
import type { AddressOf } from './client-address.ts'
import type { GatewayLimits } from './config.ts'
import type { Desk } from './oversight/desk.ts'
import type { RecordRule } from './record-rule.ts'
import { CallsUnderWay } from './calls-under-way.ts'
import { openingsOf } from './digests.ts'
import { familyOf, isForModels, isRealtime } from './endpoints.ts'
import { errorBody } from './error-bodies.ts'
import { createRoom } from './room.ts'
import type { Caller, Route } from './routes.ts'
import type { Meters } from './spend/meters.ts'
import { serve } from './serve.ts'
import { createSnapshots, type ServedPolicy, type Snapshot, withDemo } from './snapshots.ts'
import { healthOf, type UpstreamHealth } from './upstream/health.ts'
import type { GatewayContext } from './visit.ts'
import { Turns } from './turns.ts'
import type { Trouble } from './trouble.ts'
import { turnAway } from './turn-away.ts'
import type { OpenTransport } from './upstream/upstream.ts'
import type { WordsKeeper } from './words-keeper.ts'
import { createRetryBudget } from './upstream/retry-budget.ts'

export interface GatewayOptions extends ServedPolicy {
  limits: GatewayLimits
  /** Of the installation, the same on each replica; at least 32 random bytes. */
  secret: Uint8Array
  openTransport: OpenTransport
  meters: Meters
  desk: Desk
  /** Spans of calls are told somewhere. */
  traces: boolean
  addressOf: AddressOf
  record: RecordRule
  /** Resolves when the call is on record as it stands. */
  recordFirst(exchange: Exchange): Promise<void>
  authenticate(secret: string): Caller | undefined | Promise<Caller | undefined>
  /** The id of a key that was good once. */
  endedKey(secret: string): Promise<string | undefined>
  now: () => Date
  onExchange(exchange: Exchange, words: Words | undefined): void
  onBug(error: unknown, exchangeId: string): void
}

export interface Guest {
  caller: Caller
  farWords: WordsKeeper
  /** Called when his call is over and reported. */
  onEnd(exchange: Exchange): void
}

export interface Gateway {
  /** Whether a request is for it; then nothing else may look at it. */
  takes(request: Pick<IncomingMessage, 'method' | 'url'>): boolean
  readonly listener: RequestListener
  /** What is to be said of a request that cannot be read to its end, as its client understands it. */
  tell(request: IncomingMessage, trouble: Trouble): string
  /** Whether the request asks for a WebSocket that may be let through; then the connection goes to `upgrade`. */
  takesUpgrade(request: IncomingMessage): boolean
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** The same door for somebody who is known already and needs no key. */
  doorFor(guest: Guest): RequestListener
  /** Calls under way. */
  readonly active: number
  /** Takes no new calls, and resolves when those under way are over, or after the time that the limits give them. */
  drain(): Promise<void>
  /** Another policy for every call that begins from now on. Throws, and changes nothing, where it makes no sense. */
  swap(policy: ServedPolicy): void
  /** Ends those of a key that is good no more. */
  endCalls(keyId: string): void
  readonly routes: readonly Route[]
  /** Of the upstreams of the policy in force, as this process has known them. */
  health(): UpstreamHealth[]
  close(): Promise<void>
}

export function createGateway(options: GatewayOptions): Gateway {
  const { limits, now } = options
  const served = limits.demo ? withDemo : (policy: ServedPolicy) => policy
  const snapshots = createSnapshots(served(options), options.openTransport, (error) => options.onBug(error, ''))
  const shared = {
    limits,
    retries: createRetryBudget({ share: 0.2, floor: 10 }),
    room: createRoom(limits.bufferBytes),
    secret: options.secret,
    openingsOf: openingsOf(options.secret),
    now,
    clock: () => performance.now(),
    turns: new Turns(() => performance.now()),
    calls: new CallsUnderWay(now),
    meters: options.meters,
    desk: options.desk,
    traces: options.traces,
    addressOf: options.addressOf,
    record: options.record,
    recordFirst: options.recordFirst,
    authenticate: options.authenticate,
    endedKey: options.endedKey,
    onExchange(exchange: Exchange, words: Words | undefined) {
      const { outcome, upstream, code = 'broken' } = exchange
      if (outcome === 'broken') {
        const broken = snapshots.current.upstreams.find(({ id }) => id === upstream)
        broken?.vitals.brokeOff(performance.now(), code)
      }
      options.onExchange(exchange, words)
    },
    onBug: options.onBug,
  }
  const contexts = new WeakMap<Snapshot, GatewayContext>()
  let active = 0
  let isDraining = false
  let drained: (() => void) | undefined
  const stopping = new AbortController()
  setMaxListeners(0, stopping.signal)

  /** What all calls under one snapshot share. */
  function contextOf(snapshot: Snapshot): GatewayContext {
    let context = contexts.get(snapshot)
    if (context === undefined) contexts.set(snapshot, (context = { ...shared, routes: snapshot.routes }))
    return context
  }

  function enter(request: IncomingMessage, response: ServerResponse, own?: Partial<GatewayContext>): void {
    if (isDraining) response.setHeader('connection', 'close')
    if (isDraining || active >= limits.concurrency) {
      const exchange = turnAway(shared, request, response, isDraining ? 'stopping' : 'full')
      return (own?.onExchange ?? shared.onExchange)(exchange, undefined)
    }
    active++
    void serveOne(request, response, own)
  }

  /** Never rejects. */
  async function serveOne(request: IncomingMessage, response: ServerResponse, own?: Partial<GatewayContext>) {
    const { snapshot, release } = snapshots.take()
    const context = contextOf(snapshot)
    try {
      await serve(own === undefined ? context : { ...context, ...own }, request, response)
    } catch (error) {
      options.onBug(error, '')
    }
    release()
    active--
    if (active === 0) drained?.()
  }

  const arrived = together(([request, response]: Parameters<RequestListener>) => enter(request, response))

  return {
    takes: isForModels,
    listener: (...call) => arrived(call),
    tell: (request, trouble) => JSON.stringify(errorBody(familyOf(request), trouble, newId('call', now()))),
    takesUpgrade: isRealtime,
    upgrade(request, socket, head) {
      const response = new ServerResponse(request)
      response.shouldKeepAlive = false
      response.assignSocket(asNetSocket(socket))
      const detach = () => response.detachSocket(asNetSocket(socket))
      response.once('finish', () => socket.end())
      socket.on('error', () => socket.destroy())
      enter(request, response, { upgrade: { socket, head, detach, stopping: stopping.signal } })
    },
    doorFor({ caller, farWords, onEnd }) {
      const own: Partial<GatewayContext> = {
        farWords,
        authenticate: () => caller,
        onExchange(exchange, words) {
          shared.onExchange(exchange, words)
          onEnd(exchange)
        },
      }
      return (request, response) => enter(request, response, own)
    },
    get active() {
      return active
    },
    async drain() {
      isDraining = true
      stopping.abort()
      if (active === 0) return
      const { promise, resolve } = Promise.withResolvers<void>()
      drained = resolve
      const timer = setTimeout(resolve, limits.drainSeconds * 1000)
      await promise
      clearTimeout(timer)
    },
    endCalls: (keyId) =>
      shared.calls.end(keyId, new Failure('unauthenticated', 'the gateway key was revoked meanwhile')),
    swap: (policy) => snapshots.swap(served(policy)),
    get routes() {
      return snapshots.current.routes.all
    },
    health: () => snapshots.current.upstreams.map((one) => healthOf(one, now(), shared.clock())),
    close: () => snapshots.close(),
  }
}

/** Node types the connection of an upgrade as any stream; of a server over TCP it is a socket. */
function asNetSocket(socket: Duplex): Socket {
  if (socket instanceof Socket) return socket
  throw new TypeError('an upgrade without a socket')
}
