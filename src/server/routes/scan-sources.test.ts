// Sources over HTTP: what may be named, and that nothing may be named that would lead where nobody allowed it.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startTestServer, type TestServer } from '../testing.ts'

let server: TestServer
let headers: Record<string, string>
before(async () => {
  const scans = {
    roots: ['/srv/sources'],
    privateHosts: ['git.internal'],
    tokens: { hub: { host: 'git.example', secret: '${env:NOWHERE}' } },
  }
  server = await startTestServer({ settings: { scans } })
  ;({ headers } = await server.person('engineer'))
})
after(() => server.close())

const post = (path: string, body: unknown) => server.send('POST', path, { body, headers })
const url = 'https://git.example/team/bot.git'

test('a source is stated, changed and closed, and each of it is in the log', async () => {
  const made = await post('/api/scan-sources', { name: 'bot', kind: 'git', url, token: 'hub', everyHours: 24 })
  assert.equal(made.status, 200, made.text)
  assert.equal(made.body['nextAt'], made.body['createdAt'])
  assert.equal((await post('/api/scan-sources', { name: 'bot', kind: 'git', url })).status, 409)
  const changed = await server.send('PATCH', '/api/scan-sources/bot', {
    headers,
    body: { ref: 'release', everyHours: null, token: null },
  })
  assert.equal(changed.status, 200, changed.text)
  const { ref, everyHours, nextAt, token } = changed.body
  assert.deepEqual(
    { ref, everyHours, nextAt, token },
    { ref: 'release', everyHours: undefined, nextAt: undefined, token: undefined },
  )
  const closed = await post('/api/scan-sources/bot/close', {})
  assert.equal(typeof closed.body['closedAt'], 'string')
  assert.equal((await server.send('PATCH', '/api/scan-sources/bot', { headers, body: { ref: 'x' } })).status, 409)
  const { items } = await server.app.store.read.log.search({ limit: 9, subjectKind: 'scan-source' })
  assert.deepEqual(items.map(({ kind }) => kind).toSorted(), [
    'scan-source.changed',
    'scan-source.closed',
    'scan-source.created',
  ])
})

const REFUSED: [string, object][] = [
  ['another protocol', { kind: 'git', url: 'file:///etc' }],
  ['a program', { kind: 'git', url: 'ext::sh -c id' }],
  ['an option', { kind: 'git', url: '--upload-pack=id' }],
  ['plain http', { kind: 'git', url: 'http://git.example/a.git' }],
  ['ssh', { kind: 'git', url: 'ssh://git@git.example/a.git' }],
  ['a password', { kind: 'git', url: 'https://me:secret@git.example/a.git' }],
  ['a user', { kind: 'git', url: 'https://me@git.example/a.git' }],
  ['a query', { kind: 'git', url: 'https://git.example/a.git?x=1' }],
  ['a line end', { kind: 'git', url: 'https://git.example/a\n.git' }],
  ['an option as ref', { kind: 'git', url, ref: '--upload-pack=id' }],
  ['a range as ref', { kind: 'git', url, ref: 'a..b' }],
  ['a token that is not there', { kind: 'git', url, token: 'none' }],
  ['a token of another host', { kind: 'git', url: 'https://evil.example/a.git', token: 'hub' }],
  ['a folder nobody allowed', { kind: 'path', path: '/etc' }],
  ['a folder beside an allowed one', { kind: 'path', path: '/srv/sources-secret' }],
  ['a way out of an allowed folder', { kind: 'path', path: '/srv/sources/../../etc' }],
  ['both', { kind: 'path', path: '/srv/sources/a', url }],
  ['none', { kind: 'git' }],
  ['a system that is not there', { kind: 'git', url, system: 'nowhere' }],
]
for (const [what, body] of REFUSED)
  test(`${what} is refused`, async () => {
    const answer = await post('/api/scan-sources', { name: what, ...body })
    assert(answer.status === 400 || answer.status === 404, `${answer.status} ${answer.text}`)
  })

test('what the configuration names is allowed', async () => {
  for (const [name, body] of [
    ['private', { kind: 'git', url: 'http://git.internal:8080/a/b.git' }],
    ['folder', { kind: 'path', path: '/srv/sources/bot', everyHours: 1 }],
  ] as const)
    assert.equal((await post('/api/scan-sources', { name, ...body })).status, 200, name)
})
