import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { scanFiles } from './scan-files.ts'

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
