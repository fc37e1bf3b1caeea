import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertUploads } from '../../../test/bloodhound.ts'
import { startTestServer } from '../testing.ts'

// oxlint-disable-next-line typescript/no-explicit-any -- JSON of a route; what matters of it is asserted
type Reply = Record<string, any>

test('attack paths of the sample are listed, shown step by step, filtered, and ended by what closes their cut', async (t) => {
  const server = await startTestServer({ sample: true }, t)
  const { headers } = await server.person('engineer')
  const get = async (path: string): Promise<Reply> => (await server.send('GET', path, { headers })).body
  const list = await get('/api/attack-paths?limit=200')
  const items: Reply[] = list['items']
  assert.ok(items.length > 3, `${items.length} paths`)
  assert.deepEqual(
    items.map(({ risk }) => risk),
    items.map(({ risk }) => risk).toSorted((a, b) => b - a),
  )
  const [first] = items
  assert.ok(first)
  const shown = await get(`/api/attack-paths/${encodeURIComponent(first['id'])}`)
  const steps: Reply[] = shown['steps']
  assert.ok(steps.length > 0)
  for (const step of steps) assert.ok(step['evidence'].length > 0, step['id'])
  assert.equal(shown['cutEdges'].length, first['cut'].length)

  const system = first['systems'][0]
  const ofSystem: Reply[] = (await get(`/api/attack-paths?limit=200&system=${system}`))['items']
  assert.deepEqual(
    ofSystem.map(({ id }) => id),
    items.filter((one) => one['systems'].includes(system)).map(({ id }) => id),
  )
  const critical: Reply[] = (await get('/api/attack-paths?limit=200&severity=critical'))['items']
  assert.deepEqual(
    critical.map(({ id }) => id),
    items.filter((one) => one['severity'] === 'critical').map(({ id }) => id),
  )

  const changes = first['cut'].map((cut: Reply) => ({
    change: 'add-control',
    at: cut['edge'],
    control: cut['controls'][0],
  }))
  const whatIf = await server.send('POST', '/api/attack-paths/what-if', { headers, body: { changes } })
  assert.equal(whatIf.status, 200, whatIf.text)
  const ended: Reply[] = (whatIf.body as Reply)['ended']
  assert.ok(ended.some(({ id }) => id === first['id']))
  assert.deepEqual((whatIf.body as Reply)['begun'], [])
  assert.equal((await get('/api/attack-paths'))['total'], list['total'], 'nothing was changed')
})

test('the graph is shown around a node or for a system, within its limit, and an unknown name is told with the nearest', async (t) => {
  const server = await startTestServer({ sample: true }, t)
  const { headers } = await server.person('auditor')
  const get = async (path: string): Promise<Reply> => (await server.send('GET', path, { headers })).body
  const all = await get('/api/graph?limit=5000')
  const ids = new Set(all['nodes'].map(({ id }: Reply) => id))
  for (const { from, to } of all['edges']) assert.ok(ids.has(from) && ids.has(to))
  const near = await get('/api/graph?around=claims-assistant&depth=1')
  assert.ok(near['total'] > 3 && near['total'] < all['total'])
  const few = await get('/api/graph?limit=5')
  assert.deepEqual([few['nodes'].length, few['truncated'], few['total']], [5, true, all['total']])
  const mine = await get('/api/graph?system=claims-assistant')
  assert.ok(mine['nodes'].some(({ id }: Reply) => id === 'claims-knowledge'))
  assert.ok(!mine['nodes'].some(({ id }: Reply) => id === 'fraud-model'))
  const wrong = await server.send('GET', '/api/graph?around=claims-asistant', { headers })
  assert.equal(wrong.status, 404)
  assert.match(wrong.text, /did you mean \\"claims-assistant\\"/)
  const bloodhound = await get('/api/graph/opengraph')
  assertUploads(bloodhound)
  assert.equal(bloodhound['graph'].nodes.length, all['total'])
  for (const { kinds } of bloodhound['graph'].nodes) assert.ok(kinds.length <= 3)
})

test('what would be refuses a control that there is not and a place that the graph does not have', async (t) => {
  const server = await startTestServer({ sample: true }, t)
  const { headers } = await server.person('engineer')
  const ask = (change: Reply) =>
    server.send('POST', '/api/attack-paths/what-if', { headers, body: { changes: [change] } })
  const control = await ask({ change: 'add-control', at: 'claims-assistant', control: 'input-segregatoin' })
  assert.equal(control.status, 400)
  assert.match(control.text, /did you mean \\"input-segregation\\"/)
  assert.equal((await ask({ change: 'remove', at: 'no-such-node' })).status, 404)
})

test('a question that nobody answered leaves the way open and says so; the answer closes it at once', async (t) => {
  const server = await startTestServer({}, t)
  const { headers } = await server.person('engineer')
  const send = async (method: string, path: string, body?: unknown): Promise<Reply> =>
    (await server.send(method, path, { headers, ...(body === undefined ? {} : { body }) })).body
  const ids = async (): Promise<string[]> =>
    (await send('GET', '/api/attack-paths'))['items'].map(({ id }: Reply) => id)
  assert.deepEqual(await ids(), [])
  await send('PUT', '/api/assets/bot', { kind: 'system', name: 'Bot', exposure: 'public', dataClass: 'restricted' })
  assert.ok((await ids()).includes('AP-01:outside:bot'))
  const { steps } = await send('GET', '/api/attack-paths/AP-01:outside:bot')
  assert.deepEqual(
    steps.map(({ known, evidence }: Reply) => [known, evidence[0]]),
    [
      ['inferred', 'nobody answered untrusted-data-in-prompt of bot'],
      ['inferred', 'nobody answered reaches-sensitive-data of bot'],
      ['inferred', 'nobody answered can-send-data-out of bot'],
    ],
  )
  await send('POST', '/api/assets/bot/facts', { key: 'can-send-data-out', value: false })
  assert.ok(!(await ids()).includes('AP-01:outside:bot'))
})

test('the map holds every node once with its systems and the worst way through it, and closes what is proven', async (t) => {
  const server = await startTestServer({ sample: true }, t)
  const { headers } = await server.person('auditor')
  const get = async (path: string): Promise<Reply> => (await server.send('GET', path, { headers })).body
  const map = await get('/api/graph/map')
  const all = await get('/api/graph?limit=5000')
  const ids = (nodes: Reply[]) => nodes.map(({ id }) => id).toSorted()
  assert.deepEqual(ids(map['nodes']), ids(all['nodes']))
  assert.equal(map['edges'].length, all['edges'].length)
  assert.ok(map['edges'].some(({ closed }: Reply) => closed) && map['edges'].some(({ closed }: Reply) => !closed))
  const paths: Reply[] = (await get('/api/attack-paths?limit=200'))['items']
  const busy = map['nodes'].toSorted((a: Reply, b: Reply) => b['paths'] - a['paths'])[0]
  const through: Reply[] = (await get(`/api/attack-paths?limit=200&through=${encodeURIComponent(busy.id)}`))['items']
  assert.ok(busy.paths > 0 && through.length === busy.paths && through.length < paths.length)
  const order = ['low', 'medium', 'high', 'critical']
  const worst = Math.max(...through.map(({ severity }) => order.indexOf(severity)))
  assert.equal(busy.severity, order[worst])
  const mine = await get('/api/graph/map?system=claims-assistant')
  for (const { systems } of mine['nodes']) assert.ok(systems.includes('claims-assistant'))
  const few = await get('/api/graph/map?limit=5')
  assert.deepEqual([few['nodes'].length, few['truncated'], few['total']], [5, true, map['total']])
})
