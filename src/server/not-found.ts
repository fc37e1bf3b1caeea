// Where no route is: says which one is near, which methods a path has, or shows the console's page.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Failure } from '../lib/failure.ts'
import { suggest } from '../lib/suggest.ts'
import { sendPage } from './console.ts'
import type { ServerContext } from './context.ts'
import { rawRoutes } from './raw-routes.ts'

const OURS = ['/api', '/healthz', '/readyz', '/metrics', '/log/tile', '/log/checkpoint', '/verify.mjs']

export function notFound({ routes }: ServerContext, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const path = request.url.split('?', 1)[0] ?? ''
  const known = [...routes, ...rawRoutes.map(({ path }) => ({ path, method: 'GET' }))]
  const methods = known.filter((route) => matches(route.path, path)).map((route) => route.method)
  if (methods.length > 0) {
    reply.header('allow', [...new Set(methods)].join(', '))
    throw new Failure('method_not_allowed', `${request.method} does not go with this path`, {
      hint: `it knows ${[...new Set(methods)].join(', ')}`,
    })
  }
  const isOurs = OURS.some((prefix) => path === prefix || path.startsWith(`${prefix}/`))
  const page = isOurs ? undefined : sendPage(request, reply)
  if (page !== undefined) return page
  const near = suggest(
    path,
    known.map((route) => route.path),
  )
  throw new Failure('not_found', 'there is nothing at this path', {
    hint: near === undefined ? 'GET /api/openapi.json lists what there is' : `did you mean ${near}?`,
  })
}

function matches(pattern: string, path: string): boolean {
  const [wanted, given] = [pattern.split('/'), path.split('/')]
  return wanted.length === given.length && wanted.every((part, i) => part.startsWith(':') || part === given[i])
}
