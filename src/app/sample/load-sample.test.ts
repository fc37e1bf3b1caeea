import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { STATUSES } from '../../model/status.ts'
import { type App, openApp } from '../app.ts'
import { Config } from '../config.ts'

const HOUR = 3_600_000

async function folder(t: TestContext): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'parapet-sample-'))
  t.after(() => rm(dir, { recursive: true, force: true }))
  return dir
}

const open = (dataDir: string, now: Date, sample: boolean): Promise<App> =>
  openApp(Config.parse({ dataDir, logLevel: 'silent' }), { now: () => now, sample })

test('the sample has twelve systems, and every status has its place among them', async (t) => {
  const app = await open(await folder(t), new Date('2026-11-21T09:00:00.000Z'), true)
  t.after(() => app.close())
  const standings = await (await app.posture.view()).standings()
  assert.equal(standings.length, 12)
  const seen = new Set(standings.flatMap(({ controls }) => [...controls.values()].map(({ status }) => status)))
  assert.deepEqual(
    STATUSES.filter((status) => !seen.has(status)),
    [],
  )
})

test('two weeks of calls are on record, of systems and of strangers, and they prove nothing', async (t) => {
  const app = await open(await folder(t), new Date('2026-11-21T09:00:00.000Z'), true)
  t.after(() => app.close())
  const { items } = await app.store.read.usage.sums({ by: ['asset'], from: '2026-11-08', to: '2026-11-21', limit: 50 })
  assert.deepEqual(items.map(({ asset }) => asset ?? '').toSorted(), ['', 'call-summary', 'claims-assistant', 'customer-chat', 'developer-copilot', 'procurement-agent', 'underwriting-copilot']) // prettier-ignore
  assert(items.every(({ calls, costNanos }) => calls > 10 && costNanos > 0))
  const keys = await app.store.read.gatewayKeys.list({ limit: 50 })
  assert(keys.items.length > 0 && keys.items.every(({ lastUsedAt }) => lastUsedAt !== undefined))
  const agents = await app.store.read.usage.sums({ by: ['agent'], from: '2026-11-08', to: '2026-11-21', limit: 50 })
  assert.deepEqual(agents.items.map(({ agent }) => agent), ['', 'buyer-agent']) // prettier-ignore
  assert.deepEqual(app.record.state.lost, 0)
  const outcomes = new Set((await app.store.read.calls.list({ limit: 200 })).items.map(({ outcome }) => outcome))
  assert(outcomes.size > 2, [...outcomes].join())
  const before = (await app.store.read.evidence.list({ limit: 1 })).items[0]?.id
  await app.record.seal()
  assert.equal((await app.store.read.evidence.list({ limit: 1 })).items[0]?.id, before)
})

test('people have decided: risks borne and asked for, suppliers, reviews, training', async (t) => {
  const app = await open(await folder(t), new Date('2026-11-21T09:00:00.000Z'), true)
  t.after(() => app.close())
  const states: Record<string, string[]> = {}
  for (const noun of ['acceptance', 'selection', 'assurance', 'review', 'attestation'] as const) {
    const { items } = await app.store.read.decisions.list({ noun, limit: 50 })
    states[noun] = items.map(({ state }) => state).toSorted()
  }
  assert.deepEqual(states, {
    acceptance: ['active', 'active', 'active', 'proposed'],
    selection: ['chosen', 'chosen', 'chosen', 'not-needed'],
    assurance: ['asked', 'reviewed'],
    review: ['closed', 'open'],
    attestation: ['current', 'current', 'current'],
  })
})

test('a later start adds what the collectors found since and makes nothing twice', async (t) => {
  const dir = await folder(t)
  const first = new Date('2026-11-21T09:00:00.000Z')
  const sizes: number[] = []
  for (const hours of [0, 1, 30]) {
    const app = await open(dir, new Date(first.getTime() + hours * HOUR), true)
    sizes.push((await app.store.read.evidence.list({ limit: 200 })).items.length)
    const { status } = (await app.posture.view()).standing('claims-assistant').controls.get('rate-limit') ?? {}
    assert.equal(status, 'proven', `after ${hours} h`)
    assert.equal((await app.store.read.register.list({ kind: 'system', limit: 100 })).items.length, 12)
    await app.close()
  }
  assert.equal(sizes[0], sizes[1])
})

test('a sample does not mix with what is real', async (t) => {
  const dir = await folder(t)
  const now = new Date('2026-11-21T09:00:00.000Z')
  const real = await open(dir, now, false)
  await real.store.change(async (tx) => {
    const { at } = await tx.stamp()
    await tx.register.save([
      { id: 'mine', kind: 'system', name: 'Mine', owners: {}, sanctioned: true, tags: [], links: [], source: 'declared', firstSeen: at, lastSeen: at, revision: 1, recordedAt: at }, // prettier-ignore
    ])
  })
  await real.close()
  await assert.rejects(open(dir, now, true), /must not mix/)
  const again = await open(dir, now, false)
  await again.close()
})

test('scans of a made-up repository wait for somebody, and what changed between them is told', async (t) => {
  const app = await open(await folder(t), new Date('2026-11-21T09:00:00.000Z'), true)
  t.after(() => app.close())
  const { items: scans } = await app.store.read.scans.list({ limit: 10 })
  // The clock stands still here, so they stand in no order.
  const said = scans.map(({ state, summary }) =>
    [state, summary?.modelFiles.malicious, summary?.discovered.gone].join(' '),
  )
  assert.deepEqual(said.toSorted(), ['done 0 0', 'done 0 0', 'done 1 1'])
  const { items: waiting } = await app.store.read.discoveries.list({ state: 'new', limit: 100, now: '2026-11-21' })
  assert.ok(waiting.some(({ name, owner }) => name === 'gpt-4o' && owner?.who === 'claims-platform@meridian.example'))
  assert.ok(waiting.some(({ name, seen }) => name === 'deepseek' && seen?.users === 2))
})
