import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Failure } from '../lib/failure.ts'
import { DAY_MS } from './govern.ts'
import {
  approveAcceptance,
  endAcceptance,
  noticeEndedAcceptances,
  proposeAcceptance,
  withStanding,
} from './acceptances.ts'
import { acceptanceNoun } from './acceptance.ts'
import { find, historyOf } from './noun.ts'
import { openTestGovern, RISK } from './testing.ts'

const ask = (clock: { ms: number }, days = 60) => ({
  system: 'claims',
  threat: 'evasion',
  reason: 'the pilot ends in spring',
  conditions: ['no new users'],
  until: new Date(clock.ms + days * DAY_MS).toISOString(),
})
const failsWith = (code: string, text: RegExp) => (error: unknown) =>
  error instanceof Failure && error.code === code && text.test(error.message)

test('a risk above the appetite is proposed by one person and approved by another, its risk owner', async (t) => {
  const { govern, clock, person, kinds, store } = await openTestGovern(t)
  const [engineer, stranger, rita] = [
    await person('engineer'),
    await person('risk-owner'),
    await person('risk-owner', 'rita@example.org'),
  ]
  const proposed = await proposeAcceptance(govern, engineer, ask(clock))
  assert.equal(proposed.value.aboveAppetite, true)
  await assert.rejects(proposeAcceptance(govern, rita, ask(clock)), failsWith('conflict', /already asks/))
  await assert.rejects(approveAcceptance(govern, stranger, proposed.id), failsWith('forbidden', /risk owner of claims/))
  const approved = await approveAcceptance(govern, rita, proposed.id)
  assert.equal(approved.value.state, 'active')
  assert.equal((await withStanding(govern, approved)).standing.state, 'active')
  await assert.rejects(approveAcceptance(govern, rita, proposed.id), failsWith('conflict', /is active/))
  assert.deepEqual((await kinds()).slice(-2), ['acceptance.proposed', 'acceptance.approved'])
  const [leaf] = (await store.read.log.rows(0, 1000)).slice(-1)
  assert.deepEqual(Object.keys(JSON.parse(leaf?.leaf ?? '').data.before).toSorted(), [
    'approvedAt',
    'approvedBy',
    'state',
  ])
})

test('above the appetite the risk owner cannot approve what he proposed himself', async (t) => {
  const { govern, clock, person, risks } = await openTestGovern(t)
  const rita = await person('risk-owner', 'rita@example.org')
  const own = await proposeAcceptance(govern, rita, ask(clock))
  await assert.rejects(approveAcceptance(govern, rita, own.id), failsWith('forbidden', /himself/))
  const token = { ...rita, kind: 'token', id: 'tok_1' } as const
  await assert.rejects(approveAcceptance(govern, token, own.id), failsWith('forbidden', /himself/))
  await endAcceptance(govern, rita, own.id, { event: 'withdrawn', why: 'once more' })
  risks.set('claims evasion', { ...RISK, proven: RISK.designed })
  const within = await proposeAcceptance(govern, rita, ask(clock))
  assert.equal((await approveAcceptance(govern, rita, within.id)).value.state, 'active')
})

test('an acceptance ends within what policy allows', async (t) => {
  const { govern, clock, person, risks } = await openTestGovern(t)
  const engineer = await person('engineer')
  const propose = (days: number) => proposeAcceptance(govern, engineer, ask(clock, days))
  await assert.rejects(propose(91), failsWith('input_invalid', /90 days/))
  await assert.rejects(propose(0), failsWith('input_invalid', /future/))
  risks.set('claims evasion', { ...RISK, proven: RISK.designed })
  await assert.rejects(propose(366), failsWith('input_invalid', /365 days/))
  await propose(365)
})

test('what is not there cannot be accepted', async (t) => {
  const { govern, clock, person } = await openTestGovern(t)
  const engineer = await person('engineer')
  const propose = (more: object) => proposeAcceptance(govern, engineer, { ...ask(clock), ...more })
  await assert.rejects(propose({ system: 'nobody' }), failsWith('not_found', /no system nobody/))
  await assert.rejects(propose({ system: 'claims-model' }), failsWith('input_invalid', /is a model/))
  await assert.rejects(propose({ threat: 'evasoin' }), failsWith('input_invalid', /no threat "evasoin"/))
  await assert.rejects(propose({ threat: 'direct-prompt-injection' }), failsWith('conflict', /does not apply/))
})

test('a change of the risk voids an acceptance at once, and for good once it was noticed', async (t) => {
  const { govern, clock, person, risks, kinds } = await openTestGovern(t)
  const [engineer, owner] = [await person('engineer'), await person('owner')]
  const { id } = await proposeAcceptance(govern, engineer, ask(clock))
  await approveAcceptance(govern, owner, id)
  const now = () => find(acceptanceNoun, govern.store.read.decisions, id)
  assert.equal(await noticeEndedAcceptances(govern), 0)
  risks.set('claims evasion', { ...RISK, controls: [{ id: 'monitor-use', status: 'stale' }] })
  const voided = await withStanding(govern, await now())
  assert.deepEqual(voided.standing.state === 'voided' && voided.standing.differences, [
    { trigger: 'control-status', what: 'monitor-use', before: 'partial', after: 'stale' },
  ])
  assert.equal(await noticeEndedAcceptances(govern), 1)
  assert.equal(await noticeEndedAcceptances(govern), 0)
  risks.set('claims evasion', RISK)
  assert.equal((await withStanding(govern, await now())).standing.state, 'voided')
  assert.equal((await kinds()).at(-1), 'acceptance.voided')
})

test('expiry needs nobody to notice it, and past moments show what was in force then', async (t) => {
  const { govern, clock, person } = await openTestGovern(t)
  const [engineer, owner] = [await person('engineer'), await person('owner')]
  const { id } = await proposeAcceptance(govern, engineer, ask(clock))
  await approveAcceptance(govern, owner, id)
  const then = new Date(clock.ms + 1000).toISOString()
  clock.ms += 61 * DAY_MS
  const kept = await find(acceptanceNoun, govern.store.read.decisions, id)
  assert.equal((await withStanding(govern, kept)).standing.state, 'expired')
  assert.equal(await noticeEndedAcceptances(govern), 1)
  const { items } = await historyOf(acceptanceNoun, govern.store.read.decisions, id, { limit: 9 })
  assert.deepEqual(
    items.map(({ value }) => value.state),
    ['expired', 'active', 'proposed'],
  )
  const [before] = await govern.store.read.decisions.all({ noun: 'acceptance' }, then)
  assert.equal(before?.state, 'active')
})

test('an acceptance approved anew ends the one before in the same change', async (t) => {
  const { govern, clock, person } = await openTestGovern(t)
  const [engineer, owner] = [await person('engineer'), await person('owner')]
  const first = await proposeAcceptance(govern, engineer, ask(clock, 30))
  await approveAcceptance(govern, owner, first.id)
  const second = await proposeAcceptance(govern, engineer, ask(clock, 80))
  await approveAcceptance(govern, owner, second.id)
  const { value } = await find(acceptanceNoun, govern.store.read.decisions, first.id)
  assert.equal(value.state === 'withdrawn' && value.why, `replaced by ${second.id}`)
})

test('of two who approve at the same moment one is told so', async (t) => {
  const { govern, clock, person } = await openTestGovern(t)
  const owners = [await person('owner'), await person('owner')]
  const { id } = await proposeAcceptance(govern, await person('engineer'), ask(clock))
  const tries = await Promise.allSettled(owners.map((owner) => approveAcceptance(govern, owner, id)))
  assert.deepEqual(tries.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected'])
})
