// Serves the console that the build left in dist/console. Files under assets/ carry their hash in the name and never
// change; every page of the console is index.html, so an address inside it can be opened and shared.
import { readFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { packageRoot } from '../app/package.ts'
import { Failure } from '../lib/failure.ts'

const YEAR = 31_536_000

interface Served {
  /** Folder that holds the built console and verifier. */
  dist?: string | undefined
  /** Told of each page that goes to a browser. */
  opened(): void
}

export async function serveConsole(
  fastify: FastifyInstance,
  { dist = join(packageRoot, 'dist'), opened }: Served,
): Promise<void> {
  const root = join(dist, 'console')
  fastify.get('/verify.mjs', { config: { id: 'verifier' } }, async (_request, reply) => {
    const program = await readFile(join(dist, 'verify.mjs')).catch(() => undefined)
    if (program === undefined) throw notBuilt()
    return reply.header('cache-control', 'no-cache').type('text/javascript; charset=utf-8').send(program)
  })
  if (!existsSync(join(root, 'index.html'))) return
  const { default: fastifyStatic } = await import('@fastify/static')
  await fastify.register(fastifyStatic, {
    root,
    preCompressed: true,
    index: 'index.html',
    cacheControl: false,
    dotfiles: 'ignore',
    setHeaders(reply, path) {
      if (basename(path).startsWith('index.html')) opened()
      const isHashed = path.startsWith(join(root, 'assets'))
      reply.header('cache-control', isHashed ? `public, max-age=${YEAR}, immutable` : 'no-cache')
    },
  })
}

/** A page of the console, for browsers that ask for one. */
export function sendPage(request: FastifyRequest, reply: FastifyReply): FastifyReply | undefined {
  const wantsPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html')
  if (!wantsPage) return undefined
  if (typeof reply.sendFile !== 'function') throw notBuilt()
  return reply.sendFile('index.html')
}

function notBuilt(): Failure {
  return new Failure('not_found', 'the console is not built', { hint: 'run `npm run build` in the project folder' })
}
