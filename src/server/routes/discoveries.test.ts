// Things that wait for somebody, over HTTP: told of, met again, listed and shown.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startTestServer, type TestServer } from '../testing.ts'

let server: TestServer
let headers: Record<string, string>
before(async () => {
  server = await startTestServer()
  ;({ headers } = await server.person('engineer'))
})
after(() => server.close())

const post = (path: string, body: unknown) => server.send('POST', path, { body, headers })
const get = (path: string) => server.send('GET', path, { headers })

test('what another tool saw waits once, however often it is told of', async () => {
  const items = [
    { kind: 'providers', name: 'OpenAI', attributes: { users: 3 } },
    { kind: 'models', name: 'gpt-4o' },
  ]
  const first = await post('/api/discoveries', { source: 'edr', items })
  assert.deepEqual([first.status, first.body['new'], first.body['same']], [200, 2, 0])
  const again = await post('/api/discoveries', { source: 'edr', items })
  assert.deepEqual([again.body['new'], again.body['changed'], again.body['same']], [0, 0, 2])
  const other = [{ kind: 'providers', name: 'OpenAI', attributes: { users: 4 } }]
  assert.equal((await post('/api/discoveries', { source: 'edr', items: other })).body['changed'], 1)
  const list = await get('/api/discoveries?state=new&kind=providers')
  const [openai] = list.body['items'] as Record<string, unknown>[]
  assert.deepEqual(
    { name: openai?.['name'], state: openai?.['state'], revision: openai?.['revision'] },
    { name: 'OpenAI', state: 'new', revision: 2 },
  )
  const shown = await get(`/api/discoveries/${String(openai?.['id'])}`)
  assert.equal(shown.headers.get('etag'), '"2"')
  const count = await get('/api/discoveries/count')
  assert.deepEqual(count.body, { new: 2, accepted: 0, linked: 0, ignored: 0 })
  const entries = await server.app.store.read.log.search({ limit: 5, kind: 'discovery.proposed' })
  assert.equal(entries.items.length, 1)
})

test('what cannot be is refused, and nothing is kept of it', async () => {
  const cases: unknown[] = [
    { source: 'edr', items: [] },
    { source: 'EDR', items: [{ kind: 'models', name: 'x' }] },
    { source: 'edr', items: [{ kind: 'models', name: 'a\u202eb' }] },
    { source: 'edr', items: [{ kind: 'humans', name: 'x' }] },
    { source: 'none', system: 'nowhere', items: [{ kind: 'models', name: 'x' }] },
  ]
  for (const body of cases) assert((await post('/api/discoveries', body)).status >= 400, JSON.stringify(body))
  assert.deepEqual((await get('/api/discoveries?source=none')).body['items'], [])
  assert.equal((await get('/api/discoveries/disc_x')).status, 404)
})
