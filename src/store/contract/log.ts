// What the log's tables promise: the tree's hashes as they were appended, every filter's pages, checkpoints that never
// contradict each other, and erasure that leaves the tree alone.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { EntryRow } from '../../model/entry.ts'
import { grow, leafHash, rootOf } from '../../prove/merkle.ts'
import type { EntryQuery } from '../../prove/log-store.ts'
import type { Store } from '../store.ts'
import { entry, hasCode, opened, type Places } from './place.ts'

export function logContract(places: Places): void {
  test('the tree recomputed from the rows is the one in the state', async (t) => {
    const { store } = await opened(t, places)
    for (const size of [1, 255, 1, 300]) await store.append(Array.from({ length: size }, () => entry()))
    const { size, frontier } = await store.read.log.state()
    const rows = await store.read.log.rows(0, size)
    const roots: Uint8Array[] = []
    const subtrees: string[] = []
    rows.forEach((row, i) =>
      grow(roots, i, leafHash(row.leaf), (height, _, root) => height === 8 && subtrees.push(hex(root))),
    )
    assert.equal(size, 557)
    assert.equal(hex(rootOf(frontier)), hex(rootOf(roots)))
    assert.deepEqual((await store.read.log.hashes(1, 0, 256)).map(hex), subtrees)
    assert.deepEqual(
      await store.read.log.hashes(0, 300, 556),
      rows.slice(300, 556).map((row) => row.leafHash),
    )
    await assert.rejects(async () => store.read.log.hashes(0, 0, 257), RangeError)
    await assert.rejects(async () => store.read.log.rows(0, 10_001), RangeError)
  })

  test('every combination of filters gives the same pages as looking at each row', async (t) => {
    let ms = Date.parse('2026-05-01T00:00:00Z')
    const { store } = await opened(t, places, { now: () => new Date(ms) })
    for (let i = 0; i < 240; i++) {
      if (i % 3 === 0) ms += 1000
      await store.append([
        entry(['a.made', 'b.made', 'c.made'][i % 3], {
          actor: { kind: 'account', id: `actor_${(i * 7) % 4}` },
          subject: { kind: ['x', 'y'][(i >> 2) % 2] ?? 'x', id: `s_${(i * 5) % 6}` },
        }),
      ])
    }
    const all = await store.read.log.rows(0, 1000)
    const choices: Choices = {
      kind: [undefined, 'a.made', 'none.made'],
      actorId: [undefined, 'actor_1', 'nobody'],
      subjectKind: [undefined, 'x'],
      subjectId: [undefined, 's_2'],
      since: [undefined, '2026-05-01T00:00:20Z'],
      until: [undefined, '2026-05-01T00:01:00.000Z'],
      order: ['newest', 'oldest'],
    }
    for (const query of combinations(choices)) {
      const expected = all.filter((row) => isMatch(row, query)).map(({ index }) => index)
      if (query.order === 'newest') expected.reverse()
      assert.deepEqual(await pages(store, { ...query, limit: 17 }), expected, JSON.stringify(query))
    }
  })

  test('a page says whether another follows', async (t) => {
    const { store } = await opened(t, places)
    await store.append(Array.from({ length: 10 }, () => entry()))
    assert.equal((await store.read.log.search({ limit: 10 })).next, undefined)
    const first = await store.read.log.search({ limit: 9, kind: 'thing.made' })
    assert.equal(first.items.length, 9)
    const last = await store.read.log.search({ limit: 9, kind: 'thing.made', cursor: first.next })
    assert.deepEqual([last.items.length, last.next], [1, undefined])
    for (const bad of [{ limit: 0 }, { limit: 1.5 }, { limit: 5, cursor: 'x' }, { limit: 5, since: 'yesterday' }])
      await assert.rejects(store.read.log.search(bad), hasCode('input_invalid'))
    assert.equal((await store.read.log.search({ limit: 100_000 })).items.length, 10)
  })

  test('one size has one checkpoint', async (t) => {
    const { store } = await opened(t, places)
    const at = '2026-05-01T00:00:00.000Z'
    const row = (size: number, fill: number, note = `${size}`) => ({
      size,
      root: new Uint8Array(32).fill(fill),
      at,
      note,
    })
    const save = (checkpoint: ReturnType<typeof row>) => store.change((tx) => tx.log.saveCheckpoint(checkpoint))
    for (const size of [1, 5, 9]) await save(row(size, size))
    await save(row(5, 5, 'cosigned'))
    await assert.rejects(save(row(5, 6)), hasCode('conflict'))
    assert.deepEqual(await store.read.log.latestCheckpoint(), row(9, 9))
    assert.deepEqual(await store.read.log.checkpointCovering(2), row(5, 5, 'cosigned'))
    assert.deepEqual(await store.read.log.checkpointCovering(5), row(5, 5, 'cosigned'))
    assert.equal(await store.read.log.checkpointCovering(10), undefined)
    const first = await store.read.log.checkpoints({ limit: 2 })
    assert.deepEqual(
      first.items.map(({ size }) => size),
      [9, 5],
    )
    const second = await store.read.log.checkpoints({ limit: 2, cursor: first.next })
    assert.deepEqual([second.items.map(({ size }) => size), second.next], [[1], undefined])
  })

  test('erasing personal text leaves the entry and the tree as they are', async (t) => {
    const { store } = await opened(t, places)
    await store.append([entry('thing.made', { personal: { name: 'Ada \0 Lovelace', mail: 'a@b.c' } }), entry()])
    const [before, rows] = [await store.read.log.state(), await store.read.log.rows(0, 2)]
    const personal = await store.read.log.personal(0)
    assert.deepEqual(
      personal.map(({ field, value }) => [field, value]),
      [
        ['mail', 'a@b.c'],
        ['name', 'Ada \0 Lovelace'],
      ],
    )
    assert.equal(await store.change((tx) => tx.log.erasePersonal([0, 1])), 2)
    assert.deepEqual(await store.read.log.personal(0), [])
    assert.deepEqual(await store.read.log.state(), before)
    assert.deepEqual(await store.read.log.rows(0, 2), rows)
  })

  test('the log goes on where it was after it is opened again', async (t) => {
    const { store, again } = await opened(t, places)
    await store.append([entry(), entry('other.made')])
    await store.close()
    const reopened = await again()
    assert.deepEqual(await reopened.append([entry('third.made'), entry()]), [2, 3])
    assert.deepEqual(await pages(reopened, { limit: 5, kind: 'thing.made' }), [3, 0])
  })
}

type Choices = { [K in Exclude<keyof EntryQuery, 'limit' | 'cursor'>]-?: EntryQuery[K][] }

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

async function pages(store: Store, query: EntryQuery): Promise<number[]> {
  const indexes: number[] = []
  let cursor: string | undefined
  do {
    const page = await store.read.log.search({ ...query, cursor })
    indexes.push(...page.items.map(({ index }) => index))
    cursor = page.next
  } while (cursor !== undefined)
  return indexes
}

function isMatch(row: EntryRow, query: Partial<EntryQuery>): boolean {
  const same = (['kind', 'actorId', 'subjectKind', 'subjectId'] as const).every(
    (name) => query[name] === undefined || query[name] === row[name],
  )
  const time = Date.parse(row.at)
  const after = query.since === undefined || time >= Date.parse(query.since)
  return same && after && (query.until === undefined || time < Date.parse(query.until))
}

function combinations(choices: Choices): Partial<EntryQuery>[] {
  return Object.entries(choices).reduce<Partial<EntryQuery>[]>(
    (some, [name, values]) => some.flatMap((query) => values.map((value) => Object.assign({ [name]: value }, query))),
    [{}],
  )
}
