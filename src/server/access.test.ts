// Who may call what, for every route there is: made from the route data, so a new route is covered the day it is added.
// A call that may go on is told apart from one that may not by an argument that no route knows: 400 means it got past.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { isGranted, PERMISSIONS, ROLES, type Role } from '../model/role.ts'
import { rawRoutes } from './raw-routes.ts'
import type { AnyRoute } from './route.ts'
import { routes } from './routes/index.ts'
import { scopesOf, startTestServer, type TestServer } from './testing.ts'

const all: readonly AnyRoute[] = routes
let server: TestServer

before(async () => {
  server = await startTestServer()
})
after(() => server.close())

async function call(route: AnyRoute, headers: Record<string, string>): Promise<number> {
  const path = route.path.replace(/:\w+/g, 'x')
  const answer =
    route.method === 'GET'
      ? await server.send('GET', `${path}?no-such-argument=1`, { headers })
      : await server.send(route.method, path, { headers, body: { 'no-such-argument': 1 } })
  return answer.status
}

test('exactly these routes are open to everybody', () => {
  const open = [...all, ...rawRoutes].filter((route) => route.needs === 'anyone').map((route) => route.id)
  assert.deepEqual(open.toSorted(), [
    'answer-assurance-link',
    'healthz',
    'inspect-assurance-link',
    'inspect-link',
    'readyz',
    'redeem-link',
    'show-openapi',
    'show-problems',
    'show-session',
    'sign-in',
    'sign-in-with-passkey',
    'start-passkey-for-link',
    'start-passkey-sign-in',
  ])
})

test('ids, commands and method with path are unique', () => {
  for (const name of [(r: AnyRoute) => r.id, (r: AnyRoute) => r.command, (r: AnyRoute) => `${r.method} ${r.path}`]) {
    assert.equal(new Set(all.map(name)).size, all.length)
  }
})

test('a route that is not for everybody refuses a caller without credential', async () => {
  for (const route of all) assert.equal(await call(route, {}), route.needs === 'anyone' ? 400 : 401, route.id)
  for (const route of rawRoutes.filter((one) => one.needs !== 'anyone')) {
    for (const method of ['GET', 'HEAD']) {
      const answer = await server.send(method, route.path.replace('*', 'x'))
      assert.ok(answer.status === 401 || (method === 'HEAD' && route.id === 'stream-events'), `${method} ${route.id}`)
    }
  }
})

describe('each role gets past exactly the routes its permissions open', () => {
  for (const role of ROLES) {
    test(role, async () => {
      const { headers } = await server.person(role)
      for (const route of all) {
        const open = ['anyone', 'anyone-signed-in', 'person'].includes(route.needs) || grants(role, route)
        assert.equal(await call(route, headers), open ? 400 : 403, `${role} ${route.id}`)
      }
    })
  }
})

test('a token opens what it was given and nothing else, and never what is for persons', async () => {
  for (const permission of PERMISSIONS) {
    const [only, allBut] = [
      await server.token([permission]),
      await server.token(PERMISSIONS.filter((one) => one !== permission)),
    ]
    for (const route of all.filter((one) => one.needs === permission)) {
      assert.equal(await call(route, only), 400, `${route.id} with ${permission} alone`)
      assert.equal(await call(route, allBut), 403, `${route.id} with all but ${permission}`)
    }
  }
  const whole = await server.token(PERMISSIONS)
  for (const route of all.filter((one) => one.needs === 'person')) assert.equal(await call(route, whole), 403, route.id)
})

test('a token may no more than its maker may today', async () => {
  const headers = await server.token(scopesOf('engineer'), 'engineer')
  const { body } = await server.send('GET', '/api/session', { headers })
  const id = (body['account'] as { id: string }).id
  assert.equal((await server.send('GET', '/api/tokens?no-such-argument=1', { headers })).status, 400)
  await server.app.store.change((tx) => tx.accounts.update(id, { role: 'agent' }))
  assert.equal((await server.send('GET', '/api/tokens?no-such-argument=1', { headers })).status, 403)
  await server.app.store.change((tx) => tx.accounts.update(id, { disabled: true }))
  assert.equal((await server.send('GET', '/api/session', { headers })).status, 401)
})

test('a wrong, mistyped or revoked bearer is refused even where nothing is needed', async () => {
  const good = await server.token(['catalog:read', 'token:write'])
  const secret = good['authorization'] ?? ''
  const mistyped = `${secret.slice(0, -1)}${secret.endsWith('a') ? 'b' : 'a'}`
  for (const authorization of ['Bearer x', 'Basic eDp5', 'Bearer ', mistyped, `${secret} ${secret}`]) {
    assert.equal((await server.send('GET', '/api/session', { headers: { authorization } })).status, 401, authorization)
  }
  const { body } = await server.send('GET', '/api/session', { headers: good })
  const id = (body['actor'] as { id: string }).id
  assert.equal((await server.send('POST', `/api/tokens/${id}/revoke`, { headers: good })).status, 200)
  assert.equal((await server.send('GET', '/api/session', { headers: good })).status, 401)
})

function grants(role: Role, route: AnyRoute): boolean {
  const needs = PERMISSIONS.find((permission) => permission === route.needs)
  return needs !== undefined && isGranted(role, needs)
}
