// What approvals promise: they come back as they were asked, end once however many try at the same moment, and those that
// nobody holds any more are found.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { approve, lapse } from '../../enforce/oversight/approval.ts'
import { waitingApproval } from '../../enforce/oversight/testing.ts'
import { Failure } from '../../lib/failure.ts'
import type { Approval } from '../../model/approval.ts'
import { opened, type Places } from './place.ts'

const T = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds)).toISOString()

const approval = (id: string, more: Partial<Approval> = {}): Approval =>
  waitingApproval({
    id,
    needs: ['owner', 'risk-owner'],
    isKept: true,
    askedAt: T(0),
    expiresAt: T(30),
    aliveUntil: T(20),
    ...more,
  })

export function approvalContract(places: Places): void {
  test('approvals come back as they were asked and as they were given, newest first', async (t) => {
    const { store } = await opened(t, places)
    const [one, two] = [
      approval('approval_1'),
      approval('approval_2', { asset: undefined, sealed: undefined, isKept: false }),
    ]
    await store.change(async (tx) => {
      await tx.approvals.insert(one)
      await tx.approvals.insert(two)
    })
    assert.deepEqual(await store.read.approvals.byId('approval_1'), one)
    const given = approve(one, { accountId: 'ann', role: 'owner' }, T(1), '')
    const ended = approve(given, { accountId: 'rob', role: 'risk-owner' }, T(2), 'fine')
    await store.change((tx) => tx.approvals.save(ended))
    assert.deepEqual(await store.read.approvals.byId('approval_1'), ended)
    const ids = async (query: { state?: Approval['state']; cursor?: string }) =>
      (await store.read.approvals.list({ limit: 1, ...query })).items.map(({ id }) => id)
    assert.deepEqual(await ids({}), ['approval_2'])
    assert.deepEqual(await ids({ cursor: 'approval_2' }), ['approval_1'])
    assert.deepEqual(await ids({ state: 'approved' }), ['approval_1'])
  })

  test('of many who end one at the same moment, one does', async (t) => {
    const { store } = await opened(t, places)
    await store.change((tx) => tx.approvals.insert(approval('approval_1', { needs: ['owner'] })))
    const end = (work: (before: Approval) => Approval) =>
      store.change(async (tx) => {
        const before = await tx.approvals.byId('approval_1')
        if (before === undefined) throw new Failure('not_found', 'it is gone')
        const after = work(before)
        await tx.approvals.save(after)
        return after.state
      })
    const tried = await Promise.allSettled([
      end((before) => lapse(before, 'expired', T(1), '')),
      ...['ann', 'bob', 'cid'].map((accountId) =>
        end((before) => approve(before, { accountId, role: 'owner' }, T(1), '')),
      ),
      end((before) => lapse(before, 'closed', T(1), '')),
    ])
    const done = tried.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    assert.equal(done.length, 1)
    assert.equal((await store.read.approvals.byId('approval_1'))?.state, done[0])
  })

  test('what nobody holds any more is found; what is held, or has ended, is not', async (t) => {
    const { store } = await opened(t, places)
    await store.change(async (tx) => {
      for (const id of ['approval_1', 'approval_2']) await tx.approvals.insert(approval(id))
      await tx.approvals.insert(lapse(approval('approval_3'), 'closed', T(1), ''))
      await tx.approvals.renew(['approval_2', 'approval_3'], T(60))
    })
    assert.deepEqual(await store.read.approvals.orphans(T(20), 10), [])
    assert.deepEqual(await store.read.approvals.orphans(T(21), 10), ['approval_1'])
    assert.deepEqual(await store.read.approvals.orphans(T(61), 1), ['approval_1'])
  })

  test('those that ended since a time are found, the last first', async (t) => {
    const { store } = await opened(t, places)
    await store.change(async (tx) => {
      await tx.approvals.insert(approval('approval_1'))
      for (const [id, at] of [
        ['approval_4', T(1)],
        ['approval_3', T(2)],
        ['approval_2', T(3)],
      ] as const)
        // prettier-ignore
        await tx.approvals.insert(lapse(approval(id), 'expired', at, ''))
    })
    const ids = async (since: string, limit: number) =>
      (await store.read.approvals.ended(since, limit)).map(({ id }) => id)
    assert.deepEqual(await ids(T(2), 9), ['approval_2', 'approval_3'])
    assert.deepEqual(await ids(T(0), 2), ['approval_2', 'approval_3'])
  })

  test('what waited is forgotten first, and the rest of it later; what still waits is left alone', async (t) => {
    const { store } = await opened(t, places)
    await store.change(async (tx) => {
      await tx.approvals.insert(approval('approval_1'))
      for (const [id, at] of [
        ['approval_2', T(1)],
        ['approval_3', T(5)],
      ] as const)
        await tx.approvals.insert(lapse(approval(id), 'expired', at, ''))
    })
    const forget = () => store.change((tx) => tx.approvals.empty(T(3), 10))
    assert.deepEqual([await forget(), await forget()], [1, 0])
    assert.equal((await store.read.approvals.byId('approval_2'))?.sealed, undefined)
    assert.equal(await store.change((tx) => tx.approvals.sweep(T(9), 10)), 2)
    assert.deepEqual(
      (await store.read.approvals.list({ limit: 5 })).items.map(({ id, sealed }) => [id, sealed]),
      [['approval_1', 'sealed']],
    )
  })
}
