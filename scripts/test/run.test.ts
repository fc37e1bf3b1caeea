import assert from 'node:assert/strict'
import { test } from 'node:test'
import { run } from './run.ts'

test('what a child says on both streams is kept, with whether it was content', async () => {
  const good = await run(['-e', 'console.log(1); console.error(2)'], 20)
  assert.deepEqual([good.ok, good.output.split('\n').filter(Boolean).toSorted()], [true, ['1', '2']])
  assert.equal((await run(['-e', 'process.exitCode = 3'], 20)).ok, false)
})

test('a child that takes too long is stopped together with what it started, and it is said', async () => {
  const slow = `require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' }); setInterval(() => {}, 1000)`
  const { ok, output } = await run(['-e', slow], 1)
  assert.equal(ok, false)
  assert.match(output, /stopped: it took longer than 1 s/)
})
