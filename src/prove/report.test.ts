import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { openHouse, SYSTEM_ACTOR } from '../../test/log-house.ts'
import { sha256 } from './merkle.ts'
import type { Report } from './report.ts'
import { verifyReport, type FailureCode } from './verify.ts'

const FILE = Buffer.from('what was scanned')
const NAMED = Buffer.from(sha256(FILE)).toString('hex')
const python = spawnSync('python3', ['--version']).status === 0

interface Made {
  report: Report
  key: string
  /** Checkpoints of 1, 4, 8 and all entries. */
  kept: string[]
  stranger: string
  dir: string
}

async function made(t: TestContext): Promise<Made> {
  const { log, store, record } = await openHouse(t)
  const stranger = await openHouse(t)
  const dir = await mkdtemp(join(tmpdir(), 'parapet-report-'))
  t.after(() => rm(dir, { recursive: true, force: true }))
  const key = log.verifierKey
  await store.change((tx) => tx.attachments.put(NAMED, FILE))
  await record(3)
  const four = (await log.checkpoint())?.note ?? assert.fail()
  await record(2, { personal: { email: 'ada@example.org' } })
  await log.rotate(SYSTEM_ACTOR)
  await record(1, { attachments: [{ name: 'scan', mediaType: 'text/plain', bytes: FILE.length, sha256: NAMED }] })
  const eight = (await log.checkpoint())?.note ?? assert.fail()
  await record(4)
  const report = await log.report({ kind: 'thing.made', extendsSize: 4 })
  const one = (await store.read.log.checkpointCovering(1))?.note ?? assert.fail()
  return { report, key, kept: [one, four, eight, report.checkpoint], stranger: stranger.log.verifierKey, dir }
}

/** What each verifier says of each text: `verified`, or the code of what failed. */
async function verdicts(
  made: Made,
  texts: readonly string[],
  key: string,
  kept: readonly string[],
): Promise<string[][]> {
  const ours: string[] = []
  for (const text of texts) {
    const { steps, ok } = await verifyReport(text, { keys: [key], checkpoints: kept })
    ours.push(ok ? 'verified' : (steps.at(-1)?.code ?? ''))
  }
  if (!python) return [ours]
  const reports = await written(made.dir, 'report', texts)
  const files = await written(made.dir, 'checkpoint', kept)
  const args = ['test/verify_log.py', ...reports, '--key', key, ...files.flatMap((file) => ['--checkpoint', file])]
  const run = spawnSync('python3', args, { encoding: 'utf8' })
  assert.equal(run.stderr, '')
  return [ours, run.stdout.trim().split('\n')]
}

async function written(dir: string, name: string, texts: readonly string[]): Promise<string[]> {
  const paths = texts.map((_, i) => join(dir, `${name}-${i}`))
  for (const [i, path] of paths.entries()) await writeFile(path, texts[i] ?? '')
  return paths
}

function edited(report: Report, change: (copy: Report) => unknown): string {
  const copy = structuredClone(report)
  change(copy)
  return JSON.stringify(copy)
}

function at<T>(list: readonly T[], index: number): T {
  return list.at(index) ?? assert.fail()
}

const zeros = Buffer.alloc(32).toString('base64')

const tampered: [string, (copy: Report, made: Made) => unknown, FailureCode][] = [
  ['a leaf', (copy) => (at(copy.entries, 2).leaf = at(copy.entries, 2).leaf.replace('"n":2', '"n":3')), 'not-in-log'],
  ['white space in a leaf', (copy) => (at(copy.entries, 2).leaf += ' '), 'not-in-log'],
  ['an index', (copy) => (at(copy.entries, 2).index = 1), 'not-in-log'],
  ['an index beyond the tree', (copy) => (at(copy.entries, 2).index = 999), 'not-in-log'],
  ['a path', (copy) => (at(copy.entries, 2).path[0] = zeros), 'not-in-log'],
  ['a path cut short', (copy) => at(copy.entries, 2).path.pop(), 'not-in-log'],
  ['a path that goes on', (copy) => at(copy.entries, 2).path.push(zeros), 'not-in-log'],
  ['a hash that is none', (copy) => (at(copy.entries, 2).path[0] = 'AAAA'), 'wrong-format'],
  [
    'two leaves exchanged',
    (copy) =>
      ([at(copy.entries, 0).leaf, at(copy.entries, 1).leaf] = [at(copy.entries, 1).leaf, at(copy.entries, 0).leaf]),
    'not-in-log',
  ],
  [
    'a personal value',
    (copy) => (at(Object.values(at(copy.entries, 3).opened ?? {}), 0).value = 'eve@example.org'),
    'bad-commitment',
  ],
  ['a salt', (copy) => (at(Object.values(at(copy.entries, 3).opened ?? {}), 0).salt = zeros), 'bad-commitment'],
  [
    'a personal field made up',
    (copy) => (at(copy.entries, 0).opened = { name: { salt: zeros, value: 'Eve' } }),
    'bad-commitment',
  ],
  ['an attachment', (copy) => (at(copy.attachments, 0).content = 'AAAA'), 'attachment-changed'],
  ['the root', (copy) => (copy.checkpoint = copy.checkpoint.replace(/\n[^\n]{44}\n/, `\n${zeros}\n`)), 'bad-signature'],
  ['the size', (copy) => (copy.checkpoint = copy.checkpoint.replace('\n12\n', '\n13\n')), 'bad-signature'],
  [
    'the signature',
    (copy) => (copy.checkpoint = copy.checkpoint.replace(/.{8}(.{20}\n)$/, 'AAAAAAAA$1')),
    'bad-signature',
  ],
  ['the newest key', (copy, { stranger }) => (copy.keys[1] = stranger), 'wrong-key'],
  ['a handover left out', (copy) => (copy.handovers = []), 'bad-handover'],
  ['the newest key left out', (copy) => ([copy.keys, copy.handovers] = [copy.keys.slice(0, 1), []]), 'wrong-key'],
  ['the proof of a handover', (copy) => (at(copy.handovers, 0).consistency[0] = zeros), 'bad-handover'],
  ['the checkpoint of a handover', (copy, { kept }) => (at(copy.handovers, 0).checkpoint = at(kept, 1)), 'wrong-key'],
  [
    'another entry as a handover',
    (copy) => Object.assign(at(copy.handovers, 0), { leaf: at(copy.entries, 0).leaf }),
    'not-in-log',
  ],
  ['the proof of its history', (copy) => (at(copy.older, 0).consistency[0] = zeros), 'not-an-extension'],
  ['its name', (copy) => (copy.origin = 'example.org/other'), 'wrong-origin'],
  ['its format', (copy) => Object.assign(copy, { format: 'parapet-report/2' }), 'wrong-format'],
  ['a missing part', (copy) => Reflect.deleteProperty(copy, 'older'), 'wrong-format'],
]

describe(`a report${python ? ', to both verifiers' : ''}`, () => {
  test('verifies with any key of the chain and every checkpoint that it speaks of', async (t) => {
    const all = await made(t)
    const text = JSON.stringify(all.report)
    for (const key of all.report.keys)
      for (const said of await verdicts(all, [text], key, [at(all.kept, 1), at(all.kept, 3)]))
        assert.deepEqual(said, ['verified'])
    assert.deepEqual(
      (await verifyReport(text, { keys: [all.key], checkpoints: [at(all.kept, 1)] })).steps.map(
        ({ step, message }) => `${step}: ${message}`,
      ),
      [
        'format: a report of log example.org/log',
        'key: one of 2 keys is the one you trust',
        'checkpoint: the tree of 12 entries is signed',
        'handover: 1 changes of key, each signed by both',
        'entries: 10 entries are in the tree',
        'personal: 2 personal fields match their commitments',
        'attachments: 1 attachments match',
        'history: it extends 2 older checkpoints',
      ],
    )
  })

  test('does not verify when anything in it was changed', async (t) => {
    const all = await made(t)
    const texts = tampered.map(([, change]) => edited(all.report, (copy) => change(copy, all)))
    for (const [i, text] of texts.entries()) assert.notEqual(text, JSON.stringify(all.report), tampered[i]?.[0])
    const expected = tampered.map(([title, , code]) => `${title}: ${code}`)
    for (const said of await verdicts(all, texts, all.key, []))
      assert.deepEqual(
        said.map((code, i) => `${tampered[i]?.[0]}: ${code}`),
        expected,
      )
  })

  test('does not vouch for itself, nor for a checkpoint that it cannot be held against', async (t) => {
    const all = await made(t)
    const text = JSON.stringify(all.report)
    assert.equal((await verifyReport(text, { keys: [] })).steps.at(-1)?.code, 'no-trusted-key')
    for (const said of await verdicts(all, [text], all.stranger, [])) assert.deepEqual(said, ['wrong-key'])
    for (const said of await verdicts(all, [text], all.key, [at(all.kept, 2)]))
      assert.deepEqual(said, ['no-consistency-proof'])
    const early = edited(all.report, (copy) => {
      const { path } = at(copy.handovers, 0)
      const same = { checkpoint: at(copy.handovers, 0).checkpoint, consistency: [] }
      Object.assign(copy, { checkpoint: same.checkpoint, entries: [], older: [same] })
      Object.assign(at(copy.handovers, 0), { path, consistency: [] })
    })
    for (const said of await verdicts(all, [early], all.key, [])) assert.deepEqual(said, ['verified'])
    for (const said of await verdicts(all, [early], all.key, [at(all.kept, 3)])) assert.deepEqual(said, ['rolled-back'])
  })

  for (const text of ['', '[]', '{"format":', 'null', '"x"', '{"format":"parapet-report/1"}', '\u0000']) {
    test(`is not ${JSON.stringify(text)}`, async (t) => {
      const { log } = await openHouse(t)
      const { steps } = await verifyReport(text, { keys: [log.verifierKey] })
      assert.equal(steps.at(-1)?.code, 'wrong-format')
    })
  }

  test('python3 is here to agree', { skip: python ? false : 'python3 is not on this machine' }, () => assert.ok(python))
})

describe('a report is bounded', () => {
  test('and says what it left out', async (t) => {
    const { log, store } = await openHouse(t)
    const thousand = Array.from({ length: 1000 }, (_, n) => ({
      kind: 'thing.made',
      actor: SYSTEM_ACTOR,
      subject: { kind: 'thing', id: String(n) },
      data: { n },
    }))
    await store.append(thousand)
    assert.deepEqual([(await log.report({})).omitted, (await log.report({})).entries.length], [true, 1000])
    assert.deepEqual(
      [(await log.report({ kind: 'thing.made' })).omitted, (await log.report({ subjectId: '7' })).entries.length],
      [false, 1],
    )
    await assert.rejects(log.report({ indexes: [1], kind: 'thing.made' }), { code: 'input_invalid' })
    await assert.rejects(log.report({ indexes: [5000] }), { code: 'not_found' })
    await assert.rejects(log.report({ extendsSize: 77 }), { code: 'not_found' })
  })
})
