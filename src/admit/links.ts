// Links that work once: the owner's first sign-in, an invitation, a way back in. The secret is in the part after `#`,
// which browsers do not send, so that no proxy or access log sees it.
import { Failure } from '../lib/failure.ts'
import { newId } from '../lib/id.ts'
import type { Account, OneTimeLink, Passkey } from '../model/account.ts'
import { type Actor, SYSTEM } from '../model/actor.ts'
import { type Admit, later, named } from './admit.ts'
import type { AdmitChange, AdmitStores } from './admit-store.ts'
import { checkPassword } from './passwords.ts'
import { hashSecret, isSecret, newSecret } from './secrets.ts'
import { type SignedIn, startSession, type Visitor } from './sessions.ts'

export interface NewLink {
  secret: string
  expiresAt: string
}

export async function createLink(
  admit: Admit,
  tx: AdmitChange,
  actor: Actor,
  purpose: OneTimeLink['purpose'],
  account: Account | undefined,
): Promise<NewLink> {
  const now = admit.now()
  const secret = newSecret()
  const expiresAt = later(now, purpose === 'invitation' ? admit.lifetimes.linkMs * 7 : admit.lifetimes.linkMs)
  if (purpose === 'owner') await tx.links.revokeUnused('owner', now.toISOString())
  const link: OneTimeLink = {
    id: hashSecret(secret),
    purpose,
    accountId: account?.id,
    role: account?.role ?? 'owner',
    expiresAt,
    usedAt: undefined,
  }
  await tx.links.insert(link)
  tx.record({
    kind: 'link.created',
    actor: named(actor),
    subject: { kind: 'account', id: account?.id ?? 'owner' },
    data: { purpose, role: link.role, expiresAt },
  })
  return { secret, expiresAt }
}

/** At start: a link for the first owner where there is none yet. Links of earlier starts stop working. */
export async function ownerLinkIfNeeded(admit: Admit): Promise<NewLink | undefined> {
  if ((await admit.store.read.accounts.countEnabled('owner')) > 0) return undefined
  return admit.store.change((tx) => createLink(admit, tx, SYSTEM, 'owner', undefined))
}

/** For whoever has the machine: the way back in when every owner lost theirs. */
export async function ownerLink(admit: Admit, actor: Actor, email?: string): Promise<NewLink> {
  if (actor.kind !== 'local' && actor.kind !== 'system') {
    throw new Failure('forbidden', 'owner links are made on the machine that runs Parapet', {
      hint: 'run `parapet owner-link` there',
    })
  }
  return admit.store.change(async (tx) => {
    if ((await tx.accounts.countEnabled('owner')) === 0) return createLink(admit, tx, actor, 'owner', undefined)
    const owner = email === undefined ? await firstOwner(tx) : await tx.accounts.byEmail(email)
    if (owner === undefined || owner.role !== 'owner' || owner.disabled) {
      throw new Failure('not_found', 'no enabled owner has this e-mail address', {
        hint: 'leave the address out to recover the oldest owner account',
      })
    }
    return createLink(admit, tx, actor, 'recovery', owner)
  })
}

export async function inspectLink(
  admit: Admit,
  secret: string,
): Promise<{ link: OneTimeLink; account: Account | undefined }> {
  const link = isSecret(secret) ? await admit.store.read.links.byId(hashSecret(secret)) : undefined
  if (link === undefined || link.usedAt !== undefined || link.expiresAt <= admit.now().toISOString()) throw spent()
  const account = link.accountId === undefined ? undefined : await admit.store.read.accounts.byId(link.accountId)
  if (link.purpose !== 'owner' && (account === undefined || account.disabled)) throw spent()
  return { link, account }
}

/** What a person brings along when following a link: a password, or a passkey just verified. */
export type Credential = { password: string } | { passkey: Omit<Passkey, 'accountId'>; accountId: string }

/** Invariant: of any number of simultaneous tries exactly one gets in. */
export async function redeemLink(
  admit: Admit,
  given: { secret: string; email: string | undefined; name: string | undefined; credential: Credential },
  visitor: Visitor,
): Promise<SignedIn> {
  const { link, account } = await inspectLink(admit, given.secret)
  const person = { email: account?.email ?? given.email ?? '', name: given.name ?? account?.name ?? '' }
  const missing = (['email', 'name'] as const).filter((field) => person[field] === '')
  if (missing.length > 0) {
    throw new Failure('input_invalid', `${missing.join(' and ')} must be given with this link`, {
      issues: missing.map((path) => ({ path, message: 'is needed for a new account' })),
    })
  }
  const { credential } = given
  if ('password' in credential) checkPassword(credential.password, person)
  const passwordHash = 'password' in credential ? await admit.passwords.hash(credential.password) : undefined
  return admit.store.change(async (tx) => {
    const at = admit.now().toISOString()
    if (!(await tx.links.use(link.id, at))) throw spent()
    const id = await prepareAccount(admit, tx, link, person, passwordHash, credential)
    if ('passkey' in credential) await tx.passkeys.insert({ ...credential.passkey, accountId: id })
    await tx.sessions.removeOfAccount(id)
    tx.record({
      kind: 'link.used',
      actor: { kind: 'account', id },
      subject: { kind: 'account', id },
      data: { purpose: link.purpose, credential: 'passkey' in credential ? 'passkey' : 'password' },
    })
    return startSession(admit, tx, id, visitor, 'link')
  })
}

async function prepareAccount(
  admit: Admit,
  tx: AdmitChange,
  link: OneTimeLink,
  person: { email: string; name: string },
  passwordHash: string | undefined,
  credential: Credential,
): Promise<string> {
  if (link.accountId !== undefined) {
    const change = passwordHash === undefined ? { name: person.name } : { name: person.name, passwordHash }
    await tx.accounts.update(link.accountId, change)
    return link.accountId
  }
  if ((await tx.accounts.countEnabled('owner')) > 0) throw spent()
  const now = admit.now()
  const id = 'accountId' in credential ? credential.accountId : newId('acct', now)
  await tx.accounts.insert({
    id,
    email: person.email,
    name: person.name,
    role: link.role,
    passwordHash,
    disabled: false,
    createdAt: now.toISOString(),
  })
  tx.record({
    kind: 'account.created',
    actor: { kind: 'account', id },
    subject: { kind: 'account', id },
    data: { after: { role: link.role, disabled: false } },
    personal: { email: person.email, name: person.name },
  })
  return id
}

async function firstOwner(stores: AdmitStores): Promise<Account | undefined> {
  let cursor: string | undefined
  do {
    const page = await stores.accounts.list({ limit: 200, cursor })
    const owner = page.items.find((account) => account.role === 'owner' && !account.disabled)
    if (owner) return owner
    cursor = page.next
  } while (cursor !== undefined)
  return undefined
}

function spent(): Failure {
  return new Failure('not_found', 'this link does not work (any more)', {
    hint: 'a link works once and for a limited time: ask whoever sent it for a new one, or run `parapet owner-link` on the machine',
  })
}
