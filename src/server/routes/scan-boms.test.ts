import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { ScanResult } from '../../model/scan.ts'
import { startTestServer } from '../testing.ts'

const SCANS = JSON.parse(readFileSync('src/app/sample/scans.json', 'utf8')) as { name: string; result: ScanResult }[]

// oxlint-disable-next-line typescript/no-explicit-any -- JSON of a route; what matters of it is asserted
type Reply = Record<string, any>

test('parts are paged and counted by kind, and what changed is told against the scan before or any other of the source', async (t) => {
  const server = await startTestServer({}, t)
  const { headers } = await server.person('engineer')
  const send = async (method: string, path: string, body?: unknown) =>
    server.send(method, path, { headers, ...(body === undefined ? {} : { body }) })
  const get = async (path: string): Promise<Reply> => (await send('GET', path)).body
  const ids: string[] = []
  for (const { name, result } of SCANS) {
    const { traffic, discovered, ...rest } = result
    const sent = await send('POST', '/api/scans/submit', { name, ...rest, ...(traffic ? { traffic } : { discovered }) })
    assert.equal(sent.status, 200, sent.text)
    ids.push(String((sent.body as Reply)['id']))
  }
  const [first, second, traffic] = ids

  const whole = await get(`/api/scans/${second}/parts?limit=200`)
  const seen: string[] = []
  for (let cursor = ''; ;) {
    const page = await get(`/api/scans/${second}/parts?limit=3${cursor}`)
    seen.push(...page['items'].map(({ id }: Reply) => id))
    if (page['next'] === undefined) break
    cursor = `&cursor=${page['next']}`
  }
  assert.deepEqual(
    seen,
    whole['items'].map(({ id }: Reply) => id),
  )
  const kinds = [...new Set(whole['items'].map(({ kind }: Reply) => kind))]
  assert.deepEqual([kinds[0], kinds.at(-1)], ['model', 'library'], 'what a reader asks for first, group by group')
  assert.deepEqual(Object.keys(whole['counts']), kinds)
  const counted = Object.values(whole['counts'] as Record<string, number>).reduce((sum, count) => sum + count, 0)
  assert.equal(counted, whole['items'].length)
  const models: Reply[] = (await get(`/api/scans/${second}/parts?kind=model&text=GPT`))['items']
  assert.deepEqual(
    models.map(({ name }) => name),
    ['gpt-4o', 'gpt-4o-mini'],
  )
  assert.deepEqual(models[1]?.['occurrences'], [{ file: 'app.py', line: 25 }])

  const changes = await get(`/api/scans/${second}/changes`)
  assert.equal(changes['since'], first)
  assert.deepEqual(
    changes['added'].map(({ name }: Reply) => name),
    ['claims-files', 'tickets', 'gpt-4o-mini'],
  )
  assert.deepEqual(
    changes['removed'].map(({ name }: Reply) => name),
    ['wiki'],
  )
  const back = await get(`/api/scans/${first}/changes?since=${second}`)
  assert.deepEqual([back['added'], back['removed']], [changes['removed'], changes['added']])
  assert.equal((await get(`/api/scans/${first}/changes`))['since'], undefined)
  assert.equal((await send('GET', `/api/scans/${second}/changes?since=${traffic}`)).status, 400)
})
