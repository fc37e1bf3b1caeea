// Git sources over HTTP: scanned when asked and when their time has come, one scan at a time, and ended when told to.
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { type TestContext, test } from 'node:test'
import { endLeft, startDue } from '../../app/scans/start-scan.ts'
import { startGitServer } from '../../app/scans/testing-git.ts'
import { startTestServer } from '../testing.ts'

async function house(t: TestContext) {
  const git = await startGitServer(t)
  git.commit('bot', { 'a.py': 'import openai\nopenai.OpenAI().chat.completions.create(model="gpt-4o")\n' })
  let now = Date.now()
  const server = await startTestServer(
    { settings: { scans: { privateHosts: ['127.0.0.1'] } }, now: () => new Date(now) },
    t,
  )
  let { headers } = await server.person('engineer')
  const send = async (method: string, path: string, body?: unknown) => {
    const answer = await server.send(method, path, { headers, ...(body === undefined ? {} : { body }) })
    const items = (answer.body['items'] ?? []) as Record<string, unknown>[]
    return { ...answer.body, status: answer.status, items } as Record<string, unknown> & { items: typeof items }
  }
  const settled = async () => {
    for (let i = 0; i < 600; i++) {
      const { items } = await send('GET', '/api/scans')
      if (items.every(({ state }) => state !== 'waiting' && state !== 'running')) return items
      await wait(100)
    }
    throw new Error('scans do not end')
  }
  /** Sessions end sooner. */
  const later = async (ms: number) => {
    now += ms
    ;({ headers } = await server.person('engineer'))
  }
  return { git, server, send, settled, later }
}

const trouble = (error: unknown) => assert.fail(String(error))

test('a source is scanned again when its time has come, and the commit is the one of that time', async (t) => {
  const { git, server, send, settled, later } = await house(t)
  await send('POST', '/api/scan-sources', { name: 'bot', kind: 'git', url: `${git.url}/bot`, everyHours: 24 })
  await startDue(server.app.scans, trouble)
  const [first] = await settled()
  assert.equal(first?.['state'], 'done', JSON.stringify(first))
  assert.equal(await startDue(server.app.scans, trouble), 0)
  const commit = git.commit('bot', { 'a.py': null, 'b.py': 'import anthropic\n' }, 'grace@example.org')
  await later(25 * 3_600_000)
  assert.equal(await startDue(server.app.scans, trouble), 1)
  const [second] = await settled()
  assert.equal(second?.['commit'], commit)
  assert.deepEqual((second?.['summary'] as Record<string, unknown> | undefined)?.['discovered'], {
    new: 1,
    gone: 2,
    changed: 0,
  })
  const { items } = await send('GET', '/api/discoveries?state=new&gone=false')
  assert.deepEqual(
    items.map(({ name, owner }) => [name, owner]),
    [['anthropic', { who: 'grace@example.org', why: 'committer' }]],
  )
})

test('one scan at a time, and a scan that cannot fetch says why', async (t) => {
  const { git, send, settled } = await house(t)
  await send('POST', '/api/scan-sources', { name: 'bot', kind: 'git', url: `${git.url}/bot` })
  await send('POST', '/api/scan-sources', { name: 'none', kind: 'git', url: `${git.url}/none` })
  const answers = await Promise.all([1, 2, 3].map(() => send('POST', '/api/scan-sources/bot/scan')))
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 409, 409])
  await send('POST', '/api/scan-sources/none/scan')
  const scans = await settled()
  assert.deepEqual(scans.map(({ state }) => state).toSorted(), ['done', 'failed'])
  assert.match(String(scans.find(({ state }) => state === 'failed')?.['error']), /^git fetch failed/)
})

test('a scan that is cancelled ends, finds nothing, and leaves nothing behind', async (t) => {
  const { git, send, settled } = await house(t)
  for (let i = 0; i < 3; i++) git.commit('bot', { [`m${i}.py`]: 'import openai\n'.repeat(2000) })
  await send('POST', '/api/scan-sources', { name: 'bot', kind: 'git', url: `${git.url}/bot` })
  const { id } = await send('POST', '/api/scan-sources/bot/scan')
  const cancelled = await send('POST', `/api/scans/${String(id)}/cancel`)
  assert.equal(cancelled['state'], 'cancelled')
  await settled()
  assert.deepEqual((await send('GET', '/api/discoveries')).items, [])
  for (let i = 0; i < 100; i++) {
    const job = await send('GET', `/api/jobs/${String(cancelled['job'])}`)
    if (job['endedAt'] !== undefined) break
    await wait(100)
  }
  const left = readdirSync(tmpdir()).filter((name) => name.startsWith(`parapet-scan-${process.pid}`))
  assert.deepEqual(left, [])
})

test('a scan that a killed process left behind ends, and its source is scanned again', async (t) => {
  const { server, git, send, settled, later } = await house(t)
  const { store, scans } = server.app
  const left = async (id: string, more: object) => {
    const { id: source } = await send('POST', '/api/scan-sources', { name: id, kind: 'git', url: `${git.url}/bot` })
    const createdAt = server.app.now().toISOString()
    const scan = { id, source: String(source), state: 'waiting' as const, createdBy: 'a', createdAt, ...more }
    await store.change((tx) => tx.scans.insert(scan))
  }
  await left('scan_1', {})
  await left('scan_2', { state: 'running', job: 'job_gone' })
  await endLeft(scans)
  assert.equal((await send('POST', '/api/scan-sources/scan_1/scan'))['status'], 409)
  assert.equal((await send('GET', '/api/scans/scan_2'))['state'], 'failed')
  await later(6 * 60_000)
  await endLeft(scans)
  assert.match(String((await send('GET', '/api/scans/scan_1'))['error']), /left behind/)
  assert.equal((await send('POST', '/api/scan-sources/scan_1/scan'))['status'], 200)
  await endLeft(scans)
  assert.deepEqual((await settled()).map(({ state }) => state).toSorted(), ['done', 'failed', 'failed'])
})
