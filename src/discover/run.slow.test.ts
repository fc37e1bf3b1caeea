// A file that its parser cannot finish in time.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { discover } from './run.ts'

const CODE = 'from openai import OpenAI\nOpenAI().responses.create(model="gpt-4.1")\n'

test('a file that takes too long costs itself and nothing else', async () => {
  const root = mkdtempSync(join(tmpdir(), 'discover-slow-'))
  try {
    for (let at = 0; at < 20; at++) writeFileSync(join(root, `m${at}.py`), CODE.replace('gpt-4.1', `gpt-4o-${at + 10}`))
    writeFileSync(join(root, 'k.py'), `import openai\n${'x = f(1, "a")\n'.repeat(4_000_000)}`)
    const limits = { fileTime: 2_500, fileBytes: 64 * 1024 * 1024 }
    const found = await discover([root], { now: new Date('2026-11-21T00:00:00Z'), limits })
    assert.deepEqual(
      found.notScanned.map(({ file, reason }) => [file, reason]),
      [['k.py', 'too_slow']],
    )
    assert.equal(found.models.length, 20)
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
})
