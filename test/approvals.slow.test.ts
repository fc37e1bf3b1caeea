// Calls that wait for a person in processes of their own: what is approved on one replica goes on in the other, and what was
// held by a process that was killed is over, whatever anybody says of it later.
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { createGatewayKey } from '../src/admit/gateway-keys.ts'
import { createToken } from '../src/admit/tokens.ts'
import { openApp } from '../src/app/app.ts'
import { Config } from '../src/app/config.ts'
import { newId } from '../src/lib/id.ts'
import { SYSTEM } from '../src/model/actor.ts'
import { startPostgres } from './postgres.ts'

const CHILD = new URL('gateway-child.ts', import.meta.url).pathname

interface Replica {
  url: string
  kill(): Promise<void>
}

async function openHouse(t: TestContext, databaseUrl?: string) {
  const dataDir = await mkdtemp(join(tmpdir(), 'parapet-approvals-'))
  const logKey = generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
  const config = {
    dataDir,
    databaseUrl,
    port: 0,
    logLevel: 'silent',
    log: { keys: [logKey] },
    secrets: { keys: [Buffer.alloc(32, 7).toString('base64')] },
    guards: { oversight: { rules: [{ tools: ['look'], wait: 60 }] } },
  }
  const app = await openApp(Config.parse(config))
  const given = { name: 'agent', models: ['*'], routes: ['*'], asset: undefined, limits: {}, expiresAt: undefined }
  const { secret } = await createGatewayKey(app.admit, SYSTEM, given)
  const id = newId('acct', app.now())
  const role = 'owner' as const
  const createdAt = app.now().toISOString()
  await app.store.change((tx) =>
    tx.accounts.insert({
      id,
      email: `${id}@example.org`,
      name: 'Ann',
      role,
      passwordHash: undefined,
      disabled: false,
      createdAt,
    }),
  )
  const expiresAt = new Date(app.now().getTime() + 3_600_000).toISOString()
  const scopes = ['approval:read', 'approval:write'] as const
  const token = await createToken(
    app.admit,
    { kind: 'account', id, role, accountId: id },
    { name: 'ann', scopes, expiresAt },
  )
  await app.close()
  const children = new Set<ChildProcess>()
  t.after(async () => {
    for (const child of children) child.kill('SIGKILL')
    await rm(dataDir, { recursive: true, force: true })
  })
  return {
    async start(): Promise<Replica> {
      const child = spawn(process.execPath, [CHILD, JSON.stringify(config)], { stdio: ['ignore', 'pipe', 'inherit'] })
      children.add(child)
      const [line] = (await once(child.stdout, 'data')) as [Buffer]
      return {
        url: line.toString().trim(),
        async kill() {
          child.kill('SIGKILL')
          await once(child, 'exit')
        },
      }
    },
    ask: ({ url }: Replica) =>
      fetch(`${url}/v1/chat/completions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          model: 'demo/assistant',
          messages: [{ role: 'user', content: 'Please use look at "the cat"' }],
          tools: [
            {
              type: 'function',
              function: { name: 'look', parameters: { type: 'object', properties: { at: { type: 'string' } } } },
            },
          ],
        }),
      }).then(async (response) => ({ status: response.status, text: await response.text() })),
    async see({ url }: Replica, path: string, body?: object) {
      const response = await fetch(`${url}/api/approvals${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { authorization: `Bearer ${token.secret}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      return {
        status: response.status,
        body: (await response.json()) as { items: { id: string; state: string }[]; state: string },
      }
    },
  }
}
type House = Awaited<ReturnType<typeof openHouse>>

async function waiting({ see }: House, replica: Replica): Promise<string> {
  for (let tries = 0; tries < 200; tries++) {
    const [first] = (await see(replica, '?state=waiting')).body.items
    if (first !== undefined) return first.id
    await sleep(25)
  }
  return assert.fail('nothing waits')
}

async function ended({ see }: House, replica: Replica, id: string): Promise<string> {
  for (let tries = 0; tries < 1200; tries++) {
    const { state } = (await see(replica, `/${id}`)).body
    if (state !== 'waiting') return state
    await sleep(25)
  }
  return assert.fail('it still waits')
}

test('on PostgreSQL: an approval on one replica lets a call of the other go on', { timeout: 120_000 }, async (t) => {
  const postgres = await startPostgres()
  t.after(() => postgres.stop())
  const house = await openHouse(t, await postgres.createDatabase())
  const [one, two] = [await house.start(), await house.start()]
  for (const [what, status] of [
    ['approve', 200],
    ['refuse', 403],
  ] as const) {
    const asked = house.ask(one)
    const id = await waiting(house, two)
    const began = performance.now()
    assert.equal((await house.see(two, `/${id}/${what}`, { reason: 'seen' })).status, 200)
    const answer = await asked
    assert.equal(answer.status, status, answer.text)
    assert.equal(answer.text.includes('the cat'), what === 'approve')
    assert.ok(performance.now() - began < 5000)
  }
})

test(
  'on PostgreSQL: what a killed replica held runs out on the other, and nobody can approve it',
  { timeout: 180_000 },
  async (t) => {
    const postgres = await startPostgres()
    t.after(() => postgres.stop())
    const house = await openHouse(t, await postgres.createDatabase())
    const [one, two] = [await house.start(), await house.start()]
    const asked = assert.rejects(house.ask(one))
    const id = await waiting(house, two)
    await one.kill()
    await asked
    assert.equal(await ended(house, two, id), 'expired')
    assert.equal((await house.see(two, `/${id}/approve`, {})).status, 409)
  },
)

test('a killed house closes what waited when it starts again', { timeout: 120_000 }, async (t) => {
  const house = await openHouse(t)
  const one = await house.start()
  const asked = assert.rejects(house.ask(one))
  const id = await waiting(house, one)
  await one.kill()
  await asked
  const again = await house.start()
  assert.equal((await house.see(again, `/${id}`)).body.state, 'expired')
  assert.equal((await house.see(again, `/${id}/approve`, {})).status, 409)
})
