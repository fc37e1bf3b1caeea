// Scans over HTTP from end to end: a folder of the server, an upload and a result made elsewhere; what they find, what
// becomes of it in the register, and what the next scan says.
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { EVIL } from '../../discover/artefacts/testing.ts'
import { startTestServer, type TestServer } from '../testing.ts'

const APP = `from openai import OpenAI
from langchain_chroma import Chroma
client = OpenAI()
def run(q):
    r = client.chat.completions.create(model="gpt-4o", messages=[{"role":"user","content":q}])
    exec(r.choices[0].message.content)
db = Chroma(collection_name="docs")
`
const MCP = '{"mcpServers":{"fs":{"command":"npx","args":["-y","@modelcontextprotocol/server-filesystem","/tmp"]}}}'

let server: TestServer
let headers: Record<string, string>
let root = ''
before(async () => {
  root = mkdtempSync(join(tmpdir(), 'scans-'))
  mkdirSync(join(root, 'bot'))
  writeFileSync(join(root, 'bot', 'app.py'), APP)
  writeFileSync(join(root, 'bot', '.mcp.json'), MCP)
  writeFileSync(join(root, 'bot', 'CODEOWNERS'), '* @team/bots\n')
  server = await startTestServer({ settings: { scans: { roots: [root], uploadMegabytes: 1 } } })
  ;({ headers } = await server.person('owner'))
  const owners = { business: 'ada@example.org', risk: 'risk@example.org' }
  await send('PUT', '/api/assets/bot', { kind: 'system', name: 'Bot', owners, exposure: 'public' })
})
after(async () => {
  await server.close()
  rmSync(root, { recursive: true })
})

type Body = Record<string, unknown>
async function send(method: string, path: string, body?: unknown): Promise<Body> {
  const answer = await server.send(method, path, { headers, ...(body === undefined ? {} : { body }) })
  assert.equal(answer.status, 200, `${method} ${path}: ${answer.text}`)
  return answer.body
}
const get = (path: string) => send('GET', path)
const post = (path: string, body: unknown = {}) => send('POST', path, body)
const items = async (path: string) => (await get(path))['items'] as Body[]

async function ended(id: unknown): Promise<Body> {
  for (let i = 0; i < 600; i++) {
    const scan = await get(`/api/scans/${String(id)}`)
    if (scan['state'] !== 'waiting' && scan['state'] !== 'running') return scan
    await wait(100)
  }
  throw new Error('the scan does not end')
}

const names = (all: readonly Body[]) => all.map((one) => String(one['name'])).toSorted()

test('a folder is scanned, what is found waits with an owner, and accepting it makes assets of it', async () => {
  const source = await post('/api/scan-sources', { name: 'bot', kind: 'path', path: join(root, 'bot'), system: 'bot' })
  const scan = await ended((await post(`/api/scan-sources/${String(source['id'])}/scan`))['id'])
  assert.equal(scan['state'], 'done', JSON.stringify(scan))
  const waiting = await items('/api/discoveries?state=new')
  assert.deepEqual(names(waiting), ['chroma', 'fs', 'gpt-4o', 'openai'])
  assert.deepEqual(waiting[0]?.['owner'], { who: '@team/bots', why: 'code-owner' })
  const ids = waiting.map(({ id }) => id)

  const queue = await items('/api/home?scope=all')
  const waits = queue.map(({ kind, title }) => `${String(kind)} ${String(title)}`)
  assert(waits.includes('things-discovered bot: 4 things that nobody has looked at'), String(waits))
  assert(
    waits.some((one) => /^scan-findings-open bot: 1 critical and 1 high findings$/.test(one)),
    String(waits),
  )

  const plan = await post('/api/discoveries/plan', { ids })
  assert.equal((await items('/api/assets?kind=model')).length, 0)
  const accepted = await post('/api/discoveries/accept', { ids })
  assert.deepEqual(accepted, plan)
  const model = await get('/api/assets/gpt-4o')
  assert.deepEqual(model['owners'], { business: '@team/bots', risk: 'risk@example.org' })
  assert.deepEqual([model['source'], model['sanctioned'], model['dataClass']], ['discovered', false, undefined])
  assert.deepEqual(model['links'], [{ kind: 'servedBy', to: 'openai' }])
  const bot = await get('/api/assets/bot')
  assert.deepEqual(bot['links'], [
    { kind: 'calls', to: 'gpt-4o' },
    { kind: 'retrievesFrom', to: 'chroma' },
    { kind: 'uses', to: 'fs' },
    { kind: 'uses', to: 'openai' },
  ])
  const twice = await server.send('POST', '/api/discoveries/accept', { headers, body: { ids } })
  assert.equal(twice.status, 409)
})

test('findings are listed, suppressed with an owner and a day, and gone when they are mended', async () => {
  const open = await items('/api/scan-findings?state=open&system=bot')
  const rules = open.map(({ rule }) => rule)
  assert(rules.includes('model-output-to-code') && rules.includes('unpinned-mcp-server'), String(rules))
  const { id } = open.find(({ rule }) => rule === 'unpinned-mcp-server') ?? {}
  const until = new Date(Date.now() + 30 * 86_400_000).toISOString()
  const path = `/api/scan-findings/${String(id)}/suppress`
  await post(path, { owner: 'ada@example.org', until, reason: 'the next release pins it' })
  assert.equal(
    (await server.send('POST', path, { headers, body: { owner: 'a', until: '2020-01-01T00:00:00Z', reason: 'r' } }))
      .status,
    400,
  )

  writeFileSync(join(root, 'bot', 'app.py'), `\n\n${APP.replace('    exec(r.choices[0].message.content)\n', '')}`)
  const scan = await ended((await post('/api/scan-sources/bot/scan'))['id'])
  const { discovered, found } = scan['summary'] as { discovered: Body; found: Body }
  assert.deepEqual(discovered, { new: 0, gone: 0, changed: 0 })
  assert.equal(Number(found['new']), 0)
  assert(Number(found['gone']) >= 1)
  const states = (await items('/api/scan-findings?system=bot')).map(
    ({ rule, state }) => `${String(rule)} ${String(state)}`,
  )
  assert(
    states.includes('model-output-to-code gone') && states.includes('unpinned-mcp-server suppressed'),
    String(states),
  )
})

test('what a scan finds answers questions and proves measures of the system, and only as far as it looked', async () => {
  const facts = await items('/api/assets/bot/facts')
  const said = facts.filter(({ source }) => source === 'discovered')
  assert(said.some(({ key, by, value }) => key === 'model-kind' && value === 'llm' && by === 'scan of bot'))
  assert(said.some(({ key, value }) => key === 'uses-external-tools' && value === true))
  const evidence = await items('/api/evidence?asset=bot&kind=scan&limit=200')
  const last = (measure: string) => evidence.find((one) => one['measure'] === measure)
  assert.equal(last('encode-model-output.code-scan')?.['supports'], true)
  assert.equal(last('supply-chain-manage.aibom')?.['supports'], true)
  const before = evidence.findLast((one) => one['measure'] === 'encode-model-output.code-scan')
  assert.equal(before?.['supports'], false)
  const scanned = last('sec-dev-program.scan')?.['population'] as { names: string[]; covered: string[] }
  assert.deepEqual(scanned.names.length - scanned.covered.length, 1, 'nobody looked for vulnerable packages')
})

test('a scan that could not read everything says so and proves less', async () => {
  symlinkSync('/etc/hostname', join(root, 'bot', 'out.py'))
  const scan = await ended((await post('/api/scan-sources/bot/scan'))['id'])
  rmSync(join(root, 'bot', 'out.py'))
  const missed = await items(`/api/scans/${String(scan['id'])}/missed`)
  assert(
    missed.some(({ file, reason }) => file === 'out.py' && reason === 'link_outside'),
    JSON.stringify(missed),
  )
  const [proof] = await items('/api/evidence?asset=bot&measure=encode-model-output.code-scan&limit=1')
  const population = proof?.['population'] as { names: string[]; covered: string[] } | undefined
  assert.deepEqual([population?.names.length, population?.covered.length], [2, 1])
})

test('things can be set aside until a day, linked to what is known, and looked at again', async () => {
  writeFileSync(
    join(root, 'bot', 'more.py'),
    'import anthropic\nanthropic.Anthropic().messages.create(model="claude-3-5-sonnet-20241022")\n',
  )
  await ended((await post('/api/scan-sources/bot/scan'))['id'])
  const waiting = await items('/api/discoveries?state=new')
  const [provider, model] = ['providers', 'models'].map((kind) => waiting.find((one) => one['kind'] === kind))
  const until = new Date(Date.now() + 86_400_000).toISOString()
  await post('/api/discoveries/ignore', { ids: [provider?.['id']], reason: 'a trial', until })
  await post(`/api/discoveries/${String(model?.['id'])}/link`, { asset: 'gpt-4o' })
  assert.deepEqual(await items('/api/discoveries?state=new'), [])
  const again = await post(`/api/discoveries/${String(provider?.['id'])}/reopen`)
  assert.deepEqual([again['state'], again['decision']], ['new', undefined])
  const { items: entries } = await server.app.store.read.log.search({ limit: 50, kind: 'discovery.ignored' })
  assert.equal(entries.length, 1)
})

test('an upload is unpacked, scanned and removed; one that holds too much or leads outside is told', async () => {
  const code = 'import os\nos.system("id")\n'
  const tar = tarOf({
    'a/app.py': APP,
    '../evil.py': APP,
    'a/run.py': code,
    'a/m/modeling.py': code,
    'a/m/model.pt': EVIL,
  })
  const scan = await ended(
    (await post('/api/scans/upload', { name: 'up', file: 'a.tar.gz', content: gzipSync(tar).toString('base64') }))[
      'id'
    ],
  )
  assert.equal(scan['state'], 'done', JSON.stringify(scan))
  const missed = await items(`/api/scans/${String(scan['id'])}/missed`)
  assert.deepEqual(
    missed.map(({ file }) => file),
    ['../evil.py'],
  )
  assert.deepEqual(names(await items(`/api/scans/${String(scan['id'])}/items?kind=models`)), ['gpt-4o'])
  const models = await items(`/api/scans/${String(scan['id'])}/model-files`)
  assert.deepEqual(
    models.map(({ file, verdict }) => [file, verdict]),
    [
      ['a/m/model.pt', 'malicious'],
      ['a/m/modeling.py', 'malicious'],
    ],
  )
  const document = await get(`/api/scans/${String(scan['id'])}/document`)
  assert.equal((document['document'] as Body)['bomFormat'], 'CycloneDX')
  assert.equal((await server.app.store.read.scans.byId(String(scan['id'])))?.upload, undefined)
  const large = { name: 'large', file: 'a.zip', content: Buffer.alloc(1_100_000).toString('base64') }
  assert.equal((await server.send('POST', '/api/scans/upload', { headers, body: large })).status, 413)
  const none = await ended((await post('/api/scans/upload', { name: 'none', file: 'a.zip', content: 'AAAA' }))['id'])
  assert.deepEqual([none['state'], none['error']], ['failed', 'the upload is no zip, tar or tar.gz'])
})

const line = (user: string, host: string) =>
  `1700000000.000    100 10.0.0.1 TCP_MISS/200 5000 POST https://${host}/v1/x ${user} HIER_DIRECT/1.2.3.4 application/json\n`

test('logs of traffic show who uses what, and what nobody knows of waits', async () => {
  const log = [
    line('eve', 'api.deepseek.com'),
    line('bob', 'api.openai.com'),
    line('bob', 'fonts.googleapis.com'),
  ].join('')
  const content = Buffer.from(log).toString('base64')
  const scan = await ended(
    (await post('/api/scans/upload', { name: 'proxy', kind: 'traffic', file: 'squid.log', content }))['id'],
  )
  assert.equal(scan['state'], 'done', JSON.stringify(scan))
  const seen = await items(`/api/scans/${String(scan['id'])}/traffic`)
  const standing = Object.fromEntries(seen.map((one) => [String(one['provider']), one['standing']]))
  assert.equal(standing['deepseek'], 'observed')
  assert.equal(standing['openai'], 'both')
  const waiting = await items(`/api/discoveries?source=${String(scan['source'])}`)
  const shadow = waiting.find(({ name }) => name === 'deepseek')
  assert.deepEqual(shadow?.['attributes'], { standing: 'observed', shadow: true, sanctioned: false })
  assert.deepEqual((shadow?.['seen'] as { by: string[] } | undefined)?.by, ['eve'])
})

test('a log is read whatever its file is called', async () => {
  const content = Buffer.from(line('eve', 'api.deepseek.com')).toString('base64')
  for (const [i, file] of ['..', './.', 'result.json', '💥'].entries()) {
    const { id } = await post('/api/scans/upload', { name: `called ${i}`, kind: 'traffic', file, content })
    assert.equal((await ended(id))['state'], 'done', file)
  }
})

test('a result made elsewhere is settled at once, and lies in it are cut to what can be shown', async () => {
  const item = {
    id: 'models:x\u001b[2J',
    kind: 'models',
    name: 'x\u001b[2J',
    evidence: [],
    confidence: 1,
    stance: 'declared',
    attributes: {},
  }
  const discovered = {
    models: [item],
    findings: [],
    notScanned: [],
    scanned: { files: 1, bytes: 1, parsed: 1, milliseconds: 1 },
  }
  const scan = await post('/api/scans/submit', { name: 'ci', system: 'bot', discovered })
  assert.equal(scan['state'], 'done')
  assert.deepEqual(names(await items(`/api/discoveries?source=${String(scan['source'])}`)), ['x [2J'])
  const again = await post('/api/scans/submit', { name: 'ci', discovered: { ...discovered, models: [] } })
  assert.deepEqual((again['summary'] as Body)['discovered'], { new: 0, gone: 1, changed: 0 })
  for (const body of [
    { name: 'ci' },
    { name: 'up', discovered },
    { name: 'ci', discovered: { ...discovered, findings: [{}] } },
  ])
    assert((await server.send('POST', '/api/scans/submit', { headers, body })).status >= 400)
})

function tarOf(files: Record<string, string | Uint8Array>): Buffer {
  const blocks = Object.entries(files).flatMap(([name, text]) => {
    const header = Buffer.alloc(512)
    header.write(name, 0)
    header.write('0000644\u0000', 100)
    header.write(`${text.length.toString(8).padStart(11, '0')}\u0000`, 124)
    header.write('        ', 148)
    header.write('0', 156)
    header.write('ustar\u000000', 257)
    const sum = header.reduce((all, byte) => all + byte, 0)
    header.write(`${sum.toString(8).padStart(6, '0')}\u0000 `, 148)
    const body = Buffer.alloc(Math.ceil(text.length / 512) * 512)
    body.set(Buffer.from(text))
    return [header, body]
  })
  return Buffer.concat([...blocks, Buffer.alloc(1024)])
}
