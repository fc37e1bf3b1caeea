// What was accepted of a scan and the files in which assets are declared, over HTTP.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startTestServer, type TestServer } from '../../server/testing.ts'

type Body = Record<string, unknown>

const FILE = (links = '') => `source: house
assets:
  - { id: bot, kind: system, name: Bot${links} }
  - { id: known, kind: model, name: known }
`

let server: TestServer
let headers: Record<string, string>
before(async () => {
  server = await startTestServer()
  ;({ headers } = await server.person('owner'))
})
after(() => server.close())

async function send(method: string, path: string, body?: unknown): Promise<Body> {
  const answer = await server.send(method, path, { headers, ...(body === undefined ? {} : { body }) })
  assert.equal(answer.status, 200, `${method} ${path}: ${answer.text}`)
  return answer.body
}
const declared = (verb: 'plan' | 'apply', text: string) =>
  send('POST', `/api/declarations/${verb}`, { files: [{ name: 'house.yaml', text }] })
const links = async () =>
  ((await send('GET', '/api/assets/bot'))['links'] as Body[]).map(({ kind, to }) => `${String(kind)} ${String(to)}`)

const item = (name: string) => ({
  id: `models:${name}`,
  kind: 'models',
  name,
  evidence: [{ file: 'a.py', line: 1 }],
  confidence: 1,
  stance: 'declared',
  attributes: {},
})

test('an accepted link outlives plan and apply without being a difference, until the decision is taken back', async () => {
  await declared('apply', FILE())
  const nothing = { findings: [], notScanned: [], scanned: { files: 1, bytes: 1, parsed: 1, milliseconds: 1 } }
  const discovered = { ...nothing, models: [item('gpt-4o'), item('known')] }
  await send('POST', '/api/scans/submit', { name: 'ci', system: 'bot', discovered })
  const waiting = (await send('GET', '/api/discoveries?state=new'))['items'] as Body[]
  await send('POST', '/api/discoveries/accept', { ids: waiting.map(({ id }) => id) })
  assert.deepEqual(await links(), ['calls gpt-4o', 'calls known'])

  const plan = await declared('plan', FILE())
  assert.deepEqual(plan['steps'], [])
  assert.deepEqual(plan['warnings'], ['bot keeps what was accepted and no file says: calls gpt-4o, calls known'])
  await declared('apply', FILE(', description: changed'))
  assert.deepEqual(await links(), ['calls gpt-4o', 'calls known'])

  const said = await declared('plan', FILE(', description: changed, links: [{ kind: calls, to: gpt-4o }, { kind: calls, to: known }]')) // prettier-ignore
  assert.deepEqual([said['steps'], said['warnings']], [[], []])

  await send('POST', `/api/discoveries/${String(waiting.find(({ name }) => name === 'known')?.['id'])}/reopen`)
  const after_ = await declared('apply', FILE(', description: changed'))
  assert.deepEqual((after_['steps'] as Body[]).map(({ changes }) => (changes as Body[]).map(({ field }) => field)), [['links[calls known]']]) // prettier-ignore
  assert.deepEqual(await links(), ['calls gpt-4o'])
})

test('a link that somebody drew by hand is still the file’s to take away', async () => {
  await send('PUT', '/api/assets/other', { kind: 'model', name: 'other' })
  const { revision, ...bot } = await send('GET', '/api/assets/bot')
  const own = [...(bot['links'] as Body[]), { kind: 'calls', to: 'other' }]
  await send('PUT', '/api/assets/bot', { kind: 'system', name: 'Bot', description: 'changed', owners: {}, sanctioned: bot['sanctioned'], links: own, revision }) // prettier-ignore
  const { steps } = await declared('plan', FILE(', description: changed'))
  assert.deepEqual((steps as Body[]).map(({ asset }) => asset), ['bot']) // prettier-ignore
})
