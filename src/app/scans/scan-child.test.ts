// The process that reads a source for the console, with a time that is nearly over: it ends with a result that says what is missing.
import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { EVIL } from '../../discover/artefacts/testing.ts'
import { entryFile } from '../../lib/entry-file.ts'
import type { ScanResult } from '../../model/scan.ts'
import type { ScanAsk } from './scan-child.ts'

async function scanned(t: TestContext, until: number): Promise<ScanResult> {
  const root = mkdtempSync(join(tmpdir(), 'scan-child-'))
  t.after(() => rmSync(root, { recursive: true }))
  const folder = join(root, 'source')
  mkdirSync(folder)
  writeFileSync(join(folder, 'a.py'), 'from openai import OpenAI\nOpenAI().responses.create(model="gpt-4.1")\n')
  writeFileSync(join(folder, 'evil.pkl'), EVIL)
  const into = join(root, 'result.json')
  const ask: ScanAsk = {
    folder,
    into,
    now: '2026-11-21T00:00:00.000Z',
    limits: { bytes: 1024 * 1024, files: 100 },
    until,
  }
  const child = fork(entryFile(import.meta.dirname, 'scan-child'), { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
  const said: { kind: string }[] = []
  child.on('message', (message: { kind: string }) => said.push(message))
  child.send(ask)
  await once(child, 'exit')
  assert.equal(said.at(-1)?.kind, 'done')
  return JSON.parse(readFileSync(into, 'utf8')) as ScanResult
}

test('where the time is over, sources and model files are named in place of being read', async (t) => {
  const { discovered, modelFiles } = await scanned(t, Date.now() - 1)
  assert.deepEqual(discovered.models, [])
  assert.deepEqual(modelFiles, [])
  // Of sources each is named, of model files the first, with a word for those behind it.
  assert.deepEqual(
    discovered.notScanned.map(({ file, reason, detail }) => [file, reason, detail]),
    [
      ['a.py', 'out_of_time', 'the time for the scan was over; this and all after it'],
      ['a.py', 'unreadable', 'the time for the scan was over; this and all after it'],
    ],
  )
})

test('where there is time all is read', async (t) => {
  const { discovered, modelFiles } = await scanned(t, Date.now() + 600_000)
  assert.deepEqual(discovered.notScanned, [])
  assert.deepEqual(
    modelFiles.map(({ file, verdict }) => [file, verdict]),
    [['evil.pkl', 'malicious']],
  )
})
