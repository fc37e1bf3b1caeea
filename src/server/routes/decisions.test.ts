import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { startTestServer } from '../testing.ts'

// oxlint-disable-next-line typescript/no-explicit-any -- replies of every shape, looked into by the tests
type Reply = Record<string, any>

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()

async function opened(t: TestContext) {
  const server = await startTestServer({}, t)
  const engineer = await server.person('engineer')
  const send = async (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = engineer.headers,
  ) => {
    const answer = await server.send(method, path, { body, headers })
    return { status: answer.status, body: answer.body as Reply }
  }
  const system = { kind: 'system', name: 'Claims', deploymentModel: 'provider-hosted-api' }
  assert.equal((await send('PUT', '/api/assets/claims', system)).status, 200)
  return { server, send }
}

test('a measure is chosen, left out for a time and cleared, and what is derived follows', async (t) => {
  const { send, server } = await opened(t)
  const path = '/api/systems/claims/measures/rate-limit.total/selection'
  const leave = { choice: 'not-needed', reason: 'two users' }
  const withoutEnd = await send('PUT', path, leave)
  assert.deepEqual([withoutEnd.status, withoutEnd.body['issues'][0].path], [400, 'until'])
  assert.equal((await send('PUT', path, { ...leave, until: inDays(9999) })).status, 400)
  const set = await send('PUT', path, { ...leave, until: inDays(30) })
  assert.deepEqual([set.status, set.body['state'], set.body['measure']], [200, 'not-needed', 'rate-limit.total'])
  const status = async () => (await server.app.posture.view()).system('claims').measures.get('rate-limit.total')
  assert.equal((await status())?.status, 'not-needed')
  assert.match((await status())?.reason ?? '', /two users/)
  assert.equal((await send('DELETE', path, { reason: 'a third user' })).body['state'], 'cleared')
  assert.notEqual((await status())?.status, 'not-needed')
  assert.equal((await send('DELETE', path, { reason: 'again' })).status, 404)
  const mistyped = await send('PUT', path.replace('total', 'totl'), { ...leave, until: inDays(30) })
  assert.deepEqual([mistyped.status, mistyped.body['hint']], [400, 'did you mean "rate-limit.total"?'])
  assert.equal((await send('GET', '/api/selections?system=claims')).body['items'].length, 1)
})

test('a factor of likelihood is set for a reason and a time, shown in the risk, previewed, and replayed', async (t) => {
  const { send, server } = await opened(t)
  const threat = '/api/systems/claims/threats/evasion'
  const path = `${threat}/factors/motive`
  const given = { level: 'very-low', reason: 'nobody gains anything', until: inDays(30) }
  const factors = async (query = '') => (await send('GET', `${threat}${query}`)).body['factors'] as Reply[]
  const motive = async (query = '') => (await factors(query)).find(({ id }) => id === 'motive')
  const computed = await motive()
  assert.notEqual(computed?.['level'], 'very-low')
  const before = (await send('GET', '/api/systems/claims')).body['at']
  assert.equal((await send('PUT', path, { level: 'very-low', reason: 'no end' })).status, 400)
  assert.equal((await send('PUT', path, { ...given, until: inDays(9999) })).status, 400)
  const mistyped = await send('PUT', path.replace('motive', 'motiv'), given)
  assert.deepEqual([mistyped.status, mistyped.body['hint']], [400, 'did you mean "motive"?'])
  const change = { change: 'factor', threat: 'evasion', factor: 'motive', level: 'very-low' }
  const preview = await send('POST', '/api/systems/claims/what-if', { changes: [change] })
  const inherent = async () =>
    server.app.posture.view().then((view) => view.standing('claims').severities.get('evasion'))
  const was = await inherent()
  const set = await send('PUT', path, given)
  assert.deepEqual([set.status, set.body['factor'], set.body['level']], [200, 'motive', 'very-low'])
  assert.deepEqual(await motive(), {
    id: 'motive',
    level: 'very-low',
    because: 'set by a person: nobody gains anything',
  })
  assert.deepEqual(await motive(`?at=${before}`), computed)
  const shifted = preview.body['risks'].find((one: Reply) => one['threat'] === 'evasion')
  assert.deepEqual(shifted?.inherent.after ?? was?.inherent, (await inherent())?.inherent)
  const { items } = (await send('GET', '/api/risk-factors?system=claims')).body
  assert.deepEqual([items.length, items[0].threat, items[0].state], [1, 'evasion', 'set'])
  assert.equal((await send('DELETE', path, { reason: 'a rival' })).body['state'], 'cleared')
  assert.deepEqual(await motive(), computed)
  assert.equal((await send('DELETE', path, { reason: 'again' })).status, 404)
  const entries = await server.app.store.read.log.rows(0, 10_000)
  assert.deepEqual(
    entries.map(({ kind }) => kind).filter((kind) => kind.startsWith('factor.')),
    ['factor.set', 'factor.cleared'],
  )
})

test('who is responsible for a control is set against the deployment model, with the reason, and cleared', async (t) => {
  const { send } = await opened(t)
  const path = '/api/systems/claims/controls/rate-limit/responsibility'
  assert.equal((await send('PUT', path, { party: 'supplier' })).status, 400)
  const set = await send('PUT', path, { party: 'supplier', reason: 'clause 7' })
  assert.deepEqual([set.body['party'], set.body['revision']], ['supplier', 1])
  const { items } = (await send('GET', '/api/responsibilities?system=claims')).body
  assert.deepEqual(
    items.map((one: Reply) => [one['control'], one['state']]),
    [['rate-limit', 'set']],
  )
  const row = async (query = '') => {
    const { controls } = (await send('GET', `/api/systems/claims/responsibilities${query}`)).body
    return controls.find(({ control }: Reply) => control === 'rate-limit')
  }
  const asked = { system: 'claims', supplier: 'Maker', controls: ['rate-limit'], until: inDays(3) }
  const { assurance } = (await send('POST', '/api/assurance', asked)).body
  const supplier = await row()
  assert.deepEqual([supplier.party, supplier.assigned, supplier.status], ['supplier', 'clause 7', 'missing'])
  assert.deepEqual([supplier.assurance.id, supplier.assurance.state], [assurance.id, 'asked'])
  assert.equal(await row('?party=you'), undefined)
  assert.equal((await send('DELETE', path, { reason: 'contract ended' })).body['state'], 'cleared')
  const ours = await row()
  assert.deepEqual([ours.party, ours.assigned], [supplier.byDeploymentModel, undefined])
})

test('a supplier answers through its link without account, sees its questions only, and guessing is slowed down', async (t) => {
  const { send } = await opened(t)
  const asked = await send('POST', '/api/assurance', {
    system: 'claims',
    supplier: 'Model Maker',
    controls: ['supply-chain-manage'],
    until: inDays(14),
  })
  assert.equal(asked.status, 200, JSON.stringify(asked.body))
  const secret = new URL(asked.body['url']).hash.slice(1)
  const open = await send('POST', '/api/assurance-links/inspect', { secret }, {})
  assert.deepEqual(Object.keys(open.body).toSorted(), ['questions', 'supplier', 'until'])
  assert.ok(!JSON.stringify(open.body).includes('claims'))
  const answers = [{ measure: 'supply-chain-manage.aibom', says: 'yes', ground: 'report', text: '<b>=1+1</b>' }]
  const answered = await send('POST', '/api/assurance-links/answer', { secret, name: 'Mo', answers }, {})
  assert.deepEqual([answered.status, answered.body['received'], answered.body['of']], [200, 1, 10])
  assert.equal((await send('POST', '/api/assurance-links/answer', { secret, name: 'Mo', answers }, {})).status, 404)
  const { id } = asked.body['assurance']
  const whole = await send('POST', '/api/assurance', { system: 'claims', supplier: 'Model Maker', until: inDays(14) })
  const { controls } = (await send('GET', '/api/systems/claims/responsibilities')).body
  const theirs = controls.filter(({ party }: Reply) => party !== 'you').map(({ control }: Reply) => control)
  const questions: Reply[] = whole.body['assurance'].questions
  assert.ok(theirs.length > 0)
  assert.deepEqual([...new Set(questions.map(({ control }) => control))], theirs)
  assert.equal((await send('GET', `/api/assurance/${id}`)).body['answers'][0].text, '<b>=1+1</b>')
  const judged = [{ measure: 'supply-chain-manage.aibom', believed: true }]
  assert.equal((await send('POST', `/api/assurance/${id}/review`, { judged })).body['evidence'].length, 1)
  const long = await send(
    'POST',
    '/api/assurance-links/answer',
    { secret: 'x'.repeat(300_000), name: 'Mo', answers },
    {},
  )
  assert.equal(long.status, 413)
  const guesses = []
  for (let i = 0; i < 30; i++)
    guesses.push((await send('POST', '/api/assurance-links/inspect', { secret: `${i}`.padStart(43, 'A') }, {})).status)
  assert.deepEqual([guesses[0], guesses.at(-1)], [404, 429])
})

test('a review and an attestation are made, read and listed', async (t) => {
  const { send, server } = await opened(t)
  assert.equal((await send('GET', '/api/systems/claims/review')).body['state'], 'due')
  const finding = { what: 'no owner', owner: 'Bea', due: inDays(3) }
  const held = await send('POST', '/api/reviews', {
    system: 'claims',
    outcome: 'not-fit',
    summary: 'no',
    findings: [finding],
  })
  assert.deepEqual([held.status, held.body['state'], held.body['findings'][0].n], [200, 'open', 0])
  assert.equal((await send('GET', '/api/systems/claims/review')).body['state'], 'not-due')
  const settled = await send('POST', `/api/reviews/${held.body['id']}/settle`, { finding: 0, how: 'named' })
  assert.equal(settled.body['state'], 'closed')
  assert.equal((await send('GET', '/api/reviews?state=closed')).body['items'].length, 1)
  const developer = await server.person('developer')
  const policy = { what: 'policy', title: 'AI use', version: '3', until: inDays(365) }
  const made = await send('POST', '/api/attestations', policy, developer.headers)
  assert.deepEqual([made.status, made.body['person'], made.body['state']], [200, developer.account.id, 'current'])
  assert.equal((await send('GET', '/api/attestations?title=AI%20use')).body['items'].length, 1)
  assert.equal(
    (await send('POST', '/api/attestations', { ...policy, title: 'a\u202eb' }, developer.headers)).status,
    400,
  )
})
