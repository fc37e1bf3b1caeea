import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { runVerify } from '../../prove/verify/command.ts'
import { startTestServer } from '../testing.ts'

// oxlint-disable-next-line typescript/no-explicit-any -- replies of every shape, looked into by the tests
type Reply = Record<string, any>

async function opened(t: TestContext, settings: object = { browser: '/no/browser' }) {
  const server = await startTestServer({ sample: true, settings }, t)
  const { headers } = await server.person('auditor')
  const send = async (method: string, path: string, body?: unknown) => {
    const answer = await server.send(method, path, { body, headers })
    return { status: answer.status, body: answer.body as Reply }
  }
  const dir = await mkdtemp(join(tmpdir(), 'parapet-reports-'))
  t.after(() => rm(dir, { recursive: true, force: true }))
  const verify = async (path: string) => {
    let printed = ''
    const exit = await runVerify([path, '--key', server.app.log.verifierKey], (text) => (printed += text))
    return { exit, printed }
  }
  /** Saves every file of a report, as the command line does. */
  async function save({ entry, files }: Reply): Promise<string[]> {
    const paths: string[] = []
    for (const { name } of files as Reply[]) {
      const { body } = await send('GET', `/api/reports/${entry}/files/${name}`)
      const path = join(dir, name)
      await writeFile(path, Buffer.from(body['content'], 'base64'))
      if (body['proof'] !== undefined) await writeFile(`${path}.proof.json`, body['proof'])
      paths.push(path)
    }
    return paths
  }
  return { server, send, save, verify }
}

/** Somewhere in the middle of what the document says. */
function withOneLetterChanged(text: string): string {
  const proof = text.search(/<script|,"proof":/)
  const middle = Math.floor((proof < 0 ? text.length : proof) / 2)
  const at = middle + text.slice(middle).search(/[a-y]/)
  return `${text.slice(0, at)}z${text.slice(at + 1)}`
}

const orders: Reply[] = [
  { kind: 'dossier', system: 'claims-assistant' },
  { kind: 'risk-register' },
  { kind: 'control-statement', system: 'procurement-agent' },
  { kind: 'supplier-assurance' },
  { kind: 'framework-statement', framework: 'atlas' },
]

test('every file of every report verifies alone, and none does once a character is changed', async (t) => {
  const { send, save, verify } = await opened(t)
  for (const order of orders) {
    const { status, body } = await send('POST', '/api/reports', order)
    assert.equal(status, 200, JSON.stringify(body))
    const paths = await save(body)
    assert.ok(paths.length >= 3, `${order['kind']}: ${paths.length} files`)
    for (const path of paths) {
      const good = await verify(path)
      assert.equal(good.exit, 0, good.printed)
      assert.match(good.printed, /word for word/)
      const text = await readFile(path, 'utf8')
      await writeFile(path, withOneLetterChanged(text))
      const bad = await verify(path)
      assert.equal(bad.exit, 1, `${path}: ${bad.printed}`)
      assert.match(bad.printed, /document-changed/)
    }
  }
  const { body } = await send('GET', '/api/reports')
  assert.deepEqual(body['items'].map(({ kind }: Reply) => kind).toSorted(), orders.map(({ kind }) => kind).toSorted())
})

test('a report of a past moment shows that moment and says so', async (t) => {
  const { server, send, save } = await opened(t)
  const before = server.app.now().toISOString()
  await new Promise((resolve) => setTimeout(resolve, 5))
  await server.app.store.append([{ kind: 'thing.made', actor: { kind: 'system', id: 'parapet' }, subject: { kind: 'thing', id: '1' }, data: {} }]) // prettier-ignore
  const { body } = await send('POST', '/api/reports', { kind: 'control-statement', system: 'tariff-rules', at: before })
  const [page = ''] = await save(body)
  const html = await readFile(page, 'utf8')
  assert.ok(html.includes(`<dd>${before}</dd>`), html.slice(0, 3000))
})

test('names from outside are text in a report, whatever they contain', async (t) => {
  const { server, send, save } = await opened(t)
  const { headers } = await server.person('owner')
  const name = '<img src=x onerror=alert(1)> =HYPERLINK("https://evil.example")'
  await server.send('PUT', '/api/assets/trap', { headers, body: { kind: 'system', name, description: '=1+1</body>' } })
  const { body } = await send('POST', '/api/reports', { kind: 'dossier', system: 'trap' })
  const [page = ''] = await save(body)
  const html = await readFile(page, 'utf8')
  assert.ok(!html.includes('<img'), 'no element of the name')
  assert.ok(html.includes('&lt;img src=x onerror=alert(1)&gt;'))
  assert.equal(html.match(/<\/body>/g)?.length, 1)
  assert.match(html, /default-src 'none'/)
})

test('orders that cannot be met say what is missing', async (t) => {
  const { send } = await opened(t)
  const cases: [object, number, RegExp][] = [
    [{ kind: 'dossier' }, 400, /of one system/],
    [{ kind: 'dossier', system: 'nobody' }, 404, /no system "nobody"/],
    [{ kind: 'framework-statement', framework: 'atlass' }, 404, /no framework "atlass"/],
    [{ kind: 'dosier' }, 400, /kind/],
    [{ kind: 'risk-register', at: '2999-01-01T00:00:00.000Z' }, 400, /future/],
  ]
  for (const [order, status, words] of cases) {
    const answer = await send('POST', '/api/reports', order)
    assert.equal(answer.status, status, JSON.stringify(answer.body))
    assert.match(`${answer.body['detail']} ${JSON.stringify(answer.body['issues'])}`, words)
  }
  assert.equal((await send('GET', '/api/reports/0')).status, 404)
  assert.equal((await send('GET', '/api/reports/0/files/x')).status, 404)
})

test('a machine without Chromium gets everything but the PDF, and is told', async (t) => {
  const { send } = await opened(t)
  const { body } = await send('POST', '/api/reports', { kind: 'supplier-assurance' })
  assert.match(body['notPrinted'], /no Chromium/)
})
