// The door for models: takes the requests under its prefixes before anything else of the server looks at them.
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Exchange } from '../model/exchange.ts'
import { DEMO_MODEL } from './demo/assistant.ts'
import { type GatewayLimits, type RouteConfig, type UpstreamConfig } from './config.ts'
import { familyOf } from './endpoints.ts'
import { errorBody } from './error-bodies.ts'
import type { GuardChanges } from './policy.ts'
import { createRoom } from './room.ts'
import { type Caller, createRoutes } from './routes.ts'
import { serve } from './serve.ts'
import { createUpstream, type OpenTransport } from './upstream/upstream.ts'
import { createRetryBudget } from './upstream/retry-budget.ts'

export interface GatewayOptions {
  upstreams: Readonly<Record<string, UpstreamConfig>>
  routes: Readonly<Record<string, RouteConfig>>
  guards: GuardChanges
  limits: GatewayLimits
  /** Of the installation, the same on each replica; at least 32 random bytes. */
  secret: Uint8Array
  openTransport: OpenTransport
  authenticate(secret: string): Promise<Caller | undefined>
  now: () => Date
  onExchange(exchange: Exchange): void
  onBug(error: unknown, exchangeId: string): void
}

export interface Gateway {
  readonly prefixes: readonly string[]
  readonly listener: RequestListener
  /** Calls under way. */
  readonly active: number
  /** Takes no new calls, and resolves when those under way are over, or after the time that the limits give them. */
  drain(): Promise<void>
  close(): Promise<void>
}

const PREFIXES = ['/v1/', '/v1beta/', '/mcp/'] as const

const DEMO = {
  upstreams: { demo: { provider: 'demo', private: false } },
  routes: { demo: { models: [DEMO_MODEL], upstreams: ['demo'], guards: {} } },
}

export function createGateway(options: GatewayOptions): Gateway {
  const { limits, now } = options
  const demo = limits.demo ? DEMO : { upstreams: {}, routes: {} }
  const upstreams = new Map(
    Object.entries({ ...demo.upstreams, ...options.upstreams }).map(([id, config]) => [
      id,
      createUpstream(id, config, options.openTransport),
    ]),
  )
  const context = {
    routes: createRoutes({ ...demo.routes, ...options.routes }, upstreams, options.guards),
    limits,
    retries: createRetryBudget({ share: 0.2, floor: 10 }),
    room: createRoom(limits.bufferBytes),
    secret: options.secret,
    now,
    clock: () => performance.now(),
    authenticate: options.authenticate,
    onExchange: options.onExchange,
    onBug: options.onBug,
  }
  let active = 0
  let isDraining = false
  let drained: (() => void) | undefined

  function listener(request: IncomingMessage, response: ServerResponse): void {
    if (isDraining) response.setHeader('connection', 'close')
    if (isDraining || active >= limits.concurrency) return turnAway(request, response, isDraining)
    active++
    void serve(context, request, response)
      .catch((error: unknown) => options.onBug(error, ''))
      .finally(() => {
        active--
        if (active === 0) drained?.()
      })
  }

  return {
    prefixes: PREFIXES,
    listener,
    get active() {
      return active
    },
    async drain() {
      isDraining = true
      if (active === 0) return
      const { promise, resolve } = Promise.withResolvers<void>()
      drained = resolve
      const timer = setTimeout(resolve, limits.drainSeconds * 1000)
      await promise
      clearTimeout(timer)
    },
    async close() {
      await Promise.all([...upstreams.values()].map(({ transport }) => transport.close()))
    },
  }
}

function turnAway(request: IncomingMessage, response: ServerResponse, isDraining: boolean): void {
  const message = isDraining ? 'the gateway is stopping' : 'the gateway has as many calls as it may have'
  const trouble = { status: 503, code: 'unavailable', message, retryAfter: 1 }
  response.writeHead(503, { 'content-type': 'application/json; charset=utf-8', 'retry-after': '1' })
  response.end(JSON.stringify(errorBody(familyOf(request), trouble, '')))
}
