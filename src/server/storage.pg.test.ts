// A storage that takes no changes any more: what is there can still be read by whoever is signed in, changes are refused
// with what to do, and all goes on by itself once it can. On a real PostgreSQL that is made read-only.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Client } from 'pg'
import { type Postgres, startPostgres } from '../../test/postgres.ts'
import { startTestServer } from './testing.ts'

let postgres: Postgres

before(async () => {
  postgres = await startPostgres()
})
after(() => postgres.stop())

test('while the database only reads, reading goes on and changes are refused', async (t) => {
  const databaseUrl = await postgres.createDatabase()
  let ms = Date.now()
  const server = await startTestServer({ settings: { databaseUrl }, now: () => new Date(ms) }, t)
  const { headers } = await server.person('owner')
  const token = await server.token(['account:read'])
  const invite = (email: string) =>
    server.send('POST', '/api/accounts', { headers, body: { email, name: 'X', role: 'auditor' } })
  assert.equal((await invite('a@example.org')).status, 200)

  const name = new URL(databaseUrl).pathname.slice(1)
  const cut = `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}' and pid <> pg_backend_pid()`
  await raw(databaseUrl, `alter database ${name} set default_transaction_read_only = on; ${cut}`)
  ms += 5 * 60_000
  for (const who of [headers, token]) {
    const { status, body } = await server.send('GET', '/api/accounts', { headers: who })
    assert.equal(status, 200, JSON.stringify(body))
  }
  const refused = await invite('b@example.org')
  assert.equal(refused.status, 503)
  assert.equal(refused.body['code'], 'storage_read_only')
  assert.ok(String(refused.body['hint']).length > 10)
  const ready = await server.send('GET', '/readyz')
  assert.equal(ready.status, 503)
  const failing = (ready.body['checks'] as { id: string; state: string }[]).filter((check) => check.state === 'failing')
  assert.deepEqual(
    failing.map((check) => check.id),
    ['store'],
  )
  assert.equal((await server.send('GET', '/healthz')).status, 200)
  const wrong = await server.send('POST', '/api/session', { body: { email: 'x@example.org', password: 'x' } })
  assert.equal(wrong.status, 401)

  await raw(databaseUrl, `begin read write; alter database ${name} reset default_transaction_read_only; commit; ${cut}`)
  assert.equal((await invite('c@example.org')).status, 200)
  assert.equal((await server.send('GET', '/readyz')).status, 200)
})

async function raw(databaseUrl: string, text: string): Promise<void> {
  const client = new Client(databaseUrl)
  await client.connect()
  await client.query(text).finally(() => client.end())
}
