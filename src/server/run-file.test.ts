import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { keepRunFile, readRunFile } from './run-file.ts'

test('a run file that cannot be written is told, written as soon as it can be, and removed at the end', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'parapet-run-'))
  try {
    writeFileSync(join(dataDir, 'run'), 'in the way')
    const content = { url: 'http://127.0.0.1:1', pid: process.pid, secret: 'x' }
    const kept = await keepRunFile(dataDir, content, 5)
    assert.ok(kept.trouble instanceof Error)
    assert.equal(await readRunFile(dataDir), undefined)
    rmSync(join(dataDir, 'run'))
    for (let i = 0; i < 200 && (await readRunFile(dataDir)) === undefined; i++) await wait(10)
    assert.deepEqual(await readRunFile(dataDir), content)
    await kept.remove()
    assert.equal(await readRunFile(dataDir), undefined)
  } finally {
    rmSync(dataDir, { recursive: true })
  }
})
