// What the parts of the server share while it runs, and the routes that do not speak JSON.
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../app/app.ts'
import type { Caller } from './auth.ts'
import type { Streams } from './events.ts'
import type { Metrics } from './metrics.ts'
import type { AnyRoute, Needs } from './route.ts'

export interface ServerContext {
  readonly app: App
  /** Opens every door to whoever can read it from the data directory. */
  readonly localSecret: string
  readonly metrics: Metrics
  readonly streams: Streams
  readonly routes: readonly AnyRoute[]
  /** The API's own description as JSON, made when it is first asked for. */
  readonly description: () => string
}

/** A GET that answers with something else than JSON of one schema. Who may call is checked as everywhere. */
export interface RawRoute {
  id: string
  path: string
  summary: string
  needs: Needs
  mediaType: string
  send(context: ServerContext, request: FastifyRequest, reply: FastifyReply): Promise<unknown>
}

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller
    /** The origin that the browser sees. */
    seenOrigin: string
  }
  interface FastifyContextConfig {
    id?: string
  }
}
