// The doors that answer with something else than JSON of one schema: liveness, readiness, metrics, the API's own
// description, live events, and the published files of the log.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Failure } from '../lib/failure.ts'
import { assetExports } from './asset-export.ts'
import { authenticate } from './auth.ts'
import type { RawRoute, ServerContext } from './context.ts'
import { securityHeaders } from './headers.ts'
import { readChecks } from './health.ts'
import { renderProblemPage } from './problem.ts'

const JSON_TYPE = 'application/json; charset=utf-8'

const healthz: RawRoute = {
  id: 'healthz',
  path: '/healthz',
  summary: 'Answers while the process lives',
  needs: 'anyone',
  mediaType: 'application/json',
  async send(_context, _request, reply) {
    return reply.type(JSON_TYPE).send('{"status":"ok"}')
  },
}

const readyz: RawRoute = {
  id: 'readyz',
  path: '/readyz',
  summary: 'Says whether changes can be made, and why not',
  needs: 'anyone',
  mediaType: 'application/json',
  async send({ app }, _request, reply) {
    const checks = await readChecks(app)
    const ready = checks.every((check) => check.state !== 'failing')
    return reply
      .code(ready ? 200 : 503)
      .type(JSON_TYPE)
      .send(JSON.stringify({ ready, checks }))
  },
}

const metrics: RawRoute = {
  id: 'metrics',
  path: '/metrics',
  summary: 'Gives numbers for Prometheus',
  needs: 'system:read',
  mediaType: 'text/plain',
  async send({ app, metrics, streams }, _request, reply) {
    return reply.type('text/plain; version=0.0.4; charset=utf-8').send(await metrics.render(app, streams.count))
  },
}

const openApi: RawRoute = {
  id: 'show-openapi',
  path: '/api/openapi.json',
  summary: 'Describes this API as OpenAPI 3.1',
  needs: 'anyone',
  mediaType: 'application/json',
  async send({ description }, _request, reply) {
    return reply.type(JSON_TYPE).send(description())
  },
}

const problems: RawRoute = {
  id: 'show-problems',
  path: '/docs/errors',
  summary: 'Explains the codes of problems',
  needs: 'anyone',
  mediaType: 'text/markdown',
  async send(_context, _request, reply) {
    return reply.type('text/markdown; charset=utf-8').send(renderProblemPage())
  },
}

const events: RawRoute = {
  id: 'stream-events',
  path: '/api/events',
  summary:
    'Streams what is recorded, calls to models and how jobs go on, as server-sent events; resumes after Last-Event-ID',
  needs: 'anyone-signed-in',
  mediaType: 'text/event-stream',
  async send({ app, streams, localSecret }, request, reply) {
    await streams.open({
      actor: request.caller.actor,
      response: reply.raw,
      headers: securityHeaders(app.config.behindTls),
      lastEventId: lastEventId(request),
      begin: () => void reply.hijack(),
      async recheck() {
        const caller = await authenticate(app, request.headers, request.seenOrigin, localSecret, {
          isUse: false,
        }).catch(refused)
        return caller?.actor.kind === 'anonymous' ? undefined : caller?.actor
      },
    })
    return reply
  },
}

const logFiles: RawRoute[] = ['/log/checkpoint', '/log/tile/*'].map((path) => ({
  id: path.endsWith('*') ? 'show-log-tile' : 'show-log-checkpoint',
  path,
  summary: path.endsWith('*')
    ? 'Gives a tile of the log (C2SP tlog-tiles)'
    : 'Gives the latest checkpoint (C2SP tlog-checkpoint)',
  needs: 'log:read',
  mediaType: path.endsWith('*') ? 'application/octet-stream' : 'text/plain',
  send: sendLogFile,
}))

export const rawRoutes: readonly RawRoute[] = [
  healthz,
  readyz,
  metrics,
  openApi,
  problems,
  events,
  ...logFiles,
  ...assetExports,
]

async function sendLogFile({ app }: ServerContext, request: FastifyRequest, reply: FastifyReply) {
  const path = (request.url.split('?', 1)[0] ?? '').slice('/log/'.length)
  const bytes = await app.log.file(path)
  if (bytes === undefined)
    throw new Failure('not_found', 'the log has no such file', {
      hint: 'tiles exist once they are full or partial as named',
    })
  const type = path === 'checkpoint' ? 'text/plain; charset=utf-8' : 'application/octet-stream'
  return reply.type(type).send(Buffer.from(bytes))
}

/** Whatever is not a whole number of a sane size counts as none: the id is a stranger's word. */
function lastEventId(request: FastifyRequest): number | undefined {
  const text = request.headers['last-event-id']
  return typeof text === 'string' && /^\d{1,15}$/.test(text) ? Number(text) : undefined
}

function refused(error: unknown): undefined {
  if (!(error instanceof Failure && error.code === 'unauthenticated')) throw error
}
