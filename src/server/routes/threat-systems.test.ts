import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startTestServer } from '../testing.ts'

// oxlint-disable-next-line typescript/no-explicit-any -- JSON of a route; what matters of it is asserted
type Reply = Record<string, any>

test('the systems that a threat concerns agree with the matrix and with the threats of each system', async (t) => {
  const server = await startTestServer({ sample: true }, t)
  const { headers } = await server.person('auditor')
  const get = async (path: string): Promise<Reply> => (await server.send('GET', path, { headers })).body
  const id = 'indirect-prompt-injection'
  const list = await get(`/api/threats/${id}/systems?limit=200`)
  const items: Reply[] = list['items']
  const cell: Reply = (await get('/api/matrix'))['threats'].find((one: Reply) => one['id'] === id)
  const parts: Record<string, number> = cell['parts']
  assert.ok(list['total'] > 3)
  assert.equal(cell['applies'] + cell['unknown'], list['total'])
  for (const [status, count] of Object.entries(parts))
    assert.equal(
      items.reduce((sum, one) => sum + one['controls'][status], 0),
      count,
      status,
    )
  assert.equal(cell['covered'], (parts['proven'] ?? 0) / (sumOf(parts) - (parts['not-needed'] ?? 0)))
  for (const { system, verdict } of items)
    assert.equal((await get(`/api/systems/${system}/threats/${id}`))['verdict'], verdict, system)
  const first = items[0]?.['system']
  assert.deepEqual((await get(`/api/threats/${id}/systems?system=${first}`))['items'], [items[0]])
  assert.deepEqual((await get(`/api/threats/${id}/systems?tag=no-such-tag`))['items'], [])
})

test('a threat that the catalogue does not have is answered with the nearest that it has', async (t) => {
  const server = await startTestServer({}, t)
  const { headers } = await server.person('auditor')
  const { status, text } = await server.send('GET', '/api/threats/indirect-prompt-injektion/systems', { headers })
  assert.equal(status, 404)
  assert.match(text, /did you mean \\"indirect-prompt-injection\\"/)
})

const sumOf = (counts: Record<string, number>) => Object.values(counts).reduce((sum, n) => sum + n, 0)
