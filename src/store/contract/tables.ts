// What the smaller tables promise.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import type { ApiToken, Passkey } from '../../model/account.ts'
import type { GatewayKey } from '../../model/gateway-key.ts'
import type { Change, Store } from '../store.ts'
import { account, hasCode, opened, type Places } from './place.ts'

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

export function tableContract(places: Places): void {
  test('accounts change field by field and are paged', async (t) => {
    const { store } = await opened(t, places)
    const ada = account({ passwordHash: '$argon2id$x' })
    await store.change((tx) => tx.accounts.insert(ada))
    const update = (change: Parameters<Change['accounts']['update']>[1]) =>
      store.change((tx) => tx.accounts.update(ada.id, change))
    await update({})
    assert.deepEqual(await store.read.accounts.byId(ada.id), ada)
    await update({ role: 'auditor', disabled: true, passwordHash: undefined, email: 'ADA@x.org' })
    assert.deepEqual(await store.read.accounts.byEmail('ada@x.ORG'), {
      ...ada,
      role: 'auditor',
      disabled: true,
      passwordHash: undefined,
      email: 'ADA@x.org',
    })
    assert.equal(await store.read.accounts.countEnabled('auditor'), 0)
    for (let i = 0; i < 4; i++) await store.change((tx) => tx.accounts.insert(account({ role: 'agent' })))
    assert.equal(await store.read.accounts.countEnabled('agent'), 4)
    const first = await store.read.accounts.list({ limit: 3 })
    const second = await store.read.accounts.list({ limit: 3, cursor: first.next })
    assert.equal(new Set([...first.items, ...second.items].map(({ id }) => id)).size, 5)
    assert.equal(second.next, undefined)
  })

  test('passkeys keep their bytes', async (t) => {
    const { store } = await opened(t, places)
    const ada = account()
    const passkey: Passkey = {
      id: 'cred-A_',
      accountId: ada.id,
      name: 'key',
      publicKey: Uint8Array.from({ length: 256 }, (_, i) => i),
      counter: 4_294_967_295,
      transports: ['usb', 'nfc'],
      createdAt: ada.createdAt,
      lastUsedAt: undefined,
    }
    await store.change(async (tx) => {
      await tx.accounts.insert(ada)
      await tx.passkeys.insert(passkey)
      await assert.rejects(tx.passkeys.insert(passkey), hasCode('conflict'))
    })
    assert.deepEqual(await store.read.passkeys.ofAccount(ada.id), [passkey])
    await store.change((tx) => tx.passkeys.used(passkey.id, 7, '2026'))
    assert.deepEqual(await store.read.passkeys.byId(passkey.id), { ...passkey, counter: 7, lastUsedAt: '2026' })
    assert.deepEqual(
      [
        await store.change((tx) => tx.passkeys.remove(passkey.id)),
        await store.change((tx) => tx.passkeys.remove('no')),
      ],
      [true, false],
    )
  })

  test('sessions end one by one, all at once, and by sweep', async (t) => {
    const { store } = await opened(t, places)
    const ada = account()
    const session = (id: string, expiresAt = '2030') => ({
      id,
      accountId: ada.id,
      createdAt: '2026',
      expiresAt,
      lastSeenAt: '2026',
    })
    await store.change(async (tx) => {
      await tx.accounts.insert(ada)
      for (const id of ['a', 'b', 'c']) await tx.sessions.insert(session(id))
      for (const id of ['x', 'y', 'z']) await tx.sessions.insert(session(id, '2027'))
    })
    await store.change((tx) => tx.sessions.seen('a', '2028'))
    assert.deepEqual(await store.read.sessions.byId('a'), { ...session('a'), lastSeenAt: '2028' })
    await store.change((tx) => tx.sessions.remove('a'))
    assert.equal(await store.read.sessions.byId('a'), undefined)
    assert.equal(await store.change((tx) => tx.sessions.sweep('2028', 2)), 2)
    assert.equal(await store.change((tx) => tx.sessions.removeOfAccount(ada.id)), 3)
  })

  test('tokens are found by their hash and revoked once', async (t) => {
    const { store } = await opened(t, places)
    const token: ApiToken = {
      id: 'token_1',
      name: 'ci',
      secretHash: 'ab',
      role: 'engineer',
      scopes: ['log:read'],
      createdBy: 'me',
      createdAt: '2026',
      expiresAt: '2027',
      revokedAt: undefined,
      lastUsedAt: undefined,
    }
    await store.change((tx) => tx.tokens.insert(token))
    assert.deepEqual(await store.read.tokens.bySecretHash('ab'), token)
    await store.change((tx) => tx.tokens.used('token_1', '2026-02'))
    const revoke = () => store.change((tx) => tx.tokens.revoke('token_1', '2026-03'))
    assert.deepEqual([await revoke(), await revoke()], [true, false])
    const { items } = await store.read.tokens.list({ limit: 5 })
    assert.deepEqual(items, [{ ...token, lastUsedAt: '2026-02', revokedAt: '2026-03' }])
  })

  test('gateway keys are found by their hash and revoked once', async (t) => {
    const { store } = await opened(t, places)
    const key: GatewayKey = {
      id: 'key_1',
      name: 'shop',
      secretHash: 'cd',
      models: ['gpt-*'],
      routes: ['*'],
      limits: { requestsPerMinute: 60 },
      asset: 'shop',
      agent: 'buyer',
      createdBy: 'me',
      createdAt: '2026',
      expiresAt: undefined,
      revokedAt: undefined,
      lastUsedAt: undefined,
    }
    await store.change((tx) => tx.gatewayKeys.insert(key))
    assert.deepEqual(await store.read.gatewayKeys.bySecretHash('cd'), key)
    assert.equal(await store.read.gatewayKeys.bySecretHash('ab'), undefined)
    await store.change((tx) => tx.gatewayKeys.used('key_1', '2026-02'))
    const revoke = () => store.change((tx) => tx.gatewayKeys.revoke('key_1', '2026-03'))
    assert.deepEqual([await revoke(), await revoke()], [true, false])
    const { items } = await store.read.gatewayKeys.list({ limit: 5 })
    assert.deepEqual(items, [{ ...key, lastUsedAt: '2026-02', revokedAt: '2026-03' }])
  })

  test('one-time links of a purpose can be voided, and old ones swept', async (t) => {
    const { store } = await opened(t, places)
    const link = { accountId: undefined, role: 'owner', expiresAt: '2027', usedAt: undefined } as const
    await store.change(async (tx) => {
      await tx.links.insert({ id: 'a', purpose: 'owner', ...link })
      await tx.links.insert({ id: 'b', purpose: 'invitation', ...link })
    })
    assert.equal(await store.change((tx) => tx.links.revokeUnused('owner', '2026')), 1)
    assert.deepEqual(await store.read.links.byId('a'), { id: 'a', purpose: 'owner', ...link, usedAt: '2026' })
    assert.equal(await store.change((tx) => tx.links.use('a', '2026')), false)
    assert.equal(await store.change((tx) => tx.links.use('b', '2026')), true)
    assert.equal(await store.change((tx) => tx.links.sweep('2028', 9)), 2)
  })

  test('attachments come back as they were, and go with the change that removes them', async (t) => {
    const { store } = await opened(t, places)
    const bytes = Uint8Array.from({ length: 100_000 }, (_, i) => (i * 31) % 256)
    const id = sha256(bytes)
    const put = (name: string) => store.change((tx) => tx.attachments.put(name, bytes))
    await put(id)
    await put(id)
    assert.deepEqual(await store.read.attachments.get(id), bytes)
    await assert.rejects(put(sha256(bytes.subarray(1))), hasCode('input_invalid'))
    await assert.rejects(put('../../etc/passwd'), hasCode('input_invalid'))
    assert.equal(await store.read.attachments.get('../../etc/passwd'), undefined)
    const undo = async (tx: Change) => {
      await tx.attachments.remove(id)
      throw new Error('undo')
    }
    await assert.rejects(store.change(undo), /undo/)
    assert.deepEqual(await store.read.attachments.get(id), bytes)
    const remove = (from: Store) => from.change((tx) => tx.attachments.remove(id))
    assert.deepEqual([await remove(store), await remove(store)], [true, false])
    assert.equal(await store.read.attachments.get(id), undefined)
  })

  test('an attachment removed and put again in one change stays', async (t) => {
    const { store } = await opened(t, places)
    const bytes = new TextEncoder().encode('proof')
    await store.change((tx) => tx.attachments.put(sha256(bytes), bytes))
    await store.change(async (tx) => {
      await tx.attachments.remove(sha256(bytes))
      await tx.attachments.put(sha256(bytes), bytes)
    })
    assert.deepEqual(await store.read.attachments.get(sha256(bytes)), bytes)
  })
}
