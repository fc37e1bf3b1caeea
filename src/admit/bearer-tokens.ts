// Callers of models who come with a token of another house (OpenID Connect). A token counts if one of the issuers that the
// operator named has signed it with a key pair, for us, and lately; what it grants is written in our configuration, never in
// the token. The issuer's keys are fetched when a token needs them, and again when one is signed by a key not seen before: at
// most every half minute, so that forged tokens make no traffic.
import { hash } from 'node:crypto'
import { createRemoteJWKSet, customFetch, decodeJwt, errors, type JWTPayload, jwtVerify } from 'jose'
import { Failure } from '../lib/failure.ts'
import { matches } from '../lib/matches.ts'
import type { KeyLimits } from '../model/gateway-key.ts'
import type { Issuer } from './issuers.ts'

const MOST_CHARACTERS = 8192
const MOST_REMEMBERED = 5000
/** Until a token that the issuer's keys no longer stand for is refused. */
const REMEMBERED_MS = 60_000
const MOST_KEY_BYTES = 262_144
/** No clock shows a later one, in milliseconds. */
const LAST_DATE = 8.64e15
const KEYS = { timeoutDuration: 5000, cooldownDuration: 30_000, cacheMaxAge: 600_000 }

export interface TokenCaller {
  /** Names issuer and subject, and tells neither. */
  keyId: string
  user: string
  /** When the token ends, by our clock. */
  until: number
  asset: string | undefined
  /** The agent that it names, which is in the register. */
  agent: string | undefined
  limits: KeyLimits
  models: readonly string[]
  routes: readonly string[]
}

export interface BearerTokens {
  /** Whether it looks like one of these at all. */
  isToken(secret: string): boolean
  /** Throws where it does not count. */
  find(token: string): Promise<TokenCaller>
}

export interface BearerTokensOptions {
  issuers: readonly Issuer[]
  fetch: typeof fetch
  /** Whether there is an agent of this id. */
  knowsAgent(id: string): Promise<boolean>
  now: () => Date
}

const SHAPE = /^[A-Za-z0-9_-]{2,}\.[A-Za-z0-9_-]{2,}\.[A-Za-z0-9_-]*$/

interface Remembered {
  caller: TokenCaller
  from: number
  until: number
}

export function createBearerTokens({ issuers, fetch, knowsAgent, now }: BearerTokensOptions): BearerTokens {
  const byName = new Map(issuers.map((issuer) => [issuer.issuer, { issuer, keys: keysOf(issuer, fetch) }]))
  const known = new Map<string, Remembered>()

  async function check(token: string): Promise<Remembered> {
    const named = byName.get(issuerOf(token))
    if (named === undefined) throw refused('no issuer that counts here has made it')
    const { issuer, keys } = named
    const at = now()
    const { payload } = await jwtVerify(token, keys, {
      issuer: issuer.issuer,
      audience: issuer.audience,
      algorithms: issuer.algorithms,
      clockTolerance: issuer.skewSeconds,
      currentDate: at,
      requiredClaims: ['exp', 'iat'],
      maxTokenAge: `${Math.ceil(issuer.hours * 3600)} s`,
    }).catch((error: unknown) => {
      throw toFailure(error)
    })
    const end = ((payload.exp ?? 0) + issuer.skewSeconds) * 1000
    if (!(end <= LAST_DATE)) throw refused('its exp is no date')
    const agent = issuer.agent === undefined ? undefined : valuesOf(payload, issuer.agent)[0]
    if (agent !== undefined && !(await knowsAgent(agent)))
      throw new Failure('forbidden', 'this token names an agent that is not in the register', {
        hint: 'declare the agent under the id that its tokens name',
      })
    return {
      caller: { ...callerOf(payload, issuer), agent, until: end },
      from: at.getTime(),
      until: Math.min(end, at.getTime() + REMEMBERED_MS),
    }
  }

  return {
    isToken: (secret) => issuers.length > 0 && SHAPE.test(secret),
    async find(token) {
      if (token.length > MOST_CHARACTERS) throw refused('it is longer than any that counts')
      const name = hash('sha256', token, 'base64url')
      const at = now().getTime()
      const remembered = known.get(name)
      if (remembered !== undefined && at >= remembered.from && at < remembered.until) return remembered.caller
      known.delete(name)
      const found = await check(token)
      if (known.size >= MOST_REMEMBERED) known.clear()
      known.set(name, found)
      return found.caller
    },
  }
}

function keysOf({ keys }: Issuer, send: typeof fetch): ReturnType<typeof createRemoteJWKSet> {
  return createRemoteJWKSet(new URL(keys), {
    ...KEYS,
    [customFetch]: async (url, options) => {
      const response = await send(url, { ...options, redirect: 'error' })
      return new Response(await bounded(response), { status: response.status })
    },
  })
}

async function bounded({ body }: Response): Promise<string> {
  const pieces: Uint8Array[] = []
  let bytes = 0
  for await (const piece of body ?? []) {
    bytes += piece.length
    if (bytes > MOST_KEY_BYTES) throw new Failure('upstream_invalid', 'the keys of the issuer are too many bytes')
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString('utf8')
}

/** Not yet believed: it only says whose keys to look at. */
function issuerOf(token: string): string {
  try {
    return decodeJwt(token).iss ?? ''
  } catch {
    throw refused('it cannot be read')
  }
}

function callerOf(payload: JWTPayload, { issuer, subject, grants }: Issuer): Omit<TokenCaller, 'agent' | 'until'> {
  const [who] = valuesOf(payload, subject)
  if (who === undefined) throw refused(`it has no ${subject}, which tells callers apart`)
  const grant = grants.find(
    ({ claim, value = '' }) => claim === undefined || valuesOf(payload, claim).some((one) => matches(value, one)),
  )
  if (grant === undefined)
    throw new Failure('forbidden', 'this token is in order, but grants nothing here', {
      hint: 'ask who runs the gateway for a grant that one of its claims fits',
    })
  const { asset, limits, models, routes } = grant
  const keyId = `oidc_${hash('sha256', JSON.stringify([issuer, who]), 'base64url').slice(0, 26)}`
  return { keyId, user: keyId, asset, limits, models, routes }
}

/** A claim with spaces stays one value, but for `scope`, which is a list written so. */
function valuesOf(payload: JWTPayload, claim: string): string[] {
  let value: unknown = payload
  for (const name of claim.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return []
    value = (value as Record<string, unknown>)[name]
  }
  if (typeof value === 'string') return claim === 'scope' ? value.split(' ') : value === '' ? [] : [value]
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}

function refused(why: string): Failure {
  return new Failure('unauthenticated', `this token does not count here: ${why}`)
}

/** In words of ours: what the library says may quote the token. */
function toFailure(error: unknown): Failure {
  if (error instanceof errors.JWTExpired) return refused('it has expired')
  if (error instanceof errors.JWTClaimValidationFailed) return refused(`its ${error.claim} is not what it must be`)
  if (error instanceof errors.JOSEAlgNotAllowed) return refused('its kind of signature does not count')
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys)
    return refused('it is signed with a key that its issuer does not have')
  if (error instanceof errors.JWSSignatureVerificationFailed) return refused('its signature is not that of its issuer')
  if (
    error instanceof errors.JWSInvalid ||
    error instanceof errors.JWTInvalid ||
    error instanceof errors.JOSENotSupported
  )
    return refused('it cannot be read')
  return new Failure('unavailable', 'the keys of the issuer of this token cannot be had at present', { retryAfter: 5 })
}
