import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { modelFilesIn } from './model-files.ts'
import { Tape } from './pickle/tape.ts'
import { scanFiles } from './scan-files.ts'
import { EVIL, torchZip } from './testing.ts'

/** A thread that hangs, dies or answers, by the name of the file. */
const HOSTILE = `
import { parentPort } from 'node:worker_threads'
parentPort.on('message', ({ file }) => {
  if (file.includes('hangs')) for (;;);
  if (file.includes('dies')) process.exit(3)
  if (file.includes('fills')) for (const all = []; ; ) all.push(new Array(1e6).fill(0).map(() => ({})))
  parentPort.postMessage({ report: { format: 'text', verdict: 'benign', findings: [], members: [], leftOut: { members: 0, findings: 0 } } })
})`

test('a file that hangs, kills or fills its thread is not read, and the next one is', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'parapet-scan-'))
  t.after(() => rmSync(folder, { recursive: true }))
  for (const name of ['1-hangs', '2-fine', '3-dies', '4-fine', '5-fills', '6-fine'])
    writeFileSync(join(folder, name), 'x')
  const worker = join(folder, '..', `hostile-${process.pid}.mjs`)
  writeFileSync(worker, HOSTILE)
  t.after(() => rmSync(worker))
  const seen: [string, string, boolean][] = []
  for await (const { file, verdict, failed } of scanFiles([folder], {
    worker,
    seconds: 3,
    megabytes: 64,
  }))
    seen.push([file.slice(folder.length + 1), verdict, failed])
  assert.deepEqual(seen, [
    ['1-hangs', 'suspicious', true],
    ['2-fine', 'benign', false],
    ['3-dies', 'suspicious', true],
    ['4-fine', 'benign', false],
    ['5-fills', 'suspicious', true],
    ['6-fine', 'benign', false],
  ])
})

test('more files than the limit are said, not left out silently', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'parapet-scan-'))
  t.after(() => rmSync(folder, { recursive: true }))
  for (const name of ['a', 'b', 'c']) writeFileSync(join(folder, name), 'x')
  const failed: boolean[] = []
  for await (const report of scanFiles([folder], { files: 2 })) failed.push(report.failed)
  assert.deepEqual(failed, [false, false, true])
})

test('a file of ten gigabytes costs what its head costs', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'parapet-scan-'))
  t.after(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'w.bin'), '')
  truncateSync(join(folder, 'w.bin'), 10 * 1024 ** 3)
  for await (const { verdict, failed } of scanFiles([folder])) assert.deepEqual([verdict, failed], ['benign', false])
})

test('a link out of the folder is not followed where that is asked', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'parapet-within-'))
  t.after(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, 'in'))
  writeFileSync(join(folder, 'secret.pkl'), 'x')
  writeFileSync(join(folder, 'in', 'a.bin'), 'x')
  symlinkSync('../secret.pkl', join(folder, 'in', 'b.pkl'))
  symlinkSync('a.bin', join(folder, 'in', 'c.bin'))
  const said: string[] = []
  for await (const { file, failed } of scanFiles([join(folder, 'in')], { within: join(folder, 'in') }))
    said.push(`${file.slice(folder.length + 4)} ${failed ? 'not read' : 'read'}`)
  assert.deepEqual(said, ['a.bin read', 'b.pkl not read', 'c.bin read'])
})

test('a line that does not end is not read into memory', () => {
  let most = 0
  const zeros = {
    size: 10 * 1024 ** 3,
    read: (_: number, length: number) => {
      most = Math.max(most, length)
      return new Uint8Array(length)
    },
  }
  assert.throws(() => new Tape(zeros).line(), { message: 'a line has no end' })
  assert(most <= 64 * 1024, `${most} bytes at once`)
})

const POINTER = `version https://git-lfs.github.com/spec/v1\noid sha256:${'ab'.repeat(32)}\nsize 12345\n`

test('a pointer of Git LFS under the name of a model is told as what it is', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'parapet-scan-'))
  t.after(() => rmSync(folder, { recursive: true }))
  for (const name of ['m.safetensors', 'm.pkl', 'm.h5']) writeFileSync(join(folder, name), POINTER)
  writeFileSync(join(folder, 'm.pt'), Buffer.concat([Buffer.from(POINTER), torchZip(EVIL)]))
  const { modelFiles, unread } = await modelFilesIn(folder, {})
  assert.deepEqual(
    modelFiles.map(({ file, verdict }) => [file, verdict]),
    [['m.pt', 'malicious']],
  )
  assert.deepEqual(
    unread.map(({ file, detail }) => [file, detail.startsWith('it is a pointer of Git LFS')]),
    [
      ['m.h5', true],
      ['m.pkl', true],
      ['m.safetensors', true],
    ],
  )
})
