// For tests: a register on a real store in a temporary folder, with a clock that only moves when it is told to.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { loadBuiltIn } from '../catalog/built-in.ts'
import type { Actor } from '../model/actor.ts'
import { openStore } from '../store/open.ts'
import type { Store } from '../store/store.ts'
import type { Register } from './register.ts'

export const ACTOR: Actor = { kind: 'account', id: 'acct_ada', role: 'engineer', accountId: 'acct_ada' }

export interface TestRegister extends Register {
  readonly store: Store
  /** Moves the clock on. */
  pass(ms: number): void
}

export async function openRegister(t: TestContext): Promise<TestRegister> {
  let time = Date.parse('2026-05-01T10:00:00Z')
  const now = () => new Date(time)
  const dataDir = mkdtempSync(join(tmpdir(), 'parapet-register-'))
  const store = await openStore({ dataDir, now })
  t.after(async () => {
    await store.close()
    rmSync(dataDir, { recursive: true })
  })
  return { store, catalog: loadBuiltIn(), now, pass: (ms) => void (time += ms) }
}

/** What was recorded about the register so far, as the log's kinds. */
export async function recordedKinds({ store }: TestRegister): Promise<string[]> {
  const { items } = await store.read.log.search({ limit: 200, order: 'oldest' })
  return items.map(({ kind }) => kind)
}
