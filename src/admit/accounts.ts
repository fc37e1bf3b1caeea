// Accounts of people: made by invitation, changed and disabled, never deleted, so that the log can always say who it was.
// Invariant: at least one enabled owner who can really sign in stays. Nobody grants more than he may do himself.
import { Failure } from '../lib/failure.ts'
import { newId } from '../lib/id.ts'
import type { Account } from '../model/account.ts'
import { type Actor, may } from '../model/actor.ts'
import { permissionsOf, type Role } from '../model/role.ts'
import { type Admit, named } from './admit.ts'
import type { AdmitChange, AdmitStores } from './admit-store.ts'
import { createLink, type NewLink } from './links.ts'
import { checkPassword } from './passwords.ts'

export type AccountState = 'active' | 'invited' | 'disabled'

export async function invite(
  admit: Admit,
  actor: Actor,
  given: { email: string; name: string; role: Role },
): Promise<{ account: Account; link: NewLink }> {
  mayGrant(actor, given.role)
  return admit.store.change(async (tx) => {
    const now = admit.now()
    const account: Account = {
      id: newId('acct', now),
      email: given.email,
      name: given.name,
      role: given.role,
      passwordHash: undefined,
      disabled: false,
      createdAt: now.toISOString(),
    }
    await tx.accounts.insert(account)
    tx.record({
      kind: 'account.invited',
      actor: named(actor),
      subject: { kind: 'account', id: account.id },
      data: { after: { role: given.role, disabled: false } },
      personal: { email: given.email, name: given.name },
    })
    return { account, link: await createLink(admit, tx, actor, 'invitation', account) }
  })
}

export async function changeAccount(
  admit: Admit,
  actor: Actor,
  id: string,
  change: { role?: Role | undefined; disabled?: boolean | undefined; name?: string | undefined },
): Promise<Account> {
  return admit.store.change(async (tx) => {
    // Two owners who demote each other at once would else each see the other as the one who stays.
    await tx.log.lock()
    const before = await accountOr404(tx, id)
    mayGrant(actor, before.role)
    if (change.role !== undefined) mayGrant(actor, change.role)
    const after: Account = {
      ...before,
      role: change.role ?? before.role,
      disabled: change.disabled ?? before.disabled,
      name: change.name ?? before.name,
    }
    const fields = (['role', 'disabled'] as const).filter((field) => before[field] !== after[field])
    const renamed = before.name !== after.name
    if (fields.length === 0 && !renamed) return before
    await tx.accounts.update(id, { role: after.role, disabled: after.disabled, name: after.name })
    if (before.role === 'owner' && (after.role !== 'owner' || after.disabled)) await keepAnOwner(tx)
    if (after.disabled) await tx.sessions.removeOfAccount(id)
    tx.record({
      kind: 'account.changed',
      actor: named(actor),
      subject: { kind: 'account', id },
      data: {
        before: Object.fromEntries(fields.map((field) => [field, before[field]])),
        after: Object.fromEntries(fields.map((field) => [field, after[field]])),
        ...(renamed ? { renamed } : {}),
      },
      ...(renamed ? { personal: { nameBefore: before.name, nameAfter: after.name } } : {}),
    })
    return after
  })
}

/** A way back in for somebody who lost theirs. Whoever makes it could use it, hence the same rule as for roles. */
export async function recover(admit: Admit, actor: Actor, id: string): Promise<NewLink> {
  return admit.store.change(async (tx) => {
    const account = await accountOr404(tx, id)
    mayGrant(actor, account.role)
    if (account.disabled) {
      throw new Failure('conflict', 'this account is disabled', { hint: 'enable it first' })
    }
    return createLink(admit, tx, actor, 'recovery', account)
  })
}

/** Ends every other session: whoever knew the old password must not stay. */
export async function changePassword(
  admit: Admit,
  actor: Actor,
  given: { current: string | undefined; next: string },
  sessionId: string | undefined,
): Promise<void> {
  const account = await accountOr404(admit.store.read, actor.accountId ?? '')
  if (account.passwordHash !== undefined) {
    const key = `change:${account.id}`
    admit.perAccount.begin(key, admit.now())
    if (!(await admit.passwords.isRight(given.current ?? '', account.passwordHash))) {
      throw new Failure('forbidden', 'the current password is wrong', {
        hint: 'type the password you signed in with, or ask an owner for a recovery link',
        issues: [{ path: 'current', message: 'is not the current password' }],
      })
    }
    admit.perAccount.succeeded(key)
  }
  checkPassword(given.next, account)
  const passwordHash = await admit.passwords.hash(given.next)
  await admit.store.change(async (tx) => {
    const session = sessionId === undefined ? undefined : await tx.sessions.byId(sessionId)
    await tx.accounts.update(account.id, { passwordHash })
    const ended = await tx.sessions.removeOfAccount(account.id)
    if (session) await tx.sessions.insert(session)
    tx.record({
      kind: 'account.password-changed',
      actor: named(actor),
      subject: { kind: 'account', id: account.id },
      data: { sessionsEnded: session ? ended - 1 : ended },
    })
  })
}

export async function stateOf(stores: AdmitStores, account: Account): Promise<AccountState> {
  if (account.disabled) return 'disabled'
  return (await canSignIn(stores, account)) ? 'active' : 'invited'
}

export async function accountOr404(stores: AdmitStores, id: string): Promise<Account> {
  const account = await stores.accounts.byId(id)
  if (account === undefined) {
    throw new Failure('not_found', `there is no account ${id}`, { hint: 'list the accounts to find its id' })
  }
  return account
}

async function canSignIn(stores: AdmitStores, account: Account): Promise<boolean> {
  return account.passwordHash !== undefined || (await stores.passkeys.ofAccount(account.id)).length > 0
}

/** After the change, inside it: an owner who was invited and never came does not count. */
async function keepAnOwner(tx: AdmitChange): Promise<void> {
  let cursor: string | undefined
  do {
    const page = await tx.accounts.list({ limit: 200, cursor })
    for (const account of page.items) {
      if (account.role === 'owner' && !account.disabled && (await canSignIn(tx, account))) return
    }
    cursor = page.next
  } while (cursor !== undefined)
  throw new Failure('conflict', 'this is the last owner who can sign in', {
    hint: 'make somebody else an owner first',
  })
}

/** Whoever may manage accounts with a narrowed token must not make himself an owner by it. */
function mayGrant(actor: Actor, role: Role): void {
  const missing = permissionsOf(role).filter((permission) => !may(actor, permission))
  if (missing.length === 0) return
  throw new Failure('forbidden', `you may not manage an account with the role ${role}: it may do more than you`, {
    hint: `you lack ${missing.join(', ')}`,
  })
}
