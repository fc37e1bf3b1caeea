// The API as a Fastify instance that need not listen: the server listens with it, the CLI calls into it in its own
// process. Checks run in one order for every route: name, path, who calls, may he, did he mean it; only then is a body
// read, so that strangers cannot make us buffer anything.
import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { z } from 'zod'
import { newSecret } from '../admit/secrets.ts'
import type { App } from '../app/app.ts'
import { traceOf } from '../app/logger.ts'
import { indexOf } from '../catalog/search.ts'
import type { Gateway } from '../enforce/gateway.ts'
import { once } from '../lib/once.ts'
import { parse } from '../lib/parse.ts'
import { authenticate, authorize, checkForgery } from './auth.ts'
import { serveConsole } from './console.ts'
import type { ServerContext } from './context.ts'
import { createStreams, type StreamTimes } from './events.ts'
import { securityHeaders } from './headers.ts'
import { heard } from './heard.ts'
import { parseStrictJson } from '../lib/strict-json.ts'
import { createMetrics } from './metrics.ts'
import { notFound } from './not-found.ts'
import { toOpenApi } from './openapi.ts'
import { checkHost, checkPath, originOf } from './origins.ts'
import { asFailure, headersOf, type Problem, toProblem } from './problem.ts'
import { rawRoutes } from './raw-routes.ts'
import type { AnyRoute, Needs } from './route.ts'
import { routes as allRoutes } from './routes/index.ts'
import { sessionPort } from './session-port.ts'
import { spell } from './spell.ts'
import { toldReply } from './told-reply.ts'

export interface ApiOptions {
  /** Takes the requests that are for it before anything else looks at them. */
  gateway?:
    | (Pick<Gateway, 'takes' | 'listener'> & Partial<Pick<Gateway, 'takesUpgrade' | 'upgrade' | 'tell'>>)
    | undefined
  routes?: readonly AnyRoute[] | undefined
  /** Folder that holds the built console and verifier. */
  dist?: string | undefined
  streamTimes?: StreamTimes | undefined
}

export interface Api {
  readonly fastify: FastifyInstance
  /** Bearer credential that acts as the owner of this machine. */
  readonly localSecret: string
  readonly context: ServerContext
}

const NOTHING = z.strictObject({})
/** After the page that was opened has what it asks for, and before somebody types: no search should wait for its index. */
const INDEX_AFTER_MS = 1500
const WITHOUT_HOST_CHECK = new Set(['healthz', 'readyz'])

export async function createApi(app: App, options: ApiOptions = {}): Promise<Api> {
  const localSecret = newSecret()
  const streams = createStreams(app, options.streamTimes)
  const routes = options.routes ?? allRoutes
  let text: string | undefined
  const description = () => (text ??= JSON.stringify(toOpenApi(routes, rawRoutes, app.version)))
  const context: ServerContext = { app, localSecret, metrics: createMetrics(app), streams, routes, description }
  const fastify = createFastify(app, options)

  fastify.decorateRequest('seenOrigin', '')
  fastify.decorateRequest('caller')
  fastify.removeAllContentTypeParsers()
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (_request: unknown, body: Buffer) =>
    body.length === 0 ? undefined : parseStrictJson(body),
  )
  fastify.addHook('onRequest', async (request, reply) => {
    reply.headers(securityHeaders(app.config.behindTls)).header('x-request-id', request.id)
    if (request.url.startsWith('/api')) reply.header('cache-control', 'no-store')
    checkPath(request.raw.url ?? '')
    if (WITHOUT_HOST_CHECK.has(request.routeOptions.config.id ?? '')) return
    request.seenOrigin = originOf(checkHost(hostOf(request.raw), app.config), app.config)
  })
  fastify.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.config.id ?? 'other'
    context.metrics.observe(route, reply.statusCode, reply.elapsedTime / 1000)
    request.log.debug({ route, status: reply.statusCode, ms: Math.round(reply.elapsedTime), requestId: request.id })
  })
  fastify.setErrorHandler(sendProblem)
  fastify.setNotFoundHandler((request, reply) => notFound(context, request, reply))
  for (const route of routes) addRoute(fastify, context, route)
  for (const { id, path, needs, send } of rawRoutes) {
    fastify.get(path, {
      config: { id },
      exposeHeadRoute: id !== 'stream-events',
      onRequest: (request) => admitCaller(context, needs, request),
      handler: (request, reply) => send(context, request, reply),
    })
  }
  // Four megabytes that a server does without where nobody opens the console.
  let indexing: NodeJS.Timeout | undefined
  await serveConsole(fastify, {
    dist: options.dist,
    opened: () => void (indexing ??= setTimeout(() => indexOf(app.catalog), INDEX_AFTER_MS).unref()),
  })
  let isClosing = false
  fastify.addHook('preClose', async () => {
    isClosing = true
    streams.closeAll('shutdown')
  })
  fastify.addHook('onSend', async (_request, reply) => {
    // A client that keeps its connection would keep the server from stopping.
    if (isClosing) reply.header('connection', 'close')
  })
  fastify.addHook('onSend', async (request, reply, payload) => {
    if (reply.statusCode !== 413 || request.raw.complete || typeof payload !== 'string') return payload
    reply.header('connection', 'close').header('content-length', Buffer.byteLength(payload))
    return heard(payload, request.raw)
  })
  fastify.addHook('onClose', async () => {
    clearTimeout(indexing)
    context.metrics.close()
  })
  await fastify.ready()
  return { fastify, localSecret, context }
}

/** Two Host headers are none: a proxy may have looked at the other one. */
function hostOf({ headers, rawHeaders }: IncomingMessage): string | undefined {
  const count = rawHeaders.filter((name, i) => i % 2 === 0 && name.toLowerCase() === 'host').length
  return count > 1 ? undefined : headers.host
}

function addRoute(fastify: FastifyInstance, context: ServerContext, route: AnyRoute): void {
  const { app } = context
  // Made when first asked for: of all operations a server is asked for few, and schemas are large.
  const asked = once(() => ({
    params: route.params?.strict() ?? NOTHING,
    query: route.query?.strict() ?? NOTHING,
    body: route.body?.strict() ?? NOTHING,
  }))
  fastify.route({
    method: route.method,
    url: route.path,
    config: { id: route.id },
    bodyLimit: route.bodyLimit ?? app.config.limits.bodyBytes,
    onRequest: (request) => admitCaller(context, route.needs, request),
    async handler(request, reply) {
      const { caller } = request
      const told = toldReply(request, reply, route.tells !== undefined)
      const { params, query, body } = asked()
      try {
        const shown = asReply(
          route,
          await route.handle({
            app,
            actor: caller.actor,
            client: { address: request.ip, origin: request.seenOrigin },
            session: sessionPort(app.admit, caller, request.seenOrigin, reply),
            ifMatch: request.headers['if-match'],
            signal: told.signal,
            tell: told.tell,
            params: parse(params, request.params),
            query: parse(query, spell(query, request.query)),
            body: parse(body, request.body ?? {}),
          }),
        )
        if (told.isStream) return told.done(shown)
        if (route.etag) reply.header('etag', `"${route.etag(shown)}"`)
        return reply.type('application/json; charset=utf-8').send(JSON.stringify(shown))
      } catch (error) {
        if (!told.isStream) throw error
        return told.failed(problemOf(error, request))
      }
    },
  })
}

async function admitCaller({ app, localSecret }: ServerContext, needs: Needs, request: FastifyRequest): Promise<void> {
  request.caller = await authenticate(app, request.headers, request.seenOrigin || 'http://localhost', localSecret)
  checkForgery(request.caller, request.method, needs, request.headers, request.seenOrigin)
  authorize(request.caller.actor, needs)
}

/** Only what the reply schema names leaves the house. */
function asReply(route: AnyRoute, value: unknown): unknown {
  const result = route.reply.safeParse(value)
  if (result.success) return result.data
  const places = result.error.issues.map((issue) => issue.path.join('.')).join(', ')
  throw new TypeError(`the reply of ${route.id} does not fit its schema at: ${places}`)
}

function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = problemOf(error, request)
  return reply.code(problem.status).headers(headersOf(error)).send(JSON.stringify(problem))
}

function problemOf(error: unknown, request: FastifyRequest): Problem {
  const problem = toProblem(error, request.id)
  if (problem.code === 'bug')
    request.log.error({ bug: traceOf(error), requestId: request.id, route: request.routeOptions.config.id })
  else if (problem.status >= 500)
    request.log.warn({ code: problem.code, requestId: request.id }, asFailure(error)?.message)
  return problem
}

function createFastify(app: App, { gateway = app.gateway }: ApiOptions): FastifyInstance {
  const { limits, trustedProxies, behindTls } = app.config
  const proxies = behindTls ? ['loopback', ...trustedProxies] : trustedProxies
  const loggerInstance: FastifyBaseLogger = app.logger
  return Fastify({
    loggerInstance,
    logController: new Fastify.LogController({ disableRequestLogging: true }),
    trustProxy: proxies.length > 0 ? proxies : false,
    bodyLimit: limits.bodyBytes,
    requestIdHeader: false,
    genReqId: () => randomBytes(9).toString('base64url'),
    routerOptions: { maxParamLength: 1500, caseSensitive: true, ignoreTrailingSlash: false },
    clientErrorHandler: (error, socket) => answerBroken(error, socket, gateway),
    frameworkErrors: (error, request, reply) => sendProblem(error, request, reply.headers(securityHeaders(behindTls))),
    forceCloseConnections: 'idle',
    serverFactory(listener) {
      const server = createServer(
        {
          headersTimeout: limits.headerSeconds * 1000,
          requestTimeout: limits.requestSeconds * 1000,
          connectionsCheckingInterval: 1000,
          keepAliveTimeout: 65_000,
          maxHeaderSize: 16_384,
          // What waits for one slow reader.
          highWaterMark: 16_384,
          // Any other request that asks for an upgrade is answered as if it had not asked.
          shouldUpgradeCallback: (request) => gateway?.takesUpgrade?.(request) ?? false,
        },
        (request, response) =>
          gateway?.takes(request) ? gateway.listener(request, response) : listener(request, response),
      )
      server.on('upgrade', (request, socket, head) => {
        if (gateway?.takesUpgrade?.(request)) gateway.upgrade?.(request, socket, head)
        else socket.destroy()
      })
      server.maxHeadersCount = 100
      server.maxConnections = limits.connections
      return server
    },
  })
}

/** What was not even HTTP, too slow or too long in its headers. */
interface ClientSocket {
  writable: boolean
  destroyed: boolean
  /** The answer that it carries; Node's own handler asks it the same. */
  _httpMessage?: { headersSent: boolean; req?: IncomingMessage } | null
  end(text: string): void
  destroy(): void
}

function answerBroken(error: Error & { code?: string }, socket: ClientSocket, gateway: ApiOptions['gateway']): void {
  const status =
    error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
      ? '408 Request Timeout'
      : error.code === 'HPE_HEADER_OVERFLOW'
        ? '431 Request Header Fields Too Large'
        : '400 Bad Request'
  // Into an answer that is under way nothing else may be written.
  const isAnswered = socket._httpMessage?.headersSent === true
  if (!socket.writable || socket.destroyed || isAnswered || error.code === 'ECONNRESET') return socket.destroy()
  const trouble = { status: Number(status.slice(0, 3)), code: 'input_invalid' }
  const late = status.startsWith('408') ? 'the request did not come whole in time' : 'the request could not be read'
  const asked = socket._httpMessage?.req
  const said = asked && gateway?.takes(asked) ? gateway.tell?.(asked, { ...trouble, message: late }) : undefined
  const problem = { type: '/docs/errors#input_invalid', title: status.slice(4), ...trouble, detail: late }
  const body = said ?? JSON.stringify(problem)
  const kind = said === undefined ? 'problem+json' : 'json'
  socket.end(
    `HTTP/1.1 ${status}\r\ncontent-type: application/${kind}; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  )
}
