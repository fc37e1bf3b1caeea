import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startTestServer } from '../testing.ts'

// oxlint-disable-next-line typescript/no-explicit-any -- replies of every shape, looked into by the tests
type Reply = Record<string, any>

const DAY_MS = 86_400_000

test('home shows what waits for whom, most urgent first, page by page', async (t) => {
  const clock = { ms: Date.parse('2026-11-21T08:00:00Z') }
  const server = await startTestServer(
    { now: () => new Date(clock.ms), lifetimes: { sessionMs: 9e12, idleMs: 9e12 } },
    t,
  )
  const [engineer, rita, other] = [
    await server.person('engineer'),
    await server.person('risk-owner'),
    await server.person('risk-owner'),
  ]
  const send = async (who: typeof rita, method: string, path: string, body?: unknown) => {
    const answer = await server.send(method, path, { body, headers: who.headers })
    assert.equal(answer.status, 200, answer.text)
    return answer.body as Reply
  }
  const home = async (who: typeof rita, query = '') =>
    ((await send(who, 'GET', `/api/home?limit=200${query}`))['items'] as Reply[]).map(
      ({ kind, about }) => `${kind} ${about.id}`,
    )
  const iso = (days: number) => new Date(clock.ms + days * DAY_MS).toISOString()
  const risk = rita.account.email.toUpperCase()
  const owners = { business: 'bea@example.org', data: 'dan@example.org', risk }
  await send(engineer, 'PUT', '/api/assets/claims', {
    kind: 'system',
    name: 'Claims',
    environment: 'production',
    owners,
  })
  await send(engineer, 'PUT', '/api/assets/lost', { kind: 'model', name: 'Lost', source: 'discovered' })
  const claims = { system: 'claims', threat: 'direct-prompt-injection' }
  const proposed = await send(engineer, 'POST', '/api/acceptances', { ...claims, reason: 'a pilot', until: iso(60) })
  const asked = { system: 'claims', supplier: 'Maker', controls: ['rate-limit'], until: iso(10) }
  const { assurance } = await send(engineer, 'POST', '/api/assurance', asked)

  const mine = [
    `acceptance-to-decide ${proposed['id']}`,
    'review-overdue claims',
    `assurance-unanswered ${assurance.id}`,
    'asset-unowned lost',
    'asset-unconfirmed lost',
  ]
  assert.deepEqual(await home(rita), mine)
  assert.deepEqual(await home(other), mine.slice(3), 'what somebody else owns does not wait for him')
  assert.deepEqual(await home(engineer), [])
  assert.deepEqual(
    await home(engineer, '&scope=all'),
    mine.filter((one) => !one.startsWith('acceptance-to-decide')),
    'the proposer does not decide',
  )
  assert.deepEqual(await home(rita, '&kind=review-overdue'), ['review-overdue claims'])

  const paged: Reply[] = []
  let next = ''
  do {
    const page = await send(rita, 'GET', `/api/home?limit=2${next && `&cursor=${encodeURIComponent(next)}`}`)
    paged.push(...page['items'])
    next = page['next'] ?? ''
  } while (next !== '')
  assert.deepEqual(
    paged.map(({ kind, about }) => `${kind} ${about.id}`),
    mine,
  )

  await send(rita, 'POST', `/api/acceptances/${proposed['id']}/approve`)
  const failing = {
    measure: 'rate-limit.total',
    asset: 'claims',
    kind: 'decision',
    supports: false,
    collector: 'gateway',
  }
  clock.ms += 60_000
  const times = { observedFrom: iso(0), observedTo: iso(0), collectedAt: iso(0) }
  await send(engineer, 'POST', '/api/evidence', { ...failing, ...times })
  clock.ms += 3 * DAY_MS
  const [first, second] = (await send(rita, 'GET', '/api/home'))['items'] as Reply[]
  assert.deepEqual([first?.['kind'], second?.['kind'], second?.['ageDays']], ['acceptance-ended', 'control-failing', 3])
  assert.match(first?.['title'], /is void/)
})
