// What the table of evidence promises: rows come back as they went in, in the order of arrival, as of any time.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '../../lib/id.ts'
import type { Evidence } from '../../model/evidence.ts'
import type { EvidenceRange } from '../../prove/evidence-store.ts'
import type { Store } from '../store.ts'
import { opened, type Places } from './place.ts'

const T0 = Date.parse('2026-05-01T00:00:00.000Z')
const hour = (n: number) => new Date(T0 + n * 3_600_000)

function row(n: number, more: Partial<Evidence> = {}): Evidence {
  const time = hour(n).toISOString()
  return {
    id: newId('evidence', hour(n)),
    measure: 'rate-limit.limits',
    asset: 'shop',
    kind: 'decision',
    supports: true,
    failing: [],
    observedFrom: time,
    observedTo: time,
    collectedAt: time,
    receivedAt: time,
    collector: 'gateway',
    entry: n,
    ...more,
  }
}

async function all(store: Store, range: EvidenceRange) {
  const rows: Evidence[] = []
  for await (const some of store.read.evidence.all(range)) rows.push(...some)
  return rows
}

export function evidenceContract(places: Places): void {
  test('a row comes back as it went in', async (t) => {
    const { store } = await opened(t, places)
    const plain = row(1)
    const full = row(2, {
      supports: false,
      population: { of: 'route', names: ['chat', "a'b", '=1+1', 'ü'], covered: ['chat', 'ü'] },
      failing: ['ü'],
      release: '1.2',
      validUntil: hour(9).toISOString(),
      note: '<b>off</b>',
      sha256: 'a'.repeat(64),
    })
    await store.change((tx) => tx.evidence.insert([plain, full]))
    assert.deepEqual(await store.read.evidence.byId(plain.id), plain)
    assert.deepEqual(await store.read.evidence.byId(full.id), full)
    assert.equal(await store.read.evidence.byId('evidence_none'), undefined)
  })

  test('lists are newest first, paged, and filtered by what was proven, by whom and when', async (t) => {
    const { store } = await opened(t, places)
    const rows = Array.from({ length: 12 }, (_, i) =>
      row(i, {
        asset: i % 2 === 0 ? 'shop' : 'desk',
        measure: i % 3 === 0 ? 'rate-limit.limits' : 'monitor-use.logs',
        collector: i < 6 ? 'gateway' : 'trivy',
        kind: i < 6 ? 'decision' : 'scan',
        supports: i !== 4,
      }),
    )
    await store.change((tx) => tx.evidence.insert(rows))
    const list = (query: object) => store.read.evidence.list({ limit: 50, ...query })
    const times = async (query: object) => (await list(query)).items.map(({ entry }) => entry)
    const cases: [query: object, entries: number[]][] = [
      [{}, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]],
      [{ asset: 'desk' }, [11, 9, 7, 5, 3, 1]],
      [{ asset: 'desk', measure: 'rate-limit.limits' }, [9, 3]],
      [{ measure: 'rate-limit.limits', collector: 'trivy' }, [9, 6]],
      [{ kind: 'scan', asset: 'shop' }, [10, 8, 6]],
      [{ supports: false }, [4]],
      [{ since: hour(8).toISOString() }, [11, 10, 9, 8]],
      [{ since: hour(3).toISOString(), until: hour(5).toISOString() }, [4, 3]],
      [{ asset: 'nobody' }, []],
    ]
    for (const [query, entries] of cases) assert.deepEqual(await times(query), entries, JSON.stringify(query))
    const first = await list({ limit: 4, asset: 'desk' })
    const second = await list({ limit: 4, asset: 'desk', cursor: first.next })
    assert.deepEqual(
      [...first.items, ...second.items].map(({ entry }) => entry),
      [11, 9, 7, 5, 3, 1],
    )
    assert.equal(second.next, undefined)
  })

  test('all of a range comes in the order of arrival, however many there are', async (t) => {
    const { store } = await opened(t, places)
    const rows = Array.from({ length: 12_001 }, (_, i) => row(Math.floor(i / 1000)))
    await store.change((tx) => tx.evidence.insert(rows))
    const read = await all(store, {})
    assert.equal(read.length, 12_001)
    assert.deepEqual(new Set(read.map(({ id }) => id)).size, 12_001)
    assert.ok(read.every(({ entry }, i) => entry >= (read[i - 1]?.entry ?? 0)))
    assert.equal((await all(store, { until: hour(3).toISOString() })).length, 4000)
    assert.equal((await all(store, { fromEntry: 11 })).length, 1001)
    assert.equal((await all(store, { fromEntry: 13 })).length, 0)
  })
}
