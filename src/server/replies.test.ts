// Every route that only reads answers an owner, and its answer fits the schema that the API promises: a reply that does
// not fit is a 500, so a plain call is the check.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { AnyRoute } from './route.ts'
import { routes } from './routes/index.ts'
import { scopesOf, startTestServer, type TestServer } from './testing.ts'

const all: readonly AnyRoute[] = routes
let server: TestServer
let headers: Record<string, string>

before(async () => {
  server = await startTestServer()
  headers = (await server.person('owner')).headers
  await server.token(scopesOf('owner'))
  await server.app.log.checkpoint()
  const draft = await server.send('PUT', '/api/policy/draft', { headers, body: { upstreams: {} } })
  assert.equal(draft.status, 200, draft.text)
})
after(() => server.close())

test('each read without parameters answers', async () => {
  for (const route of all.filter((one) => one.method === 'GET' && !one.path.includes(':'))) {
    const takesNothing = route.query === undefined || route.query.safeParse({}).success
    const { status, body } = await server.send('GET', route.path, { headers })
    assert.equal(status, takesNothing ? 200 : 400, `${route.id}: ${JSON.stringify(body).slice(0, 300)}`)
  }
})

test('each read of one thing says which thing is not there', async () => {
  for (const route of all.filter((one) => one.method === 'GET' && one.path.includes(':'))) {
    const { status, body } = await server.send('GET', route.path.replace(/:\w+/g, '999999'), { headers })
    assert.ok(status === 404 || status === 400, `${route.id}: ${status} ${JSON.stringify(body).slice(0, 300)}`)
    assert.ok(typeof body['detail'] === 'string' && body['detail'].length > 0)
  }
})

test('the files of the log are there as others read them', async () => {
  const checkpoint = await server.send('GET', '/log/checkpoint', { headers })
  assert.equal(checkpoint.status, 200)
  assert.match(checkpoint.text, /^\S+\n\d+\n[A-Za-z0-9+/=]{44}\n\n— \S+ \S+\n/)
  const size = Number(checkpoint.text.split('\n')[1])
  assert.equal((await server.send('GET', `/log/tile/0/000.p/${size}`, { headers })).status, 200)
  assert.equal((await server.send('GET', `/log/tile/entries/000.p/${size}`, { headers })).status, 200)
  assert.equal((await server.send('GET', '/log/tile/0/999', { headers })).status, 404)
  assert.equal(
    (await server.send('GET', '/log/tile/0/000.p/1', { headers: await server.token(['catalog:read']) })).status,
    403,
  )
})
