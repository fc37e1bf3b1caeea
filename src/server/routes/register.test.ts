import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import { startTestServer } from '../testing.ts'

// oxlint-disable-next-line typescript/no-explicit-any -- replies of every shape, looked into by the tests
type Reply = Record<string, any>

async function opened(t: TestContext) {
  const server = await startTestServer({}, t)
  const { account, headers } = await server.person('engineer')
  const send = async (method: string, path: string, body?: unknown, more: Record<string, string> = {}) => {
    const answer = await server.send(method, path, { body, headers: { ...headers, ...more } })
    return { status: answer.status, body: answer.body as Reply, etag: answer.headers.get('etag') }
  }
  const put = (id: string, body: object, ifMatch?: string) =>
    send('PUT', `/api/assets/${id}`, { kind: 'system', name: id, ...body }, ifMatch ? { 'if-match': ifMatch } : {})
  return { server, account, headers, send, put }
}

const messages = ({ body }: { body: Reply }) => (body['issues'] as { path: string; message: string }[] | undefined)?.map(({ path, message }) => `${path}: ${message}`) // prettier-ignore

const link = (kind: string, to: string) => ({ links: [{ kind, to }] })

describe('assets over HTTP', () => {
  test('an asset is stated, read with its ETag, changed, retired and stated again', async (t) => {
    const { send, put } = await opened(t)
    const made = await put('bot', { name: 'Bot', owners: { risk: 'ada@example.org' }, tags: ['b', 'a', 'b'] })
    assert.equal(made.status, 200)
    assert.equal(made.etag, '"1"')
    assert.deepEqual([made.body['tags'], made.body['sanctioned'], made.body['saved']], [['a', 'b'], true, true])
    const again = await put('bot', { name: 'Bot' })
    assert.equal(again.status, 409)
    assert.match(again.body['hint'], /revision/)
    const changed = await put('bot', { name: 'New' }, '"1"')
    assert.deepEqual([changed.status, changed.etag, changed.body['owners']], [200, '"2"', {}])
    const same = await put('bot', { name: 'New' }, '"2"')
    assert.deepEqual([same.etag, same.body['saved']], ['"2"', false])
    assert.equal((await send('GET', '/api/assets/bot/diff')).body['changes'].length, 4)
    assert.equal((await send('POST', '/api/assets/bot/retire', {}, { 'if-match': '"1"' })).status, 409)
    assert.ok((await send('POST', '/api/assets/bot/retire', {}, { 'if-match': '"2"' })).body['retiredAt'])
    assert.deepEqual((await send('GET', '/api/assets')).body['items'], [])
    assert.equal((await send('GET', '/api/assets/bot')).etag, '"3"')
    assert.equal((await put('bot', {})).body['retiredAt'], undefined)
    assert.equal((await put('bot', { name: 'Any' }, '*')).body['revision'], 5)
    const history = (await send('GET', '/api/assets/bot/history')).body['items'] as Reply[]
    assert.deepEqual(
      history.map(({ revision, name }) => [revision, name]),
      [
        [5, 'Any'],
        [4, 'bot'],
        [3, 'New'],
        [2, 'New'],
        [1, 'Bot'],
      ],
    )
  })

  test('what was read is changed and sent back whole', async (t) => {
    const { send, put } = await opened(t)
    await put('bot', { tags: ['a'], links: [], owners: { data: 'd' } })
    const read = (await send('GET', '/api/assets/bot')).body
    const changed = await send('PUT', '/api/assets/bot', { ...read, name: 'New', firstSeen: '1999-01-01T00:00:00Z' })
    assert.deepEqual(changed.body, { ...read, name: 'New', revision: 2, saved: true, merged: [], recordedAt: changed.body['recordedAt'], lastSeen: changed.body['lastSeen'] }) // prettier-ignore
    assert.equal((await send('PUT', '/api/assets/bot', changed.body)).body['saved'], false)
  })

  test('changes of two people are merged unless they meet in one field', async (t) => {
    const { send, put } = await opened(t)
    await put('bot', { name: 'Bot', tags: ['a'], exposure: 'team' })
    await put('bot', { name: 'Renamed', tags: ['a', 'theirs'], exposure: 'team' }, '"1"')
    const merged = await put('bot', { name: 'Bot', tags: ['a', 'mine'], exposure: 'public' }, '"1"')
    assert.deepEqual(
      [merged.status, merged.body['name'], merged.body['tags'], merged.body['exposure'], merged.body['merged']],
      [200, 'Renamed', ['a', 'mine', 'theirs'], 'public', ['name', 'tags[theirs]']],
    )
    const preview = await send('POST', '/api/assets/bot/merge', { kind: 'system', name: 'Third', revision: 1 })
    assert.deepEqual(preview.body['overlaps'], [
      { field: 'name', base: 'Bot', theirs: 'Renamed', mine: 'Third' },
      { field: 'exposure', base: 'team', theirs: 'public' },
    ])
    const collided = await put('bot', { name: 'Third' }, '"1"')
    assert.equal(collided.status, 409)
    assert.deepEqual(messages(collided), [
      'name: was "Bot"; theirs is "Renamed", yours is "Third"',
      'exposure: was "team"; theirs is "public", yours is empty',
    ])
    assert.equal((await send('GET', '/api/assets/bot')).etag, '"3"')
    assert.equal((await put('bot', {}, '"9"')).status, 409)
    assert.equal((await put('bot', {}, 'never')).status, 400)
  })

  test('links lead to assets that are there and can be meant, and may go round', async (t) => {
    const { send, put } = await opened(t)
    await put('bot', {})
    await put('data', { kind: 'dataset' })
    assert.deepEqual(messages(await put('other', link('uses', 'bog'))), ['links[0].to: there is no asset "bog"'])
    assert.equal((await put('other', link('uses', 'bog'))).body['hint'], 'did you mean "bot"?')
    assert.match(
      messages(await put('data', { kind: 'dataset', ...link('calls', 'bot') }, '*'))?.[0] ?? '',
      /no dataset calls anything/,
    )
    assert.match(messages(await put('bot', link('trainedOn', 'bot'), '*'))?.[0] ?? '', /linked to itself/)
    assert.match(messages(await put('bot', link('authenticatesAs', 'data'), '*'))?.[0] ?? '', /leads to identity/)
    assert.match(messages(await put('bot', link('retrieves', 'data'), '*'))?.[0] ?? '', /expected "uses".*14 in all/)
    await put('other', link('calls', 'bot'))
    assert.equal((await put('bot', link('calls', 'other'), '*')).status, 200)
    const graph = (await send('GET', '/api/assets/bot/graph')).body
    assert.deepEqual(graph['edges'], [
      { from: 'bot', kind: 'calls', to: 'other' },
      { from: 'other', kind: 'calls', to: 'bot' },
    ])
    assert.deepEqual([graph['nodes'].length, graph['usedBy'].length, graph['truncated']], [2, 1, false])
    assert.equal((await send('GET', '/api/assets/bot/graph?nodes=1')).body['truncated'], true)
    await send('POST', '/api/assets/other/retire', {})
    assert.match(messages(await put('third', link('uses', 'other')))?.[0] ?? '', /has left the register/)
    assert.equal((await put('bot', { name: 'Kept', ...link('calls', 'other') }, '*')).status, 200)
  })

  test('what cannot be meant is refused with the place and the remedy, and changes nothing', async (t) => {
    const { send, put } = await opened(t)
    const cases: [string, object, RegExp][] = [
      ['bot', { kind: 'sistem' }, /^kind: expected .*"system"/],
      ['bot', { name: 'a\u202eb' }, /^name: .*control characters/],
      ['bot', { name: 'x'.repeat(201) }, /^name/],
      ['bot', { owners: { boss: 'a' } }, /^owners.boss: unknown key/],
      ['bot', { deploymentModel: 'saas-application' }, /^deploymentModel: expected one of/],
      ['bot', { tags: Array.from({ length: 21 }, (_, i) => `t${i}`) }, /^tags/],
      ['Bot_1', {}, /^id: expected lower-case words/],
      ['bot', { retired: '2020' }, /^retired: unknown key/],
      ['bot', { id: 'other' }, /^id: "other" is not the asset/],
    ]
    for (const [id, body, expected] of cases) {
      const answer = await put(id, body)
      assert.equal(answer.status, 400, JSON.stringify(body))
      assert.match(messages(answer)?.[0] ?? '', expected)
    }
    assert.deepEqual((await send('GET', '/api/assets')).body['items'], [])
    const missing = await send('GET', '/api/assets/bot')
    assert.equal(missing.status, 404)
  })

  test('HTML and formulas in a name are only text', async (t) => {
    const { send, put } = await opened(t)
    for (const [i, name] of ['<img src=x onerror=alert(1)>', '=HYPERLINK("http://x","y")', '{{7*7}}'].entries()) {
      assert.equal((await put(`bot-${i}`, { name })).body['name'], name)
      assert.equal((await send('GET', `/api/assets/bot-${i}`)).body['name'], name)
    }
  })

  test('the list is exported with its filters, and no name in it runs as a formula', async (t) => {
    const { server, headers, put } = await opened(t)
    for (let i = 0; i < 205; i++) await put(`bot-${i}`, { name: i === 7 ? '=1+1, "x"' : 'Bot', tags: ['a', 'b'] })
    await put('model', { kind: 'model', owners: { risk: '@me' } })
    const read = (path: string) => server.send('GET', `/api/exports/${path}`, { headers })
    const csv = await read('assets.csv?kind=system')
    assert.match(csv.headers.get('content-type') ?? '', /^text\/csv/)
    const lines = csv.text.split('\r\n')
    assert.deepEqual([lines.length, lines[0]?.slice(0, 12)], [207, 'id,kind,name'])
    assert.ok(csv.text.includes(`bot-7,system,"'=1+1, ""x""",`))
    assert.ok(csv.text.includes('a; b'))
    assert.ok((await read('assets.csv?kind=model')).text.includes(`,'@me,`))
    assert.equal(((await read('assets.json')).body['items'] as unknown[]).length, 206)
    assert.deepEqual((await read('assets.json?kind=tool')).body, { items: [] })
    assert.equal((await read('assets.csv?kind=tol')).status, 400)
    assert.equal((await server.send('GET', '/api/exports/assets.csv')).status, 401)
  })

  test('a scanner that sees a known asset again moves only its last sighting', async (t) => {
    const { put } = await opened(t)
    await put('bot', { name: 'Declared' })
    const seen = await put('bot', { name: 'Scanned', source: 'discovered', seenAt: '2031-01-01T00:00:00Z' })
    assert.deepEqual(
      [seen.body['name'], seen.body['source'], seen.body['revision'], seen.body['lastSeen']],
      ['Declared', 'declared', 1, '2031-01-01T00:00:00.000Z'],
    )
    await put('shadow', { source: 'observed' })
    const confirmed = await put('shadow', {}, '"1"')
    assert.deepEqual([confirmed.body['source'], confirmed.body['saved']], ['declared', true])
  })

  test('every change is an entry of the log, and owners stand there so that they can be erased', async (t) => {
    const { server, put, send } = await opened(t)
    await put('bot', { owners: { risk: 'ada@example.org' } })
    await send('POST', '/api/assets/bot/facts', { key: 'model-kind', value: 'llm' })
    const { items } = await server.app.store.read.log.search({ limit: 9, subjectId: 'bot', order: 'oldest' })
    assert.deepEqual(items.map(({ kind }) => kind), ['asset.added', 'fact.stated']) // prettier-ignore
    assert.ok(!items[0]?.leaf.includes('ada@example.org'))
    const [row] = await server.app.store.read.log.personal(items[0]?.index ?? 0)
    assert.deepEqual([row?.field, row?.value], ['owners.risk after', 'ada@example.org'])
  })

  test('without the permission nothing is read or changed', async (t) => {
    const { server, put } = await opened(t)
    await put('bot', {})
    const reader = { headers: await server.token(['asset:read']) }
    const stranger = { headers: await server.token(['catalog:read']) }
    assert.equal((await server.send('GET', '/api/assets/bot', reader)).status, 200)
    assert.equal((await server.send('GET', '/api/assets/bot', stranger)).status, 403)
    assert.equal((await server.send('POST', '/api/assets/bot/retire', { ...reader, body: {} })).status, 403)
  })
})

describe('facts over HTTP', () => {
  test('claims of one source replace each other, and sources that disagree are shown as a conflict', async (t) => {
    const { send, put, account } = await opened(t)
    await put('bot', { owners: { business: 'a', data: 'b', risk: 'c' } })
    const add = (key: string, value: unknown, more: object = {}) =>
      send('POST', '/api/assets/bot/facts', { key, value, ...more })
    await add('model-kind', 'predictive-ml')
    const answered = await add('model-kind', 'llm', { confidence: 0.5 })
    assert.deepEqual([answered.body['by'], answered.body['source'], answered.body['confidence']], [account.id, 'answered', 0.5]) // prettier-ignore
    await add('model-kind', 'heuristic', { source: 'discovered', by: 'repository scan' })
    await add('augmentation-kinds', ['rag', 'rag'])
    const { items, conflicts } = (await send('GET', '/api/assets/bot/facts')).body
    assert.deepEqual(items.map(({ value }: Reply) => value), ['llm', 'heuristic', ['rag']]) // prettier-ignore
    assert.deepEqual(conflicts.map(({ key, claims }: Reply) => [key, claims.length]), [['model-kind', 2]]) // prettier-ignore
    const found = (await send('GET', '/api/register/findings')).body['items'] as Reply[]
    assert.match(
      found[0]?.['findings'][0].message,
      /"llm" \(answered by .*"heuristic" \(discovered by repository scan\)/,
    )
    await send('POST', '/api/assets/bot/facts/withdraw', { key: 'model-kind', source: 'discovered', by: 'repository scan' }) // prettier-ignore
    assert.deepEqual((await send('GET', '/api/assets/bot/facts')).body['conflicts'], [])
    assert.deepEqual((await send('GET', '/api/register/findings')).body['items'], [])
    assert.equal((await send('GET', '/api/assets/bot/facts/history?key=model-kind')).body['items'].length, 4)
    assert.equal((await send('POST', '/api/assets/bot/facts/withdraw', { key: 'training' })).status, 404)
  })

  test('only questions of the catalogue are answered, with one of their answers', async (t) => {
    const { send, put } = await opened(t)
    await put('bot', {})
    const cases: [object, RegExp][] = [
      [{ key: 'model-kinds', value: 'llm' }, /no fact of the catalogue/],
      [{ key: 'model-kind', value: 'lm' }, /expected one of "llm"/],
      [{ key: 'model-public', value: 'yes' }, /expected true or false/],
      [{ key: 'augmentation-kinds', value: 'rag' }, /expected a list of/],
      [{ key: 'augmentation-kinds', value: ['rag', 'rags'] }, /expected a list of/],
      [{ key: 'model-kind', value: 'llm', observedAt: '2999-01-01T00:00:00Z' }, /future/],
      [{ key: 'model-kind', value: 'llm', by: 'somebody' }, /your own/],
      [{ key: 'model-kind', value: 'llm', source: 'observed' }, /say who/],
      [{ key: 'model-kind', value: 'llm', confidence: 2 }, /confidence/],
    ]
    for (const [body, expected] of cases) {
      const answer = await send('POST', '/api/assets/bot/facts', body)
      assert.deepEqual([answer.status, expected.test(answer.body['detail'])], [400, true], answer.body['detail'])
    }
    assert.deepEqual((await send('GET', '/api/assets/bot/facts')).body['items'], [])
    assert.equal((await send('POST', '/api/assets/bog/facts', { key: 'training', value: 'none' })).body['hint'], 'did you mean "bot"?') // prettier-ignore
  })
})

describe('declarations over HTTP', () => {
  test('files are planned, applied and exported, and whoever may only read changes nothing', async (t) => {
    const { server, send } = await opened(t)
    const text = 'port: 1\nsource: a\nassets:\n  - id: x\n    kind: system\n    name: X\n'
    const body = { files: [{ name: 'a.yaml', text }] }
    const planned = await send('POST', '/api/declarations/plan', body)
    assert.deepEqual(planned.body['steps'].map(({ asset, step }: Reply) => [asset, step]), [['x', 'added']]) // prettier-ignore
    const reader = { headers: await server.token(['asset:read']) }
    assert.equal((await server.send('POST', '/api/declarations/apply', { ...reader, body })).status, 403)
    const applied = await send('POST', '/api/declarations/apply', { ...body, plan: planned.body['hash'] })
    assert.deepEqual(applied.body, planned.body)
    assert.equal((await send('POST', '/api/declarations/apply', { ...body, plan: planned.body['hash'] })).status, 409)
    const exported = await send('GET', '/api/declarations/export?source=a')
    assert.deepEqual(exported.body, { sources: ['a'], text: text.replace('port: 1\n', '') })
    const wrong = await send('POST', '/api/declarations/apply', { files: [{ name: 'b.yaml', text: 'prt: 1\n' }] })
    assert.deepEqual([wrong.status, wrong.body['hint']], [400, 'did you mean "port"?'])
    await send('PUT', '/api/assets/by-me', { kind: 'tool', name: 'T' })
    assert.deepEqual((await send('GET', '/api/declarations/export')).body['sources'], ['a', 'by-hand'])
    const all = (await send('GET', '/api/declarations/export')).body['text']
    const nothing = await send('POST', '/api/declarations/plan', { files: [{ name: 'all.yaml', text: all }] })
    assert.deepEqual([nothing.body['steps'], nothing.body['unchanged']], [[], 2])
  })
})
