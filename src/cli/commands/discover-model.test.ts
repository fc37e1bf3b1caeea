import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { z } from 'zod'
import { EVIL, op, pickle, torchZip } from '../../discover/artefacts/testing.ts'
import { runCli } from '../run.ts'
import { fakeIo } from '../testing.ts'

const Reports = z.array(
  z.object({
    file: z.string(),
    verdict: z.string(),
    findings: z.array(z.object({ technique: z.string(), why: z.string(), place: z.string(), remedy: z.string() })),
    members: z.array(z.object({ name: z.string(), bytes: z.number() })),
  }),
)

async function discover(...words: string[]) {
  const io = fakeIo()
  const code = await runCli(['discover', 'model', ...words], io)
  return { code, out: io.stdout, err: io.stderr }
}

function folderWith(t: TestContext, files: Record<string, Uint8Array | string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'parapet-model-'))
  t.after(() => rmSync(folder, { recursive: true }))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
  return folder
}

const verdicts = (folder: string, out: string) =>
  Reports.parse(JSON.parse(out)).map(({ file, verdict }) => [file.slice(folder.length + 1), verdict])

test('a folder gives a verdict for each of its files, and exits 1 where one is harmful', async (t) => {
  const folder = folderWith(t, { 'a/model.pt': torchZip(EVIL), 'ok.pkl': pickle(op.list()), 'README.md': '# fine' })
  const { code, out } = await discover(folder, '--json')
  assert.equal(code, 1)
  assert.deepEqual(verdicts(folder, out), [
    ['README.md', 'benign'],
    ['ok.pkl', 'benign'],
    ['a/model.pt', 'malicious'],
  ])
  const model = Reports.parse(JSON.parse(out)).at(-1)
  assert.deepEqual(
    model?.members.map(({ name }) => name),
    ['archive/data.pkl', 'archive/data/0', 'archive/version'],
  )
  assert.equal(model?.findings[0]?.place, 'archive/data.pkl')
})

test('clean files exit 0, an empty folder too', async (t) => {
  const folder = folderWith(t, { 'ok.pkl': pickle(op.list()) })
  mkdirSync(join(folder, 'none'))
  assert.deepEqual(await discover(join(folder, 'ok.pkl')), {
    code: 0,
    out: '0 malicious, 0 suspicious, 1 benign\n',
    err: '',
  })
  assert.equal((await discover(join(folder, 'none'), '--json')).out, '[]\n')
})

test('what cannot be opened is said, does not end the scan, and exits 2', async (t) => {
  const folder = folderWith(t, { 'z.pkl': EVIL })
  symlinkSync(folder, join(folder, 'circle'))
  symlinkSync('nowhere', join(folder, 'dangling'))
  execFileSync('mkfifo', [join(folder, 'pipe')])
  const { code, out } = await discover(folder, join(folder, 'absent.pkl'), '--json')
  assert.equal(code, 2)
  assert.deepEqual(verdicts(folder, out), [
    ['circle', 'suspicious'],
    ['dangling', 'suspicious'],
    ['pipe', 'suspicious'],
    ['z.pkl', 'malicious'],
    ['absent.pkl', 'suspicious'],
  ])
})

test('names and texts of a file cannot steer the terminal', async (t) => {
  const folder = folderWith(t, { 'a\u001b[2Jb.pkl': pickle(op.call(op.global('os\u001b[31m', 'system'))) })
  const { out } = await discover(folder)
  assert(!out.includes('\u001b'), JSON.stringify(out))
})

test('a list of hashes is a gate', async (t) => {
  const folder = folderWith(t, {
    'm.bin': 'weights',
    'sums.txt': `${'0'.repeat(64)}  m.bin\n${'1'.repeat(64)}  gone.bin\n`,
  })
  const { code, out } = await discover(folder, '--hashes', join(folder, 'sums.txt'), '--json')
  assert.equal(code, 1)
  assert.deepEqual(verdicts(folder, out), [
    ['m.bin', 'suspicious'],
    ['sums.txt', 'benign'],
    ['gone.bin', 'suspicious'],
  ])
})

test('a signature without a key is asked for one', async (t) => {
  const folder = folderWith(t, { 'm.sig': '{}' })
  const { code, err } = await discover(folder, '--signature', join(folder, 'm.sig'))
  assert.equal(code, 2)
  assert.match(err, /--key, --certificates and --trusted-root/)
})
