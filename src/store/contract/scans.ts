// What the tables of scans promise: they filter, page and replace alike on both engines.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Discovery, ScanFinding } from '../../model/discovery.ts'
import type { Scan, ScanSource } from '../../model/scan.ts'
import { opened, type Places } from './place.ts'

const NOW = '2026-11-20T00:00:00.000Z'
const LATER = '2026-12-20T00:00:00.000Z'

const source = (id: string, more: Partial<ScanSource> = {}): ScanSource => ({
  id,
  name: `name of ${id}`,
  kind: 'git',
  url: 'https://git.example/a.git',
  createdBy: 'acct_1',
  createdAt: NOW,
  ...more,
})

const scan = (id: string, more: Partial<Scan> = {}): Scan => ({
  id,
  source: 'src_1',
  state: 'waiting',
  createdBy: 'acct_1',
  createdAt: NOW,
  ...more,
})

const discovery = (id: string, more: Partial<Discovery> = {}): Discovery => ({
  id,
  source: 'src_1',
  item: `models:${id}`,
  kind: 'models',
  name: `Model ${id} Ä`,
  state: 'new',
  evidence: [{ file: 'a.py', line: 3 }],
  confidence: 0.9,
  stance: 'declared',
  attributes: { provider: 'openai' },
  links: [],
  firstSeen: NOW,
  lastSeen: NOW,
  revision: 1,
  ...more,
})

const finding = (id: string, more: Partial<ScanFinding> = {}): ScanFinding => ({
  id,
  source: 'src_1',
  about: 'source',
  rule: 'unpinned-model',
  title: 't',
  severity: 'medium',
  confidence: 0.8,
  place: { file: 'a.py', line: 3 },
  subject: 's',
  threats: [],
  controls: [],
  remedy: 'r',
  state: 'open',
  firstSeen: NOW,
  lastSeen: NOW,
  lastScan: 'scan_1',
  revision: 1,
  ...more,
})

const ids = ({ items }: { items: readonly { id: string }[] }) => items.map(({ id }) => id)

export function scanContract(places: Places): void {
  test('sources are found by name, by system and when their time has come', async (t) => {
    const { store } = await opened(t, places)
    const all = [
      source('src_1', { nextAt: NOW }),
      source('src_2', { nextAt: LATER, system: 'bot' }),
      source('src_3', { nextAt: NOW, closedAt: NOW, kind: 'path' }),
    ]
    await store.change(async (tx) => {
      for (const one of all) await tx.scanSources.insert(one)
    })
    const { scanSources } = store.read
    assert.deepEqual(await scanSources.byName('name of src_2'), all[1])
    assert.deepEqual(ids(await scanSources.list({ limit: 5, system: 'bot' })), ['src_2'])
    assert.deepEqual(ids(await scanSources.list({ limit: 5, open: true })), ['src_1', 'src_2'])
    assert.deepEqual(ids(await scanSources.list({ limit: 5, kind: 'path', open: false })), ['src_3'])
    assert.deepEqual(ids({ items: await scanSources.due(NOW, 5) }), ['src_1'])
    await store.change((tx) => tx.scanSources.update(source('src_1', { nextAt: LATER })))
    assert.deepEqual(await scanSources.due(NOW, 5), [])
    await assert.rejects(store.change((tx) => tx.scanSources.insert(source('src_9', { name: 'name of src_1' }))))
  })

  test('scans are listed newest first, and the last one that ended well is known', async (t) => {
    const { store } = await opened(t, places)
    await store.change(async (tx) => {
      for (const id of ['scan_1', 'scan_2', 'scan_3']) await tx.scans.insert(scan(id))
      await tx.scans.insert(scan('scan_4', { source: 'src_2' }))
      await tx.scans.update(scan('scan_1', { state: 'done', result: 'ab' }))
      await tx.scans.update(scan('scan_3', { state: 'failed', error: 'no' }))
    })
    const { scans } = store.read
    assert.deepEqual(ids(await scans.list({ limit: 2 })), ['scan_4', 'scan_3'])
    assert.deepEqual(ids(await scans.list({ limit: 2, cursor: 'scan_3' })), ['scan_2', 'scan_1'])
    assert.deepEqual(ids(await scans.list({ limit: 9, source: 'src_1', state: 'waiting' })), ['scan_2'])
    assert.equal((await scans.lastDone('src_1'))?.result, 'ab')
    assert.equal(await scans.lastDone('src_2'), undefined)
    const swept = (before: string) => store.change((tx) => tx.scans.sweep(before, 5))
    assert.deepEqual(await swept('scan_9'), [])
    await store.change((tx) => tx.scans.update(scan('scan_2', { state: 'done' })))
    assert.deepEqual(await swept('scan_1'), [])
    assert.deepEqual(ids({ items: await swept('scan_9') }), ['scan_1'])
    assert.deepEqual(ids(await scans.list({ limit: 9, source: 'src_1' })), ['scan_3', 'scan_2'])
  })

  test('things come by kind and then by name, a page at a time', async (t) => {
    const { store } = await opened(t, places)
    const long = `${'deep '.repeat(30)}model`
    const all = [
      discovery('disc_1', { name: 'zeta', kind: 'agents' }),
      discovery('disc_2', { name: `${long} b` }),
      discovery('disc_3', { name: 'Alpha two', kind: 'models' }),
      discovery('disc_4', { name: `${long} a` }),
      discovery('disc_5', { name: 'alpha' }),
    ]
    await store.change((tx) => tx.discoveries.save(all))
    const walked: string[] = []
    let cursor: string | undefined
    do {
      const page = await store.read.discoveries.list({ limit: 1, now: NOW, cursor })
      walked.push(...ids(page))
      cursor = page.next
    } while (cursor !== undefined && walked.length < 9)
    assert.deepEqual(walked, ['disc_1', 'disc_5', 'disc_3', 'disc_2', 'disc_4'])
    await assert.rejects(store.read.discoveries.list({ limit: 1, now: NOW, cursor: 'x'.repeat(201) }), /cursor/)
  })

  test('things are filtered by what stands of them, and what was set aside waits again after its day', async (t) => {
    const { store } = await opened(t, places)
    const set = (until?: string) => ({ by: 'a', at: NOW, ...(until === undefined ? {} : { until }) })
    const all = [
      discovery('disc_1'),
      discovery('disc_2', { state: 'ignored', decision: set(LATER) }),
      discovery('disc_3', { state: 'ignored', decision: set() }),
      discovery('disc_4', { state: 'accepted', asset: 'gpt', system: 'bot', goneSince: NOW, kind: 'tools' }),
    ]
    await store.change((tx) => tx.discoveries.save(all))
    const { discoveries } = store.read
    const list = async (more: object, now = NOW) => ids(await discoveries.list({ limit: 9, now, ...more }))
    assert.deepEqual(await list({ state: 'new' }), ['disc_1'])
    assert.deepEqual(await list({ state: 'new' }, LATER), ['disc_1', 'disc_2'])
    assert.deepEqual(await list({ state: 'ignored' }), ['disc_2', 'disc_3'])
    assert.deepEqual(await list({ state: 'ignored' }, LATER), ['disc_3'])
    assert.deepEqual(await list({ asset: 'gpt', system: 'bot', gone: true, kind: 'tools' }), ['disc_4'])
    assert.deepEqual(await list({ gone: false, text: 'DISC_1 ä' }), ['disc_1'])
    assert.equal(await discoveries.count({ state: 'new', now: LATER }), 2)
    assert.equal(await discoveries.countOf('src_1'), 4)
    const changed = discovery('disc_1', { state: 'linked', asset: 'x', revision: 2 })
    await store.change((tx) => tx.discoveries.save([changed]))
    assert.deepEqual(await discoveries.byId('disc_1'), changed)
    assert.deepEqual(ids({ items: await discoveries.byIds(['disc_4', 'disc_1', 'nothing']) }), ['disc_1', 'disc_4'])
    const page = await discoveries.list({ limit: 3, now: NOW })
    assert.deepEqual(ids(await discoveries.list({ limit: 3, now: NOW, cursor: page.next })), ['disc_4'])
    assert.equal((await discoveries.ofSource('src_1')).length, 4)
    const sweep = (before: string) => store.change((tx) => tx.discoveries.sweep(before, 5))
    assert.deepEqual([await sweep(NOW), await sweep(LATER)], [0, 1])
  })

  test('findings are listed the gravest first, whatever their files are called', async (t) => {
    const { store } = await opened(t, places)
    const suppression = { owner: 'ada', until: LATER, reason: 'r' }
    const file = `${'é'.repeat(200)}𝄞/${'𝄞'.repeat(90)}.py`
    await store.change((tx) =>
      tx.scanFindings.save([
        finding('fnd_1', { severity: 'low' }),
        finding('fnd_2', { severity: 'critical', place: { file, line: 2 } }),
        finding('fnd_3', { state: 'suppressed', suppression, system: 'bot', rule: 'x' }),
        finding('fnd_4', { state: 'gone', goneSince: NOW }),
      ]),
    )
    const { scanFindings } = store.read
    const list = async (more: object, now = NOW) => ids(await scanFindings.list({ limit: 9, now, ...more }))
    assert.deepEqual(await list({}), ['fnd_2', 'fnd_3', 'fnd_4', 'fnd_1'])
    assert.deepEqual(await list({ state: 'open' }), ['fnd_2', 'fnd_1'])
    assert.deepEqual(await list({ state: 'open' }, LATER), ['fnd_2', 'fnd_3', 'fnd_1'])
    assert.deepEqual(await list({ state: 'suppressed', system: 'bot', rule: 'x', severity: 'medium' }), ['fnd_3'])
    assert.deepEqual(await list({ state: 'suppressed' }, LATER), [])
    assert.equal(await scanFindings.count({ state: 'open', source: 'src_1', now: LATER }), 3)
    const first = await scanFindings.list({ limit: 1, now: NOW })
    assert.deepEqual(ids(await scanFindings.list({ limit: 9, now: NOW, cursor: first.next })), [
      'fnd_3',
      'fnd_4',
      'fnd_1',
    ])
    assert.equal((await scanFindings.byId('fnd_3'))?.suppression?.owner, 'ada')
    assert.equal((await scanFindings.ofSource('src_1')).length, 4)
    const sweep = (before: string) => store.change((tx) => tx.scanFindings.sweep(before, 5))
    assert.deepEqual([await sweep(NOW), await sweep(LATER)], [0, 1])
  })
}
