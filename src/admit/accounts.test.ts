// People come by invitation, sign in, change and go; every step is in the log, without what may have to be erased.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Actor } from '../model/actor.ts'
import { changeAccount, changePassword, invite, recover, stateOf } from './accounts.ts'
import { HOUR } from './admit.ts'
import { inspectLink, ownerLink, ownerLinkIfNeeded, redeemLink } from './links.ts'
import { actorOfSession, signInWithPassword, signOut } from './sessions.ts'
import { firstOwner, openTestAdmit, OWNER, type TestAdmit, VISITOR } from './testing.ts'
import { actorOfToken, createToken, revokeToken } from './tokens.ts'

let it: TestAdmit
let owner: Actor

before(async () => {
  it = await openTestAdmit()
})
after(() => it.close())

const redeem = (secret: string, password = 'orchard tram velvet nine') =>
  redeemLink(it.admit, { secret, email: undefined, name: undefined, credential: { password } }, VISITOR)
const link = async () => (await ownerLinkIfNeeded(it.admit))?.secret ?? ''

test('a link of an earlier start stops working with the next', async () => {
  const [first, second] = [await link(), await link()]
  await assert.rejects(inspectLink(it.admit, first), { code: 'not_found' })
  assert.equal((await inspectLink(it.admit, second)).link.purpose, 'owner')
})

test('two who follow the owner link at once: one gets in', async () => {
  const own = await openTestAdmit()
  const secret = (await ownerLinkIfNeeded(own.admit))?.secret ?? ''
  const tries = await Promise.allSettled(
    ['a', 'b', 'c', 'd', 'e'].map((name) =>
      redeemLink(
        own.admit,
        { secret, email: `${name}@example.org`, name, credential: { password: OWNER.password } },
        VISITOR,
      ),
    ),
  )
  assert.equal(tries.filter((one) => one.status === 'fulfilled').length, 1)
  assert.equal((await own.store.read.accounts.list({ limit: 10 })).items.length, 1)
  assert.deepEqual(await own.kinds(), ['link.created', 'account.created', 'link.used', 'session.started'])
  await own.close()
})

test('the first owner comes by the link, and there is no second one', async () => {
  const signedIn = await firstOwner(it.admit)
  owner = { kind: 'account', id: signedIn.account.id, role: 'owner', accountId: signedIn.account.id }
  assert.equal(signedIn.account.role, 'owner')
  assert.equal(await ownerLinkIfNeeded(it.admit), undefined)
  const found = await actorOfSession(it.admit, signedIn.secret)
  assert.deepEqual(found?.actor, owner)
})

describe('a link does not let in', () => {
  test('twice', async () => {
    const { link } = await invite(it.admit, owner, { email: 'once@example.org', name: 'Once', role: 'auditor' })
    await redeem(link.secret)
    await assert.rejects(redeem(link.secret), { code: 'not_found' })
  })
  test('after its time', async () => {
    const { link } = await invite(it.admit, owner, { email: 'late@example.org', name: 'Late', role: 'auditor' })
    it.clock.ms += 8 * 24 * HOUR
    await assert.rejects(redeem(link.secret), { code: 'not_found' })
  })
  test('a disabled person', async () => {
    const { account, link } = await invite(it.admit, owner, {
      email: 'gone@example.org',
      name: 'Gone',
      role: 'auditor',
    })
    await changeAccount(it.admit, owner, account.id, { disabled: true })
    await assert.rejects(redeem(link.secret), { code: 'not_found' })
    await assert.rejects(recover(it.admit, owner, account.id), { code: 'conflict' })
  })
  test('with a password that anyone would try, and still works afterwards', async () => {
    const { link } = await invite(it.admit, owner, { email: 'weak@example.org', name: 'Weak', role: 'auditor' })
    await assert.rejects(redeem(link.secret, 'password1234'), { code: 'input_invalid' })
    await redeem(link.secret)
  })
})

test('an address is taken once, whatever its case', async () => {
  const again = invite(it.admit, owner, { email: OWNER.email.toUpperCase(), name: 'x', role: 'auditor' })
  await assert.rejects(again, { code: 'conflict' })
})

test('a session ends by time, by silence and by signing out', async () => {
  const start = () => signInWithPassword(it.admit, OWNER, VISITOR)
  const [idle, old, left] = [await start(), await start(), await start()]
  it.clock.ms += 1.5 * HOUR
  assert.ok(await actorOfSession(it.admit, old.secret))
  const leftSession = await actorOfSession(it.admit, left.secret)
  await signOut(it.admit, owner, leftSession?.id ?? '')
  assert.equal(await actorOfSession(it.admit, left.secret), undefined)
  it.clock.ms += HOUR
  assert.equal(await actorOfSession(it.admit, idle.secret), undefined)
  for (let hours = 2.5; hours < 11; hours++) {
    assert.ok(await actorOfSession(it.admit, old.secret), `after ${hours} hours`)
    it.clock.ms += HOUR
  }
  it.clock.ms += HOUR
  assert.equal(await actorOfSession(it.admit, old.secret), undefined)
})

test('looking at a session does not keep it alive', async () => {
  const { secret } = await signInWithPassword(it.admit, OWNER, VISITOR)
  it.clock.ms += 1.5 * HOUR
  assert.ok(await actorOfSession(it.admit, secret, false))
  it.clock.ms += HOUR
  assert.equal(await actorOfSession(it.admit, secret), undefined)
})

test('signing in anew ends the session of that browser', async () => {
  const first = await signInWithPassword(it.admit, OWNER, VISITOR)
  const session = await actorOfSession(it.admit, first.secret)
  const second = await signInWithPassword(it.admit, OWNER, { ...VISITOR, sessionId: session?.id })
  assert.equal(await actorOfSession(it.admit, first.secret), undefined)
  assert.ok(await actorOfSession(it.admit, second.secret))
})

test('a new password ends every other session', async () => {
  const [here, elsewhere] = [
    await signInWithPassword(it.admit, OWNER, VISITOR),
    await signInWithPassword(it.admit, OWNER, VISITOR),
  ]
  const session = await actorOfSession(it.admit, here.secret)
  const next = 'velvet harbor nine lamps'
  const change = (current: string) => changePassword(it.admit, owner, { current, next }, session?.id)
  await assert.rejects(change('wrong'), { code: 'forbidden' })
  await change(OWNER.password)
  assert.ok(await actorOfSession(it.admit, here.secret))
  assert.equal(await actorOfSession(it.admit, elsewhere.secret), undefined)
  await assert.rejects(signInWithPassword(it.admit, OWNER, VISITOR), { code: 'unauthenticated' })
  await changePassword(it.admit, owner, { current: next, next: OWNER.password }, undefined)
})

test('the last owner who can sign in stays', async () => {
  const { account, link } = await invite(it.admit, owner, {
    email: 'second@example.org',
    name: 'Second',
    role: 'owner',
  })
  assert.equal(await stateOf(it.store.read, account), 'invited')
  for (const change of [{ role: 'auditor' as const }, { disabled: true }]) {
    await assert.rejects(changeAccount(it.admit, owner, owner.id, change), { code: 'conflict' })
  }
  await redeem(link.secret)
  assert.equal((await changeAccount(it.admit, owner, owner.id, { role: 'auditor' })).role, 'auditor')
  const second: Actor = { kind: 'account', id: account.id, role: 'owner', accountId: account.id }
  await assert.rejects(changeAccount(it.admit, second, account.id, { disabled: true }), { code: 'conflict' })
  await changeAccount(it.admit, second, owner.id, { role: 'owner' })
})

test('two owners who demote each other at once: one stays', async () => {
  const accounts = (await it.store.read.accounts.list({ limit: 100 })).items.filter((one) => one.role === 'owner')
  assert.equal(accounts.length, 2)
  const results = await Promise.allSettled(
    accounts.map(({ id }) => changeAccount(it.admit, owner, id, { disabled: true })),
  )
  assert.equal(results.filter((one) => one.status === 'fulfilled').length, 1)
  const local: Actor = { kind: 'local', id: 'this-machine', role: 'owner' }
  for (const { id } of accounts) await changeAccount(it.admit, local, id, { disabled: false })
})

test('nobody gives more than he has', async () => {
  const narrow: Actor = { ...owner, kind: 'token', id: 'tok_x', scopes: ['account:write', 'token:write'] }
  await assert.rejects(invite(it.admit, narrow, { email: 'x@example.org', name: 'x', role: 'owner' }), {
    code: 'forbidden',
  })
  await assert.rejects(recover(it.admit, narrow, owner.id), { code: 'forbidden' })
  const expiresAt = new Date(it.clock.ms + HOUR).toISOString()
  await assert.rejects(createToken(it.admit, narrow, { name: 'x', scopes: ['log:read'], expiresAt }), {
    code: 'forbidden',
  })
})

test('a token ends at its time, within a year, and when it is revoked', async () => {
  const give = (expiresAt: string) => createToken(it.admit, owner, { name: 'ci', scopes: ['log:read'], expiresAt })
  const ahead = (hours: number) => new Date(it.clock.ms + hours * HOUR).toISOString()
  for (const wrong of [ahead(-1), ahead(24 * 400)]) await assert.rejects(give(wrong), { code: 'input_invalid' })
  const [short, long] = [await give(ahead(1)), await give(ahead(24 * 365))]
  assert.deepEqual((await actorOfToken(it.admit, short.secret))?.scopes, ['log:read'])
  it.clock.ms += 2 * HOUR
  assert.equal(await actorOfToken(it.admit, short.secret), undefined)
  assert.ok(await actorOfToken(it.admit, long.secret))
  await revokeToken(it.admit, owner, long.token.id)
  assert.equal(await actorOfToken(it.admit, long.secret), undefined)
  assert.ok((await revokeToken(it.admit, owner, long.token.id)).revokedAt)
})

test('whoever has the machine finds a way back in; nobody else does', async () => {
  await assert.rejects(ownerLink(it.admit, owner), { code: 'forbidden' })
  const local: Actor = { kind: 'local', id: 'this-machine', role: 'owner' }
  const { secret } = await ownerLink(it.admit, local, OWNER.email)
  const back = await redeem(secret, OWNER.password)
  assert.equal(back.account.id, owner.id)
  await assert.rejects(ownerLink(it.admit, local, 'nobody@example.org'), { code: 'not_found' })
})

test('the log says who did what, and neither names nor secrets', async () => {
  const { account, link } = await invite(it.admit, owner, {
    email: 'pat@example.org',
    name: 'Pat Private',
    role: 'auditor',
  })
  await changeAccount(it.admit, owner, account.id, { role: 'engineer', name: 'Pat Renamed' })
  const leaf = JSON.parse(await it.lastLeaf()) as Record<string, unknown>
  assert.equal(leaf['kind'], 'account.changed')
  assert.deepEqual(leaf['actor'], { kind: 'account', id: owner.id })
  assert.deepEqual(leaf['subject'], { kind: 'account', id: account.id })
  assert.deepEqual(leaf['data'], { before: { role: 'auditor' }, after: { role: 'engineer' }, renamed: true })
  const everything = (await it.store.read.log.rows(0, 10_000)).map((row) => row.leaf).join('\n')
  for (const text of ['example.org', 'Pat', 'Ann', OWNER.password, link.secret, VISITOR.address]) {
    assert.ok(!everything.includes(text), text)
  }
})
