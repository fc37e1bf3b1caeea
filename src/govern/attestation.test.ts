import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Failure } from '../lib/failure.ts'
import { attest, attestationStanding, withdrawAttestation } from './attestation.ts'
import { DAY_MS } from './govern.ts'
import { openTestGovern } from './testing.ts'

const refused = (code: string) => (error: unknown) => error instanceof Failure && error.code === code

test('everybody attests for himself; for others and as evidence only who may add evidence', async (t) => {
  const { govern, clock, person, store } = await openTestGovern(t)
  const [developer, engineer] = [await person('developer'), await person('engineer')]
  const until = new Date(clock.ms + 300 * DAY_MS).toISOString()
  const policy = { what: 'policy', title: 'AI use', version: '3', until } as const
  const own = await attest(govern, developer, policy)
  assert.deepEqual([own.value.person, own.value.version, own.value.evidence], [developer.id, '3', []])
  await assert.rejects(attest(govern, developer, { ...policy, person: 'ben@example.org' }), refused('forbidden'))
  const proves = { measure: 'sec-educate.training', system: 'claims' }
  await assert.rejects(attest(govern, developer, { ...policy, proves }), refused('forbidden'))
  const training = await attest(govern, engineer, {
    what: 'training',
    title: 'AI basics',
    person: 'ben@example.org',
    until,
    proves,
  })
  const { items } = await store.read.evidence.list({ limit: 9 })
  assert.deepEqual(
    items.map(({ id, kind, supports, validUntil }) => [id, kind, supports, validUntil]),
    [[training.value.evidence[0], 'attestation', true, until]],
  )
  assert.ok((await store.read.log.rows(0, 1000)).every(({ leaf }) => !leaf.includes('ben@example.org')))
})

test('an attestation ends by itself, at most a year ahead', async (t) => {
  const { govern, clock, person } = await openTestGovern(t)
  const developer = await person('developer')
  const make = (days: number, more = {}) =>
    attest(govern, developer, {
      what: 'policy',
      title: 'AI use',
      until: new Date(clock.ms + days * DAY_MS).toISOString(),
      ...more,
    })
  await assert.rejects(make(367), refused('input_invalid'))
  await assert.rejects(make(10, { doneAt: new Date(clock.ms + DAY_MS).toISOString() }), refused('input_invalid'))
  const { value } = await make(10)
  assert.equal(attestationStanding(value, new Date(clock.ms + 9 * DAY_MS).toISOString()), 'current')
  assert.equal(attestationStanding(value, value.until), 'expired')
})

test('one that is withdrawn is answered by evidence against, and stays withdrawn', async (t) => {
  const { govern, clock, person, store } = await openTestGovern(t)
  const [engineer, developer] = [await person('engineer'), await person('developer')]
  const until = new Date(clock.ms + 300 * DAY_MS).toISOString()
  const proves = { measure: 'sec-educate.training', system: 'claims' }
  const { id } = await attest(govern, engineer, { what: 'training', title: 'AI basics', until, proves })
  await assert.rejects(withdrawAttestation(govern, developer, id, 'not mine'), refused('forbidden'))
  clock.ms += 1000
  const { value } = await withdrawAttestation(govern, engineer, id, 'was another course')
  assert.equal(value.state, 'withdrawn')
  const [newest] = (await store.read.evidence.list({ limit: 1 })).items
  assert.deepEqual([newest?.measure, newest?.supports], ['sec-educate.training', false])
  await assert.rejects(withdrawAttestation(govern, engineer, id, 'again'), refused('conflict'))
})
