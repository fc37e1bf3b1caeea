// Signing in and out as a browser does it, and what its cookie is worth.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { PROBLEM_CODES } from './problem.ts'
import { startTestServer, type TestServer } from './testing.ts'

const ANN = { email: 'ann@example.org', name: 'Ann', password: 'maple orbit candle frost' }
let server: TestServer

before(async () => {
  server = await startTestServer()
})
after(() => server.close())

const cookieOf = (headers: Headers) => (headers.get('set-cookie') ?? '').split(';')[0] ?? ''
const isSignedIn = async (cookie: string) =>
  (await server.send('GET', '/api/session', { headers: { cookie } })).body['signedIn']
const signIn = (password = ANN.password, headers = {}) =>
  server.send('POST', '/api/session', { body: { email: ANN.email, password }, headers })

test('the first owner follows the link, and the link is gone', async () => {
  assert.deepEqual((await server.send('GET', '/api/session')).body, {
    signedIn: false,
    hasOwner: false,
    passkeys: false,
  })
  const [page = '', secret = ''] = server.server.ownerLink?.split('#') ?? []
  assert.equal(page, `${server.url}/welcome`)
  const shown = await server.send('POST', '/api/links/inspect', { body: { secret } })
  assert.equal(shown.body['purpose'], 'owner')
  const lacking = await server.send('POST', '/api/links/redeem', { body: { secret, password: ANN.password } })
  assert.equal(lacking.status, 400)
  const redeemed = await server.send('POST', '/api/links/redeem', { body: { secret, ...ANN } })
  assert.equal(redeemed.status, 200)
  assert.match(
    redeemed.headers.get('set-cookie') ?? '',
    /^parapet=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=43200$/,
  )
  const headers = { cookie: cookieOf(redeemed.headers) }
  const session = await server.send('GET', '/api/session', { headers })
  assert.equal((session.body['account'] as { role: string }).role, 'owner')
  assert.equal(session.body['csrf'], redeemed.body['csrf'])
  for (const path of ['/api/links/inspect', '/api/links/redeem']) {
    assert.equal(
      (await server.send('POST', path, { body: { secret, ...(path.endsWith('t') ? {} : ANN) } })).status,
      404,
    )
  }
})

test('each sign-in gives a new session and ends the one the browser had', async () => {
  const first = cookieOf((await signIn()).headers)
  const second = cookieOf((await signIn(ANN.password, { cookie: first })).headers)
  assert.notEqual(first, second)
  assert.deepEqual([await isSignedIn(first), await isSignedIn(second)], [false, true])
})

test('a session that somebody made up beforehand is not taken over', async () => {
  const planted = `parapet=${'A'.repeat(43)}`
  const cookie = cookieOf((await signIn(ANN.password, { cookie: planted })).headers)
  assert.notEqual(cookie, planted)
  assert.equal((await server.send('GET', '/api/accounts', { headers: { cookie: planted } })).status, 401)
})

test('signing out ends the session here and there', async () => {
  const reply = await signIn()
  const headers = { cookie: cookieOf(reply.headers), 'x-parapet-csrf': String(reply.body['csrf']) }
  const out = await server.send('DELETE', '/api/session', { headers })
  assert.equal(out.headers.get('set-cookie'), 'parapet=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0')
  assert.equal((await server.send('GET', '/api/accounts', { headers })).status, 401)
})

test('guessing is told to wait, by status, header and words', async () => {
  const answers = []
  for (let i = 0; i < 7; i++) answers.push(await signIn(`wrong ${i}`))
  const last = answers.at(-1)
  assert.equal(answers[0]?.status, 401)
  assert.equal(last?.status, 429)
  assert.match(last?.headers.get('retry-after') ?? '', /^[12]$/)
  assert.match(String(last?.body['hint']), /^wait \d second/)
  assert.ok(!JSON.stringify(answers.map((one) => one.body)).includes('wrong 0'))
})

test('each problem is explained where its type points', async () => {
  const problem = await server.send('GET', '/api/none')
  const type = String(problem.body['type'])
  assert.equal(type, '/docs/errors#not_found')
  const page = await server.send('GET', type.split('#')[0] ?? '')
  assert.equal(page.status, 200)
  for (const code of PROBLEM_CODES) assert.match(page.text, new RegExp(`^## ${code}$`, 'm'))
})

test('a proxy is believed only where it is known', async (t) => {
  const addressFor = async (settings: object) => {
    const own = await startTestServer({ settings }, t)
    await own.send('POST', '/api/session', {
      body: { email: 'x@example.org', password: 'x' },
      headers: { 'x-forwarded-for': '203.0.113.9' },
    })
    const { size } = await own.app.store.read.log.state()
    const [personal] = await own.app.store.read.log.personal(size - 1)
    return personal?.value
  }
  assert.equal(await addressFor({}), '127.0.0.1')
  assert.equal(await addressFor({ trustedProxies: ['127.0.0.1'] }), '203.0.113.9')
  assert.equal(await addressFor({ trustedProxies: ['10.0.0.0/8'] }), '127.0.0.1')
})
