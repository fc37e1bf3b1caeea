// Words of calls that the built program keeps: gone from its files and from new backups when their time is over, and brought
// under a new key although it is killed while it does so.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { createGatewayKey } from '../src/admit/gateway-keys.ts'
import { createToken } from '../src/admit/tokens.ts'
import { type App, openApp } from '../src/app/app.ts'
import { Config } from '../src/app/config.ts'
import { SEALED } from '../src/enforce/sealed-texts.ts'
import { sealedBy } from '../src/enforce/vault.ts'
import { newId } from '../src/lib/id.ts'
import { SYSTEM } from '../src/model/actor.ts'
import { serve, type ServerProcess } from './server-process.ts'

const PROGRAM = join(dirname(import.meta.dirname), 'bin', 'parapet.js')
const DAY_MS = 86_400_000
/** So many that the program is still at it when it is killed. */
const MANY = 12_000
const BATCH = 500
const run = promisify(execFile)

interface House {
  dataDir: string
  /** Looks into the store while no program has it. */
  inside<T>(work: (app: App) => Promise<T>): Promise<T>
  up(ahead?: number): Promise<ServerProcess>
  ask(server: ServerProcess): Promise<string>
  see(server: ServerProcess, path: string): Promise<{ status: number; text: string }>
  command(words: readonly string[], server?: ServerProcess): Promise<string>
}

async function openHouse(t: TestContext): Promise<House> {
  const dataDir = mkdtempSync(join(tmpdir(), 'parapet-kept-words-'))
  t.after(() => rmSync(dataDir, { recursive: true, force: true }))
  const file = join(dataDir, 'parapet.yaml')
  writeFileSync(file, 'port: 0\nrecord: { content: full, contentDays: 1, commitMs: 5 }\n')
  const config = Config.parse({ dataDir, port: 0, logLevel: 'silent', record: { content: 'full', contentDays: 1 } })
  const inside: House['inside'] = async (work) => {
    const app = await openApp(config)
    try {
      return await work(app)
    } finally {
      await app.close()
    }
  }
  const { key, token } = await inside(enter)
  return {
    dataDir,
    inside,
    up: (ahead = 0) =>
      serve([process.execPath, PROGRAM, 'up', '--config', file, '--data-dir', dataDir], {
        env: ahead === 0 ? {} : { NODE_OPTIONS: `--import=${laterBy(dataDir, ahead)}` },
      }),
    async ask({ url }) {
      const response = await fetch(`${url}/v1/chat/completions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ model: 'demo/assistant', messages: [{ role: 'user', content: 'Where is the ferry?' }] }),
      })
      assert.equal(response.status, 200, await response.text())
      return response.headers.get('x-request-id') ?? ''
    },
    async see({ url }, path) {
      const response = await fetch(`${url}/api${path}`, { headers: { authorization: `Bearer ${token}` } })
      return { status: response.status, text: await response.text() }
    },
    async command(words, server) {
      const where = server ? { PARAPET_URL: server.url, PARAPET_TOKEN: token } : { PARAPET_DATA_DIR: dataDir }
      return (await run(process.execPath, [PROGRAM, ...words], { env: { ...process.env, ...where } })).stdout
    },
  }
}

/** A key for calls, and an owner's token that outlives the days to come. */
async function enter({ admit, store, now }: App): Promise<{ key: string; token: string }> {
  const given = { name: 'shop', models: ['*'], routes: ['*'], asset: undefined, limits: {}, expiresAt: undefined }
  const { secret: key } = await createGatewayKey(admit, SYSTEM, given)
  const [id, role] = [newId('acct', now()), 'owner'] as const
  const account = { id, email: 'ann@example.org', name: 'Ann', role, passwordHash: undefined, disabled: false }
  await store.change((tx) => tx.accounts.insert({ ...account, createdAt: now().toISOString() }))
  const scopes = ['call:read', 'call:content', 'job:read', 'policy:write'] as const
  const expiresAt = new Date(now().getTime() + 9 * DAY_MS).toISOString()
  const { secret: token } = await createToken(
    admit,
    { kind: 'account', id, role, accountId: id },
    { name: 'ann', scopes, expiresAt },
  )
  return { key, token }
}

/** What makes a program's clock run ahead. */
function laterBy(folder: string, ahead: number): string {
  const file = join(folder, 'later.mjs')
  const later = `const now = Date.now.bind(Date)
    Date.now = () => now() + ${ahead}
    globalThis.Date = class extends Date { constructor(...given) { super(...(given.length === 0 ? [Date.now()] : given)) } }`
  writeFileSync(file, later)
  return pathToFileURL(file).href
}

async function until<T>(seconds: number, what: string, look: () => Promise<T | undefined>): Promise<T> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(5)) {
    const found = await look()
    if (found !== undefined) return found
  }
  throw new Error(`not within ${seconds} seconds: ${what}`)
}

interface Shown {
  id: string
  state: string
  error?: string
  progress?: { done: number }
  result?: Record<string, unknown>
}

async function jobOf(house: House, server: ServerProcess, kind: string): Promise<Shown | undefined> {
  const { status, text } = await house.see(server, `/jobs?kind=${kind}&limit=1`)
  assert.equal(status, 200, text)
  const { items } = JSON.parse(text) as { items: Shown[] }
  assert.notEqual(items[0]?.state, 'failed', items[0]?.error)
  return items[0]
}

const done = (house: House, server: ServerProcess, kind: string): Promise<Shown> =>
  until(180, `${kind} is done`, async () => {
    const job = await jobOf(house, server, kind)
    return job?.state === 'done' ? job : undefined
  })

const sealedOf = ({ store }: App, ids: readonly string[]) => store.read.contents.byIds(ids)

/** The database with what was written ahead of it. */
function files(dataDir: string): Buffer[] {
  const names = readdirSync(dataDir).filter((name) => /\.(db|sqlite)/.test(name))
  assert.ok(names.length > 0)
  return names.map((name) => readFileSync(join(dataDir, name)))
}

test('words are gone from the files of the program, and from its next backup, when their time is over', async (t) => {
  const house = await openHouse(t)
  const today = await house.up()
  t.after(() => today.stop('SIGKILL'))
  const ids = await Promise.all(Array.from({ length: 5 }, () => house.ask(today)))
  await until(30, 'the words are kept', async () => {
    const seen = await Promise.all(ids.map((id) => house.see(today, `/exchanges/${id}/content`)))
    return seen.every(({ status, text }) => status === 200 && text.includes('Where is the ferry?')) || undefined
  })
  await today.stop()
  const ends = (await house.inside((app) => sealedOf(app, ids))).map(({ sealed }) => sealed.slice(-60))
  assert.equal(ends.length, ids.length)
  const isIn = (bytes: Buffer) => ends.some((end) => bytes.includes(end))
  assert.ok(files(house.dataDir).some(isIn))
  const backup = async (name: string) => {
    await house.command(['backup', join(house.dataDir, name)])
    return gunzipSync(readFileSync(join(house.dataDir, name)))
  }
  assert.ok(isIn(await backup('before.backup')))

  const later = await house.up(2 * DAY_MS)
  t.after(() => later.stop('SIGKILL'))
  const { result } = await until(180, 'the words were swept', async () => {
    const job = await done(house, later, 'retention')
    return job.result?.['contents'] === ids.length ? job : undefined
  })
  assert.equal(result?.['calls'], 0)
  // While it runs, so what was written ahead counts.
  assert.ok(!files(house.dataDir).some(isIn))
  for (const id of ids) {
    assert.equal((await house.see(later, `/exchanges/${id}/content`)).status, 404)
    assert.equal((await house.see(later, `/exchanges/${id}`)).status, 200)
  }
  await later.stop()
  assert.ok(!files(house.dataDir).some(isIn))
  assert.ok(!isIn(await backup('after.backup')))
})

test('a program that is killed while it brings words under a new key goes on, and needs the earlier key no more', async (t) => {
  const house = await openHouse(t)
  const first = await house.up()
  t.after(() => first.stop('SIGKILL'))
  const asked = await Promise.all(Array.from({ length: 5 }, () => house.ask(first)))
  await first.stop()
  const many = Array.from({ length: MANY }, () => newId('call', new Date()))
  const ids = [...asked, ...many]
  const before = await house.inside(async ({ store, enforce }) => {
    for (let from = 0; from < MANY; from += BATCH) {
      const row = async (id: string) => ({
        id,
        kept: 'full' as const,
        sealed: await enforce.vault.seal(Buffer.from(JSON.stringify({ id })), SEALED.call(id)),
      })
      const rows = await Promise.all(many.slice(from, from + BATCH).map(row))
      await store.change((tx) => tx.contents.put(rows))
    }
    return enforce.vault.current()
  })

  const killed = await house.up()
  t.after(() => killed.stop('SIGKILL'))
  await house.command(['upstream', 'key', 'rotate'], killed)
  await until(60, 'the job has begun', async () => {
    const job = await jobOf(house, killed, 'reseal')
    assert.notEqual(job?.state, 'done', 'it was done before anybody could kill it')
    return (job?.progress?.done ?? 0) > 0 ? job : undefined
  })
  await killed.stop('SIGKILL')
  const keysOf = (app: App) => underKeys(app, ids)
  const between = await house.inside(keysOf)
  assert.equal(between.size, 2, 'some are under the new key and some are not')
  assert.ok((between.get(before) ?? 0) > 0)

  const again = await house.up()
  t.after(() => again.stop('SIGKILL'))
  const { result } = await done(house, again, 'reseal')
  assert.equal(result?.['unopened'], 0)
  await again.stop()

  const keys = join(house.dataDir, 'keys')
  const [earlier = ''] = readdirSync(keys)
    .filter((name) => name.startsWith('seal-'))
    .toSorted()
  assert.ok(earlier.includes(before), `${earlier} is the key ${before}`)
  rmSync(join(keys, earlier))
  await house.inside(async (app) => {
    const { vault } = app.enforce
    const under = await keysOf(app)
    assert.deepEqual([...under.values()], [ids.length])
    assert.ok(!under.has(before))
    for (let from = 0; from < MANY; from += BATCH)
      for (const { id, sealed } of await sealedOf(app, many.slice(from, from + BATCH)))
        assert.deepEqual(JSON.parse((await vault.open(sealed, SEALED.call(id))).toString()), { id })
  })
  const last = await house.up()
  t.after(() => last.stop('SIGKILL'))
  for (const id of asked) assert.match((await house.see(last, `/exchanges/${id}/content`)).text, /Where is the ferry\?/)
  assert.ok(!existsSync(join(keys, earlier)))
})

/** How many texts each key-encryption key has sealed. */
async function underKeys(app: App, ids: readonly string[]): Promise<Map<string, number>> {
  const under = new Map<string, number>()
  for (let from = 0; from < ids.length; from += BATCH)
    for (const { sealed } of await sealedOf(app, ids.slice(from, from + BATCH))) {
      const key = sealedBy(sealed)
      under.set(key, (under.get(key) ?? 0) + 1)
    }
  return under
}
