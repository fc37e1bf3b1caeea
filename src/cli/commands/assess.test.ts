import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { runCli } from '../run.ts'
import { fakeIo } from '../testing.ts'

test('a system is assessed in words or JSON, with an exit code that a build can wait for', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'parapet-assess-'))
  t.after(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, 'config.yaml'), 'logLevel: silent\n')
  const run = async (...words: string[]) => {
    const io = fakeIo()
    const code = await runCli([...words, '--data-dir', folder, '--config', join(folder, 'config.yaml')], io)
    return { code, out: io.stdout, err: io.stderr }
  }
  await run('asset', 'put', 'shop', '--kind', 'system', '--name', 'Shop', '--exposure', 'public')
  const before = new Date().toISOString()
  const risky = await run('assess', 'shop')
  assert.equal(risky.code, 1, risky.err)
  assert.match(risky.out, /^shop: missing\nShop is open to the public\. .*\n\nAbove the appetite:\n {2}\w/)
  await run('evidence', 'add', '--measure', 'ai-program.owners', '--asset', 'shop', '--kind', 'scan', '--no-supports')
  const failing = await run('assess', 'shop', '--json')
  assert.deepEqual([failing.code, JSON.parse(failing.out).state.status], [1, 'failing'])
  assert.match((await run('assess', 'shop', '--at', before)).out, /^shop: missing/)
  const ghost = await run('assess', 'ghost')
  assert.deepEqual([ghost.code, /no system "ghost"/.test(ghost.err)], [2, true])
})
