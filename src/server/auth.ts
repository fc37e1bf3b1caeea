// Who calls, and whether they may. Three credentials: the session cookie of a browser, an API token, and the secret of
// whoever can read the data directory on this machine. Nothing else is looked at, so nothing else can let anybody in.
import type { IncomingHttpHeaders } from 'node:http'
import { actorOfSession } from '../admit/sessions.ts'
import { csrfOf, isSame } from '../admit/secrets.ts'
import { actorOfToken } from '../admit/tokens.ts'
import type { App } from '../app/app.ts'
import { Failure } from '../lib/failure.ts'
import { type Actor, ANONYMOUS, may } from '../model/actor.ts'
import { checkSite } from './origins.ts'
import type { Method, Needs } from './route.ts'

export interface Caller {
  actor: Actor
  via: 'cookie' | 'bearer' | 'nothing'
  sessionId: string | undefined
  csrf: string | undefined
}

const NOBODY: Caller = { actor: ANONYMOUS, via: 'nothing', sessionId: undefined, csrf: undefined }
const LOCAL: Actor = { kind: 'local', id: 'this-machine', role: 'owner' }
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

export async function authenticate(
  app: App,
  headers: IncomingHttpHeaders,
  origin: string,
  localSecret: string,
  { isUse = true } = {},
): Promise<Caller> {
  if (headers.authorization !== undefined) {
    const token = /^Bearer ([\w-]{1,200})$/i.exec(headers.authorization)?.[1] ?? ''
    const actor = isSame(token, localSecret) ? LOCAL : await actorOfToken(app.admit, token, isUse)
    if (actor !== undefined) return { ...NOBODY, actor, via: 'bearer' }
    throw new Failure('unauthenticated', 'this token is not valid', {
      hint: 'it may be mistyped, expired or revoked; make a new one under API tokens',
    })
  }
  const secret = cookieIn(headers.cookie, cookieName(origin))
  const session = secret === undefined ? undefined : await actorOfSession(app.admit, secret, isUse)
  if (secret === undefined || session === undefined) return NOBODY
  return { actor: session.actor, via: 'cookie', sessionId: session.id, csrf: csrfOf(secret) }
}

/** Default deny: a route that needs something gets it or throws. */
export function authorize(actor: Actor, needs: Needs): void {
  if (needs === 'anyone') return
  if (actor.kind === 'anonymous') {
    throw new Failure('unauthenticated', 'this needs a credential', {
      hint: 'sign in, or send an API token as `Authorization: Bearer pp_…`',
    })
  }
  if (needs === 'anyone-signed-in') return
  if (needs === 'person') {
    if (actor.kind === 'account') return
    throw new Failure('forbidden', 'only a person who signed in may do this', { hint: 'sign in to the console' })
  }
  if (may(actor, needs)) return
  throw new Failure('forbidden', `this needs the permission ${needs}`, {
    hint:
      actor.kind === 'token'
        ? 'use a token with this scope'
        : `your role is ${actor.role}; ask an owner for another role`,
  })
}

/** A browser sends its cookie with whatever any page asks for, so with a cookie we look who asked. */
export function checkForgery(
  caller: Caller,
  method: Method | string,
  needs: Needs,
  headers: IncomingHttpHeaders,
  origin: string,
): void {
  const changes = !SAFE.has(method)
  if (caller.via === 'bearer') return
  if (caller.via === 'cookie' || changes) checkSite(headers, origin)
  if (!changes || caller.csrf === undefined || needs === 'anyone') return
  const sent = headers['x-parapet-csrf']
  if (typeof sent === 'string' && isSame(sent, caller.csrf)) return
  throw new Failure('forbidden', 'the header x-parapet-csrf is missing or wrong', {
    hint: 'take its value from GET /api/session',
  })
}

export function setCookie(origin: string, secret: string, maxAgeSeconds: number): string {
  const secure = isSecure(origin) ? '; Secure' : ''
  return `${cookieName(origin)}=${secret}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${maxAgeSeconds}${secure}`
}

function cookieName(origin: string): string {
  return isSecure(origin) ? '__Host-parapet' : 'parapet'
}

function isSecure(origin: string): boolean {
  return origin.startsWith('https:')
}

function cookieIn(header: string | undefined, name: string): string | undefined {
  for (const part of header?.split(';', 50) ?? []) {
    const [key = '', ...value] = part.split('=')
    if (key.trim() === name) return value.join('=').trim()
  }
  return undefined
}
