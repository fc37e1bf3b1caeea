import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { startTestServer } from '../testing.ts'

// oxlint-disable-next-line typescript/no-explicit-any -- replies of every shape, looked into by the tests
type Reply = Record<string, any>

const DAY_MS = 86_400_000

async function opened(t: TestContext) {
  const clock = { ms: Date.parse('2026-11-21T08:00:00Z') }
  const server = await startTestServer(
    { now: () => new Date(clock.ms), lifetimes: { sessionMs: 9e12, idleMs: 9e12 } },
    t,
  )
  const [engineer, rita] = [await server.person('engineer'), await server.person('risk-owner')]
  const send = async (who: typeof rita, method: string, path: string, body?: unknown) => {
    const answer = await server.send(method, path, { body, headers: who.headers })
    return { status: answer.status, body: answer.body as Reply }
  }
  const put = async (id: string, body: object, revision?: number) => {
    const owners = { business: 'bea@example.org', data: 'dan@example.org', risk: rita.account.email }
    const stated = { kind: 'system', name: id, owners, ...body, ...(revision === undefined ? {} : { revision }) }
    const { status } = await send(engineer, 'PUT', `/api/assets/${id}`, stated)
    assert.equal(status, 200)
  }
  await put('claims-model', { kind: 'model', version: '1' })
  const system = { version: '1', deploymentModel: 'provider-hosted-api', links: [{ kind: 'uses', to: 'claims-model' }] }
  await put('claims', system)
  const propose = (days = 60) =>
    send(engineer, 'POST', '/api/acceptances', {
      system: 'claims',
      threat: 'direct-prompt-injection',
      reason: 'a pilot with ten users',
      until: new Date(clock.ms + days * DAY_MS).toISOString(),
    })
  const accepted = async () => {
    const proposed = await propose()
    assert.equal(proposed.status, 200, JSON.stringify(proposed.body))
    const approved = await send(rita, 'POST', `/api/acceptances/${proposed.body['id']}/approve`)
    assert.equal(approved.body['state'], 'active', JSON.stringify(approved.body))
    return approved.body
  }
  const now = async (id: string) => (await send(engineer, 'GET', `/api/acceptances/${id}`)).body
  return { server, clock, engineer, rita, send, put, system, propose, accepted, now }
}

test('a risk is proposed, approved by its risk owner and listed as in force', async (t) => {
  const { send, rita, engineer, propose, accepted, server } = await opened(t)
  const acceptance = await accepted()
  assert.equal(acceptance['inForce'], true)
  assert.equal(acceptance['snapshot'].scope.length, 2)
  const { body } = await send(rita, 'GET', '/api/acceptances?system=claims&recorded=active')
  assert.deepEqual(
    body['items'].map((one: Reply) => [one['id'], one['state']]),
    [[acceptance['id'], 'active']],
  )
  const again = await propose()
  assert.equal((await send(engineer, 'POST', `/api/acceptances/${again.body['id']}/approve`)).status, 403)
  const stranger = await server.person('risk-owner')
  const refused = await send(stranger, 'POST', `/api/acceptances/${again.body['id']}/approve`)
  assert.match(refused.body['detail'], /only the risk owner of claims/)
  const history = await send(rita, 'GET', `/api/acceptances/${acceptance['id']}/history`)
  assert.deepEqual(
    history.body['items'].map(({ state }: Reply) => state),
    ['active', 'proposed'],
  )
})

const edits: [string, string, (one: Awaited<ReturnType<typeof opened>>) => Promise<unknown>][] = [
  [
    'another version of the model',
    'model-version',
    ({ put }) => put('claims-model', { kind: 'model', version: '2' }, 1),
  ],
  ['a release of the system', 'scope', ({ put, system }) => put('claims', { ...system, version: '2' }, 1)],
  [
    'a new component',
    'scope',
    async ({ put, system }) => {
      await put('crm', { kind: 'tool' })
      await put('claims', { ...system, links: [...system.links, { kind: 'calls', to: 'crm' }] }, 1)
    },
  ],
  [
    'proof that a control does not hold',
    'control-status',
    async ({ send, engineer, clock }) => {
      const at = new Date(clock.ms).toISOString()
      const times = { observedFrom: at, observedTo: at, collectedAt: at }
      const proof = {
        measure: 'prompt-injection-io-handling.detect',
        asset: 'claims',
        kind: 'decision',
        supports: false,
      }
      const { status } = await send(engineer, 'POST', '/api/evidence', { ...proof, ...times, collector: 'gateway' })
      assert.equal(status, 200)
    },
  ],
]
for (const [title, trigger, edit] of edits) {
  test(`${title} voids an acceptance and is named`, async (t) => {
    const all = await opened(t)
    const { id } = (await all.accepted()) as { id: string }
    all.clock.ms += 60_000
    await edit(all)
    const body = await all.now(id)
    assert.equal(body['state'], 'voided', JSON.stringify(body['differences']))
    assert.ok(
      body['differences'].some((one: Reply) => one['trigger'] === trigger),
      JSON.stringify(body['differences']),
    )
    assert.equal(body['inForce'], false)
  })
}

test('another name, owner or tag, and another system, void nothing', async (t) => {
  const { accepted, now, put, system, clock } = await opened(t)
  const { id } = (await accepted()) as { id: string }
  clock.ms += 60_000
  await put('claims', { ...system, name: 'Renamed', tags: ['x'], description: 'y' }, 1)
  await put('claims-model', { kind: 'model', version: '1', name: 'Renamed too' }, 1)
  await put('other', { version: '9' })
  const body = await now(id)
  assert.deepEqual([body['state'], body['differences']], ['active', []])
})

test('expiry ends it without anybody looking', async (t) => {
  const { accepted, now, clock } = await opened(t)
  const { id } = (await accepted()) as { id: string }
  clock.ms += 45 * DAY_MS
  assert.equal((await now(id))['state'], 'expiring')
  clock.ms += 16 * DAY_MS
  assert.equal((await now(id))['state'], 'expired')
})

test('the risk register shows what was accepted, by whom and until when, and opens it again when that ends', async (t) => {
  const { send, rita, engineer, accepted, clock, put, server } = await opened(t)
  const risks = async (query: string) => (await send(rita, 'GET', `/api/risks?${query}`)).body['items'] as Reply[]
  const one = 'system=claims&threat=direct-prompt-injection'
  assert.deepEqual(
    (await risks(one)).map(({ status, treatment }) => [status, treatment]),
    [['open', undefined]],
  )
  const path = '/api/systems/claims/threats/direct-prompt-injection/treatment'
  const treatment = { treatment: 'mitigate', reason: 'the gateway comes in March' }
  assert.equal((await send(engineer, 'PUT', path, treatment)).status, 200)
  assert.deepEqual(
    (await risks('treatment=mitigate')).map(({ id }) => id),
    ['claims/direct-prompt-injection'],
  )
  const before = new Date(clock.ms + 1).toISOString()
  clock.ms += 1000
  const acceptance = await accepted()
  const [row] = await risks(one)
  assert.deepEqual(
    [row?.['status'], row?.['treatment'], row?.['acceptedBy'], row?.['acceptedUntil'], row?.['openSince']],
    ['accepted', 'accept', rita.account.id, acceptance['until'], undefined],
  )
  const fields = Object.keys(row ?? {})
  for (const field of server.app.catalog.riskRegisterFields) assert.ok(fields.includes(field), field)
  clock.ms += 60_000
  await put('claims-model', { kind: 'model', version: '2' }, 1)
  const [reopened] = await risks(one)
  assert.equal(reopened?.['status'], 'reopened')
  assert.equal(reopened?.['openSince'], new Date(clock.ms).toISOString())
  assert.deepEqual(
    (await risks(`${one}&at=${before}`)).map(({ status }) => status),
    ['open'],
  )
  const all = await risks('limit=200')
  const first = (await send(rita, 'GET', '/api/risks?limit=3')).body
  const rest = (await send(rita, 'GET', `/api/risks?limit=200&cursor=${encodeURIComponent(first['next'])}`)).body
  assert.deepEqual([...first['items'], ...rest['items']], all)
})
