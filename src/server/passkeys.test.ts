// Passkeys through the front door, with an authenticator in software: what lets in, and everything that must not.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { createSoftwareAuthenticator, type SoftwareAuthenticator } from '../../test/software-authenticator.ts'
import { startTestServer, type TestServer } from './testing.ts'

let server: TestServer
let origin: string
let local: { host: string }

before(async () => {
  server = await startTestServer()
  local = { host: `localhost:${server.server.address.port}` }
  origin = `http://${local.host}`
})
after(() => server.close())

type Options = { challenge: string; user?: { id: string } }

/** As a browser that opened the console by name. */
async function post(path: string, body?: unknown, headers: Record<string, string> = {}) {
  const { default: http } = await import('node:http')
  return new Promise<{ status: number; body: Record<string, unknown>; cookie: string }>((resolve, reject) => {
    const all = { ...local, ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) }
    const call = http.request(
      { port: server.server.address.port, host: '127.0.0.1', path, method: 'POST', headers: all },
      (reply) => {
        const parts: Buffer[] = []
        reply.on('data', (part: Buffer) => parts.push(part))
        reply.on('end', () => {
          const cookie = (reply.headers['set-cookie']?.[0] ?? '').split(';')[0] ?? ''
          resolve({ status: reply.statusCode ?? 0, body: JSON.parse(Buffer.concat(parts).toString()), cookie })
        })
      },
    )
    call.on('error', reject)
    call.end(body === undefined ? undefined : JSON.stringify(body))
  })
}

async function optionsOf(path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Options> {
  const reply = await post(path, body, headers)
  assert.equal(reply.status, 200, JSON.stringify(reply.body))
  return reply.body['options'] as Options
}

async function personWithPasskey(): Promise<{
  device: SoftwareAuthenticator
  id: string
  headers: Record<string, string>
}> {
  const { account, headers } = await server.person('developer')
  const device = createSoftwareAuthenticator()
  const { challenge } = await optionsOf('/api/me/passkeys/options', undefined, headers)
  const reply = await post(
    '/api/me/passkeys',
    { name: 'Laptop', response: device.register({ challenge, origin }) },
    headers,
  )
  assert.equal(reply.status, 200, JSON.stringify(reply.body))
  return { device, id: account.id, headers }
}

const handle = (id: string) => Buffer.from(id).toString('base64url')
const challengeToSignIn = async () => (await optionsOf('/api/session/passkey/options')).challenge

test('a passkey is added, lets in, is listed and removed', async () => {
  const { device, id, headers } = await personWithPasskey()
  const response = device.answer({ challenge: await challengeToSignIn(), origin, userHandle: handle(id) })
  const reply = await post('/api/session/passkey', { response })
  assert.equal(reply.status, 200, JSON.stringify(reply.body))
  const session = await server.send('GET', '/api/session', { headers: { cookie: reply.cookie } })
  assert.equal((session.body['account'] as { id: string }).id, id)
  const listed = await server.send('GET', '/api/me/passkeys', { headers })
  assert.equal((listed.body['items'] as { id: string; lastUsedAt?: string }[])[0]?.id, device.id)
  const gone = await server.send('DELETE', `/api/me/passkeys/${device.id}`, { headers })
  assert.equal(gone.status, 200)
  const again = device.answer({ challenge: await challengeToSignIn(), origin })
  assert.equal((await post('/api/session/passkey', { response: again })).status, 401)
})

test('the first owner can come with a passkey alone, and it cannot be removed then', async () => {
  const own = await startTestServer()
  const before = [server, origin, local] as const
  try {
    server = own
    local = { host: `localhost:${own.server.address.port}` }
    origin = `http://${local.host}`
    const secret = own.server.ownerLink?.split('#')[1]
    const who = { email: 'ann@example.org', name: 'Ann' }
    const device = createSoftwareAuthenticator()
    const { challenge, user } = await optionsOf('/api/links/passkey/options', { secret, ...who })
    const passkey = { name: 'Phone', response: device.register({ challenge, origin }) }
    const [one, two] = await Promise.all([0, 1].map(() => post('/api/links/redeem', { secret, ...who, passkey })))
    assert.deepEqual([one?.status, two?.status].toSorted(), [200, 400])
    const cookie = one?.status === 200 ? one.cookie : (two?.cookie ?? '')
    const session = await own.send('GET', '/api/session', { headers: { cookie } })
    const account = session.body['account'] as { id: string; role: string }
    assert.equal(account.role, 'owner')
    assert.equal(Buffer.from(user?.id ?? '', 'base64url').toString(), account.id)
    const headers = { cookie, 'x-parapet-csrf': String(session.body['csrf']) }
    assert.equal((await own.send('DELETE', `/api/me/passkeys/${device.id}`, { headers })).status, 409)
    const response = device.answer({ challenge: await challengeToSignIn(), origin, userHandle: handle(account.id) })
    assert.equal((await post('/api/session/passkey', { response })).status, 200)
  } finally {
    ;[server, origin, local] = before
    await own.close()
  }
})

test('whoever is invited can come with a passkey, and lost ones are replaced by a recovery link', async () => {
  const { headers } = await server.person('owner')
  const invited = await server.send('POST', '/api/accounts', {
    headers,
    body: { email: 'ida@example.org', name: 'Ida', role: 'auditor' },
  })
  const { id, state } = invited.body['account'] as { id: string; state: string }
  assert.equal(state, 'invited')
  const recovery = async () => (await server.send('POST', `/api/accounts/${id}/recovery-link`, { headers })).body['url']
  for (const url of [(invited.body['link'] as { url: string }).url, String(await recovery())]) {
    const secret = url.split('#')[1]
    const device = createSoftwareAuthenticator()
    const { challenge, user } = await optionsOf('/api/links/passkey/options', { secret })
    assert.equal(user?.id, handle(id))
    const reply = await post('/api/links/redeem', {
      secret,
      passkey: { name: 'Key', response: device.register({ challenge, origin }) },
    })
    assert.equal(reply.status, 200, JSON.stringify(reply.body))
    const response = device.answer({ challenge: await challengeToSignIn(), origin })
    assert.equal((await post('/api/session/passkey', { response })).status, 200)
  }
  assert.equal((await server.send('GET', `/api/accounts/${id}`, { headers })).body['state'], 'active')
})

describe('an answer does not let in', () => {
  const cases: [string, (device: SoftwareAuthenticator, challenge: string, id: string) => object][] = [
    ['to a challenge that was never asked', (device) => device.answer({ challenge: 'A'.repeat(43), origin })],
    [
      'from another origin',
      (device, challenge) => device.answer({ challenge, origin: 'https://evil.example', site: 'localhost' }),
    ],
    ['for another site', (device, challenge) => device.answer({ challenge, origin, site: 'evil.example' })],
    [
      'of a person who was there but not verified',
      (device, challenge) => device.answer({ challenge, origin, flags: 0x01 }),
    ],
    ['of nobody there', (device, challenge) => device.answer({ challenge, origin, flags: 0x04 })],
    [
      'under the name of somebody else',
      (device, challenge) => device.answer({ challenge, origin, userHandle: handle('acct_other') }),
    ],
    [
      'of another device with the same id',
      (device, challenge) => ({
        ...createSoftwareAuthenticator().answer({ challenge, origin }),
        id: device.id,
        rawId: device.id,
      }),
    ],
    [
      'whose client data was changed after signing',
      (device, challenge) => {
        const answer = device.answer({ challenge, origin })
        const client = JSON.parse(Buffer.from(answer.response.clientDataJSON, 'base64url').toString()) as object
        const clientDataJSON = Buffer.from(JSON.stringify({ ...client, x: 1 })).toString('base64url')
        return { ...answer, response: { ...answer.response, clientDataJSON } }
      },
    ],
    [
      'that is a registration',
      (device, challenge) => ({
        ...device.register({ challenge, origin }),
        response: { ...device.register({ challenge, origin }).response, authenticatorData: 'AAAA', signature: 'AAAA' },
      }),
    ],
  ]
  for (const [name, answer] of cases) {
    test(name, async () => {
      const { device, id } = await personWithPasskey()
      const reply = await post('/api/session/passkey', { response: answer(device, await challengeToSignIn(), id) })
      assert.equal(reply.status, 401, JSON.stringify(reply.body))
      assert.equal(reply.cookie, '')
      const good = device.answer({ challenge: await challengeToSignIn(), origin, userHandle: handle(id) })
      assert.equal((await post('/api/session/passkey', { response: good })).status, 200)
    })
  }

  test('twice', async () => {
    const { device } = await personWithPasskey()
    const response = device.answer({ challenge: await challengeToSignIn(), origin })
    const statuses = (await Promise.all([0, 1, 2].map(() => post('/api/session/passkey', { response })))).map(
      (one) => one.status,
    )
    assert.deepEqual(statuses.toSorted(), [200, 401, 401])
  })

  test('from a copied key whose counter is behind', async () => {
    const { device } = await personWithPasskey()
    const sign = async (counter: number) => {
      const response = device.answer({ challenge: await challengeToSignIn(), origin, counter })
      return (await post('/api/session/passkey', { response })).status
    }
    assert.deepEqual([await sign(5), await sign(4), await sign(5), await sign(6)], [200, 401, 401, 200])
  })

  test('of a disabled person', async () => {
    const { device, id } = await personWithPasskey()
    await server.app.store.change((tx) => tx.accounts.update(id, { disabled: true }))
    const response = device.answer({ challenge: await challengeToSignIn(), origin })
    assert.equal((await post('/api/session/passkey', { response })).status, 401)
  })
})

test('a passkey is not added to an account by an answer meant for another', async () => {
  const [mine, theirs] = [await server.person('developer'), await server.person('owner')]
  const { challenge } = await optionsOf('/api/me/passkeys/options', undefined, mine.headers)
  const response = createSoftwareAuthenticator().register({ challenge, origin })
  assert.equal((await post('/api/me/passkeys', { name: 'x', response }, theirs.headers)).status, 400)
  assert.equal((await post('/api/me/passkeys', { name: 'x', response }, mine.headers)).status, 400)
})

test('at a bare address browsers make no passkeys, and we say where they do', async () => {
  const reply = await server.send('POST', '/api/session/passkey/options')
  assert.equal(reply.status, 409)
  assert.match(String(reply.body['hint']), /localhost/)
})
