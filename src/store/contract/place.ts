// Where a contract test opens its store, and what it puts there. Each test gets an empty place of its own.
import type { TestContext } from 'node:test'
import { newId } from '../../lib/id.ts'
import type { Account } from '../../model/account.ts'
import type { NewEntry } from '../../model/entry.ts'
import { openStore, type StoreOptions } from '../open.ts'
import type { Store } from '../store.ts'

export interface Place {
  engine: 'sqlite' | 'postgres'
  where: { dataDir: string; databaseUrl?: string }
  /** Plain SQL on the side, as somebody with access to the database would run it. */
  raw(text: string): Promise<void>
  remove(): Promise<void>
}

export type Places = () => Promise<Place>

export const clock = () => new Date()

export interface Opened {
  place: Place
  store: Store
  /** Opens the same place again; a second replica where there is one. */
  again(options?: Partial<StoreOptions>): Promise<Store>
}

/** An open store in an empty place; closed and removed after the test. */
export async function opened(t: TestContext, places: Places, options: Partial<StoreOptions> = {}): Promise<Opened> {
  const place = await places()
  const stores: Store[] = []
  t.after(async () => {
    for (const store of stores) await store.close()
    await place.remove()
  })
  const again = async (more: Partial<StoreOptions> = {}) => {
    const store = await openStore({ ...place.where, now: clock, ...options, ...more })
    stores.push(store)
    return store
  }
  return { place, store: await again(), again }
}

export const actor = { kind: 'system', id: 'parapet' } as const

export const entry = (kind = 'thing.made', more: Partial<NewEntry> = {}): NewEntry => ({
  kind,
  actor,
  subject: { kind: 'thing', id: 'thing_1' },
  data: { colour: 'green' },
  ...more,
})

export function account(more: Partial<Account> = {}): Account {
  const id = newId('account', clock())
  return {
    id,
    email: `${id}@example.org`,
    name: 'Ada',
    role: 'owner',
    passwordHash: undefined,
    disabled: false,
    createdAt: clock().toISOString(),
    ...more,
  }
}

export const hasCode = (code: string) => (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === code
