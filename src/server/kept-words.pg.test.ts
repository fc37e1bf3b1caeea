// Words of calls that are kept: gone when their time is over, from the files too; and brought under a new key, after which the
// earlier one may go. On both engines, over the whole house.
import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test, type TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Postgres, startPostgres } from '../../test/postgres.ts'
import { queueRetention } from '../app/retention-job.ts'
import { resealTexts, SEALED } from '../enforce/sealed-texts.ts'
import { sealedBy } from '../enforce/vault.ts'
import { newId } from '../lib/id.ts'
import { startTestServer, type TestServer } from './testing.ts'

const DAY_MS = 86_400_000
const [FIRST, SECOND] = [1, 2].map((byte) => Buffer.alloc(32, byte).toString('base64'))

let postgres: Postgres

before(async () => {
  postgres = await startPostgres()
})
after(() => postgres.stop())

type Engine = 'sqlite' | 'postgres'

async function house(t: TestContext, engine: Engine) {
  const dataDir = await mkdtemp(join(tmpdir(), 'parapet-words-'))
  t.after(() => rm(dataDir, { recursive: true, force: true }))
  const databaseUrl = engine === 'postgres' ? await postgres.createDatabase() : undefined
  const clock = { ahead: 0 }
  const start = (keys: readonly (string | undefined)[]) =>
    startTestServer(
      {
        now: () => new Date(Date.now() + clock.ahead),
        settings: {
          dataDir,
          ...(databaseUrl === undefined ? {} : { databaseUrl, secrets: { keys } }),
          record: { content: 'full', contentDays: 1 },
        },
      },
      t,
    )
  return { dataDir, clock, start }
}

for (const engine of ['sqlite', 'postgres'] as const)
  describe(engine, () => {
    test('words are gone when their time is over', async (t) => {
      const { dataDir, clock, start } = await house(t, engine)
      const server = await start([FIRST])
      const ids = await asked(server, 3)
      const kept = await server.app.store.read.contents.byIds(ids)
      assert.equal(kept.length, 3)
      const isInFiles = async () => {
        const names = (await readdir(dataDir)).filter((name) => name.includes('.db') || name.includes('sqlite'))
        const files = await Promise.all(names.map((name) => readFile(join(dataDir, name))))
        return kept.some(({ sealed }) => files.some((bytes) => bytes.includes(sealed.slice(-60))))
      }
      if (engine === 'sqlite') assert.ok(await isInFiles())
      clock.ahead = 2 * DAY_MS
      await queueRetention(server.app)
      await done(server, 'retention')
      assert.deepEqual(await server.app.store.read.contents.byIds(ids), [])
      if (engine === 'sqlite') assert.ok(!(await isInFiles()))
      const { headers } = await server.person('owner')
      assert.equal((await server.send('GET', `/api/exchanges/${ids[0]}`, { headers })).status, 200)
      assert.equal((await server.send('GET', `/api/exchanges/${ids[0]}/content`, { headers })).status, 404)
    })

    test('after a rotation the earlier key is needed no more, also where the work was broken off', async (t) => {
      const { dataDir, start } = await house(t, engine)
      const server = await start([FIRST])
      const ids = await asked(server, 2)
      const many = Array.from({ length: 450 }, () => newId('call', new Date()))
      const { vault } = server.app.enforce
      const row = async (id: string) => ({ id, kept: 'full' as const, sealed: await vault.seal(Buffer.from('{}'), SEALED.call(id)) }) // prettier-ignore
      const rows = await Promise.all(many.map(row))
      await server.app.store.change((tx) => tx.contents.put(rows))
      await server.close()

      const next = await start([SECOND, FIRST])
      const { store, enforce } = next.app
      const old = await store.read.contents.byIds([...ids, ...many])
      if (engine === 'sqlite') await enforce.vault.renew()
      let changes = 0
      const breaking: typeof store.change = (work) => {
        if (++changes > 1) throw new Error('killed')
        return store.change(work)
      }
      const broken = resealTexts({ home: { read: store.read, change: breaking }, vault: enforce.vault }, async () => {})
      await assert.rejects(broken, /killed/)
      const between = await store.read.contents.byIds([...ids, ...many])
      assert.equal(new Set(between.map(({ sealed }) => sealedBy(sealed))).size, 2)
      for (const { id, sealed } of between) await enforce.vault.open(sealed, SEALED.call(id))

      const { headers } = await next.person('owner')
      const rotated = await next.send('POST', '/api/gateway/rotate-sealing-key', { headers })
      assert.deepEqual((await done(next, 'reseal'))['unopened'], 0)
      const after = await store.read.contents.byIds([...ids, ...many])
      assert.deepEqual(new Set(after.map(({ sealed }) => sealedBy(sealed))), new Set([rotated.body['sealedBy']]))
      assert.equal(old.length, 452)
      for (const { id, sealed } of old) assert.notEqual(after.find((one) => one.id === id)?.sealed, sealed)
      await next.close()

      const keys = (await readdir(join(dataDir, 'keys'))).filter((name) => name.startsWith('seal-')).toSorted()
      for (const name of keys.slice(0, -1)) await rm(join(dataDir, 'keys', name))
      const last = await start([SECOND])
      const local = await last.person('owner')
      const words = await last.send('GET', `/api/exchanges/${ids[0]}/content`, { headers: local.headers })
      assert.match(words.text, /Where is the ferry/)
    })
  })

async function asked(server: TestServer, calls: number): Promise<string[]> {
  const { headers } = await server.person('owner')
  const made = await server.send('POST', '/api/keys', { headers, body: { name: 'shop' } })
  const bearer = { authorization: `Bearer ${String(made.body['secret'])}` }
  const body = { model: 'demo/assistant', messages: [{ role: 'user', content: 'Where is the ferry?' }] }
  const ids: string[] = []
  for (let i = 0; i < calls; i++) {
    const answer = await server.send('POST', '/v1/chat/completions', { headers: bearer, body })
    ids.push(answer.headers.get('x-request-id') ?? '')
  }
  for (let tries = 0; tries < 200; tries++) {
    if ((await server.app.store.read.contents.byIds(ids)).length === calls) return ids
    await sleep(25)
  }
  throw new Error('the words were not kept')
}

async function done(server: TestServer, kind: string): Promise<Record<string, unknown>> {
  for (let tries = 0; tries < 400; tries++) {
    const { items } = await server.app.store.read.jobs.list({ kind, limit: 1 })
    const [job] = items
    if (job?.state === 'done') return job.result ?? {}
    assert.notEqual(job?.state, 'failed', job?.error)
    await sleep(25)
  }
  throw new Error(`${kind} took too long`)
}
