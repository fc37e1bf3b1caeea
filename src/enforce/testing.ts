// For tests: a gateway on a real socket, and an upstream on another that speaks every format, remembers what it was sent,
// and misbehaves when told to.
import { once } from 'node:events'
import {
  createServer,
  type IncomingHttpHeaders,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, type TestContext } from 'node:test'
import type { Exchange } from '../model/exchange.ts'
import { addressOf } from './client-address.ts'
import { GatewayLimits, RoutesConfig, UpstreamsConfig } from './config.ts'
import { demoReply } from './demo/demo-transport.ts'
import type { Budget } from '../model/budget.ts'
import { type MetersOptions, testMeters } from './spend/testing.ts'
import { createGateway, type Gateway } from './gateway.ts'
import { nobodysDesk } from './oversight/testing.ts'
import type { Desk } from './oversight/desk.ts'
import type { ReadyGuard } from './guard.ts'
import { GuardsConfig } from './policy.ts'
import { RecordRule } from './record-rule.ts'
import type { Caller } from './routes.ts'
import { httpTransport } from './upstream/http-transport.ts'
import { CONVERSATIONS } from './wire/index.ts'
import type { WireId } from './wire/wire.ts'

export const TEST_KEY = 'gw_test'
const CALLER: Caller = { keyId: 'key_test', asset: undefined, models: ['*'], routes: ['*'] }

export interface Recorded {
  path: string
  headers: IncomingHttpHeaders
  body: string
}

export interface MockUpstream {
  url: string
  recorded: Recorded[]
  /** Takes the next request in place of the script; each is used once. */
  next: ((response: ServerResponse, recorded: Recorded) => void)[]
}

export async function startUpstream(t: TestContext): Promise<MockUpstream> {
  const recorded: Recorded[] = []
  const next: MockUpstream['next'] = []
  const url = await listen(t, (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const one = { path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString('utf8') }
      recorded.push(one)
      const answer = next.shift() ?? scripted
      answer(response, one)
    })
  })
  return { url, recorded, next }
}

function scripted(response: ServerResponse, { path, body }: Recorded): void {
  const id = formatOf(path)
  const wire = CONVERSATIONS.find((one) => one.id === id)
  if (wire === undefined) {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(
      '{"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.25]}],"usage":{"prompt_tokens":2,"total_tokens":2}}',
    )
    return
  }
  const model = /\/models\/(?<model>[^:]+):/.exec(path)?.groups?.['model']
  const { type, pieces } = demoReply(wire, JSON.parse(body), { model, stream: path.includes('streamGenerate') })
  response.writeHead(200, { 'content-type': type })
  for (const piece of pieces) response.write(piece)
  response.end()
}

/** For what all tests of a file share: it ends with the last of them. */
export function wholeFile(): TestContext {
  const ending: (() => unknown)[] = []
  after(async () => {
    for (const end of ending) await end()
  })
  return { after: (work: () => unknown) => ending.push(work) } as unknown as TestContext
}

function formatOf(path: string): WireId | undefined {
  if (path.endsWith('/chat/completions')) return 'openai-chat'
  if (path.endsWith('/responses')) return 'openai-responses'
  if (path.endsWith('/messages')) return 'anthropic-messages'
  return /:(streamG|g)enerateContent/.test(path) ? 'gemini-generate' : undefined
}

export interface TestGateway {
  url: string
  gateway: Gateway
  exchanges: Exchange[]
  /** What was spent of a budget, once all was told. */
  spent(budget: Budget): Promise<number>
  send(path: string, body: object | string, headers?: Record<string, string>): Promise<Response>
}

export interface TestGatewayOptions extends MetersOptions {
  upstreams: Record<
    string,
    { provider: string; url?: string; key?: string; private?: boolean; formats?: string[]; region?: string }
  >
  routes: Record<
    string,
    {
      models: string[]
      upstreams: (string | { use: string; model: string })[]
      guards?: object
      record?: object
      realtime?: string
      unnamed?: object
    }
  >
  guards?: object
  limits?: object
  caller?: Caller
  record?: object
  recordFirst?: (exchange: Exchange) => Promise<void>
  now?: () => Date
  /** Hears of each header that is looked up. */
  seesHeader?: (name: string) => void
  /** Nobody is there to ask unless given. */
  desk?: Desk
  /** In place of those of the policy, on every route. */
  atWork?: readonly ReadyGuard[]
}

export async function startGateway(t: TestContext, options: TestGatewayOptions): Promise<TestGateway> {
  const limits = GatewayLimits.parse(options.limits ?? {})
  const exchanges: Exchange[] = []
  const patience = {
    connectMs: limits.connectSeconds * 1000,
    firstByteMs: limits.firstByteSeconds * 1000,
    idleMs: limits.idleSeconds * 1000,
  }
  const { meters, spent } = await testMeters(t, options)
  const gateway = createGateway({
    upstreams: UpstreamsConfig.parse(options.upstreams),
    routes: RoutesConfig.parse(options.routes),
    guards: GuardsConfig.parse(options.guards ?? {}),
    limits,
    secret: new Uint8Array(32),
    openTransport: (origin, allowsPrivate) =>
      httpTransport({ origin, allowsPrivate, patience, connections: limits.connectionsPerUpstream }),
    meters,
    desk: options.desk ?? nobodysDesk,
    traces: false,
    addressOf: addressOf([]),
    record: RecordRule.parse(options.record ?? {}),
    recordFirst: options.recordFirst ?? (async () => undefined),
    authenticate: async (secret) => {
      if (secret === TEST_KEY) return options.caller ?? CALLER
      // As many others as a test wants.
      return secret.startsWith(`${TEST_KEY}_`) ? { ...CALLER, keyId: secret } : undefined
    },
    endedKey: async (secret) => (secret === 'gw_ended' ? 'key_ended' : undefined),
    now: options.now ?? (() => new Date()),
    onExchange: (exchange) => exchanges.push(exchange),
    onBug: (error) => {
      throw error
    },
  })
  const { atWork } = options
  if (atWork !== undefined)
    for (const route of gateway.routes)
      Object.assign(route, { enforcement: { policy: route.enforcement.policy, guards: atWork } })
  const { seesHeader } = options
  const listener: RequestListener = (request, response) => {
    if (seesHeader !== undefined)
      Object.defineProperty(request, 'headers', { value: spied(request.headers, seesHeader) })
    gateway.listener(request, response)
  }
  const url = await listen(t, listener, gateway)
  t.after(() => gateway.close())
  return {
    url,
    gateway,
    exchanges,
    spent,
    send: (path, body, headers = {}) =>
      fetch(url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${TEST_KEY}`, ...headers },
        body: typeof body === 'string' || body instanceof Blob ? body : JSON.stringify(body),
      }),
  }
}

function spied(headers: IncomingHttpHeaders, sees: (name: string) => void): IncomingHttpHeaders {
  return new Proxy(headers, {
    get(target, name) {
      if (typeof name === 'string') sees(name)
      return Reflect.get(target, name) as unknown
    },
  })
}

/** A call is reported a moment after its last byte. */
export async function over({ exchanges }: Pick<TestGateway, 'exchanges'>, count = 1): Promise<Exchange> {
  for (;;) {
    const exchange = exchanges[count - 1]
    if (exchange !== undefined) return exchange
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
}

async function listen(t: TestContext, listener: RequestListener, gateway?: Gateway): Promise<string> {
  const server: Server = createServer(
    gateway === undefined ? {} : { shouldUpgradeCallback: gateway.takesUpgrade },
    listener,
  )
  if (gateway !== undefined) server.on('upgrade', gateway.upgrade)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address() as AddressInfo
  return `http://127.0.0.1:${address.port}`
}

/** Every format, by the model `<upstream>-model` that leads to an upstream which speaks it. */
export function allUpstreams({ url }: MockUpstream): Pick<TestGatewayOptions, 'upstreams' | 'routes'> {
  const providers = ['openai', 'anthropic', 'gemini'] as const
  const upstreams: TestGatewayOptions['upstreams'] = Object.fromEntries(
    providers.map((provider) => [provider, { provider, url, key: `sk-${provider}-upstream` }]),
  )
  upstreams['responses'] = { provider: 'openai', url, key: 'sk-responses-upstream', formats: ['openai-responses'] }
  const ids = Object.keys(upstreams)
  return { upstreams, routes: Object.fromEntries(ids.map((id) => [id, { models: [`${id}-model`], upstreams: [id] }])) }
}
