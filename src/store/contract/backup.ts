// What a backup promises: one moment, checked as a whole, restored into either engine with the same log root.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { gunzipSync, gzipSync } from 'node:zlib'
import { rootOf } from '../../prove/merkle.ts'
import { backup } from '../backup/backup.ts'
import { restore } from '../backup/restore.ts'
import { openStore } from '../open.ts'
import { account, clock, entry, hasCode, opened, type Opened, type Places } from './place.ts'

const bytes = Uint8Array.from({ length: 2_500_000 }, (_, i) => (i * 7) % 256)
const sha256 = createHash('sha256').update(bytes).digest('hex')

async function filled({ store }: Opened) {
  const ada = account({ name: 'Ada 𝄞' })
  await store.change(async (tx) => {
    await tx.accounts.insert(ada)
    await tx.attachments.put(sha256, bytes)
    await tx.sessions.insert({ id: 's', accountId: ada.id, createdAt: 'a', expiresAt: 'b', lastSeenAt: 'c' })
    tx.record(entry('account.created', { personal: { name: 'Ada' } }))
  })
  await store.append(Array.from({ length: 600 }, (_, i) => entry('thing.made', { data: { i } })))
  const root = new Uint8Array(32)
  await store.change((tx) => tx.log.saveCheckpoint({ size: 601, root, at: clock().toISOString(), note: 'n' }))
  return ada
}

export function backupContract(places: Places, others: Places): void {
  test('a backup taken during writes is restored into the same and the other engine', async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'parapet-backup-'))
    t.after(() => rmSync(folder, { recursive: true }))
    const here = await opened(t, places)
    const ada = await filled(here)
    const file = join(folder, 'a.backup')
    const [result] = await Promise.all([
      backup(here.store, file, { now: clock }),
      ...Array.from({ length: 20 }, () => here.store.append([entry()])),
    ])
    assert.equal(statSync(file).mode & 0o777, 0o600)
    const { size } = result.manifest.log
    assert.ok(size >= 601)
    await assert.rejects(backup(here.store, file, { now: clock }), hasCode('conflict'))
    for (const target of [await places(), await others()]) {
      t.after(() => target.remove())
      await restore(file, target.where, { now: clock })
      await assert.rejects(restore(file, target.where, { now: clock }), hasCode('conflict'))
      await restore(file, target.where, { now: clock, replace: true })
      const store = await openStore({ ...target.where, now: clock })
      t.after(() => store.close())
      const state = await store.read.log.state()
      assert.equal(Buffer.from(rootOf(state.frontier)).toString('hex'), result.manifest.log.root)
      assert.deepEqual(await store.read.accounts.byId(ada.id), ada)
      assert.deepEqual(await store.read.attachments.get(sha256), bytes)
      assert.deepEqual(await store.read.log.rows(0, size), await here.store.read.log.rows(0, size))
      assert.deepEqual(await store.read.log.personal(0), await here.store.read.log.personal(0))
      assert.equal((await store.read.log.hashes(1, 0, 2)).length, 2)
      assert.equal((await store.read.log.latestCheckpoint())?.size, 601)
      assert.equal(await store.read.sessions.byId('s'), undefined)
      assert.deepEqual(await store.append([entry('new.made')]), [size])
    }
  })

  test('a damaged backup is told as such and touches nothing', async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'parapet-backup-'))
    t.after(() => rmSync(folder, { recursive: true }))
    const here = await opened(t, places)
    await filled(here)
    const file = join(folder, 'a.backup')
    await backup(here.store, file, { now: clock })
    const lines = gunzipSync(readFileSync(file)).toString().split('\n')
    const at = lines.findIndex((line) => line.includes('"data":{"i":7}') || line.includes('\\"i\\":7}'))
    assert.ok(at > 0)
    const without = (i: number) => lines.toSpliced(i, 1)
    const damages: [string, string, string[] | Buffer][] = [
      ['cut off', 'input_invalid', readFileSync(file).subarray(0, 2000)],
      ['no end', 'input_invalid', [...lines.slice(0, -2), '']],
      ['an edited leaf', 'log_damaged', lines.with(at, (lines[at] ?? '').replace('\\"i\\":7}', '\\"i\\":8}'))],
      ['a missing entry', 'log_damaged', without(at)],
      ['a missing account', 'input_invalid', without(2)],
      ['not a backup', 'input_invalid', ['{"format":"tar"}', '']],
      ['of a newer version', 'conflict', lines.with(0, (lines[0] ?? '').replace('"version":1', '"version":2'))],
      [
        'of a newer program',
        'input_invalid',
        lines.with(0, (lines[0] ?? '').replace(/"migration":"[^"]+"/, '"migration":"0002-x"')),
      ],
      ['not JSON', 'input_invalid', lines.with(3, '[')],
      ['an endless line', 'input_invalid', ['x'.repeat(5_000_000)]],
    ]
    const target = await places()
    t.after(() => target.remove())
    for (const [name, code, content] of damages) {
      const bad = join(folder, 'bad.backup')
      writeFileSync(bad, Buffer.isBuffer(content) ? content : gzipSync(content.join('\n')))
      await assert.rejects(restore(bad, target.where, { now: clock, replace: true }), hasCode(code), name)
    }
    await assert.rejects(restore(join(folder, 'none'), target.where, { now: clock }), hasCode('not_found'))
    await restore(file, target.where, { now: clock })
  })

  test('keys go along only when asked for', async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'parapet-backup-'))
    t.after(() => rmSync(folder, { recursive: true }))
    const here = await opened(t, places)
    mkdirSync(join(folder, 'keys'))
    writeFileSync(join(folder, 'keys', 'log.key'), 'secret', { mode: 0o600 })
    const [without, along] = [join(folder, 'without'), join(folder, 'along')]
    await backup(here.store, without, { now: clock })
    await backup(here.store, along, { now: clock, keysDir: join(folder, 'keys') })
    const dataDir = join(folder, 'data')
    await restore(without, { dataDir }, { now: clock })
    assert.throws(() => statSync(join(dataDir, 'keys')))
    await restore(along, { dataDir }, { now: clock, replace: true })
    assert.equal(readFileSync(join(dataDir, 'keys', 'log.key'), 'utf8'), 'secret')
    assert.equal(statSync(join(dataDir, 'keys', 'log.key')).mode & 0o777, 0o600)
  })
}
