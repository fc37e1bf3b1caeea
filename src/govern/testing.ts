// For tests: decisions on a real store with a register, where the test says what is derived and what time it is.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { createGovern } from '../app/govern.ts'
import { loadBuiltIn } from '../catalog/built-in.ts'
import { newId } from '../lib/id.ts'
import type { Actor } from '../model/actor.ts'
import type { Role } from '../model/role.ts'
import { putAsset } from '../register/put-asset.ts'
import { openStore } from '../store/open.ts'
import type { Store } from '../store/store.ts'
import type { Govern } from './govern.ts'
import type { RiskState, Seen } from './snapshot.ts'

export interface TestGovern {
  govern: Govern
  store: Store
  clock: { ms: number }
  /** What is derived, by system and threat; the test changes it. */
  risks: Map<string, RiskState>
  person(role: Role, email?: string): Promise<Actor>
  /** Kinds of what the log holds, in order. */
  kinds(): Promise<string[]>
}

export const RISK: RiskState = {
  system: 'claims',
  threat: 'evasion',
  verdict: 'applies',
  inherent: { likelihood: 'high', impact: 'high', severity: 'high' },
  designed: { likelihood: 'low', impact: 'high', severity: 'medium' },
  proven: { likelihood: 'medium', impact: 'high', severity: 'high' },
  scope: [
    { id: 'claims', kind: 'system', version: '4' },
    { id: 'claims-model', kind: 'model', version: '2026-03' },
  ],
  controls: [{ id: 'monitor-use', status: 'partial' }],
  catalogVersion: '2026-11',
}

/** With one system, `claims`, whose risk owner is rita@example.org. */
export async function openTestGovern(t: TestContext): Promise<TestGovern> {
  const dataDir = await mkdtemp(join(tmpdir(), 'parapet-govern-'))
  const clock = { ms: Date.parse('2026-11-21T08:00:00Z') }
  const now = () => new Date(clock.ms)
  const store = await openStore({ dataDir, now })
  t.after(async () => {
    await store.close()
    await rm(dataDir, { recursive: true, force: true })
  })
  const catalog = loadBuiltIn()
  const risks = new Map([['claims evasion', RISK]])
  const derived = {
    suppliersPart: async () => ['model-alignment'],
    risk: async (system: string, threat: string) => risks.get(`${system} ${threat}`),
    seen: async (system: string) => seenOf([...risks.values()].filter((risk) => risk.system === system)),
  }
  const policy = { appetite: 'medium', acceptanceDays: 365, acceptanceDaysAboveAppetite: 90, reviewDays: 90 } as const
  const person = async (role: Role, email?: string): Promise<Actor> => {
    const id = newId('acct', now())
    const account = { id, email: email ?? `${id}@example.org`, name: 'A', role, passwordHash: undefined }
    await store.change((tx) => tx.accounts.insert({ ...account, disabled: false, createdAt: now().toISOString() }))
    return { kind: 'account', id, role, accountId: id }
  }
  const owner = await person('owner')
  const owners = { business: 'bea@example.org', data: 'dan@example.org', risk: 'Rita@example.org' }
  const common = { sanctioned: true, tags: [], links: [] }
  for (const [id, kind] of [
    ['claims', 'system'],
    ['claims-model', 'model'],
  ] as const)
    await putAsset({ store, catalog, now }, owner, {
      body: { id, kind, name: id, owners, ...common },
      source: 'declared',
    })
  return {
    govern: createGovern({ store, catalog, policy, derived, now }),
    store,
    clock,
    risks,
    person,
    kinds: async () => (await store.read.log.rows(0, 10_000)).map((row) => row.kind),
  }
}

export function seenOf(risks: readonly RiskState[]): Seen[] {
  return risks.map(({ threat, verdict, proven }) => ({ threat, verdict, residual: proven.severity }))
}
