import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { rolldown } from 'rolldown'
import { openHouse } from '../../../test/log-house.ts'
import type { verifyReport } from '../verify.ts'

test('the verifier is one file that imports nothing, run or imported', async (t) => {
  const dir = await mkdtemp(join(tmpdir(), 'parapet-verify-'))
  t.after(() => rm(dir, { recursive: true, force: true }))
  const file = join(dir, 'verify.mjs')
  const build = await rolldown({
    input: 'src/prove/verify/main.ts',
    platform: 'neutral',
    external: [/^node:/],
    treeshake: true,
  })
  await build.write({ file, codeSplitting: false })
  await build.close()
  const source = await readFile(file, 'utf8')
  assert.doesNotMatch(source, /^import /m)
  assert.doesNotMatch(source, /\brequire\(/)
  for (const [, specifier] of source.matchAll(/\bimport\(\s*['"]([^'"]+)['"]/g)) assert.match(specifier ?? '', /^node:/)

  const { log, record } = await openHouse(t)
  await record(5)
  const report = JSON.stringify(await log.report({}))
  const [good, bad, proof] = [join(dir, 'good.json'), join(dir, 'bad.json'), join(dir, 'entry.tlog-proof')]
  await writeFile(good, report)
  await writeFile(bad, report.replace(String.raw`\"n\":3`, String.raw`\"n\":4`))
  await writeFile(proof, (await log.proof(2)).text)
  await writeFile(join(dir, 'key'), `${log.verifierKey}\n`)
  const run = (...args: string[]) => spawnSync(process.execPath, [file, ...args], { encoding: 'utf8', cwd: dir })

  assert.deepEqual([run(good, '--key', log.verifierKey).status, run(proof, '--key', join(dir, 'key')).status], [0, 0])
  const refused = run(bad, '--key', log.verifierKey)
  assert.equal(refused.status, 1)
  assert.match(refused.stdout, /✗ entries +not-in-log: entry 4 is not what the log recorded\nNOT VERIFIED/)
  const asJson = JSON.parse(run(bad, '--key', log.verifierKey, '--json').stdout) as {
    ok: boolean
    steps: { code?: string; index?: number }[]
  }
  assert.deepEqual([asJson.ok, asJson.steps.at(-1)?.code, asJson.steps.at(-1)?.index], [false, 'not-in-log', 4])
  for (const args of [[], [good], ['nowhere', '--key', log.verifierKey], [good, '--what'], [good, '--key', 'nonsense']])
    assert.equal(run(...args).status, 2, args.join(' '))

  const imported = (await import(pathToFileURL(file).href)) as { verifyReport: typeof verifyReport }
  assert.equal((await imported.verifyReport(report, { keys: [log.verifierKey] })).ok, true)
})
