// A person's session in a browser. The cookie holds a secret, the store its hash. A session ends twelve hours after
// sign-in, after two hours without use, or with the account's password.
import { Failure } from '../lib/failure.ts'
import type { Account } from '../model/account.ts'
import type { Actor } from '../model/actor.ts'
import { type Admit, later } from './admit.ts'
import type { AdmitChange } from './admit-store.ts'
import { networkOf } from './limits.ts'
import { hashSecret, isSecret, newSecret } from './secrets.ts'

const SEEN_EVERY_MS = 60_000

export interface SignedIn {
  /** For the cookie: known to nobody else. */
  secret: string
  account: Account
}

/** Who signs in, from where, and which session of the same browser ends by it. */
export interface Visitor {
  address: string
  sessionId: string | undefined
}

export async function signInWithPassword(
  admit: Admit,
  given: { email: string; password: string },
  visitor: Visitor,
): Promise<SignedIn> {
  const now = admit.now()
  const [key, network] = [hashSecret(given.email.toLowerCase()), networkOf(visitor.address)]
  admit.perAddress.begin(network, now)
  admit.perAccount.begin(key, now)
  const found = await admit.store.read.accounts.byEmail(given.email)
  const usable = found?.disabled === false ? found : undefined
  const right = await admit.passwords.isRight(given.password, usable?.passwordHash)
  if (!right || usable === undefined) {
    await recordFailedSignIn(admit, visitor, 'password', found?.id)
    throw new Failure('unauthenticated', 'the e-mail address or the password is wrong', {
      hint: 'check both, use a passkey, or ask an owner for a recovery link',
    })
  }
  const signedIn = await admit.store.change((tx) => startSession(admit, tx, usable.id, visitor, 'password'))
  admit.perAccount.succeeded(key)
  admit.perAddress.takeBack(network)
  return signedIn
}

/** Part of the change that lets somebody in, so that a session never exists without its entry. */
export async function startSession(
  admit: Admit,
  tx: AdmitChange,
  accountId: string,
  visitor: Visitor,
  how: 'password' | 'passkey' | 'link',
): Promise<SignedIn> {
  const account = await tx.accounts.byId(accountId)
  if (account === undefined || account.disabled) throw new Failure('unauthenticated', 'this account may not sign in')
  if (visitor.sessionId !== undefined) await tx.sessions.remove(visitor.sessionId)
  const now = admit.now()
  const secret = newSecret()
  const at = now.toISOString()
  const expiresAt = later(now, admit.lifetimes.sessionMs)
  await tx.sessions.insert({ id: hashSecret(secret), accountId, createdAt: at, expiresAt, lastSeenAt: at })
  tx.record({
    kind: 'session.started',
    actor: { kind: 'account', id: account.id },
    subject: { kind: 'account', id: account.id },
    data: { how, expiresAt },
    personal: { address: visitor.address },
  })
  return { secret, account }
}

export async function signOut(admit: Admit, actor: Actor, sessionId: string): Promise<void> {
  await admit.store.change(async (tx) => {
    await tx.sessions.remove(sessionId)
    tx.record({
      kind: 'session.ended',
      actor: { kind: actor.kind, id: actor.id },
      subject: { kind: 'account', id: actor.accountId ?? actor.id },
      data: { how: 'sign-out' },
    })
  })
}

/** Undefined when the secret names no session that is still good. Only a use keeps a session from going idle. */
export async function actorOfSession(
  admit: Admit,
  secret: string,
  isUse = true,
): Promise<{ actor: Actor; id: string } | undefined> {
  if (!isSecret(secret)) return undefined
  const session = await admit.store.read.sessions.byId(hashSecret(secret))
  if (session === undefined) return undefined
  const now = admit.now()
  const idleSince = now.getTime() - Date.parse(session.lastSeenAt)
  if (session.expiresAt <= now.toISOString() || idleSince > admit.lifetimes.idleMs) return undefined
  const account = await admit.store.read.accounts.byId(session.accountId)
  if (account === undefined || account.disabled) return undefined
  if (isUse && idleSince > SEEN_EVERY_MS)
    await noteUse(() => admit.store.change((tx) => tx.sessions.seen(session.id, now.toISOString())))
  return { actor: { kind: 'account', id: account.id, role: account.role, accountId: account.id }, id: session.id }
}

/** When something was last used is worth nothing to a request that a full disk would refuse for it. */
export async function noteUse(write: () => Promise<unknown>): Promise<void> {
  try {
    await write()
  } catch (error) {
    if (!(error instanceof Failure)) throw error
  }
}

export async function recordFailedSignIn(
  admit: Admit,
  visitor: Visitor,
  how: 'password' | 'passkey',
  accountId: string | undefined,
): Promise<void> {
  const budget = admit.failures.take(admit.now())
  if (budget === undefined) return
  await noteUse(() =>
    admit.store.append([
      {
        kind: 'session.refused',
        actor: { kind: 'anonymous', id: 'anonymous' },
        subject: { kind: 'account', id: accountId ?? 'unknown' },
        data: { how, unrecordedBefore: budget.leftOut },
        personal: { address: visitor.address },
      },
    ]),
  )
}
