// What the tables of the gateway's policy promise.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PolicyVersion, UpstreamKey } from '../../model/policy-version.ts'
import { hasCode, opened, type Places } from './place.ts'

const version = (number: number): PolicyVersion => ({
  number,
  at: `2026-11-0${number}T00:00:00.000Z`,
  source: 'published',
  author: { kind: 'account', id: 'acct_1' },
  note: `the ${number}th`,
  hash: 'ab',
  configured: 'cd',
  body: { routes: { chat: { models: ['m'] } } },
})

const headOf = (number: number) => {
  const { body, ...head } = version(number)
  return body && head
}

export function policyContract(places: Places): void {
  test('versions of the policy are appended, each number once, and listed newest first', async (t) => {
    const { store } = await opened(t, places)
    assert.equal(await store.read.policyVersions.latest(), undefined)
    for (const number of [1, 2, 3]) await store.change((tx) => tx.policyVersions.append(version(number)))
    await assert.rejects(
      store.change((tx) => tx.policyVersions.append(version(2))),
      hasCode('conflict'),
    )
    assert.deepEqual(await store.read.policyVersions.latest(), version(3))
    assert.deepEqual(await store.read.policyVersions.byNumber(2), version(2))
    assert.equal(await store.read.policyVersions.byNumber(4), undefined)
    const first = await store.read.policyVersions.list({ limit: 2 })
    const second = await store.read.policyVersions.list({ limit: 2, cursor: first.next })
    assert.deepEqual([...first.items, ...second.items], [3, 2, 1].map(headOf))
    assert.equal(second.next, undefined)
  })

  test('there is one draft of the policy, and a new one takes its place', async (t) => {
    const { store } = await opened(t, places)
    const draft = { base: 1, at: '2026', author: { kind: 'local', id: 'x' }, hash: 'ef', body: { routes: {} } } as const
    assert.equal(await store.read.policyDraft.get(), undefined)
    await store.change((tx) => tx.policyDraft.put(draft))
    await store.change((tx) => tx.policyDraft.put({ ...draft, base: 2 }))
    assert.deepEqual(await store.read.policyDraft.get(), { ...draft, base: 2 })
    const remove = () => store.change((tx) => tx.policyDraft.remove())
    assert.deepEqual([await remove(), await remove()], [true, false])
  })

  test('the key of an upstream is replaced as a whole and removed once', async (t) => {
    const { store } = await opened(t, places)
    const key: UpstreamKey = {
      upstream: 'openai',
      origin: 'https://api.openai.com',
      sealed: 'pv1.x',
      sealedBy: 'k1',
      tail: 'abcd',
      fingerprint: '0123',
      setAt: '2026',
      setBy: 'acct_1',
    }
    const bare = { ...key, sealed: 'pv1.y', tail: undefined, fingerprint: undefined }
    await store.change((tx) => tx.upstreamKeys.put(key))
    assert.deepEqual(await store.read.upstreamKeys.byUpstream('openai'), key)
    await store.change((tx) => tx.upstreamKeys.put(bare))
    assert.deepEqual(await store.read.upstreamKeys.all(), [bare])
    const remove = () => store.change((tx) => tx.upstreamKeys.remove('openai'))
    assert.deepEqual([await remove(), await remove()], [true, false])
  })
}
