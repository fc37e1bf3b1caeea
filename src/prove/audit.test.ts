import assert from 'node:assert/strict'
import { cp, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { type LogHouse, openHouse, SYSTEM_ACTOR, thing } from '../../test/log-house.ts'
import { canonicalJson, type JsonObject } from '../lib/canonical-json.ts'
import type { AuditResult } from './audit.ts'
import { checkpointBody, signNote } from './checkpoint.ts'
import { folderKeys } from './keys.ts'
import { grow, leafHash, sha256 } from './merkle.ts'

const FILE = Buffer.from('what was scanned')
const NAMED = Buffer.from(sha256(FILE)).toString('hex')

/** 26 entries: the first start, 5 + 5 + 5 + 5 with a checkpoint after each, an attachment at 13, 5 unsealed. */
async function filled(t: TestContext): Promise<LogHouse & { kept: string[] }> {
  const house = await openHouse(t)
  await house.store.change((tx) => tx.attachments.put(NAMED, FILE))
  const kept: string[] = []
  for (let round = 0; round < 4; round++) {
    await house.record(2)
    const file = { name: 'scan.json', mediaType: 'application/json', bytes: FILE.length, sha256: NAMED }
    await house.record(1, round === 2 ? { attachments: [file] } : {})
    await house.record(2)
    kept.push((await house.log.checkpoint())?.note ?? assert.fail())
  }
  await house.record(5)
  return { ...house, kept }
}

const named = (result: AuditResult) => result.findings.map(({ attack, index }) => `${attack} ${index}`)

interface Leaf {
  at: string
  leaf: string
}

/** Writes the whole log anew with every hash right, as somebody with the database and our source could. */
async function rewrite({ sql }: LogHouse, change: (leaves: Leaf[]) => Leaf[]): Promise<void> {
  const rows = (await sql('select at, leaf from log_entry order by idx')) as unknown as Leaf[]
  const frontier: Uint8Array[] = []
  await sql('delete from log_entry')
  const leaves = change(rows)
  for (const [index, row] of leaves.entries()) {
    const leaf = JSON.parse(row.leaf) as JsonObject & { kind: string; subject: { id: string } }
    const text = canonicalJson({ ...leaf, at: row.at, index })
    const hash = leafHash(text)
    grow(frontier, index, hash, () => undefined)
    await sql(
      'insert into log_entry (idx, leaf_hash, at, shape, kind, actor_kind, actor_id, subject_kind, subject_id, leaf) values ($1, $2, $3, 1, $4, $5, $6, $7, $8, $9)',
      [index, hash, row.at, leaf.kind, ...who(leaf, 'actor'), ...who(leaf, 'subject'), text],
    )
  }
  await sql('update log_state set size = $1, frontier = $2', [leaves.length, Buffer.concat(frontier)])
}

function who(leaf: JsonObject, key: string): string[] {
  const { kind, id } = leaf[key] as { kind: string; id: string }
  return [kind, id]
}

const edited = (row: Leaf) => ({ ...row, leaf: row.leaf.replace('"n":', '"n":9') })
const copyColumns = 'at, shape, kind, actor_kind, actor_id, subject_kind, subject_id, leaf, leaf_hash'

/** Moves rows by one, without ever having two at one place. */
async function shift({ sql }: LogHouse, from: number, by: number): Promise<void> {
  await sql('update log_entry set idx = -(idx + $1) - 1 where idx >= $2', [by, from])
  await sql('update log_entry set idx = -idx - 1 where idx < 0')
  await sql('update log_state set size = size + $1', [by])
}

const attacks: [string, (house: LogHouse) => Promise<unknown>, string[]][] = [
  [
    'an edited row',
    ({ sql }) => sql(`update log_entry set leaf = replace(leaf, '"n":', '"n":9') where idx = 7`),
    ['edited-entry 7'],
  ],
  [
    'what lists show of a row',
    ({ sql }) => sql(`update log_entry set actor_id = 'acc_2' where idx = 7`),
    ['edited-entry 7'],
  ],
  [
    'a leaf that is no JSON any more',
    ({ sql }) => sql(`update log_entry set leaf = replace(leaf, '"attachments":[', '"attachments":[[') where idx = 13`),
    ['edited-entry 13'],
  ],
  [
    'an attachment that is another file of the machine',
    ({ sql }) =>
      sql(`update log_entry set leaf = replace(leaf, '${NAMED}', '../../../../etc/hostname') where idx = 13`),
    ['edited-entry 13'],
  ],
  [
    'an edited hash',
    ({ sql }) => sql('update log_entry set leaf_hash = $1 where idx = 7', [Buffer.alloc(32, 1)]),
    ['edited-entry 7'],
  ],
  [
    'an edited row, hashed again',
    (house) => rewrite(house, (rows) => rows.map((row, i) => (i === 8 ? edited(row) : row))),
    ['edited-entry 6'],
  ],
  [
    'an edited row after the last checkpoint, its own hash changed',
    async ({ sql }) => {
      const [row] = await sql('select leaf from log_entry where idx = 24')
      const leaf = String(row?.['leaf']).replace('"n":', '"n":9')
      await sql('update log_entry set leaf = $1, leaf_hash = $2 where idx = 24', [leaf, leafHash(leaf)])
    },
    ['edited-entry 21'],
  ],
  ['a deleted row', ({ sql }) => sql('delete from log_entry where idx = 9'), ['deleted-entry 9']],
  ['a deleted stretch', ({ sql }) => sql('delete from log_entry where idx between 4 and 6'), ['deleted-entry 4']],
  [
    'a deleted row, the rest moved up',
    async (house) => {
      await house.sql('delete from log_entry where idx = 9')
      await shift(house, 10, -1)
    },
    ['deleted-entry 9'],
  ],
  ['a deleted first row', ({ sql }) => sql('delete from log_entry where idx = 0'), ['deleted-entry 0']],
  ['a truncated tail', ({ sql }) => sql('delete from log_entry where idx >= 18'), ['truncated-tail 18']],
  [
    'a truncated tail, the state with it',
    (house) => rewrite(house, (rows) => rows.slice(0, 18)),
    ['truncated-tail 18'],
  ],
  ['a forgotten tail', ({ sql }) => sql('update log_state set size = 15'), ['truncated-tail 15']],
  ['an emptied log', ({ sql }) => sql('delete from log_entry'), ['emptied-log 0']],
  ['an emptied log, the state with it', (house) => rewrite(house, () => []), ['emptied-log 0']],
  [
    'two rows exchanged',
    async ({ sql }) => {
      await sql('update log_entry set idx = -1 where idx = 4')
      await sql('update log_entry set idx = 4 where idx = 12')
      await sql('update log_entry set idx = 12 where idx = -1')
    },
    ['reordered 4', 'reordered 12'],
  ],
  [
    'neighbours exchanged',
    async ({ sql }) => {
      await sql('update log_entry set idx = -1 where idx = 4')
      await sql('update log_entry set idx = 4 where idx = 5')
      await sql('update log_entry set idx = 5 where idx = -1')
    },
    ['reordered 4', 'reordered 5'],
  ],
  [
    'a row written over by another',
    async ({ sql }) => {
      await sql('delete from log_entry where idx = 10')
      await sql(`insert into log_entry (idx, ${copyColumns}) select 10, ${copyColumns} from log_entry where idx = 5`)
    },
    ['duplicated 10'],
  ],
  [
    'a row put in twice, the rest moved down',
    async (house) => {
      await shift(house, 6, 1)
      await house.sql(
        `insert into log_entry (idx, ${copyColumns}) select 6, ${copyColumns} from log_entry where idx = 5`,
      )
    },
    ['duplicated 6'],
  ],
  [
    'a row repeated at the end',
    async ({ sql }) => {
      await sql(`insert into log_entry (idx, ${copyColumns}) select 26, ${copyColumns} from log_entry where idx = 5`)
      await sql('update log_state set size = 27')
    },
    ['duplicated 26'],
  ],
  [
    'a row put in, the rest moved down',
    async (house) => {
      await shift(house, 8, 1)
      const [row] = await house.sql('select leaf from log_entry where idx = 7')
      const leaf = String(row?.['leaf']).replace('"index":7', '"index":8').replace('"n":', '"n":9')
      await house.sql(
        `insert into log_entry (idx, ${copyColumns}) select 8, ${copyColumns} from log_entry where idx = 7`,
      )
      await house.sql('update log_entry set leaf = $1, leaf_hash = $2 where idx = 8', [leaf, leafHash(leaf)])
    },
    ['inserted 8'],
  ],
  [
    'a row put in and everything hashed again',
    (house) => rewrite(house, (rows) => rows.toSpliced(8, 0, edited(rows[7] ?? assert.fail()))),
    ['inserted 8'],
  ],
  [
    'a row added behind the end',
    async ({ sql }) => {
      await sql(`insert into log_entry (idx, ${copyColumns}) select 26, ${copyColumns} from log_entry where idx = 25`)
      await sql(`update log_entry set leaf = replace(leaf, '"index":25', '"index":26') where idx = 26`)
      const [row] = await sql('select leaf from log_entry where idx = 26')
      await sql('update log_entry set leaf_hash = $1 where idx = 26', [leafHash(String(row?.['leaf']))])
    },
    ['inserted 26'],
  ],
  [
    'a swapped attachment',
    async ({ dir }) => {
      const files = await readdir(dir, { recursive: true })
      const file = files.find((name) => name.endsWith(NAMED)) ?? assert.fail()
      await writeFile(join(dir, file), 'something else!!')
    },
    ['swapped-attachment 13'],
  ],
  [
    'an attachment gone',
    async ({ dir }) => {
      const files = await readdir(dir, { recursive: true })
      const file = files.find((name) => name.endsWith(NAMED)) ?? assert.fail()
      await cp(join(dir, file), join(dir, 'elsewhere'))
      await writeFile(join(dir, file), '')
    },
    ['swapped-attachment 13'],
  ],
  [
    'times that run back',
    (house) =>
      rewrite(house, (rows) => rows.map((row, i) => (i === 23 ? { ...row, at: '2026-02-01T10:00:00.000Z' } : row))),
    ['clock-moved-back 23'],
  ],
  [
    'a checkpoint signed by another key',
    async ({ sql, dir }) => {
      const [row] = await sql('select root from log_checkpoint where size = 11')
      const key = await folderKeys(join(dir, 'others')).next('example.org/log', [])
      const note = signNote(checkpointBody('example.org/log', 11, row?.['root'] as Uint8Array), [key])
      await sql('update log_checkpoint set note = $1 where size = 11', [note])
    },
    ['wrong-key 10'],
  ],
  [
    'a checkpoint with another size',
    ({ sql }) => sql(`update log_checkpoint set note = replace(note, '\n11\n', '\n12\n') where size = 11`),
    ['wrong-key 10'],
  ],
]

describe('an audit', () => {
  test('finds nothing in a log that nobody touched', async (t) => {
    const { log, kept } = await filled(t)
    const result = await log.audit(kept)
    assert.deepEqual(named(result), [])
    assert.deepEqual([result.ok, result.size, result.checkpoints, result.attachments], [true, 26, 9, 1])
    assert.equal(result.root, Buffer.from((await log.head()).root).toString('base64'))
  })

  for (const [title, sabotage, expected] of attacks) {
    test(`names ${title}`, async (t) => {
      const house = await filled(t)
      await sabotage(house)
      const result = await house.log.audit(house.kept)
      assert.deepEqual(named(result), expected, JSON.stringify(result.findings))
      assert.equal(result.ok, false)
    })
  }

  test('names a database put back to last night', async (t) => {
    const house = await openHouse(t)
    await house.record(10)
    await house.log.close()
    await house.store.close()
    const night = join(house.dir, 'night.db')
    await cp(join(house.dir, 'parapet.db'), night)
    const day = await house.reopen()
    await day.record(10)
    const kept = (await day.log.checkpoint())?.note ?? assert.fail()
    await day.log.close()
    await day.store.close()
    await cp(night, join(house.dir, 'parapet.db'))
    const { log } = await house.reopen()
    assert.deepEqual(named(await log.audit()), [])
    assert.deepEqual(named(await log.audit([kept])), ['rolled-back 11'])
  })

  test('names two writers who signed two histories', async (t) => {
    const one = await openHouse(t)
    await one.record(10)
    const shared = (await one.log.checkpoint())?.note ?? assert.fail()
    await one.log.close()
    await one.store.close()
    const two = await openHouse(t)
    await two.log.close()
    await two.store.close()
    for (const part of ['parapet.db', 'keys']) await cp(join(one.dir, part), join(two.dir, part), { recursive: true })
    const [left, right] = [await one.reopen(), await two.reopen()]
    right.clock.now = left.clock.now
    await left.record(5)
    await right.record(5, { data: { other: true } })
    const [ours, theirs] = [await left.log.checkpoint(), await right.log.checkpoint()]
    assert.deepEqual([ours?.size, theirs?.size], [16, 16])
    assert.deepEqual(named(await left.log.audit([shared, theirs?.note ?? ''])), ['forked 11'])
  })

  test('names a log rebuilt under a key of its own', async (t) => {
    const [house, other] = [await filled(t), await filled(t)]
    for (const key of [house, other]) await key.log.close()
    const fake = await other.sql('select * from log_entry order by idx')
    await house.sql('delete from log_entry')
    for (const row of fake)
      await house.sql(
        `insert into log_entry (idx, ${copyColumns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $1)`.replace(
          '$9, $1)',
          '$9, ?)',
        ),
        [row['idx'], ...copyColumns.split(', ').map((column) => row[column])],
      )
    const [state] = await other.sql('select frontier from log_state')
    await house.sql('update log_state set frontier = $1', [state?.['frontier']])
    await house.sql('delete from log_checkpoint')
    assert.deepEqual(named(await house.log.audit())[0], 'wrong-key 0')
  })

  test('tells of a clock that went back while the log went on, as a notice', async (t) => {
    const { log, record, clock } = await openHouse(t)
    await record(3)
    clock.now = new Date('2026-02-01T10:00:00.000Z')
    await record(2)
    const result = await log.audit()
    assert.equal(result.ok, true)
    assert.deepEqual(
      result.notices.map(({ attack, index }) => [attack, index]),
      [['clock-moved-back', 4]],
    )
  })

  test('follows handovers of the key', async (t) => {
    const { log, record } = await filled(t)
    await log.rotate(SYSTEM_ACTOR)
    await record(3)
    await log.checkpoint()
    assert.deepEqual(named(await log.audit()), [])
  })

  test('reads a log of many pages and names the one row', async (t) => {
    const { log, store, sql } = await openHouse(t)
    for (let i = 0; i < 3; i++) await store.append(Array.from({ length: 900 }, (_, n) => thing(n)))
    await sql(`update log_entry set leaf = replace(leaf, '"n":', '"n":9') where idx = 2001`)
    assert.deepEqual(named(await log.audit()), ['edited-entry 2001'])
    await sql('delete from log_entry where idx between 300 and 1900')
    assert.deepEqual(named(await log.audit()), ['deleted-entry 300', 'edited-entry 2001'])
  })

  test('gives everybody else a turn after each page', async (t) => {
    const { log, store } = await openHouse(t)
    for (let i = 0; i < 3; i++) await store.append(Array.from({ length: 900 }, (_, n) => thing(n)))
    let [turns, isDone] = [0, false]
    const count = () => {
      turns++
      if (!isDone) setImmediate(count)
    }
    setImmediate(count)
    await log.audit()
    isDone = true
    assert.ok(turns >= 5, `${turns} turns over 2,700 entries`)
  })

  test('names a personal field that is not what was committed to, and does not miss what was erased', async (t) => {
    const { log, record, sql } = await openHouse(t)
    await record(3, { personal: { email: 'ada@example.org', name: 'Ada' } })
    await sql(`update log_personal set value = $1 where idx = 2 and field = 'email'`, [Buffer.from('eve@example.org')])
    await log.erase([3], 'asked for', SYSTEM_ACTOR)
    assert.deepEqual(named(await log.audit()), ['edited-entry 2'])
  })

  test('is made one at a time', async (t) => {
    const { log } = await filled(t)
    const first = log.audit()
    await assert.rejects(log.audit(), { code: 'too_many' })
    assert.equal((await first).ok, true)
    assert.equal((await log.audit()).ok, true)
  })
})
