// Signing in with a passkey (WebAuthn). The person must be verified by the device, the origin and the name of the site
// must be the ones asked from, and each challenge counts once. The library is loaded when the first passkey is used.
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import type { JsonObject } from '../lib/canonical-json.ts'
import { Failure } from '../lib/failure.ts'
import { newId } from '../lib/id.ts'
import type { Passkey } from '../model/account.ts'
import type { Actor } from '../model/actor.ts'
import { accountOr404 } from './accounts.ts'
import { type Admit, named } from './admit.ts'
import type { Asked } from './challenges.ts'
import { networkOf } from './limits.ts'
import { type Credential, inspectLink } from './links.ts'
import { recordFailedSignIn, type SignedIn, startSession, type Visitor } from './sessions.ts'

const MOST_PASSKEYS = 20
const ED25519 = -8
const ES256 = -7
const RS256 = -257
const ALGORITHMS = [ED25519, ES256, RS256]

const webauthn = () => import('@simplewebauthn/server')

/** The name a passkey is bound to. Browsers make none for bare IP addresses or plain http. */
export function siteOf(origin: string): string | undefined {
  const url = new URL(origin)
  const isAddress = /^[\d.]+$|:/.test(url.hostname.replace(/^\[|\]$/g, ''))
  const isLocal = url.hostname === 'localhost' || url.hostname.endsWith('.localhost')
  return isAddress || (url.protocol !== 'https:' && !isLocal) ? undefined : url.hostname
}

export async function askForSignIn(admit: Admit, origin: string): Promise<JsonObject> {
  const { generateAuthenticationOptions } = await webauthn()
  const challenge = admit.challenges.make({ purpose: 'sign-in' }, admit.now())
  const rpID = siteOr409(origin)
  return toJson(await generateAuthenticationOptions({ rpID, challenge, userVerification: 'required' }))
}

export async function signInWithPasskey(
  admit: Admit,
  response: AuthenticationResponseJSON,
  origin: string,
  visitor: Visitor,
): Promise<SignedIn> {
  const network = networkOf(visitor.address)
  admit.perAddress.begin(network, admit.now())
  const passkey = await admit.store.read.passkeys.byId(response.id)
  const counter = await answeredSignIn(admit, response, origin, passkey)
  if (passkey === undefined || counter === undefined) {
    await recordFailedSignIn(admit, visitor, 'passkey', passkey?.accountId)
    throw new Failure('unauthenticated', 'this passkey was not accepted', {
      hint: 'try again, use your password, or ask an owner for a recovery link',
    })
  }
  const signedIn = await admit.store.change(async (tx) => {
    await tx.passkeys.used(passkey.id, counter, admit.now().toISOString())
    return startSession(admit, tx, passkey.accountId, visitor, 'passkey')
  })
  admit.perAddress.takeBack(network)
  return signedIn
}

export async function askToRegister(admit: Admit, actor: Actor, origin: string): Promise<JsonObject> {
  const account = await accountOr404(admit.store.read, actor.accountId ?? '')
  return register(admit, account, origin, { purpose: 'register', accountId: account.id })
}

/** For people who follow a link: the account may not exist yet, so its id is fixed here. */
export async function askToRedeem(
  admit: Admit,
  given: { secret: string; email: string | undefined; name: string | undefined },
  origin: string,
): Promise<JsonObject> {
  const { link, account } = await inspectLink(admit, given.secret)
  const id = account?.id ?? newId('acct', admit.now())
  const person = { id, email: account?.email ?? given.email ?? '', name: given.name ?? account?.name ?? '' }
  if (person.email === '') throw new Failure('input_invalid', 'email must be given with this link')
  return register(admit, person, origin, { purpose: 'redeem', linkId: link.id, accountId: id })
}

export async function addPasskey(
  admit: Admit,
  actor: Actor,
  given: { name: string; response: RegistrationResponseJSON },
  origin: string,
): Promise<Passkey> {
  const { asked, passkey } = await registered(admit, given, origin)
  if (asked?.purpose !== 'register' || asked.accountId !== actor.accountId || passkey === undefined) throw notAccepted()
  const row: Passkey = { ...passkey, accountId: asked.accountId }
  await admit.store.change(async (tx) => {
    if ((await tx.passkeys.ofAccount(row.accountId)).length >= MOST_PASSKEYS) {
      throw new Failure('too_many', `an account has at most ${MOST_PASSKEYS} passkeys`, { hint: 'remove one first' })
    }
    await tx.passkeys.insert(row)
    tx.record({
      kind: 'passkey.added',
      actor: named(actor),
      subject: { kind: 'account', id: row.accountId },
      data: { after: { passkey: row.id } },
      personal: { name: row.name },
    })
  })
  return row
}

/** The passkey part of following a link: checked here, stored together with the account. */
export async function passkeyForLink(
  admit: Admit,
  given: { name: string; response: RegistrationResponseJSON; linkId: string },
  origin: string,
): Promise<Credential> {
  const { asked, passkey } = await registered(admit, given, origin)
  if (asked?.purpose !== 'redeem' || asked.linkId !== given.linkId || passkey === undefined) throw notAccepted()
  return { passkey, accountId: asked.accountId }
}

export async function removePasskey(admit: Admit, actor: Actor, id: string): Promise<void> {
  await admit.store.change(async (tx) => {
    await tx.log.lock()
    const account = await accountOr404(tx, actor.accountId ?? '')
    const all = await tx.passkeys.ofAccount(account.id)
    const gone = all.find((passkey) => passkey.id === id)
    if (gone === undefined) throw new Failure('not_found', 'you have no such passkey', { hint: 'list your passkeys' })
    if (all.length === 1 && account.passwordHash === undefined) {
      throw new Failure('conflict', 'this passkey is your only way to sign in', {
        hint: 'set a password or add another passkey first',
      })
    }
    await tx.passkeys.remove(id)
    tx.record({
      kind: 'passkey.removed',
      actor: named(actor),
      subject: { kind: 'account', id: account.id },
      data: { before: { passkey: id } },
    })
  })
}

async function register(
  admit: Admit,
  person: { id: string; email: string; name: string },
  origin: string,
  asked: Asked,
): Promise<JsonObject> {
  const rpID = siteOr409(origin)
  const { generateRegistrationOptions } = await webauthn()
  const known = await admit.store.read.passkeys.ofAccount(person.id)
  const options = await generateRegistrationOptions({
    rpName: 'Parapet',
    rpID,
    userName: person.email,
    userDisplayName: person.name,
    userID: new TextEncoder().encode(person.id),
    attestationType: 'none',
    excludeCredentials: known.map(({ id, transports }) => ({ id, transports: [...transports] })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs: ALGORITHMS,
    challenge: admit.challenges.make(asked, admit.now()),
  })
  return toJson(options)
}

async function registered(
  admit: Admit,
  given: { name: string; response: RegistrationResponseJSON },
  origin: string,
): Promise<{ asked: Asked | undefined; passkey: Omit<Passkey, 'accountId'> | undefined }> {
  const challenge = challengeIn(given.response.response.clientDataJSON)
  const asked = admit.challenges.read(challenge, admit.now())
  if (asked === undefined) return { asked, passkey: undefined }
  const { verifyRegistrationResponse } = await webauthn()
  const verified = await orUndefined(() =>
    verifyRegistrationResponse({
      response: given.response,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: siteOr409(origin),
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    }),
  )
  if (!verified?.verified || !admit.challenges.spend(challenge, admit.now())) return { asked, passkey: undefined }
  const { credential } = verified.registrationInfo
  return {
    asked,
    passkey: {
      id: credential.id,
      name: given.name,
      publicKey: credential.publicKey,
      counter: credential.counter,
      transports: credential.transports ?? [],
      createdAt: admit.now().toISOString(),
      lastUsedAt: undefined,
    },
  }
}

/** The new counter, or undefined when the answer is not good. A counter that went back means a copied key. */
async function answeredSignIn(
  admit: Admit,
  response: AuthenticationResponseJSON,
  origin: string,
  passkey: Passkey | undefined,
): Promise<number | undefined> {
  const challenge = challengeIn(response.response.clientDataJSON)
  const asked = admit.challenges.read(challenge, admit.now())
  if (passkey === undefined || asked?.purpose !== 'sign-in') return undefined
  const handle = response.response.userHandle
  if (handle !== undefined && Buffer.from(handle, 'base64url').toString() !== passkey.accountId) return undefined
  const account = await admit.store.read.accounts.byId(passkey.accountId)
  if (account === undefined || account.disabled) return undefined
  const { verifyAuthenticationResponse } = await webauthn()
  const result = await orUndefined(() =>
    verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: siteOr409(origin),
      credential: { id: passkey.id, publicKey: new Uint8Array(passkey.publicKey), counter: passkey.counter },
      requireUserVerification: true,
    }),
  )
  const isFirst = result?.verified === true && admit.challenges.spend(challenge, admit.now())
  return isFirst ? result.authenticationInfo.newCounter : undefined
}

/** The library throws plain errors for whatever a stranger sent wrong; none of them is a bug of ours. */
async function orUndefined<T>(check: () => Promise<T>): Promise<T | undefined> {
  try {
    return await check()
  } catch (error) {
    if (error instanceof Failure) throw error
    return undefined
  }
}

function challengeIn(clientDataJSON: string): string {
  try {
    const data: unknown = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString())
    const challenge = typeof data === 'object' && data !== null && 'challenge' in data ? data.challenge : ''
    return typeof challenge === 'string' ? challenge : ''
  } catch (cause) {
    throw new Failure('input_invalid', 'clientDataJSON is not readable', { cause })
  }
}

function siteOr409(origin: string): string {
  const site = siteOf(origin)
  if (site !== undefined) return site
  throw new Failure('conflict', 'browsers make no passkeys for this address', {
    hint: 'open Parapet as http://localhost:PORT on this machine, or by a name over https, or use a password',
  })
}

function notAccepted(): Failure {
  return new Failure('input_invalid', 'the passkey was not accepted', { hint: 'start again: each try counts once' })
}

function toJson(options: object): JsonObject {
  return JSON.parse(JSON.stringify(options)) as JsonObject
}
