// Watching a folder: what changed is told once it stands still, also what changed while it was looked at.
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { fakeIo } from '../testing.ts'
import { watchSources } from './watch.ts'

test('what is new and what is gone is printed, and noise is passed over', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'watch-'))
  t.after(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'a.py'), 'import openai\n')
  const io = fakeIo()
  const abort = new AbortController()
  const watching = watchSources({ args: [folder], flags: {}, io }, abort.signal)
  const printed = async (words: RegExp) => {
    for (let i = 0; i < 300 && !words.test(io.stdout); i++) await wait(100)
    assert.match(io.stdout, words)
  }
  await printed(/^watching watch-\w+: 1 files, \d+ findings, 0 not scanned\n$/m)
  mkdirSync(join(folder, 'sub'))
  await wait(200)
  writeFileSync(join(folder, 'sub', 'b.py'), 'import anthropic\n')
  await printed(/^\+ providers anthropic\n/m)
  rmSync(join(folder, 'sub'), { recursive: true })
  await printed(/^- providers anthropic\n/m)
  writeFileSync(join(folder, 'model.pkl'), 'cos\nsystem\n(Vid\ntR.')
  await printed(/^\+ critical pickle-executes-code model\.pkl:1\n/m)
  rmSync(join(folder, 'model.pkl'))
  await printed(/^- critical pickle-executes-code model\.pkl:1\n/m)
  const before = io.stdout
  mkdirSync(join(folder, 'node_modules'))
  writeFileSync(join(folder, 'node_modules', 'c.py'), 'import cohere\n')
  await wait(1500)
  assert.equal(io.stdout, before)
  abort.abort()
  await watching
})

test('a folder that is not there cannot be watched', async () => {
  const io = fakeIo()
  const watching = watchSources({ args: ['/nowhere/at/all'], flags: {}, io }, new AbortController().signal)
  await assert.rejects(watching, /cannot be watched|does not exist/)
})
