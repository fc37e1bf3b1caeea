import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { loadBuiltIn } from '../../catalog/built-in.ts'
import type { Asset, AssetKind } from '../../model/asset.ts'
import { practiceStatus } from './practice-status.ts'
import { RECORD_CHECKS, type Records } from './record-checks.ts'
import { REGISTER_CHECKS } from './register-checks.ts'

const catalog = loadBuiltIn()
const AT = '2026-05-01T00:00:00.000Z'

/** An asset that satisfies every check. */
const good = (kind: AssetKind, id: string, more: Partial<Asset> = {}): Asset => ({
  id,
  kind,
  name: id,
  version: '1',
  environment: 'production',
  exposure: 'team',
  dataClass: 'internal',
  owners: { business: 'a', data: 'b', risk: 'c' },
  sanctioned: true,
  tags: [],
  links: [],
  source: 'declared',
  firstSeen: AT,
  lastSeen: AT,
  revision: 1,
  recordedAt: AT,
  ...more,
})

const house: readonly Asset[] = [
  good('system', 'shop'),
  good('model', 'claims', { links: [{ kind: 'servedBy', to: 'vendor' }] }),
  good('dataset', 'train'),
  good('provider', 'vendor'),
  good('agent', 'agent-a', { links: [{ kind: 'authenticatesAs', to: 'id-a' }] }),
  good('agent', 'agent-b', { links: [{ kind: 'authenticatesAs', to: 'id-b' }] }),
]

/** How each check is made to fail: change one asset, or add one. */
const sabotage: Record<string, (assets: readonly Asset[]) => Asset[]> = {
  'ai-inventory.kinds': (all) => [...all, good('tool', 'shadow', { source: 'discovered', sanctioned: false })],
  'ai-inventory.business-owner': (all) => all.map((one) => ({ ...one, owners: { data: 'b', risk: 'c' } })),
  'ai-inventory.data-owner': (all) => all.map((one) => ({ ...one, owners: { business: 'a', risk: 'c' } })),
  'ai-inventory.risk-owner': (all) => all.map((one) => ({ ...one, owners: { business: 'a', data: 'b' } })),
  'ai-inventory.duplicate-spend': (all) => [...all, good('provider', 'vendor-2', { name: 'VENDOR' })],
  'risk-assessments.data-classification': (all) => [...all, without(good('memory', 'notes'), 'dataClass')],
  'risk-assessments.model-provenance': (all) => [...all, good('model', 'found-on-a-disk')],
  'ai-spm.risk-score': (all) => [...all, without(good('system', 'new'), 'exposure')],
  'data-lifecycle-protection.provenance': (all) => [...all, without(good('dataset', 'dump'), 'version')],
  'secure-agents.visibility': (all) => [...all, without(good('agent', 'loose'), 'environment')],
  'secure-agents.own-identity': (all) => [...all, good('agent', 'agent-c', { links: [{ kind: 'authenticatesAs', to: 'id-a' }] })], // prettier-ignore
  'shadow-ai-control.approved-tools': (all) => [...all, good('application', 'notepad', { sanctioned: false })],
}

function without(asset: Asset, key: 'dataClass' | 'exposure' | 'version' | 'environment'): Asset {
  const { [key]: _gone, ...rest } = asset
  return rest
}

describe('what the register shows of a practice', () => {
  test('each check has a twin that fails', () => {
    assert.deepEqual(Object.keys(sabotage).toSorted(), Object.keys(REGISTER_CHECKS).toSorted())
  })

  for (const [id, check] of Object.entries(REGISTER_CHECKS))
    test(`${id} passes on a register in order, and on no other`, () => {
      const fine = check(house)
      assert.equal(fine.status, 'proven', fine.reason)
      const broken = check(sabotage[id]?.(house) ?? house)
      assert.ok(['partial', 'failing'].includes(broken.status), broken.reason)
      assert.ok((broken.coverage?.uncovered.length ?? 0) > 0)
      assert.equal(check([]).status, 'missing')
    })
})

const records: Records = {
  now: AT,
  assets: house,
  reviewDays: 90,
  reviews: [{ system: 'shop', occasion: 'before-launch', outcome: 'fit', at: '2026-04-01T00:00:00.000Z' }],
  attested: ['a', 'B', 'c'].flatMap((person) => ['policy', 'training'].map((what) => ({ what, person }))),
  undecided: new Map([['shop', 0]]),
}

/** How each check of decisions is made to fail. */
const undone: Record<string, Partial<Records>[]> = {
  'risk-assessments.before-launch': [
    { reviews: [] },
    { reviews: records.reviews.map((one) => ({ ...one, outcome: 'not-fit' })) },
    { reviews: records.reviews.map((one) => ({ ...one, occasion: 'scheduled' })) },
  ],
  'risk-assessments.recurring': [{ reviews: [] }, { now: '2026-06-30T00:00:00.000Z' }],
  'risk-assessments.threat-model': [{ undecided: new Map([['shop', 1]]) }, { undecided: new Map() }],
  'shadow-ai-control.clear-policy': [{ attested: records.attested.filter(({ what }) => what !== 'policy') }],
  'shadow-ai-control.train': [{ attested: records.attested.filter(({ person }) => person !== 'a') }],
}

describe('what decisions show of a practice', () => {
  test('each check has twins that fail', () => {
    assert.deepEqual(Object.keys(undone).toSorted(), Object.keys(RECORD_CHECKS).toSorted())
  })

  for (const [id, check] of Object.entries(RECORD_CHECKS))
    test(`${id} passes where it is on record, and nowhere else`, () => {
      const fine = check(records)
      assert.equal(fine.status, 'proven', fine.reason)
      for (const twin of undone[id] ?? []) {
        const broken = check({ ...records, ...twin })
        assert.ok(['partial', 'failing'].includes(broken.status), broken.reason)
        assert.ok((broken.coverage?.uncovered.length ?? 0) > 0)
      }
      assert.equal(check({ ...records, assets: [] }).status, 'missing')
    })
})

test('each of the 54 requirements has a state, and without evidence none that rests on measures is green', () => {
  const all = practiceStatus(catalog, [], records)
  assert.equal(all.length, 54)
  for (const { from, measures, state } of all) {
    assert.ok(state.reason.length > 0)
    if (from === 'measures') assert.deepEqual([measures.length > 0, state.status], [true, 'missing'])
  }
  const keys = new Set(all.map(({ practice, requirement }) => `${practice}.${requirement}`))
  for (const id of Object.keys({ ...REGISTER_CHECKS, ...RECORD_CHECKS }))
    assert.ok(keys.has(id), `${id} is no requirement`)
})
