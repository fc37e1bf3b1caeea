// Systems for tests, said in few words.
import { loadBuiltIn } from '../catalog/built-in.ts'
import type { Asset, AssetBody } from '../model/asset.ts'
import type { Fact, FactValue } from '../model/fact.ts'
import type { SystemInput } from './analyse.ts'

export const catalog = loadBuiltIn()
const AT = '2026-11-01T00:00:00.000Z'

export function asset(id: string, body: Partial<AssetBody> = {}): Asset {
  return {
    id,
    kind: 'system',
    name: id,
    owners: { business: 'ann', data: 'bob', risk: 'cem' },
    sanctioned: true,
    tags: [],
    links: [],
    ...body,
    source: 'declared',
    firstSeen: AT,
    lastSeen: AT,
    revision: 1,
    recordedAt: AT,
  }
}

type Values = Readonly<Record<string, FactValue | null>>

export function claimsOf(on: string, values: Values, more: Partial<Fact> = {}): Fact[] {
  const common = { asset: on, source: 'declared', by: 'parapet.yaml', observedAt: AT, recordedAt: AT } as const
  return Object.entries(values).map(([key, value]) =>
    Object.assign({ ...common, id: `${on}/${key}`, key, value, confidence: 1 }, more),
  )
}

export function inputOf(values: Values, more: Partial<SystemInput> = {}): SystemInput {
  const system = more.system ?? asset('shop')
  return {
    catalog,
    system,
    components: [],
    claims: claimsOf(system.id, values),
    statuses: new Map(),
    selections: new Map(),
    overrides: [],
    appetite: 'low',
    ...more,
  }
}
