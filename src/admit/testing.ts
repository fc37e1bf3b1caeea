// For tests: admission on a real store in a temporary folder, with a clock that the test turns.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore } from '../store/open.ts'
import type { Store } from '../store/store.ts'
import { type Admit, createAdmit } from './admit.ts'
import { ownerLinkIfNeeded, redeemLink } from './links.ts'
import type { SignedIn, Visitor } from './sessions.ts'

export const VISITOR: Visitor = { address: '192.0.2.7', sessionId: undefined }
export const OWNER = { email: 'ann@example.org', name: 'Ann Owner', password: 'maple orbit candle frost' }

export interface TestAdmit {
  admit: Admit
  store: Store
  clock: { ms: number }
  /** Kinds of what the log holds, in order. */
  kinds(): Promise<string[]>
  /** The last leaf of the log as text. */
  lastLeaf(): Promise<string>
  close(): Promise<void>
}

export async function openTestAdmit(): Promise<TestAdmit> {
  const dataDir = await mkdtemp(join(tmpdir(), 'parapet-admit-'))
  const clock = { ms: Date.parse('2026-11-21T08:00:00Z') }
  const now = () => new Date(clock.ms)
  const store = await openStore({ dataDir, now })
  return {
    admit: createAdmit({ store, now }),
    store,
    clock,
    async kinds() {
      return (await store.read.log.rows(0, 10_000)).map((row) => row.kind)
    },
    async lastLeaf() {
      return (await store.read.log.rows(0, 10_000)).at(-1)?.leaf ?? ''
    },
    async close() {
      await store.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

export async function firstOwner(admit: Admit): Promise<SignedIn> {
  const link = await ownerLinkIfNeeded(admit)
  const { email, name, password } = OWNER
  return redeemLink(admit, { secret: link?.secret ?? '', email, name, credential: { password } }, VISITOR)
}
