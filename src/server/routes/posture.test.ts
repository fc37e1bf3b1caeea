import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import { canonicalJson } from '../../lib/canonical-json.ts'
import { startTestServer } from '../testing.ts'

// oxlint-disable-next-line typescript/no-explicit-any -- replies of every shape, looked into by the tests
type Reply = Record<string, any>

const HOUR = 3_600_000
const SCOPES = ['asset:read', 'asset:write', 'evidence:read', 'evidence:write', 'risk:read', 'system:write'] as const
const START = Date.parse('2026-05-01T10:00:00.000Z')

/** A house with a clock that the test turns. */
async function opened(t: TestContext) {
  let time = START
  const server = await startTestServer({ now: () => new Date(time) }, t)
  let signedIn: { time: number; headers: Promise<Record<string, string>> } | undefined
  /** Tokens end after an hour, and the test turns the clock by more. */
  const headers = () => {
    if (signedIn?.time !== time) signedIn = { time, headers: server.token(SCOPES) }
    return signedIn.headers
  }
  const call = async (method: string, path: string, body?: unknown): Promise<Reply> => {
    const answer = await server.send(method, path, { body, headers: await headers() })
    assert.equal(answer.status, 200, `${method} ${path}: ${answer.text}`)
    return answer.body
  }
  const get = (path: string) => call('GET', path)
  const put = (id: string, body: object) => call('PUT', `/api/assets/${id}`, { kind: 'system', name: id, ...body })
  const prove = (more: object) => call('POST', '/api/evidence', { measure: MEASURE, asset: 'shop', kind: 'scan', supports: true, collector: 'trivy', ...more }) // prettier-ignore
  const wait = (ms: number) => (time += ms)
  return { server, headers, call, get, put, prove, wait, now: () => new Date(time).toISOString() }
}

const CONTROL = 'ai-program'
const MEASURE = 'ai-program.owners'

const verdicts = (reply: Reply) =>
  new Map<string, string>(reply['items'].map((one: Reply) => [one['threat'], one['verdict']]))

describe('the posture of systems over HTTP', () => {
  test('a system without evidence is not green anywhere', async (t) => {
    const { get, put } = await opened(t)
    await put('shop', { exposure: 'public' })
    const { items } = await get('/api/systems')
    assert.deepEqual(items.map(({ id, state }: Reply) => [id, state.status]), [['shop', 'missing']]) // prettier-ignore
    const controls = await get('/api/systems/shop/controls?limit=200')
    assert.ok(controls['items'].every(({ state }: Reply) => ['missing', 'not-needed'].includes(state.status)))
    const threats = await get('/api/systems/shop/threats?limit=200')
    assert.equal(threats['total'], 69)
    assert.ok(threats['items'].every(({ controls: status }: Reply) => status === undefined || status === 'missing'))
    const matrix = await get('/api/matrix')
    assert.ok([...matrix['threats'], ...matrix['controls']].every(({ proven }: Reply) => proven === 0))
    const practices = await get('/api/practices?limit=200')
    assert.equal(practices['total'], 54)
    assert.ok(practices['items'].filter(({ from }: Reply) => from === 'measures').every(({ state }: Reply) => state.status !== 'proven')) // prettier-ignore
    const framework = await get('/api/frameworks/nist-ai-rmf/status?limit=200')
    assert.ok(framework['items'].every(({ state }: Reply) => state.status !== 'proven'))
  })

  test('one proof changes one measure, says until when, and decays by itself', async (t) => {
    const { get, put, prove, wait } = await opened(t)
    await put('shop', {})
    await get('/api/systems')
    const proof = await prove({})
    const measure = async () => (await get(`/api/systems/shop/controls/${CONTROL}`))['measures'].find((one: Reply) => one['measure'] === MEASURE) // prettier-ignore
    const fresh = await measure()
    assert.deepEqual(
      [fresh.state.status, fresh.state.validUntil, fresh.proofs.map(({ id }: Reply) => id)],
      ['proven', new Date(START + 24 * HOUR).toISOString(), [proof['id']]],
    )
    wait(24 * HOUR - 1)
    assert.equal((await measure()).state.status, 'proven')
    wait(1)
    const stale = await measure()
    assert.deepEqual([stale.state.status, stale.proofs.length], ['stale', 1])
    await prove({ supports: false, note: 'two without owner' })
    assert.match((await measure()).state.reason, /two without owner/)
    const state = await get('/api/systems/shop')
    assert.equal(state['state'].status, 'failing')
    assert.equal(state['evidence'].length, 2)
    assert.match(state['paragraph'], /^shop is registered without environment and exposure\. It has no business, no data, no risk owner\..*1 failing/) // prettier-ignore
  })

  test('three of four routes is three of four routes, and the fourth has a name', async (t) => {
    const { get, put, prove } = await opened(t)
    await put('shop', {})
    await prove({ population: { of: 'route', names: ['chat', 'search', 'admin', 'batch'], covered: ['chat', 'admin', 'batch'] } }) // prettier-ignore
    const { measures } = await get(`/api/systems/shop/controls/${CONTROL}`)
    const { state } = measures.find((one: Reply) => one['measure'] === MEASURE)
    assert.deepEqual(
      [state.status, state.coverage, state.reason],
      [
        'partial',
        { covered: 3, of: 4, what: 'route', uncovered: ['search'] },
        '3 of 4 routes proven: `search` is not covered.',
      ],
    )
  })

  test('a change in the very millisecond of an answer does not fall into its replay', async (t) => {
    const { get, put, prove, wait } = await opened(t)
    const steps = [
      () => put('shop', { exposure: 'team' }),
      () => prove({}),
      () => prove({ supports: false }),
      () => put('desk', {}),
    ]
    const given: Reply[] = []
    let before = ''
    for (const step of steps) {
      await step()
      const answers = [await get('/api/systems'), await get('/api/systems/shop')]
      for (const { at } of answers) assert.ok(String(at) > before, 'an answer after a change has a later moment')
      before = String(answers.at(-1)?.['at'])
      given.push(...answers)
    }
    wait(1000)
    assert.equal(new Set(given.map((one) => canonicalJson({ ...one, at: '' }))).size, 7)
    for (const [i, one] of given.entries())
      assert.deepEqual(await get(`/api/systems${i % 2 ? '/shop' : ''}?at=${one['at']}`), one)
  })

  test('any past date is answered as it was answered then, byte for byte', async (t) => {
    const { get, put, prove, wait, now } = await opened(t)
    const paths = [
      '/api/systems',
      '/api/systems/shop/threats?limit=200',
      '/api/systems/shop/threats/prompt-injection',
      '/api/systems/shop/controls?limit=200',
      `/api/systems/shop/controls/${CONTROL}`,
      '/api/systems/shop',
      '/api/matrix',
      '/api/matrix/layer',
      '/api/controls?limit=200',
      '/api/practices?limit=200',
      '/api/frameworks/eu-ai-act/status?limit=200',
    ]
    const given: [at: string, answers: string[]][] = []
    const ask = async (at?: string) => {
      const answers: string[] = []
      for (const path of paths)
        answers.push(canonicalJson(await get(at ? `${path}${path.includes('?') ? '&' : '?'}at=${at}` : path)))
      return answers
    }
    const steps = [
      () => put('shop', { exposure: 'team' }),
      () => prove({}),
      () => prove({ supports: false }),
      () => put('model', { kind: 'model', version: '1' }),
      () => put('desk', {}),
      () => prove({ asset: 'desk', kind: 'attestation' }),
    ]
    for (const step of steps) {
      wait(5 * HOUR)
      await step()
      wait(1)
      given.push([now(), await ask()])
      wait(1)
    }
    for (const [at, answers] of given.toReversed())
      for (const [i, answer] of (await ask(at)).entries()) assert.equal(answer, answers[i], `${paths[i]} at ${at}`)
  })

  test('a date in the future, a system that is none and names of older catalogues have clear answers', async (t) => {
    const { server, headers, put } = await opened(t)
    await put('shop', {})
    await put('claims', { kind: 'model' })
    const cases: [path: string, status: number, words: RegExp][] = [
      ['/api/systems?at=2030-01-01T00:00:00Z', 400, /future/],
      ['/api/systems/claims', 404, /it is a model/],
      ['/api/systems/ghost/threats', 404, /no system/],
      ['/api/systems/shop/threats/goto-nowhere', 404, /no threat/],
      ['/api/systems/shop/threats/evasion%20attacks', 404, /./],
      ['/api/systems/shop/controls/none', 404, /no control/],
      ['/api/controls/rate-limits/systems', 404, /did you mean \\"rate-limit\\"/],
      ['/api/frameworks/eu-ai-akt/status', 404, /did you mean \\"eu-ai-act\\"/],
      ['/api/matrix?system=ghost', 404, /no system/],
    ]
    for (const [path, status, words] of cases) {
      const answer = await server.send('GET', path, { headers: await headers() })
      assert.equal(answer.status, status, `${path}: ${answer.text}`)
      assert.match(answer.text, words)
    }
  })

  test('what is kept is what comes out from scratch', async (t) => {
    const { call, get, put, prove, wait } = await opened(t)
    await put('model', { kind: 'model' })
    await put('shop', { links: [{ kind: 'uses', to: 'model' }] })
    await put('desk', {})
    await get('/api/systems')
    await prove({ asset: 'model' })
    await get('/api/systems')
    await call('PUT', '/api/assets/tool', { kind: 'tool', name: 'tool' })
    wait(30 * HOUR)
    await prove({ asset: 'desk', supports: false })
    const { systems, different } = await call('POST', '/api/posture/check')
    assert.deepEqual([systems, different], [2, []])
  })

  test('systems are listed in pages, and found by state, owner, tag and words', async (t) => {
    const { get, put, prove } = await opened(t)
    for (const id of ['a', 'b', 'c', 'd'])
      await put(id, { name: `System ${id}`, tags: [`tag-${id}`], owners: { risk: `${id}@example.org` } })
    await prove({ asset: 'c', supports: false })
    const ids = async (query: string) => (await get(`/api/systems?${query}`))['items'].map(({ id }: Reply) => id)
    const first = await get('/api/systems?limit=3')
    assert.deepEqual([first['next'], first['total']], ['c', 4])
    assert.deepEqual(await ids(`limit=3&cursor=${first['next']}`), ['d'])
    assert.deepEqual(await ids('status=failing'), ['c'])
    assert.deepEqual(await ids('owner=B%40EXAMPLE.ORG'), ['b'])
    assert.deepEqual(await ids('tag=tag-d'), ['d'])
    assert.deepEqual(await ids('text=system%20a'), ['a'])
    assert.deepEqual((await get('/api/matrix?tag=tag-a'))['systems'], 1)
  })

  test('what-if tells what committing then does, and saves nothing', async (t) => {
    const { call, get, put } = await opened(t)
    await put('shop', { exposure: 'public', deploymentModel: 'provider-hosted-api' })
    const before = await get('/api/systems/shop/threats?limit=200')
    const change = { change: 'fact', key: 'model-kind', value: 'llm' }
    const preview = await call('POST', '/api/systems/shop/what-if', { changes: [change] })
    assert.equal(preview['same'], false)
    assert.deepEqual((await get('/api/systems/shop/threats?limit=200'))['items'], before['items'])
    await call('POST', '/api/assets/shop/facts', { key: 'model-kind', value: 'llm', source: 'answered' })
    const after = await get('/api/systems/shop/threats?limit=200')
    const [was, is] = [verdicts(before), verdicts(after)]
    const changed = [...is].filter(([threat, verdict]) => was.get(threat) !== verdict)
    assert.deepEqual(
      preview['threats'].map((one: Reply) => [one['threat'], one['after']]),
      changed,
    )
    assert.ok(changed.length > 0)
  })

  test('facts, tree, questions, trifecta and plan answer for a system, now and then', async (t) => {
    const { get, put, wait, now } = await opened(t)
    await put('mailer', { kind: 'tool', name: 'Mailer' })
    await put('shop', { exposure: 'public', links: [{ kind: 'calls', to: 'mailer' }] })
    wait(1)
    const then = now()
    const parts = ['facts', 'tree', 'questions?limit=200', 'trifecta', 'plan']
    const ask = (suffix: string) => Promise.all(parts.map((part) => get(`/api/systems/shop/${part}${suffix && `${part.includes('?') ? '&' : '?'}${suffix}`}`))) // prettier-ignore
    const live = await ask('')
    const [facts, tree, questions, trifecta, plan] = live
    assert.ok(facts?.['facts'].some((fact: Reply) => fact['key'] === 'uses-external-tools' && fact['value'] === true))
    assert.equal(tree?.['questions'].length, 14)
    assert.ok((questions?.['total'] ?? 0) > 10)
    assert.equal(trifecta?.['agents'].length, 1)
    assert.ok(plan?.['cost'] > 0)
    wait(HOUR)
    await put('other', {})
    await get('/api/systems')
    assert.deepEqual(await ask(`at=${then}`), live)
  })
})
