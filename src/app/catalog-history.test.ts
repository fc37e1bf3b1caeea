import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { loadBuiltIn } from '../catalog/built-in.ts'
import type { Catalog } from '../catalog/catalog.ts'
import { canonicalJson } from '../lib/canonical-json.ts'
import { SYSTEM } from '../model/actor.ts'
import { openStore } from '../store/open.ts'
import { putAsset } from '../register/put-asset.ts'
import { recordEvidence } from '../prove/record-evidence.ts'
import { activateCatalog, catalogAt } from './catalog-history.ts'
import { plain } from './posture/plain.ts'
import { createPosture } from './posture.ts'

const HOUR = 3_600_000
const first = loadBuiltIn()

/** A later edition: one threat fewer, and proofs of one measure count for less time. */
function laterEdition(): Catalog {
  const threats = first.threats.slice(1)
  const measures = first.measures.map((one) => (one.id === 'ai-program.owners' ? { ...one, freshness: '7d' as const } : one)) // prettier-ignore
  return {
    ...first,
    name: 'ai-exchange/2027-05',
    version: '2027-05',
    threats,
    threatsById: new Map(threats.map((one) => [one.id, one])),
    measures,
    measuresById: new Map(measures.map((one) => [one.id, one])),
  }
}

async function house(t: TestContext) {
  const dataDir = await mkdtemp(join(tmpdir(), 'parapet-catalogs-'))
  let time = Date.parse('2026-05-01T00:00:00Z')
  const now = () => new Date(time)
  const store = await openStore({ dataDir, now })
  t.after(async () => {
    await store.close()
    await rm(dataDir, { recursive: true })
  })
  const later = laterEdition()
  const postureOf = (catalog: Catalog) =>
    createPosture({
      store,
      catalog,
      catalogNamed: (name) => [first, later].find((one) => one.name === name) ?? first,
      now,
      appetite: 'medium',
      selections: async () => new Map(),
      assignments: async () => new Map(),
      factors: async () => new Map(),
    })
  return { store, now, later, postureOf, wait: (hours: number) => (time += hours * HOUR) }
}

test('the version in force is recorded when it changes, and only then', async (t) => {
  const { store, now, later, wait } = await house(t)
  const start = now().toISOString()
  await activateCatalog(store, first)
  assert.equal((await store.read.log.state()).size, 0)
  wait(1)
  await activateCatalog(store, later)
  await activateCatalog(store, later)
  assert.equal((await store.read.log.state()).size, 1)
  assert.deepEqual(
    [await catalogAt(store, start), await catalogAt(store, now().toISOString())],
    [first.name, later.name],
  )
})

test('a past date is answered by the catalogue of that date, also after a later one came', async (t) => {
  const { store, now, later, postureOf, wait } = await house(t)
  const register = { store, catalog: first, now }
  const body = { id: 'shop', kind: 'system', name: 'Shop', owners: {}, sanctioned: true, tags: [], links: [] } as const
  await putAsset(register, SYSTEM, { body, source: 'declared' })
  const row = { measure: 'ai-program.owners', asset: 'shop', kind: 'scan' as const, supports: true, failing: [], observedFrom: now().toISOString(), observedTo: now().toISOString(), collectedAt: now().toISOString(), collector: 'trivy' } // prettier-ignore
  await store.change((tx) =>
    recordEvidence(
      { catalog: first, now },
      { ...tx, assetStates: async () => new Map([['shop', 'active']]) },
      [row],
      SYSTEM,
    ),
  )
  wait(30)
  await activateCatalog(store, first)
  const given = await postureOf(first).view()
  const answer = canonicalJson(plain(given.system('shop')))
  assert.equal(given.system('shop').measures.get('ai-program.owners')?.status, 'stale')
  wait(1)
  await activateCatalog(store, later)
  const posture = postureOf(later)
  assert.equal((await posture.view()).system('shop').measures.get('ai-program.owners')?.status, 'proven')
  const again = await posture.view(given.at)
  assert.equal(again.catalog.name, first.name)
  assert.equal(canonicalJson(plain(again.system('shop'))), answer)
})
