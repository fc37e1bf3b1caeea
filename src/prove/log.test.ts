import assert from 'node:assert/strict'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { openHouse, SYSTEM_ACTOR, thing } from '../../test/log-house.ts'
import { givenKeys } from './keys.ts'
import { parseTilePath, tilePath, tilesOf } from './tiles.ts'
import { parseCheckpoint, verifyProof, verifyReport } from './verify.ts'

describe('the log', () => {
  test('says at its first start what it is called and which key signs', async (t) => {
    const { log, store, dir } = await openHouse(t)
    const [row] = await store.read.log.rows(0, 1)
    assert.equal(row?.kind, 'log.started')
    assert.deepEqual((JSON.parse(row?.leaf ?? '') as { data: unknown }).data, {
      origin: 'example.org/log',
      verifierKey: log.verifierKey,
    })
    const id = log.verifierKey.split('+')[1]
    assert.equal((await stat(join(dir, 'keys', `log-${id}.pem`))).mode & 0o777, 0o600)
    assert.equal((await store.read.log.latestCheckpoint())?.size, 1)
  })

  test('keeps its name and key over a restart, and refuses another name', async (t) => {
    const house = await openHouse(t)
    const { verifierKey } = house.log
    const again = await house.reopen({ origin: undefined })
    assert.deepEqual([again.log.verifierKey, again.log.origin], [verifierKey, 'example.org/log'])
    await assert.rejects(again.reopen({ origin: 'example.org/other' }), { code: 'config_invalid' })
  })

  test('signs nothing without the key that the log names', async (t) => {
    const house = await openHouse(t)
    await assert.rejects(house.reopen({ keys: givenKeys([]) }), { code: 'config_invalid' })
  })

  test('seals what is new, once', async (t) => {
    const { log, store, record } = await openHouse(t)
    await record(5)
    const row = await log.checkpoint()
    assert.equal(row?.size, 6)
    assert.equal(await log.checkpoint(), undefined)
    const { size, root } = parseCheckpoint(row?.note ?? '')
    const head = await log.head()
    assert.deepEqual([size, Buffer.from(root)], [head.size, Buffer.from(head.root)])
    assert.equal((await store.read.log.checkpoints({ limit: 10 })).items.length, 2)
  })

  test('seals by itself soon after something was recorded', async (t) => {
    const { store, record } = await openHouse(t, { sealWithinMs: 20 })
    await record(3)
    for (let i = 0; i < 200 && (await store.read.log.latestCheckpoint())?.size !== 4; i++)
      await new Promise((resolve) => setTimeout(resolve, 10))
    assert.equal((await store.read.log.latestCheckpoint())?.size, 4)
  })

  test('gives a proof of each entry that its key alone verifies', async (t) => {
    const { log, record } = await openHouse(t)
    await record(40)
    for (const index of [0, 1, 17, 40]) {
      const { text } = await log.proof(index)
      const verdict = await verifyProof(text, { keys: [log.verifierKey] })
      assert.equal(verdict.ok, true, JSON.stringify(verdict.steps))
      assert.match(text, new RegExp(`^c2sp.org/tlog-proof@v1\nextra .+\nindex ${index}\n`))
    }
    await assert.rejects(log.proof(41), { code: 'not_found' })
    const { text } = await log.proof(3)
    for (const [from, to, code] of [
      ['index 3', 'index 4', 'not-in-log'],
      ['extra ', 'extra AAAA', 'not-in-log'],
      ['\n41\n', '\n40\n', 'bad-signature'],
      ['c2sp.org/tlog-proof@v1', 'c2sp.org/tlog-proof@v2', 'wrong-format'],
    ] as const) {
      assert.ok(text.includes(from))
      const verdict = await verifyProof(text.replace(from, to), { keys: [log.verifierKey] })
      assert.equal(verdict.steps.at(-1)?.code, code)
    }
  })

  test('opens personal fields in a report until they are erased, and every proof still holds after', async (t) => {
    const { log, store, record } = await openHouse(t)
    await record(3)
    const [index = -1] = await record(1, { personal: { email: 'ada@example.org' } })
    const before = JSON.stringify(await log.report({ indexes: [index] }))
    assert.ok(before.includes('ada@example.org'))
    const root = (await store.read.log.latestCheckpoint())?.root
    assert.equal(await log.erase([index], 'asked for', SYSTEM_ACTOR), 1)
    assert.equal(await log.erase([index], 'asked for', SYSTEM_ACTOR), 0)
    const report = await log.report({ indexes: [index], extendsSize: 5 })
    assert.ok(!JSON.stringify(report).includes('ada@example.org'))
    assert.deepEqual((await store.read.log.checkpointCovering(5))?.root, root)
    for (const text of [before, JSON.stringify(report)])
      assert.equal((await verifyReport(text, { keys: [log.verifierKey] })).ok, true)
    const last = (await store.read.log.search({ kind: 'log.erased', limit: 5 })).items
    assert.equal(last.length, 1)
    assert.deepEqual((JSON.parse(last[0]?.leaf ?? '') as { data: unknown }).data, {
      fields: 1,
      indexes: [index],
      reason: 'asked for',
    })
    assert.equal((await log.audit()).ok, true)
  })

  test('erases everything about a subject', async (t) => {
    const { log, store } = await openHouse(t)
    const about = { subject: { kind: 'person', id: 'p1' } }
    await store.append([
      ...Array.from({ length: 450 }, (_, i) => thing(i, { ...about, personal: { name: 'Ada', mail: `a${i}` } })),
      thing(9, { ...about }),
      thing(9, { personal: { name: 'Bob' } }),
    ])
    assert.equal(await log.eraseSubject({ kind: 'person', id: 'p1' }, 'left', SYSTEM_ACTOR), 900)
    assert.equal((await store.read.log.personal(1)).length, 0)
    assert.equal((await store.read.log.personal(452)).length, 1)
  })

  test('hands over to a new key by a checkpoint that both sign, and verifiers follow from the first', async (t) => {
    const house = await openHouse(t)
    const first = house.log.verifierKey
    await house.record(3)
    const second = await house.log.rotate(SYSTEM_ACTOR)
    await house.record(2)
    const third = await house.log.rotate(SYSTEM_ACTOR)
    await house.record(2)
    const { log } = await house.reopen()
    assert.deepEqual(log.verifierKeys, [first, second, third])
    const report = await log.report({ kind: 'thing.made', extendsSize: 5 })
    const text = JSON.stringify(report)
    for (const key of [first, second, third]) {
      const verdict = await verifyReport(text, { keys: [key] })
      assert.equal(verdict.ok, true, JSON.stringify(verdict.steps))
    }
    const stranger = (await openHouse(t)).log.verifierKey
    assert.equal((await verifyReport(text, { keys: [stranger] })).steps.at(-1)?.code, 'wrong-key')
    const forged = structuredClone(report)
    forged.keys[2] = stranger
    assert.equal((await verifyReport(JSON.stringify(forged), { keys: [first] })).steps.at(-1)?.code, 'wrong-key')
    const cut = structuredClone(report)
    cut.handovers.pop()
    assert.equal((await verifyReport(JSON.stringify(cut), { keys: [first] })).steps.at(-1)?.code, 'bad-handover')
    assert.equal((await log.audit()).ok, true)
  })

  test('serves the files of a tiled log, at their one right path', async (t) => {
    const { log, store } = await openHouse(t)
    await store.append(Array.from({ length: 600 }, (_, i) => thing(i)))
    await log.checkpoint()
    assert.match(String(await log.file('checkpoint')).split('\n')[1] ?? '', /^601$/)
    const paths = [...tilesOf(601)].map(tilePath)
    assert.deepEqual(paths, [
      'tile/entries/000',
      'tile/entries/001',
      'tile/entries/002.p/89',
      'tile/0/000',
      'tile/0/001',
      'tile/0/002.p/89',
      'tile/1/000.p/2',
    ])
    for (const path of paths) assert.ok((await log.file(path))?.length)
    assert.equal((await log.file('tile/0/000'))?.length, 8192)
    assert.equal((await log.file('tile/0/002.p/3'))?.length, 96)
    for (const path of [
      'tile/0/002',
      'tile/0/3',
      'tile/0/002.p/90',
      'tile/0/002.p/0',
      'tile/00/000',
      'tile/0/x000/000',
      'tile/64/000',
      'tile/0/000.p/256',
      '../checkpoint',
      'tile/entries/00/0',
      'tile/0/x001/000',
    ])
      assert.equal(await log.file(path), undefined, path)
    assert.equal(parseTilePath('tile/0/x001/x234/067')?.index, 1_234_067)
    assert.equal(tilePath({ level: 0, index: 1_234_067, width: 256 }), 'tile/0/x001/x234/067')
  })

  test('tells how much no checkpoint outside the house covers', async (t) => {
    const { log, record } = await openHouse(t)
    await record(4)
    const exposure = await log.exposure()
    assert.deepEqual([exposure.entries, exposure.since, exposure.damage], [5, '2026-03-01T10:00:00.000Z', undefined])
  })

  test('stops signing when what it signed is not what it holds, and says so', async (t) => {
    const { log, record, sql } = await openHouse(t)
    await record(5)
    await log.checkpoint()
    await sql('update log_entry set leaf_hash = $1 where idx = 2', [Buffer.alloc(32, 1)])
    await record(1)
    await assert.rejects(log.checkpoint(), { code: 'log_damaged' })
    await assert.rejects(log.checkpoint(), { code: 'log_damaged' })
    assert.match((await log.exposure()).damage ?? '', /do not lead to the root/)
    await record(1)
  })

  test('opens for reading when it is damaged, and says so', async (t) => {
    const house = await openHouse(t)
    await house.record(5)
    await house.log.checkpoint()
    await house.sql('delete from log_entry where idx = 5')
    const heard: unknown[] = []
    const { log, store } = await house.reopen({ onTrouble: (error) => heard.push(error) })
    assert.equal(heard.length, 1)
    assert.ok((await log.exposure()).damage)
    assert.equal((await store.read.log.rows(0, 5)).length, 5)
    assert.deepEqual(
      (await log.audit()).findings.map(({ attack, index }) => [attack, index]),
      [['truncated-tail', 5]],
    )
  })

  test('does not begin anew where a signed log lost its beginning', async (t) => {
    const house = await openHouse(t)
    await house.record(5)
    await house.log.close()
    await house.sql('delete from log_entry')
    await house.sql('update log_state set size = 0, frontier = $1', [Buffer.alloc(0)])
    await assert.rejects(house.reopen(), { code: 'log_damaged' })
  })

  test('seals later when a checkpoint could not be saved', async (t) => {
    const { store, sql, record } = await openHouse(t, { sealWithinMs: 20 })
    await sql(
      'create trigger refuse before insert on log_checkpoint begin select raise(abort, $1); end'.replace(
        '$1',
        `'busy'`,
      ),
    )
    await record(2)
    await new Promise((resolve) => setTimeout(resolve, 60))
    assert.equal((await store.read.log.latestCheckpoint())?.size, 1)
    await sql('drop trigger refuse')
    for (let i = 0; i < 200 && (await store.read.log.latestCheckpoint())?.size !== 3; i++)
      await new Promise((resolve) => setTimeout(resolve, 10))
    assert.equal((await store.read.log.latestCheckpoint())?.size, 3)
  })
})
