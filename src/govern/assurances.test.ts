import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import fc from 'fast-check'
import { Failure } from '../lib/failure.ts'
import type { Actor } from '../model/actor.ts'
import { type Answer, Assurance, type AssuranceEvent, assuranceNoun, nextAssurance } from './assurance.ts'
import {
  answerAssurance,
  askAgain,
  askSupplier,
  cancelAssurance,
  openAssuranceLink,
  returnAnswers,
  reviewAnswers,
} from './assurances.ts'
import { DAY_MS } from './govern.ts'
import { find } from './noun.ts'
import { openTestGovern } from './testing.ts'

const failsWith = (code: string, text: RegExp) => (error: unknown) =>
  error instanceof Failure && error.code === code && text.test(error.message)

async function asked(t: TestContext) {
  const all = await openTestGovern(t)
  const engineer: Actor = await all.person('engineer')
  const until = new Date(all.clock.ms + 30 * DAY_MS).toISOString()
  const given = { system: 'claims', supplier: 'Model Maker', controls: ['supply-chain-manage'], until }
  return { ...all, engineer, until, given, ...(await askSupplier(all.govern, engineer, given)) }
}
const answer = (measure: string, more: Partial<Answer> = {}): Answer => ({
  measure,
  says: 'yes',
  ground: 'questionnaire',
  text: 'we do',
  ...more,
})

test('what a supplier answers becomes evidence only when somebody here believes it, and ends by its ground', async (t) => {
  const { govern, store, engineer, assurance, secret, clock, kinds } = await asked(t)
  const opened = await openAssuranceLink(govern, secret)
  assert.equal(opened.value.questions.length, 10)
  const answers = [
    answer('supply-chain-manage.aibom', { ground: 'report', reference: 'SOC 2, page 4' }),
    answer('supply-chain-manage.verify', { says: 'no' }),
    answer('supply-chain-manage.supplier', {
      ground: 'test-result',
      validUntil: new Date(clock.ms + DAY_MS).toISOString(),
    }),
    answer('supply-chain-manage.vuln', { says: 'partly' }),
    answer('supply-chain-manage.drift'),
  ]
  await answerAssurance(govern, { secret, name: 'Mo Maker', answers })
  assert.deepEqual((await store.read.evidence.list({ limit: 9 })).items, [])
  const judged = answers.map(({ measure }, i) => ({ measure, believed: i < 4 }))
  const { value } = await reviewAnswers(govern, engineer, assurance.id, judged)
  const { items } = await store.read.evidence.list({ limit: 9 })
  const days = (end: string | undefined) => Math.round((Date.parse(end ?? '') - clock.ms) / DAY_MS)
  assert.deepEqual(items.map((one) => [one.measure, one.kind, one.supports, days(one.validUntil)]).toSorted(), [
    ['supply-chain-manage.aibom', 'assurance', true, 365],
    ['supply-chain-manage.supplier', 'assurance', true, 1],
    ['supply-chain-manage.verify', 'assurance', false, 365],
  ])
  assert.deepEqual(value.state === 'reviewed' && [...value.evidence].toSorted(), items.map(({ id }) => id).toSorted())
  await assert.rejects(reviewAnswers(govern, engineer, assurance.id, judged), failsWith('conflict', /reviewed/))
  assert.deepEqual((await kinds()).slice(-4), [
    'assurance.asked',
    'assurance.answered',
    'evidence.batch-recorded',
    'assurance.reviewed',
  ])
})

test('the name of who answered is not in the log', async (t) => {
  const { govern, store, secret } = await asked(t)
  await answerAssurance(govern, { secret, name: 'Mo Maker', answers: [answer('supply-chain-manage.aibom')] })
  const rows = await store.read.log.rows(0, 1000)
  assert.ok(rows.every(({ leaf }) => !leaf.includes('Mo Maker') && !leaf.includes(secret)))
  assert.match(rows.at(-1)?.leaf ?? '', /answeredBy/)
})

test('a link takes answers once, until its end, and only of its own questions', async (t) => {
  const { govern, secret, clock, engineer, assurance, until } = await asked(t)
  const send = (measure: string, from = secret) =>
    answerAssurance(govern, { secret: from, name: 'Mo', answers: [answer(measure)] })
  await assert.rejects(send('rate-limit.total'), failsWith('input_invalid', /not asked about/))
  await assert.rejects(
    send('supply-chain-manage.aibom', `${secret.slice(1)}A`),
    failsWith('not_found', /does not work/),
  )
  const twice = [answer('supply-chain-manage.aibom'), answer('supply-chain-manage.aibom')]
  await assert.rejects(
    answerAssurance(govern, { secret, name: 'Mo', answers: twice }),
    failsWith('input_invalid', /twice/),
  )
  const race = await Promise.allSettled([send('supply-chain-manage.aibom'), send('supply-chain-manage.vuln')])
  assert.deepEqual(race.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected'])
  await assert.rejects(openAssuranceLink(govern, secret), failsWith('not_found', /does not work/))
  const again = await returnAnswers(govern, engineer, assurance.id, { why: 'which report?', until })
  const renewed = await askAgain(govern, engineer, assurance.id, until)
  await assert.rejects(openAssuranceLink(govern, again.secret), failsWith('not_found', /does not work/))
  clock.ms = Date.parse(until)
  await assert.rejects(send('supply-chain-manage.aibom', renewed.secret), failsWith('not_found', /does not work/))
})

test('a request that is taken back closes its link', async (t) => {
  const { govern, secret, engineer, assurance } = await asked(t)
  await cancelAssurance(govern, engineer, assurance.id, 'another supplier')
  await assert.rejects(openAssuranceLink(govern, secret), failsWith('not_found', /does not work/))
  assert.equal((await find(assuranceNoun, govern.store.read.decisions, assurance.id)).value.state, 'cancelled')
})

test('whatever happens in whatever order, no state is illegal and nothing is evidence without answers', () => {
  const at = '2026-01-02T00:00:00.000Z'
  const question = { control: 'a', measure: 'a.b', what: 'x', evidence: 'y' }
  const start: Assurance = {
    state: 'asked',
    supplier: 'Maker',
    questions: [question],
    askedBy: 'ann',
    askedAt: at,
    until: '2026-02-01T00:00:00.000Z',
  }
  const measure = fc.constantFrom('a.b', 'c.d')
  const event: fc.Arbitrary<AssuranceEvent> = fc.oneof(
    fc.record({
      event: fc.constant('answered' as const),
      answers: measure.map((one) => [answer(one)]),
      by: fc.constant('mo'),
      at: fc.constantFrom(at, start.until),
    }),
    fc.record({
      event: fc.constant('returned' as const),
      why: fc.constant('x'),
      until: fc.constant(start.until),
      at: fc.constant(at),
    }),
    fc.record({
      event: fc.constant('reviewed' as const),
      judged: measure.map((one) => [{ measure: one, believed: true }]),
      evidence: fc.constant(['e']),
      by: fc.constant('bob'),
      at: fc.constant(at),
    }),
    fc.record({
      event: fc.constant('cancelled' as const),
      why: fc.constant('x'),
      by: fc.constant('bob'),
      at: fc.constant(at),
    }),
    fc.record({ event: fc.constant('asked-again' as const), until: fc.constant(start.until), at: fc.constant(at) }),
  )
  fc.assert(
    fc.property(fc.array(event, { maxLength: 10 }), (events) => {
      let now: Assurance = start
      for (const one of events) {
        const before: Assurance = now
        try {
          now = nextAssurance(now, one)
        } catch (error) {
          assert.ok(error instanceof Failure)
        }
        assert.deepEqual(Assurance.parse(now), now)
        if (before.state === 'reviewed' || before.state === 'cancelled') assert.equal(now, before)
        if (now.state === 'reviewed') assert.ok(now.answers.length > 0)
      }
    }),
    { numRuns: 500 },
  )
})
