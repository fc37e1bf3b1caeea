// The gateway as this installation is configured: keys from the store, upstreams over HTTP, and what happened told to
// whoever counts.
import { createKeyring } from '../admit/gateway-keys.ts'
import type { Admit } from '../admit/admit.ts'
import { addressOf } from '../enforce/client-address.ts'
import { createGateway, type Gateway } from '../enforce/gateway.ts'
import type { OpenTransport } from '../enforce/upstream/upstream.ts'
import type { Exchange } from '../model/exchange.ts'
import type { Store } from '../store/store.ts'
import type { Config } from './config.ts'
import { type Logger, traceOf } from './logger.ts'

export interface GatewayParts {
  config: Config
  store: Store
  admit: Admit
  logger: Logger
  recordFirst(exchange: Exchange): Promise<void>
  now: () => Date
}

export interface AppGateway extends Gateway {
  /** Called after each call; returns how to stop. */
  onExchange(listener: (exchange: Exchange) => void): () => void
}

export async function openGateway({
  config,
  store,
  admit,
  logger,
  recordFirst,
  now,
}: GatewayParts): Promise<AppGateway> {
  const keyring = createKeyring(admit)
  const stopListening = store.onRecorded((rows) => {
    if (rows.some(({ subjectKind }) => subjectKind === 'gateway-key')) keyring.forget()
  })
  const listeners = new Set<(exchange: Exchange) => void>()
  const gateway = createGateway({
    upstreams: config.upstreams,
    routes: config.routes,
    guards: config.guards,
    limits: config.gateway,
    openTransport: await transports(config),
    traces: false,
    addressOf: addressOf(config.behindTls ? ['loopback', ...config.trustedProxies] : config.trustedProxies),
    record: config.record,
    recordFirst,
    async authenticate(secret) {
      const key = await keyring.find(secret)
      return key && { keyId: key.id, asset: key.asset, models: key.models, routes: key.routes }
    },
    endedKey: async (secret) => (await keyring.known(secret))?.id,
    now,
    onExchange(exchange) {
      for (const listener of listeners) listener(exchange)
    },
    onBug: (error, exchangeId) =>
      logger.error({ bug: traceOf(error), exchangeId }, 'a call through the gateway failed'),
  })
  return {
    prefixes: gateway.prefixes,
    listener: gateway.listener,
    get active() {
      return gateway.active
    },
    drain: () => gateway.drain(),
    swap: (policy) => gateway.swap(policy),
    get routes() {
      return gateway.routes
    },
    get upstreams() {
      return gateway.upstreams
    },
    async close() {
      stopListening()
      await gateway.close()
    },
    onExchange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** The HTTP client is loaded only where there is somebody to call. */
async function transports({ upstreams, gateway }: Config): Promise<OpenTransport> {
  if (Object.keys(upstreams).length === 0) {
    return () => {
      throw new TypeError('no upstream is configured')
    }
  }
  const { httpTransport } = await import('../enforce/upstream/http-transport.ts')
  const patience = {
    connectMs: gateway.connectSeconds * 1000,
    firstByteMs: gateway.firstByteSeconds * 1000,
    idleMs: gateway.idleSeconds * 1000,
  }
  return (origin, allowsPrivate) =>
    httpTransport({ origin, allowsPrivate, patience, connections: gateway.connectionsPerUpstream })
}
