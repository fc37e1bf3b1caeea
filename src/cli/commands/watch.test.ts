// Watching a folder: what changed is told once it stands still, also what changed while it was looked at.
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { fakeIo } from '../testing.ts'
import { watchSources } from './watch.ts'

function started(t: TestContext, files: Record<string, string>) {
  const place = mkdtempSync(join(tmpdir(), 'watch-'))
  t.after(() => rmSync(place, { recursive: true }))
  const folder = join(place, 'sources')
  mkdirSync(folder)
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  const io = fakeIo()
  const abort = new AbortController()
  const watching = watchSources({ args: [folder], flags: {}, io }, abort.signal)
  const printed = async (words: RegExp) => {
    for (let i = 0; i < 300 && !words.test(io.stdout); i++) await wait(100)
    assert.match(io.stdout, words)
  }
  return { place, folder, io, abort, watching, printed }
}

test('what is new and what is gone is printed, and noise is passed over', async (t) => {
  const { folder, io, abort, watching, printed } = started(t, { 'a.py': 'import openai\n' })
  await printed(/^watching sources: 1 files, \d+ findings, 0 not scanned\n$/m)
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

test('a folder that is put in place of the one that is watched is watched from then on', async (t) => {
  const { place, folder, abort, watching, printed } = started(t, { 'a.py': 'import openai\n' })
  await printed(/^watching/m)
  mkdirSync(join(place, 'next'))
  writeFileSync(join(place, 'next', 'b.py'), 'import anthropic\n')
  renameSync(folder, join(place, 'before'))
  renameSync(join(place, 'next'), folder)
  await printed(/^\+ providers anthropic\n/m)
  writeFileSync(join(folder, 'c.py'), 'import cohere\n')
  await printed(/^\+ providers cohere\n/m)
  abort.abort()
  await watching
})

test('it ends when the folder is gone, and says so', async (t) => {
  const { folder, watching, printed } = started(t, { 'a.py': 'import openai\n' })
  await printed(/^watching/m)
  rmSync(folder, { recursive: true })
  await assert.rejects(watching, /does not exist/)
})

test('it ends at once when it is told to, also while it scans', async (t) => {
  const many = Array.from({ length: 3000 }, (_, i) => [`${i}.py`, 'import openai\nopenai.OpenAI()\n'])
  const { io, abort, watching } = started(t, Object.fromEntries(many) as Record<string, string>)
  await wait(100)
  abort.abort()
  await watching
  assert.equal(io.stdout, '')
})

test('a folder that is not there cannot be watched', async () => {
  const io = fakeIo()
  const watching = watchSources({ args: ['/nowhere/at/all'], flags: {}, io }, new AbortController().signal)
  await assert.rejects(watching, /cannot be watched|does not exist/)
})
