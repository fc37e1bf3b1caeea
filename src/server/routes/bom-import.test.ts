// BOMs of others over HTTP and the command line: what they say waits as said by them, stands in no proof, and is held against
// what scans see.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { runCli } from '../../cli/run.ts'
import { fakeIo } from '../../cli/testing.ts'
import { startTestServer, type TestServer } from '../testing.ts'

type Body = Record<string, unknown>

const BOM = {
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  metadata: { component: { type: 'application', name: 'bot' } },
  components: [
    { type: 'library', name: 'openai', purl: 'pkg:pypi/openai@1.2.0' },
    { type: 'machine-learning-model', name: 'gpt-4o', modelCard: { modelParameters: { task: 'chat' } } },
    { type: 'machine-learning-model', name: 'claude-3-opus' },
  ],
}

let server: TestServer
let headers: Record<string, string>
let env: Record<string, string>
let folder = ''
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bom-import-'))
  server = await startTestServer()
  ;({ headers } = await server.person('owner'))
  const { authorization = '' } = await server.token(['scan:write', 'scan:read'])
  env = { PARAPET_URL: server.url, PARAPET_TOKEN: authorization.slice('Bearer '.length) }
  await send('PUT', '/api/assets/bot', { kind: 'system', name: 'Bot', owners: {} })
})
after(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

async function send(method: string, path: string, body?: unknown): Promise<Body> {
  const answer = await server.send(method, path, { headers, ...(body === undefined ? {} : { body }) })
  assert.equal(answer.status, 200, `${method} ${path}: ${answer.text}`)
  return answer.body
}
const items = async (path: string) => (await send('GET', path))['items'] as Body[]
const imported = (document: unknown, more = {}) =>
  send('POST', '/api/boms/import', { name: 'supplier', system: 'bot', file: 'bot.cdx.json', content: JSON.stringify(document, null, 1), ...more }) // prettier-ignore

const item = (name: string) => ({
  id: `models:${name}`,
  kind: 'models',
  name,
  evidence: [{ file: 'a.py', line: 3 }],
  confidence: 1,
  stance: 'declared',
  attributes: {},
})
const names = (said: unknown) => (said as Body[]).map(({ name }) => name)

test('what a BOM says waits as said by it, with its own place, and proves nothing', async () => {
  const scan = await imported(BOM)
  assert.equal(scan['state'], 'done')
  const waiting = await items('/api/discoveries?state=new')
  assert.deepEqual(waiting.map(({ name }) => name).toSorted(), ['claude-3-opus', 'gpt-4o'])
  const opus = waiting.find(({ name }) => name === 'claude-3-opus')
  assert.deepEqual(opus?.['evidence'], [{ file: 'bot.cdx.json', line: 27 }])
  assert.equal((opus['attributes'] as Body)['saidBy'], 'BOM bot.cdx.json')
  assert.deepEqual(await items('/api/evidence?asset=bot'), [])
  assert.deepEqual((await items('/api/assets/bot/facts')).filter(({ source }) => source === 'discovered'), []) // prettier-ignore
  const parts = await items(`/api/scans/${String(scan['id'])}/parts?kind=model`)
  assert.deepEqual(parts.map(({ details }) => details), [[], [{ name: 'task', value: 'chat' }]]) // prettier-ignore
})

test('a BOM is held against what scans of the same system saw', async () => {
  const bom = await imported(BOM)
  const path = `/api/scans/${String(bom['id'])}/declared`
  const alone = await send('GET', path)
  assert.deepEqual([alone['lacks'], alone['scans'], alone['notSeen']], ['scan', [], []])
  const stray = await imported(BOM, { name: 'stray', system: undefined })
  assert.equal((await send('GET', `/api/scans/${String(stray['id'])}/declared`))['lacks'], 'system')
  const nothing = { findings: [], notScanned: [], scanned: { files: 1, bytes: 1, parsed: 1, milliseconds: 1 } }
  const discovered = { ...nothing, models: [item('GPT-4o'), item('mistral-large')] }
  const scan = await send('POST', '/api/scans/submit', { name: 'ci', system: 'bot', discovered })
  const compared = await send('GET', path)
  assert.deepEqual([compared['both'], compared['scans']], [1, [scan['id']]])
  assert.deepEqual(names(compared['notSeen']).toSorted(), ['claude-3-opus', 'openai'])
  assert.deepEqual(names(compared['notDeclared']), ['mistral-large'])
})

test('what the next BOM of the same name does not say any more is gone', async () => {
  const [first, second] = BOM.components
  const scan = await imported({ ...BOM, components: [first, second] })
  assert.deepEqual((scan['summary'] as Body)['discovered'], { new: 0, gone: 1, changed: 0 })
})

test('a BOM that is wrong is refused with the place, and nothing waits of it', async () => {
  const content = JSON.stringify({ ...BOM, components: [{ type: 'library' }] })
  const body = { name: 'wrong', file: 'x.json', content }
  const { status, text } = await server.send('POST', '/api/boms/import', { headers, body })
  assert.deepEqual([status, text.includes('components[0].name')], [400, true], text)
  assert.equal(await server.app.store.read.scanSources.byName('wrong'), undefined)
  const large = { ...body, content: ' '.repeat(17 * 1024 * 1024) }
  assert((await server.send('POST', '/api/boms/import', { headers, body: large })).status >= 400)
})

test('the command line imports a file and says what came of it', async () => {
  const file = join(folder, 'own.json')
  writeFileSync(file, JSON.stringify(BOM))
  const io = fakeIo({ env, width: Infinity })
  assert.equal(await runCli(['bom', 'import', file, '--name', 'cli', '--system', 'bot'], io), 0, io.stderr)
  assert.match(io.stdout, /^cli is scan_\w+: it says 3 things, 2 of them new, 0 gone\n$/)
  writeFileSync(file, JSON.stringify({ ...BOM, specVersion: 6 }))
  const bad = fakeIo({ env, width: Infinity })
  assert.equal(await runCli(['bom', 'import', file], bad), 2)
  assert.match(bad.stderr, /specVersion/)
})
