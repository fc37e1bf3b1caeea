// The one place that writes the session cookie.
import type { FastifyReply } from 'fastify'
import type { Admit } from '../admit/admit.ts'
import { csrfOf } from '../admit/secrets.ts'
import { type Caller, setCookie } from './auth.ts'
import type { SessionPort } from './route.ts'

export function sessionPort(admit: Admit, caller: Caller, origin: string, reply: FastifyReply): SessionPort {
  return {
    id: caller.sessionId,
    csrf: caller.csrf,
    start(secret) {
      reply.header('set-cookie', setCookie(origin, secret, Math.floor(admit.lifetimes.sessionMs / 1000)))
      return csrfOf(secret)
    },
    end() {
      reply.header('set-cookie', setCookie(origin, '', 0))
    },
  }
}
