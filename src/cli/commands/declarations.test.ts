import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { runCli } from '../run.ts'
import { fakeIo } from '../testing.ts'

test('files are planned, applied and exported from the command line, with exit codes that a build can use', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'parapet-declarations-'))
  t.after(() => rm(folder, { recursive: true }))
  const place = ['--data-dir', folder, '--config', join(folder, 'config.yaml')]
  await writeFile(join(folder, 'config.yaml'), 'logLevel: silent\n')
  const file = join(folder, 'claims.yaml')
  const run = async (...words: string[]) => {
    const io = fakeIo()
    const code = await runCli([...words, ...place], io)
    return { code, out: io.stdout, err: io.stderr }
  }
  await writeFile(
    file,
    `source: claims
assets:
  - id: bot
    kind: system
    name: "\\e[31mBot"
`,
  )
  assert.match((await run('plan', file)).err, /assets\[0\]\.name: has invisible or control characters/)
  await writeFile(
    file,
    `source: claims
assets:
  - id: bot
    kind: system
    name: <b>Bot
    links:
      - kind: uses
        to: model
    facts:
      model-kind:
        value: llm
        confidence: 0.8
  - id: model
    kind: model
    name: Model
`,
  )
  const planned = await run('plan', file)
  assert.equal(planned.code, 1)
  assert.equal(
    planned.out,
    `claims
  + bot  <b>Bot (system)
      kind: system
      name: <b>Bot
      sanctioned: yes
      link uses model
      source: declared
      declaredBy: claims
      fact model-kind: llm (80 % sure)
  + model  Model (model)
      kind: model
      name: Model
      sanctioned: yes
      source: declared
      declaredBy: claims
2 to add
`,
  )
  const { hash } = JSON.parse((await run('plan', file, '--json')).out) as { hash: string }
  assert.match((await run('apply', file, '--plan', hash)).out, /^2 added$/m)
  assert.deepEqual(await run('plan', file), { code: 0, out: 'nothing to do, 2 unchanged\n', err: '' })
  assert.equal((await run('export')).out, await readFile(file, 'utf8'))
  assert.match((await run('export', '--source', 'claim')).err, /did you mean "claims"/)
  await writeFile(
    file,
    (await readFile(file, 'utf8')).replace('name: <b>Bot', 'name: Bot').replace(/ {2}- id: model\n[^]*/, ''),
  )
  assert.match((await run('plan', file)).err, /^$/)
  assert.match((await run('plan', file)).out, /~ bot {2}Bot \(system\)\n {6}name: <b>Bot → Bot\n {2}- model {2}Model \(model, retired\)\n! bot is still linked to model \(uses\), which is retired\n1 to change, 1 to retire\n$/) // prettier-ignore
  const missing = await run('apply', join(folder, 'none.yaml'))
  assert.deepEqual([missing.code, /none.yaml cannot be read/.test(missing.err)], [2, true])
})
