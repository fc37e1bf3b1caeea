// What `admit` needs of a store: accounts, passkeys, sessions, tokens and links, and a way to record what it changed.
import type { Account, ApiToken, OneTimeLink, Passkey, Session } from '../model/account.ts'
import type { GatewayKey } from '../model/gateway-key.ts'
import type { NewEntry } from '../model/entry.ts'
import type { Page, PageQuery } from '../model/page.ts'

export interface AccountStore {
  /** Refuses with `conflict` when the e-mail address is taken (compared without case). */
  insert(account: Account): Promise<void>
  update(id: string, change: Partial<Omit<Account, 'id' | 'createdAt'>>): Promise<void>
  byId(id: string): Promise<Account | undefined>
  byEmail(email: string): Promise<Account | undefined>
  list(query: PageQuery): Promise<Page<Account>>
  /** Accounts that may still sign in with this role. */
  countEnabled(role: Account['role']): Promise<number>
}

export interface PasskeyStore {
  insert(passkey: Passkey): Promise<void>
  byId(id: string): Promise<Passkey | undefined>
  ofAccount(accountId: string): Promise<Passkey[]>
  used(id: string, counter: number, at: string): Promise<void>
  remove(id: string): Promise<boolean>
}

export interface SessionStore {
  insert(session: Session): Promise<void>
  byId(id: string): Promise<Session | undefined>
  seen(id: string, at: string): Promise<void>
  remove(id: string): Promise<void>
  removeOfAccount(accountId: string): Promise<number>
  sweep(expiredBefore: string, limit: number): Promise<number>
}

export interface TokenStore {
  insert(token: ApiToken): Promise<void>
  byId(id: string): Promise<ApiToken | undefined>
  bySecretHash(hash: string): Promise<ApiToken | undefined>
  revoke(id: string, at: string): Promise<boolean>
  used(id: string, at: string): Promise<void>
  list(query: PageQuery): Promise<Page<ApiToken>>
}

export interface GatewayKeyStore {
  insert(key: GatewayKey): Promise<void>
  byId(id: string): Promise<GatewayKey | undefined>
  bySecretHash(hash: string): Promise<GatewayKey | undefined>
  revoke(id: string, at: string): Promise<boolean>
  used(id: string, at: string): Promise<void>
  list(query: PageQuery): Promise<Page<GatewayKey>>
}

export interface LinkStore {
  insert(link: OneTimeLink): Promise<void>
  byId(id: string): Promise<OneTimeLink | undefined>
  /** True for exactly one caller. */
  use(id: string, at: string): Promise<boolean>
  /** Makes every unused link of a purpose unusable. */
  revokeUnused(purpose: OneTimeLink['purpose'], at: string): Promise<number>
  sweep(expiredBefore: string, limit: number): Promise<number>
}

export interface AdmitStores {
  accounts: AccountStore
  passkeys: PasskeyStore
  sessions: SessionStore
  tokens: TokenStore
  gatewayKeys: GatewayKeyStore
  links: LinkStore
}

export interface AdmitChange extends AdmitStores {
  record(entry: NewEntry): void
  readonly log: {
    /** From here to the end of the change no other one, on any replica, is between its lock and its end. */
    lock(): Promise<unknown>
  }
}

/** The part of the store that `admit` sees: reads at any time, changes together with what they record. */
export interface AdmitStore {
  readonly read: AdmitStores
  change<T>(work: (tx: AdmitChange) => Promise<T>): Promise<T>
  append(entries: readonly NewEntry[]): Promise<number[]>
}
