// The gateway as this installation is configured: keys from the store, upstreams over HTTP, and what happened told to
// whoever counts.
import { createBearerTokens } from '../admit/bearer-tokens.ts'
import { createKeyring } from '../admit/gateway-keys.ts'
import type { Admit } from '../admit/admit.ts'
import { addressOf } from '../enforce/client-address.ts'
import { type OpeningsOf, openingsOf } from '../enforce/digests.ts'
import { createGateway, type Gateway } from '../enforce/gateway.ts'
import { openDesk } from '../enforce/oversight/desk.ts'
import type { Enforce } from '../enforce/policies/enforce.ts'
import type { Caller } from '../enforce/routes.ts'
import type { ServedPolicy } from '../enforce/snapshots.ts'
import type { httpTransport } from '../enforce/upstream/http-transport.ts'
import type { OpenTransport } from '../enforce/upstream/upstream.ts'
import type { Exchange } from '../model/exchange.ts'
import type { GatewayKey } from '../model/gateway-key.ts'
import type { Words } from '../model/words.ts'
import type { Store } from '../store/store.ts'
import type { Config } from './config.ts'
import { gatewaySecret } from './gateway-secret.ts'
import { type Logger, traceOf } from './logger.ts'
import { openMeters } from './meters.ts'
import { followPolicy, type PolicyInForce, startingPolicy } from './policy-in-force.ts'

export interface GatewayParts {
  config: Config
  store: Store
  admit: Admit
  enforce: Enforce
  logger: Logger
  recordFirst(exchange: Exchange): Promise<void>
  onTrouble(error: unknown): void
  now: () => Date
}

type ExchangeListener = (exchange: Exchange, words: Words | undefined) => void

export interface AppGateway extends Omit<Gateway, 'swap' | 'endCalls'>, Pick<PolicyInForce, 'refresh' | 'adopt'> {
  /** Called after each call; returns how to stop. */
  onExchange(listener: ExchangeListener): () => void
  /** What stands in front of the bodies of a call where their digests are made. */
  readonly openingsOf: OpeningsOf
}

export async function openGateway(parts: GatewayParts): Promise<AppGateway> {
  const { config, store, admit, enforce, logger, recordFirst, onTrouble, now } = parts
  const keyring = createKeyring(admit)
  const tokens = createBearerTokens({
    issuers: config.issuers,
    fetch,
    async knowsAgent(id) {
      const asset = await store.read.register.asset(id)
      return asset?.kind === 'agent' && asset.retiredAt === undefined
    },
    now,
  })
  const transports = createTransports(config)
  const policy = await startingPolicy(enforce, onTrouble)
  await transports.loadFor(policy)
  const listeners = new Set<ExchangeListener>()
  const meters = await openMeters({
    config,
    store,
    vault: enforce.vault,
    now,
    onTrouble: (error) => logger.error({ trouble: traceOf(error) }, 'what the gateway counts could not be kept'),
  })
  const secret = gatewaySecret(config.dataDir, config.gateway.secret)
  const desk = await openDesk({
    house: store,
    vault: enforce.vault,
    secret,
    isAlone: store.kind === 'sqlite',
    most: { all: config.gateway.heldCalls, perKey: config.gateway.heldCallsPerKey },
    now,
    listen: (listener) => store.onRecorded(listener),
    onTrouble,
  })
  const callerOf = callersOfKeys()
  const gateway = createGateway({
    ...policy,
    limits: config.gateway,
    openTransport: transports.open,
    traces: config.export.otlp.url !== undefined && config.export.otlp.spans,
    addressOf: addressOf(config.behindTls ? ['loopback', ...config.trustedProxies] : config.trustedProxies),
    record: config.record,
    recordFirst,
    secret,
    desk,
    authenticate(secret) {
      if (tokens.isToken(secret)) return tokens.find(secret)
      const key = keyring.find(secret)
      return key instanceof Promise ? key.then(callerOf) : callerOf(key)
    },
    meters,
    endedKey: async (secret) => (await keyring.known(secret))?.id,
    now,
    onExchange(exchange, words) {
      for (const listener of listeners) listener(exchange, words)
    },
    onBug: (error, exchangeId) =>
      logger.error({ bug: traceOf(error), exchangeId }, 'a call through the gateway failed'),
  })
  const stopListening = store.onRecorded((rows) => {
    const ofKeys = rows.filter(({ subjectKind }) => subjectKind === 'gateway-key')
    if (ofKeys.length > 0) keyring.forget()
    for (const { kind, subjectId } of ofKeys) if (kind === 'gateway-key.revoked') gateway.endCalls(subjectId)
  })
  const following = followPolicy(
    enforce,
    async (next) => {
      await transports.loadFor(next)
      gateway.swap(next)
    },
    (listener) => store.onRecorded(listener),
    onTrouble,
  )
  return {
    takes: gateway.takes,
    tell: gateway.tell,
    listener: gateway.listener,
    takesUpgrade: (request) => gateway.takesUpgrade(request),
    upgrade: (request, socket, head) => gateway.upgrade(request, socket, head),
    doorFor: (guest) => gateway.doorFor(guest),
    get active() {
      return gateway.active
    },
    async drain() {
      await desk.closeAll()
      await gateway.drain()
    },
    get routes() {
      return gateway.routes
    },
    refresh: following.refresh,
    adopt: following.adopt,
    health: () => gateway.health(),
    openingsOf: openingsOf(secret),
    async close() {
      stopListening()
      await following.close()
      await desk.close()
      await gateway.close()
      await meters.close()
    },
    onExchange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** A key that is remembered stands for one caller, made once. */
function callersOfKeys(): (key: GatewayKey | undefined) => Caller | undefined {
  const callers = new WeakMap<GatewayKey, Caller>()
  return (key) => {
    if (key === undefined) return undefined
    let caller = callers.get(key)
    if (caller === undefined) {
      const { id, asset, agent, limits, models, routes, createdBy, expiresAt } = key
      const until = expiresAt === undefined ? undefined : Date.parse(expiresAt)
      caller = { keyId: id, asset, agent, limits, models, routes, owners: [createdBy], until }
      callers.set(key, caller)
    }
    return caller
  }
}

/** The HTTP client is loaded only where there is somebody to call. */
function createTransports({ gateway }: Config): { loadFor(policy: ServedPolicy): Promise<void>; open: OpenTransport } {
  let http: typeof httpTransport | undefined
  const patience = {
    connectMs: gateway.connectSeconds * 1000,
    firstByteMs: gateway.firstByteSeconds * 1000,
    idleMs: gateway.idleSeconds * 1000,
  }
  return {
    async loadFor({ upstreams }) {
      if (Object.keys(upstreams).length > 0)
        http ??= (await import('../enforce/upstream/http-transport.ts')).httpTransport
    },
    open(origin, allowsPrivate) {
      if (http === undefined) throw new TypeError('the HTTP client is not loaded')
      return http({ origin, allowsPrivate, patience, connections: gateway.connectionsPerUpstream })
    },
  }
}
