// The server as a whole: where it listens, how it stops, what it leaves behind, and what it says when it cannot.
import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import Database from 'better-sqlite3'
import { z } from 'zod'
import { databaseFile } from '../store/engines/sqlite-files.ts'
import { createApi } from './api.ts'
import { defineRoute } from './route.ts'
import { readRunFile } from './run-file.ts'
import { startServer } from './server.ts'
import { openTestApp, startTestServer } from './testing.ts'

const slow = defineRoute({
  id: 'show-slow',
  method: 'GET',
  path: '/api/slow',
  command: 'slow show',
  summary: 'Takes a while',
  needs: 'anyone',
  reply: z.object({ done: z.boolean(), secret: z.never().optional() }),
  async handle() {
    await new Promise((resolve) => setTimeout(resolve, 300))
    return { done: true, leak: 'x' } as { done: boolean }
  },
})
const buggy = defineRoute({
  id: 'show-bug',
  method: 'GET',
  path: '/api/bug',
  command: 'bug show',
  summary: 'Fails',
  needs: 'anyone',
  query: z.strictObject({ what: z.string() }),
  reply: z.object({ done: z.boolean() }),
  async handle({ query }) {
    if (query.what === 'shape') return { done: 'yes' } as unknown as { done: boolean }
    throw new Error(`found the secret ${query.what}`)
  },
})

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => probe.once('listening', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}

test('a port that is taken is named, with how to see by whom and how to take another', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => other.once('listening', resolve))
  const address = other.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const app = await openTestApp({ settings: { port } })
  await assert.rejects(startServer(app), (error: Error & { hint?: string; code?: string }) => {
    assert.equal(error.code, 'address_in_use')
    assert.match(error.message, new RegExp(String(port)))
    assert.match(error.hint ?? '', new RegExp(`sport = :${port}.*--port ${port + 1}`))
    return true
  })
  await app.close()
  other.close()
})

test('it listens on the network only behind TLS, under a public name, with an owner', async (t) => {
  const cases: [object, RegExp][] = [
    [{ host: '0.0.0.0' }, /without TLS in front/],
    [{ host: '0.0.0.0', publicUrl: 'https://p.example' }, /without TLS in front/],
    [{ host: '::', behindTls: true, publicUrl: 'http://p.example' }, /without TLS in front/],
    [{ host: '0.0.0.0', behindTls: true, publicUrl: 'https://p.example' }, /before it has an owner/],
  ]
  for (const [settings, message] of cases) {
    const app = await openTestApp({ settings })
    await assert.rejects(startServer(app), { code: 'config_invalid', message })
    await app.close()
  }
  const server = await startTestServer({ settings: { publicUrl: 'https://p.example', behindTls: true } }, t)
  await server.person('owner')
  await server.server.close()
  const app = { ...server.app, config: { ...server.app.config, host: '0.0.0.0' } }
  const open = await startServer(app)
  assert.equal(open.url, 'https://p.example')
  assert.equal(open.ownerLink, undefined)
  await open.close()
  await server.app.close()
})

test('the local program finds the server by a file that only its user can read', async (t) => {
  const server = await startTestServer({}, t)
  const { dataDir } = server.app.config
  const found = await readRunFile(dataDir)
  assert.equal(found?.url, server.url)
  assert.equal((await stat(join(dataDir, 'run', 'server.json'))).mode & 0o777, 0o600)
  const headers = { authorization: `Bearer ${found?.secret}` }
  const { body } = await server.send('GET', '/api/session', { headers })
  assert.deepEqual(body['actor'], { kind: 'local', id: 'this-machine', role: 'owner' })
  const link = await server.send('POST', '/api/links/owner', { headers, body: {} })
  assert.match(String(link.body['url']), /\/welcome#[\w-]{43}$/)
  await server.server.close()
  assert.equal(await readRunFile(dataDir), undefined)
  await server.app.close()
})

test('a file that a killed server left behind is not believed', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'parapet-run-'))
  await mkdir(join(dataDir, 'run'))
  for (const text of [
    '',
    '{',
    '{"url":"http://127.0.0.1:1","pid":999999999,"secret":"x"}',
    '{"url":"no","pid":1,"secret":"x"}',
  ]) {
    await writeFile(join(dataDir, 'run', 'server.json'), text)
    assert.equal(await readRunFile(dataDir), undefined, text)
  }
  await rm(dataDir, { recursive: true })
})

test('a start that fails after the port was taken gives the port back', async () => {
  const app = await openTestApp()
  await writeFile(join(app.config.dataDir, 'run'), 'in the way')
  const port = await freePort()
  const config = { ...app.config, port }
  await assert.rejects(startServer({ ...app, config }))
  await assert.rejects(fetch(`http://127.0.0.1:${port}/healthz`))
  await rm(join(app.config.dataDir, 'run'))
  const server = await startServer({ ...app, config })
  await server.close()
  await app.close()
})

test('a stop answers what is under way and then lets nobody in', async (t) => {
  const server = await startTestServer({ routes: [slow] }, t)
  const answer = fetch(`${server.url}/api/slow`)
  await new Promise((resolve) => setTimeout(resolve, 100))
  const stopped = server.close()
  const reply = await answer
  assert.equal(reply.status, 200)
  assert.deepEqual(await reply.json(), { done: true })
  await stopped
  await assert.rejects(fetch(`${server.url}/healthz`))
})

test('a bug says nothing but where to look, and its message stays out of the output', async () => {
  const lines: string[] = []
  const app = await openTestApp()
  const { pino } = await import('pino')
  const logger = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) })
  const { fastify } = await createApi({ ...app, logger }, { routes: [buggy] })
  for (const what of ['hunter2', 'shape']) {
    const reply = await fastify.inject(`/api/bug?what=${what}`)
    assert.equal(reply.statusCode, 500)
    const problem = reply.json<Record<string, string>>()
    assert.equal(problem['code'], 'bug')
    assert.ok(!reply.body.includes('hunter2') && !reply.body.includes('done'))
    assert.ok(lines.some((line) => line.includes(problem['requestId'] ?? '?')))
  }
  assert.ok(!lines.join('').includes('hunter2'))
  assert.match(lines.join(''), /does not fit its schema at: done/)
  await fastify.close()
  await app.close()
})

test('a path that is not there names the nearest, a method that does not go names those that do', async (t) => {
  const server = await startTestServer({}, t)
  const near = await server.send('GET', '/api/acounts')
  assert.equal(near.status, 404)
  assert.equal(near.body['hint'], 'did you mean /api/accounts?')
  const method = await server.send('DELETE', '/api/accounts')
  assert.equal(method.status, 405)
  assert.equal(method.headers.get('allow'), 'GET, POST')
  for (const path of ['/v1/chat', '/v1', '/v1beta/model/x', '/mcp/files']) {
    assert.equal((await server.send('POST', path, { body: {} })).status, 404, path)
  }
  assert.equal((await server.send('POST', '/v1/chat/completions', { body: {} })).status, 401)
  const page = await server.send('GET', '/somewhere', { headers: { accept: 'text/html' } })
  assert.equal(page.status === 404 || page.text.includes('<html'), true)
})

test('a gateway takes its paths before anything else looks at them', async (t) => {
  const gateway = {
    takes: ({ url = '' }: { url?: string }) => url.startsWith('/v1/'),
    listener: (_request: unknown, response: { end(text: string): void }) => response.end('from the gateway'),
  }
  const server = await startTestServer({ gateway }, t)
  assert.equal((await server.send('POST', '/v1/messages', { body: {} })).text, 'from the gateway')
  assert.equal((await server.send('GET', '/v1x')).status, 404)
})

test('readiness says what is wrong, and the numbers are there for who may read them', async (t) => {
  let ms = Date.parse('2026-11-21T08:00:00Z')
  const server = await startTestServer({ now: () => new Date(ms) }, t)
  assert.equal((await server.send('GET', '/healthz')).text, '{"status":"ok"}')
  assert.equal((await server.send('GET', '/readyz')).body['ready'], true)
  ms -= 3_600_000
  const ready = await server.send('GET', '/readyz')
  const clock = (ready.body['checks'] as { id: string; state: string; note: string }[]).find(
    (one) => one.id === 'clock',
  )
  assert.equal(clock?.state, 'warning')
  assert.match(clock?.note ?? '', /3600 seconds behind/)
  const { text, status } = await server.send('GET', '/metrics', { headers: await server.token(['system:read']) })
  assert.equal(status, 200)
  assert.match(text, /^parapet_http_requests_total\{route="healthz",status="200"\} 1$/m)
  assert.match(text, /^parapet_log_entries [1-9]\d*$/m)
  assert.match(text, /^parapet_store_writable 1$/m)
  assert.match(text, /^parapet_jobs\{state="queued"\} 0$/m)
  for (const line of text.trim().split('\n')) assert.match(line, /^(# (HELP|TYPE) \w+ .+|\w+(\{[^}]*\})? [\d.e+-]+)$/)
})

test('a log that nobody seals, or that is not what was sealed, shows in the readiness', async (t) => {
  let ms = Date.parse('2026-11-21T08:00:00Z')
  const server = await startTestServer({ now: () => new Date(ms) }, t)
  const logCheck = async () => {
    const { body, status } = await server.send('GET', '/readyz')
    const check = (body['checks'] as { id: string; state: string; note: string }[]).find((one) => one.id === 'log')
    return { status, state: check?.state, note: check?.note ?? '' }
  }
  await server.person('auditor')
  assert.equal((await logCheck()).state, 'good')
  ms += 120_000
  assert.equal((await logCheck()).state, 'warning')
  await server.app.log.checkpoint()
  assert.match((await logCheck()).note, /^all \d+ entries are sealed$/)
  const database = new Database(databaseFile(server.app.config.dataDir))
  database.prepare('update log_entry set leaf_hash = zeroblob(32) where idx = 0').run()
  database.close()
  await server.person('auditor')
  await assert.rejects(server.app.log.checkpoint(), { code: 'log_damaged' })
  const damaged = await logCheck()
  assert.equal(damaged.status, 503)
  assert.match(damaged.note, /^is not sealed any more: /)
})

test('the console and the verifier come from the build, hashed files for ever and pages always fresh', async (t) => {
  const dist = await mkdtemp(join(tmpdir(), 'parapet-dist-'))
  await mkdir(join(dist, 'console', 'assets'), { recursive: true })
  await writeFile(join(dist, 'console', 'index.html'), '<!doctype html><title>Console</title>')
  await writeFile(join(dist, 'console', 'assets', 'main-abc123.js'), 'x()')
  await writeFile(join(dist, 'console', 'assets', 'main-abc123.js.br'), 'brotli')
  await writeFile(join(dist, 'console', '.hidden'), 'no')
  await writeFile(join(dist, 'verify.mjs'), 'export {}')
  const server = await startTestServer({ dist }, t)
  const html = { accept: 'text/html' }
  for (const path of ['/', '/catalog/threats/evasion', '/log', '/welcome']) {
    const page = await server.send('GET', path, { headers: html })
    assert.equal(page.status, 200, path)
    assert.match(page.text, /Console/)
    assert.equal(page.headers.get('cache-control'), 'no-cache')
    assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'/)
  }
  const asset = await server.send('GET', '/assets/main-abc123.js', { headers: { 'accept-encoding': 'identity' } })
  assert.equal(asset.text, 'x()')
  assert.match(asset.headers.get('cache-control') ?? '', /immutable/)
  const packed = await fetch(`${server.url}/assets/main-abc123.js`, { headers: { 'accept-encoding': 'br' } }).catch(
    () => undefined,
  )
  assert.equal(packed?.headers.get('content-encoding'), 'br')
  await packed?.body?.cancel()
  assert.match((await server.send('GET', '/verify.mjs')).headers.get('content-type') ?? '', /javascript/)
  assert.equal((await server.send('GET', '/assets/none.js')).status, 404)
  assert.equal((await server.send('GET', '/.hidden')).status, 404)
  assert.equal(
    (await server.send('GET', '/api/none', { headers: html })).headers.get('content-type'),
    'application/problem+json; charset=utf-8',
  )
  await rm(dist, { recursive: true })
})
