// Signing in by password: slow to guess at, silent about who has an account, and recorded within bounds.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Failure } from '../lib/failure.ts'
import { HOUR } from './admit.ts'
import { signInWithPassword } from './sessions.ts'
import { firstOwner, openTestAdmit, OWNER, type TestAdmit, VISITOR } from './testing.ts'

let it: TestAdmit

before(async () => {
  it = await openTestAdmit()
  await firstOwner(it.admit)
})
after(() => it.close())

const attempt = async (email: string, password: string, address = VISITOR.address) => {
  const started = performance.now()
  const error = await signInWithPassword(it.admit, { email, password }, { ...VISITOR, address }).catch(
    (one: unknown) => one,
  )
  return { error: error instanceof Failure ? error : undefined, ms: performance.now() - started }
}

test('an unknown account and a wrong password say the same and take the same time', async () => {
  const times: Record<string, number[]> = { known: [], unknown: [] }
  const said = new Set<string>()
  for (let i = 0; i < 12; i++) {
    it.clock.ms += HOUR
    for (const [who, email] of [
      ['known', OWNER.email],
      ['unknown', `nobody${i}@example.org`],
    ] as const) {
      const { error, ms } = await attempt(email, 'wrong password here', `198.51.100.${i}`)
      said.add(`${error?.code} ${error?.message} ${error?.hint}`)
      times[who]?.push(ms)
    }
  }
  assert.equal(said.size, 1)
  const [known, unknown] = [fastest(times['known']), fastest(times['unknown'])]
  assert.ok(known > 5, `hashing took ${known} ms`)
  assert.ok(Math.abs(known - unknown) < 0.35 * known, `known ${known} ms, unknown ${unknown} ms`)
})

test('guessing at one account slows down, from however many addresses, and the right password waits too', async () => {
  it.clock.ms += HOUR
  const codes: (string | undefined)[] = []
  for (let i = 0; i < 7; i++) codes.push((await attempt(OWNER.email, 'wrong', `203.0.113.${i}`)).error?.code)
  assert.deepEqual(codes, [...Array.from({ length: 5 }, () => 'unauthenticated'), 'too_many', 'too_many'])
  const { error } = await attempt(OWNER.email, OWNER.password, '203.0.113.99')
  assert.equal(error?.code, 'too_many')
  assert.equal(error?.retryAfter, 1)
  it.clock.ms += 1000
  assert.equal((await attempt(OWNER.email, OWNER.password, '203.0.113.99')).error, undefined)
})

test('one address that tries many accounts is slowed down, and one good account of its own does not help', async () => {
  it.clock.ms += HOUR
  let refusedAt = 0
  for (let i = 1; refusedAt === 0 && i < 60; i++) {
    const { error } = await attempt(`spray${i}@example.org`, 'Winter2026!!', '2001:db8::1')
    if (error?.code === 'too_many') refusedAt = i
    if (i % 5 === 0) await attempt(OWNER.email, OWNER.password, '2001:db8::2')
  }
  assert.ok(refusedAt > 15 && refusedAt < 30, `refused at ${refusedAt}`)
})

test('failed tries are recorded, at most so many a minute, and what is left out is counted', async () => {
  it.clock.ms += HOUR
  const before = (await it.kinds()).length
  for (let i = 0; i < 75; i++) await attempt(`flood${i}@example.org`, 'x', `198.51.100.${i}`)
  assert.equal((await it.kinds()).slice(before).filter((kind) => kind === 'session.refused').length, 60)
  it.clock.ms += HOUR
  await attempt('flood@example.org', 'x', '198.51.100.200')
  assert.match(await it.lastLeaf(), /"unrecordedBefore":15/)
})

test('a disabled account is told nothing else than a stranger', async () => {
  it.clock.ms += HOUR
  const owner = await it.store.read.accounts.byEmail(OWNER.email)
  await it.store.change((tx) => tx.accounts.update(owner?.id ?? '', { disabled: true }))
  const { error } = await attempt(OWNER.email, OWNER.password, '192.0.2.99')
  assert.equal(error?.message, 'the e-mail address or the password is wrong')
})

function fastest(times: readonly number[] = []): number {
  return Math.min(...times)
}
