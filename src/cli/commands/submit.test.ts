// Results sent to a server: by the scan itself, from files that an earlier step wrote, and of traffic.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { startTestServer, type TestServer } from '../../server/testing.ts'
import { runCli } from '../run.ts'
import { fakeIo } from '../testing.ts'

let server: TestServer
let env: Record<string, string>
let folder = ''
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'submit-'))
  server = await startTestServer()
  const { authorization = '' } = await server.token(['scan:write', 'scan:read'])
  env = { PARAPET_URL: server.url, PARAPET_TOKEN: authorization.slice('Bearer '.length) }
  writeFileSync(join(folder, 'a.py'), 'import openai\nopenai.OpenAI().chat.completions.create(model="gpt-4o")\n')
  writeFileSync(join(folder, 'CODEOWNERS'), '*.py @team/bots\n')
})
after(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

async function parapet(...words: string[]) {
  const io = fakeIo({ env, width: Infinity })
  const code = await runCli(words, io)
  return { code, out: io.stdout, err: io.stderr }
}

const found = async (name: string) => {
  const source = await server.app.store.read.scanSources.byName(name)
  const all = await server.app.store.read.discoveries.ofSource(source?.id ?? '')
  return all.filter(({ goneSince }) => goneSince === undefined).map((one) => [one.name, one.owner?.who])
}

test('a scan submits what it found, with whose it is, and says what is new', async () => {
  const { code, err } = await parapet('discover', folder, '--submit', '--name', 'ci')
  assert.match(err, /^ci is scan_\w+: 2 new things, 0 gone; /)
  assert.equal(code, 0)
  assert.deepEqual((await found('ci')).toSorted(), [
    ['gpt-4o', '@team/bots'],
    ['openai', '@team/bots'],
  ])
  assert.match((await parapet('discover', folder, '--submit', '--name', 'ci')).err, /: 0 new things, 0 gone; 0 new/)
})

test('files that an earlier step wrote are submitted together', async () => {
  const [sources, models] = [join(folder, 'found.json'), join(folder, 'models.json')]
  await parapet('discover', join(folder, 'a.py'), '--json', '-o', sources)
  const { out } = await parapet('discover', 'model', join(folder, 'a.py'), '--json')
  writeFileSync(models, out)
  const { code, err } = await parapet('scan', 'submit', sources, models, '--name', 'step')
  assert.equal(code, 0, err)
  assert.equal((await found('step')).length, 2)
  for (const [file, words] of [
    [join(folder, 'a.py'), /is no JSON/],
    [join(folder, 'none.json'), /cannot be read/],
  ] as const) {
    const refused = await parapet('scan', 'submit', file)
    assert.equal(refused.code, 2)
    assert.match(refused.err, words)
  }
})

test('traffic is submitted with who uses what', async () => {
  const log = join(folder, 'access.log')
  const line =
    '1700000000.000 100 10.0.0.1 TCP_MISS/200 5000 POST https://api.deepseek.com/v1/x eve HIER_DIRECT/1.2.3.4 -\n'
  writeFileSync(log, line.repeat(3))
  const { err } = await parapet('discover', 'traffic', log, '--submit', '--name', 'proxy')
  assert.match(err, /^proxy is scan_\w+: 1 new things/m)
  assert.deepEqual(await found('proxy'), [['deepseek', undefined]])
})

test('a server that does not take it is told, and the scan has not gone well', async () => {
  const { authorization = '' } = await server.token(['scan:read'])
  const io = fakeIo({ env: { ...env, PARAPET_TOKEN: authorization.slice('Bearer '.length) }, width: Infinity })
  assert.equal(await runCli(['discover', folder, '--submit'], io), 2)
  assert.match(io.stderr, /scan:write/)
})
