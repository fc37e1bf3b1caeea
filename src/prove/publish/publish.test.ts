import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { type LogHouse, openHouse, SYSTEM_ACTOR, thing } from '../../../test/log-house.ts'
import { startWitness } from '../../../test/witness.ts'
import { runVerify } from '../verify/command.ts'
import { isSignedBy, parseNote, parseVerifierKey } from '../verify.ts'
import { LogConfig, openPublishers } from './config.ts'
import { filePublisher } from './file.ts'
import { gitPublisher } from './git.ts'
import { httpWitness } from './http-witness.ts'

async function temporary(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'parapet-publish-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  return folder
}

async function until(log: LogHouse['log'], holds: (exposure: Awaited<ReturnType<typeof log.exposure>>) => boolean) {
  for (let i = 0; i < 300; i++) {
    const exposure = await log.exposure()
    if (holds(exposure)) return exposure
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  return assert.fail(JSON.stringify(await log.exposure()))
}

/** Copies the data of one house into another, as a clone of the machine would, and opens both. */
async function twins(t: TestContext, options: Parameters<typeof openHouse>[1]): Promise<[LogHouse, LogHouse]> {
  const one = await openHouse(t, options)
  await one.record(10)
  await one.log.close()
  await one.store.close()
  const two = await openHouse(t, options)
  await two.log.close()
  await two.store.close()
  for (const part of ['parapet.db', 'keys']) await cp(join(one.dir, part), join(two.dir, part), { recursive: true })
  const [left, right] = [await one.reopen(), await two.reopen({ publishers: [] })]
  right.clock.now = left.clock.now
  return [left, right]
}

async function verifyFolder(folder: string, ...args: string[]): Promise<[number, string]> {
  let said = ''
  const code = await runVerify([folder, ...args], (text) => (said += text))
  return [code, said]
}

describe('a folder', () => {
  test('gets tiles and every checkpoint, and verifies with the first key alone', async (t) => {
    const folder = join(await temporary(t), 'deep', 'log')
    const { log, store, record } = await openHouse(t, { publishers: [filePublisher('disk', folder)] })
    const first = log.verifierKey
    await until(log, ({ entries }) => entries === 0)
    assert.deepEqual(await readdir(join(folder, 'tile', '0', '000.p')), ['1'])
    await store.append(Array.from({ length: 700 }, (_, i) => thing(i)))
    await log.checkpoint()
    await log.rotate(SYSTEM_ACTOR)
    await record(3)
    await log.checkpoint()
    const exposure = await until(log, ({ entries }) => entries === 0)
    assert.deepEqual(
      exposure.publishers.map(({ id, size, error }) => ({ id, size, error })),
      [{ id: 'disk', size: 705, error: undefined }],
    )
    assert.deepEqual(
      (await readdir(join(folder, 'checkpoints'))).toSorted((a, b) => Number(a) - Number(b)),
      ['1', '701', '702', '705'],
    )
    const files = (await readdir(join(folder, 'tile'), { recursive: true })).filter((name) =>
      /\d{3}$|\.p\/\d+$/.test(name),
    )
    assert.ok(!files.some((name) => name.startsWith('0/000.p') || name.startsWith('entries/000.p')), files.join(', '))
    assert.ok(files.includes('entries/002.p/193'))
    const [code, said] = await verifyFolder(folder, '--key', first)
    assert.equal(code, 0, said)
    assert.match(said, /✓ entries +705 entries lead to the tiles/)
    assert.deepEqual(await readFile(join(folder, 'tile/0/000')), Buffer.from((await log.file('tile/0/000')) ?? ''))

    for (const [path, change, code] of [
      [
        'tile/entries/000',
        (bytes: Buffer) => Buffer.from(bytes.toString('latin1').replace('"n":7}', '"n":8}'), 'latin1'),
        'edited-entry',
      ],
      ['tile/0/001', (bytes: Buffer) => bytes.fill(1, 0, 4), 'edited-entry'],
      ['tile/1/000.p/2', (bytes: Buffer) => bytes.fill(1, 0, 4), 'edited-tile'],
      ['tile/entries/002.p/193', () => Buffer.alloc(0), 'edited-entry'],
      ['checkpoint', (bytes: Buffer) => Buffer.from(String(bytes).replace('\n705\n', '\n704\n')), 'file-missing'],
      ['checkpoints/701', (bytes: Buffer) => Buffer.from(String(bytes).replace('\n701\n', '\n700\n')), 'bad-signature'],
    ] as const) {
      const good = await readFile(join(folder, path))
      await writeFile(join(folder, path), change(Buffer.from(good)))
      const [exit, said] = await verifyFolder(folder, '--key', first)
      assert.equal(exit, 1, path)
      assert.match(said, new RegExp(`✗ \\w+ +${code}:`), path)
      await writeFile(join(folder, path), good)
    }
    await rm(join(folder, 'checkpoints', '702'))
    assert.match((await verifyFolder(folder, '--key', first))[1], /bad-handover/)
  })

  test('refuses a tree that does not extend what is there, and leaves it alone', async (t) => {
    const folder = await temporary(t)
    const [left, right] = await twins(t, { publishers: [filePublisher('disk', folder)] })
    await left.record(5)
    await left.log.checkpoint()
    await until(left.log, ({ entries }) => entries === 0)
    const there = await readFile(join(folder, 'checkpoint'), 'utf8')
    await right.record(6, { data: { other: true } })
    const clone = await right.reopen({ publishers: [filePublisher('disk', folder)] })
    const exposure = await until(clone.log, ({ publishers }) => publishers[0]?.error !== undefined)
    assert.match(exposure.publishers[0]?.error ?? '', /does not extend/)
    assert.equal(await readFile(join(folder, 'checkpoint'), 'utf8'), there)
  })

  test('that cannot be written to holds nothing up and is caught up with later', async (t) => {
    const folder = join(await temporary(t), 'log')
    await writeFile(folder, 'in the way')
    const house = await openHouse(t, { publishers: [filePublisher('disk', folder)] })
    await house.record(3)
    await house.log.checkpoint()
    const exposure = await until(house.log, ({ publishers }) => publishers[0]?.error !== undefined)
    assert.equal(exposure.entries, 4)
    await rm(folder)
    await house.record(2)
    await house.log.checkpoint()
    await until(house.log, ({ entries }) => entries === 0)
    assert.deepEqual((await readdir(join(folder, 'checkpoints'))).toSorted(), ['1', '4', '6'])
  })
})

describe('a witness', () => {
  test('cosigns what extends what it saw, and its signature stays with the checkpoint', async (t) => {
    let key = ''
    const witness = await startWitness(() => key)
    t.after(() => witness.close())
    const publisher = httpWitness({ id: 'w1', url: witness.url, verifierKey: witness.verifierKey })
    const house = await openHouse(t)
    key = house.log.verifierKey
    const { log, record, store, reopen } = await house.reopen({ publishers: [publisher] })
    await record(5)
    await log.checkpoint()
    await until(log, ({ entries }) => entries === 0)
    await record(5)
    await log.checkpoint()
    await until(log, ({ entries }) => entries === 0)
    assert.deepEqual([witness.last().size, witness.answers], [11, [200, 200, 200]])
    const note = parseNote((await store.read.log.latestCheckpoint())?.note ?? '')
    assert.equal(await isSignedBy(note, await parseVerifierKey(witness.verifierKey)), true)

    const forgetful = httpWitness({ id: 'w1', url: `${witness.url}/`, verifierKey: witness.verifierKey })
    const again = await reopen({ publishers: [forgetful] })
    await again.record(1)
    await again.log.checkpoint()
    await until(again.log, ({ entries }) => entries === 0)
    assert.deepEqual(witness.answers.slice(3), [409, 200, 200])
    assert.equal((await again.log.audit()).ok, true)
  })

  test('refuses a fork and a log rolled back, and we say so', async (t) => {
    let key = ''
    const witness = await startWitness(() => key)
    t.after(() => witness.close())
    const publisher = () => httpWitness({ id: 'w1', url: witness.url, verifierKey: witness.verifierKey })
    const [left, right] = await twins(t, {})
    key = left.log.verifierKey
    await left.record(5)
    const first = await left.reopen({ publishers: [publisher()] })
    await until(first.log, ({ entries }) => entries === 0)
    const behind = await right.reopen({ publishers: [publisher()] })
    const rolled = await until(behind.log, ({ publishers }) => publishers[0]?.error !== undefined)
    assert.match(rolled.publishers[0]?.error ?? '', /saw 16 entries, this log has 11/)
    await behind.record(7, { data: { other: true } })
    await behind.log.checkpoint()
    const forked = await until(behind.log, ({ publishers }) => /another history/.test(publishers[0]?.error ?? ''))
    assert.equal(forked.publishers[0]?.size, undefined)
    assert.equal(witness.last().size, 16)
  })

  test('that is out of order, or answers for another, is tried again and named', async (t) => {
    let key = ''
    const witness = await startWitness(() => key)
    t.after(() => witness.close())
    const other = await startWitness(() => key)
    t.after(() => other.close())
    const house = await openHouse(t)
    key = house.log.verifierKey
    witness.breakWith(503)
    const publishers = [
      httpWitness({ id: 'broken', url: witness.url, verifierKey: witness.verifierKey }),
      httpWitness({ id: 'liar', url: other.url, verifierKey: witness.verifierKey }),
      httpWitness({ id: 'gone', url: 'http://127.0.0.1:1', verifierKey: witness.verifierKey }),
    ]
    const { log } = await house.reopen({ publishers })
    const { publishers: states } = await until(log, ({ publishers }) => publishers.every(({ error }) => error))
    assert.match(states[0]?.error ?? '', /answered 503/)
    assert.match(states[1]?.error ?? '', /not signed by its key/)
    assert.match(states[2]?.error ?? '', /does not answer/)
    witness.breakWith(undefined)
    await until(log, ({ publishers }) => publishers[0]?.size === 1)
  })
})

describe('a git repository', () => {
  test('gets a commit for each checkpoint and pushes it', async (t) => {
    const base = await temporary(t)
    const [folder, remote] = [join(base, 'work'), join(base, 'remote.git')]
    execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', remote])
    const { log, record } = await openHouse(t, { publishers: [gitPublisher({ id: 'repo', folder, remote })] })
    await until(log, ({ entries }) => entries === 0)
    await record(2)
    const row = await log.checkpoint()
    await until(log, ({ entries }) => entries === 0)
    const show = (...args: string[]) => execFileSync('git', ['-C', remote, ...args], { encoding: 'utf8' })
    assert.equal(show('log', '--format=%s', 'main'), 'checkpoint of 3 entries\ncheckpoint of 1 entries\n')
    assert.equal(show('show', 'main:checkpoint'), row?.note)
    assert.equal(show('show', 'main:keys'), `${log.verifierKey}\n`)
  })

  test('refuses a fork', async (t) => {
    const folder = await temporary(t)
    const [left, right] = await twins(t, { publishers: [gitPublisher({ id: 'repo', folder })] })
    await left.record(5)
    await left.log.checkpoint()
    await until(left.log, ({ entries }) => entries === 0)
    await right.record(6, { data: { other: true } })
    const clone = await right.reopen({ publishers: [gitPublisher({ id: 'repo', folder })] })
    const exposure = await until(clone.log, ({ publishers }) => publishers[0]?.error !== undefined)
    assert.match(exposure.publishers[0]?.error ?? '', /does not extend/)
  })
})

describe('the configuration', () => {
  test('opens what it names', () => {
    const config = LogConfig.parse({
      publish: [
        { kind: 'file', id: 'disk', folder: 'published' },
        { kind: 'git', id: 'repo', folder: '/srv/log', remote: 'git@example.org:log.git' },
        { kind: 'witness', id: 'w1', url: 'https://witness.example', verifierKey: 'w+00000000+BAAA' },
      ],
    })
    assert.deepEqual(
      openPublishers(config.publish, '/etc').map(({ kind }) => kind),
      ['file', 'git', 'witness'],
    )
    assert.equal(config.sealWithinSeconds, 60)
  })

  for (const [title, publish] of [
    [
      'two of one name',
      [
        { kind: 'file', id: 'a', folder: 'x' },
        { kind: 'file', id: 'a', folder: 'y' },
      ],
    ],
    ['a remote that is an option', [{ kind: 'git', id: 'a', folder: 'x', remote: '--upload-pack=touch' }]],
    ['another protocol', [{ kind: 'witness', id: 'a', url: 'file:///etc/passwd', verifierKey: 'w+00000000+BAAA' }]],
    ['an unknown kind', [{ kind: 'ftp', id: 'a' }]],
    ['an unknown key', [{ kind: 'file', id: 'a', folder: 'x', mode: 1 }]],
  ] as const) {
    test(`refuses ${title}`, () => assert.equal(LogConfig.safeParse({ publish }).success, false))
  }
})
