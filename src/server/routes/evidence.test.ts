import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test, type TestContext } from 'node:test'
import { verifyReport } from '../../prove/verify.ts'
import { startTestServer } from '../testing.ts'

// oxlint-disable-next-line typescript/no-explicit-any -- replies of every shape, looked into by the tests
type Reply = Record<string, any>

async function opened(t: TestContext) {
  const server = await startTestServer({}, t)
  const { headers } = await server.person('owner')
  const send = async (method: string, path: string, body?: unknown) => {
    const answer = await server.send(method, path, { body, headers })
    return { status: answer.status, body: answer.body as Reply, text: answer.text }
  }
  for (const id of ['shop', 'desk']) await send('PUT', `/api/assets/${id}`, { kind: 'system', name: id })
  return { server, send }
}

const plain = { measure: 'ai-program.owners', asset: 'shop', kind: 'scan', supports: true }

test('a proof is added with little said, listed, and shown', async (t) => {
  const { server, send } = await opened(t)
  const { status, body } = await send('POST', '/api/evidence', plain)
  assert.equal(status, 200, JSON.stringify(body))
  assert.deepEqual([body['observedFrom'], body['observedTo']], [body['collectedAt'], body['collectedAt']])
  assert.match(body['collector'], /^account acct_/)
  assert.deepEqual((await send('GET', `/api/evidence/${body['id']}`)).body, body)
  await send('POST', '/api/evidence', { ...plain, supports: false, asset: 'desk', collector: 'trivy' })
  const ids = async (query: string) => (await send('GET', `/api/evidence?${query}`)).body['items'].map(({ asset }: Reply) => asset) // prettier-ignore
  assert.deepEqual(await ids(''), ['desk', 'shop'])
  assert.deepEqual(await ids('supports=false'), ['desk'])
  assert.deepEqual(await ids('asset=shop&measure=ai-program.owners'), ['shop'])
  assert.deepEqual(await ids('collector=trivy&kind=scan'), ['desk'])
  assert.equal((await send('GET', '/api/evidence/evidence_none')).status, 404)
  for (const method of ['PUT', 'PATCH', 'DELETE'])
    assert.equal((await server.send(method, `/api/evidence/${body['id']}`, { headers: (await server.person('owner')).headers })).status, 405) // prettier-ignore
})

test('a report on the entry of a batch proves each of its rows to somebody outside', async (t) => {
  const { server, send } = await opened(t)
  const rows = Array.from({ length: 300 }, (_, i) => ({ ...plain, supports: i !== 7, note: `=1+${i}` }))
  const { status, body } = await send('POST', '/api/evidence/batch', { collector: 'gateway', rows })
  assert.deepEqual([status, body['recorded']], [200, 300], JSON.stringify(body))
  const { text, body: report } = await send('POST', '/api/log/report', { indexes: [body['entry']] })
  const keys = [server.app.log.verifierKey]
  const verdict = await verifyReport(text, { keys })
  assert.equal(verdict.ok, true, JSON.stringify(verdict))
  const sealed = Buffer.from(report['attachments'][0].content, 'base64')
  assert.equal(createHash('sha256').update(sealed).digest('hex'), report['attachments'][0].sha256)
  const lines = sealed.toString().trimEnd().split('\n').map((line) => JSON.parse(line) as Reply) // prettier-ignore
  assert.deepEqual([lines.length, lines[7]?.['supports'], lines[8]?.['note']], [300, false, '=1+8'])
  assert.equal((await send('GET', `/api/evidence/${lines[7]?.['id']}`)).body['supports'], false)
  report['attachments'][0].content = Buffer.from(sealed.toString().replace('"supports":false', '"supports":true ')).toString('base64') // prettier-ignore
  assert.equal((await verifyReport(JSON.stringify(report), { keys })).ok, false)
})

test('one row that cannot be believed refuses the batch, and is named', async (t) => {
  const { send } = await opened(t)
  const rows = [plain, { ...plain, measure: 'ai-program.owner' }, { ...plain, asset: 'ghost' }]
  const { status, body } = await send('POST', '/api/evidence/batch', { collector: 'gateway', rows })
  assert.equal(status, 400)
  assert.deepEqual(
    body['issues'].map(({ path, suggestion }: Reply) => [path, suggestion]),
    [
      ['rows[1].measure', 'ai-program.owners'],
      ['rows[2].asset', undefined],
    ],
  )
  assert.deepEqual((await send('GET', '/api/evidence')).body['items'], [])
})

test('a retired asset takes no more proof', async (t) => {
  const { send } = await opened(t)
  await send('POST', '/api/assets/shop/retire', {})
  const { status, body } = await send('POST', '/api/evidence', plain)
  assert.equal(status, 400)
  assert.match(body['detail'], /retired/)
})

test('names that disguise themselves, and documents that are none, are refused', async (t) => {
  const { send } = await opened(t)
  const population = { of: 'route', names: ['a\u202eb'], covered: [] }
  const bad = [{ population }, { note: 'a\u0000b' }, { collector: '\u001b[2J' }, { document: { name: 'a', mediaType: 'text/plain', content: '' } }, { sha256: 'x' }, { validUntil: 'tomorrow' }] // prettier-ignore
  for (const more of bad)
    assert.equal((await send('POST', '/api/evidence', { ...plain, ...more })).status, 400, JSON.stringify(more))
  const document = { name: 'a.txt', mediaType: 'text/plain', content: Buffer.from('hello').toString('base64') }
  const { body } = await send('POST', '/api/evidence', { ...plain, kind: 'attestation', document })
  assert.equal(body['sha256'], createHash('sha256').update('hello').digest('hex'))
})

test('whoever only reads adds nothing', async (t) => {
  const { server } = await opened(t)
  const { headers } = await server.person('auditor')
  assert.equal((await server.send('POST', '/api/evidence', { body: plain, headers })).status, 403)
  assert.equal((await server.send('GET', '/api/evidence', { headers })).status, 200)
})
