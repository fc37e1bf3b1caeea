// Two replicas on one PostgreSQL: what must happen once happens once, whichever of them is asked.
import assert from 'node:assert/strict'
import { tmpdir } from 'node:os'
import { after, before, test } from 'node:test'
import { type Postgres, startPostgres } from '../../test/postgres.ts'
import type { Actor } from '../model/actor.ts'
import { openStore } from '../store/open.ts'
import type { Store } from '../store/store.ts'
import { changeAccount, invite } from './accounts.ts'
import { type Admit, createAdmit } from './admit.ts'
import { ownerLinkIfNeeded, redeemLink } from './links.ts'
import { actorOfSession, signInWithPassword } from './sessions.ts'
import { firstOwner, OWNER, VISITOR } from './testing.ts'
import { actorOfToken, createToken, revokeToken } from './tokens.ts'

const now = () => new Date()
const LOCAL: Actor = { kind: 'local', id: 'this-machine', role: 'owner' }
let postgres: Postgres
let stores: Store[]
let one: Admit
let two: Admit

before(async () => {
  postgres = await startPostgres()
  const databaseUrl = await postgres.createDatabase()
  stores = [
    await openStore({ dataDir: tmpdir(), databaseUrl, now }),
    await openStore({ dataDir: tmpdir(), databaseUrl, now }),
  ]
  const [first, second] = stores.map((store) => createAdmit({ store, now }))
  if (!first || !second) throw new Error('two stores make two')
  one = first
  two = second
})
after(async () => {
  await Promise.all(stores.map((store) => store.close()))
  await postgres.stop()
})

test('the owner link lets in one of many, over all replicas', async () => {
  const secret = (await ownerLinkIfNeeded(one))?.secret ?? ''
  const tries = await Promise.allSettled(
    [one, two, one, two, one, two].map((admit, i) =>
      redeemLink(
        admit,
        { secret, email: `o${i}@example.org`, name: 'O', credential: { password: OWNER.password } },
        VISITOR,
      ),
    ),
  )
  assert.equal(tries.filter((result) => result.status === 'fulfilled').length, 1)
  await assert.rejects(firstOwner(two))
})

test('two owners who are demoted at once on two replicas: one stays, each time', async () => {
  const first = (await one.store.read.accounts.list({ limit: 10 })).items[0]
  const { account, link } = await invite(one, LOCAL, { email: OWNER.email, name: 'Second', role: 'owner' })
  const credential = { password: OWNER.password }
  await redeemLink(two, { secret: link.secret, email: undefined, name: undefined, credential }, VISITOR)
  const ids = [first?.id ?? '', account.id]
  for (let round = 0; round < 25; round++) {
    const results = await Promise.allSettled([
      changeAccount(one, LOCAL, ids[0] ?? '', { role: 'auditor' }),
      changeAccount(two, LOCAL, ids[1] ?? '', { role: 'auditor' }),
    ])
    assert.equal(results.filter((result) => result.status === 'fulfilled').length, 1, `round ${round}`)
    for (const id of ids) await changeAccount(one, LOCAL, id, { role: 'owner' })
  }
})

test('what one replica gives or takes away counts on the other', async () => {
  const { secret, account } = await signInWithPassword(one, OWNER, VISITOR)
  const actor = (await actorOfSession(two, secret))?.actor
  assert.equal(actor?.id, account.id)
  const expiresAt = new Date(Date.now() + 60_000).toISOString()
  const token = await createToken(two, actor ?? LOCAL, { name: 'x', scopes: ['log:read'], expiresAt })
  assert.equal((await actorOfToken(one, token.secret))?.id, token.token.id)
  await revokeToken(one, LOCAL, token.token.id)
  assert.equal(await actorOfToken(two, token.secret), undefined)
  await changeAccount(two, LOCAL, account.id, { disabled: true })
  assert.equal(await actorOfSession(one, secret), undefined)
})
