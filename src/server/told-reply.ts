// The reply of a route that tells how it goes: a stream of events where the caller accepts one, and else only its end. What
// goes wrong before the first event is told as everywhere; after it, in an event.
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Problem } from './problem.ts'

export interface Told {
  /** Says that the caller is gone. */
  readonly signal: AbortSignal
  /** Whether it is a stream by now, which the rest must go into. */
  readonly isStream: boolean
  tell(piece: object): void
  done(reply: unknown): void
  failed(problem: Problem): void
}

/** `tells`: whether the route does. */
export function toldReply(request: FastifyRequest, reply: FastifyReply, tells: boolean): Told {
  const response = reply.raw
  const gone = new AbortController()
  response.once('close', () => {
    if (!response.writableFinished) gone.abort()
  })
  const wantsStream = tells && (request.headers.accept ?? '').includes('text/event-stream')
  const send = (name: string, data: unknown) => {
    if (!response.headersSent) {
      reply.hijack()
      const headers = Object.entries(reply.getHeaders()).flatMap(([key, value]) =>
        value ? [[key, value] as const] : [],
      )
      response.writeHead(200, { ...Object.fromEntries(headers), 'content-type': 'text/event-stream; charset=utf-8' })
    }
    if (!response.destroyed) response.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`)
  }
  /** The framework takes a hijacked reply for answered. */
  const last = (name: string, data: unknown) => {
    send(name, data)
    response.end()
  }
  return {
    signal: gone.signal,
    get isStream() {
      return wantsStream && response.headersSent
    },
    tell(piece) {
      if (wantsStream) send('piece', piece)
    },
    done: (data) => last('done', data),
    failed: (problem) => last('problem', problem),
  }
}
