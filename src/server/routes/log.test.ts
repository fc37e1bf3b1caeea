import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import { openHouse, type LogHouse, SYSTEM_ACTOR } from '../../../test/log-house.ts'
import { verifyProof, verifyReport } from '../../prove/verify.ts'
import { isGranted, ROLES } from '../../model/role.ts'
import type { App } from '../../app/app.ts'
import { logRoutes } from './log.ts'

type Body = Record<string, unknown>
// oxlint-disable-next-line typescript/no-explicit-any -- replies of every shape, looked into by the tests
type Reply = Record<string, any>

/** Calls a route as the server does, past the schemas on both sides. */
async function callOn({ log, store }: LogHouse, id: string, sent: { params?: Body; query?: Body; body?: Body } = {}) {
  const route = logRoutes.find((route) => route.id === id) ?? assert.fail(id)
  const part = (schema: unknown, value: Body = {}) =>
    schema === undefined ? undefined : (schema as { parse(value: unknown): unknown }).parse(value)
  const call = {
    app: { log, store } as unknown as App,
    actor: { ...SYSTEM_ACTOR, role: 'owner' },
    params: part('params' in route ? route.params : undefined, sent.params),
    query: part('query' in route ? route.query : undefined, sent.query),
    body: part('body' in route ? route.body : undefined, sent.body),
  }
  const reply = await (route.handle as (call: unknown) => Promise<unknown>)(call)
  return JSON.parse(JSON.stringify(route.reply.parse(reply))) as Reply
}

async function house(t: TestContext): Promise<LogHouse> {
  const opened = await openHouse(t)
  await opened.record(6)
  await opened.record(1, { personal: { email: 'ada@example.org' } })
  return opened
}

describe('the routes of the log', () => {
  test('say how it stands', async (t) => {
    const opened = await house(t)
    const before = await callOn(opened, 'show-log')
    assert.deepEqual([before['size'], before['checkpoint']?.['size'], before['exposure']?.['entries']], [8, 1, 8])
    assert.equal((await callOn(opened, 'seal-log'))['sealed'], true)
    assert.equal((await callOn(opened, 'seal-log'))['sealed'], false)
    assert.equal((await callOn(opened, 'list-log-checkpoints'))['items']?.['length'], 2)
  })

  test('list entries in pages and show one', async (t) => {
    const opened = await house(t)
    const first = await callOn(opened, 'list-log-entries', { query: { kind: 'thing.made', limit: '3' } })
    const second = await callOn(opened, 'list-log-entries', {
      query: { kind: 'thing.made', limit: '50', cursor: first['next'] },
    })
    const indexes = [first, second].flatMap((page) => (page['items'] as { index: number }[]).map(({ index }) => index))
    assert.deepEqual(indexes, [7, 6, 5, 4, 3, 2, 1])
    const shown = await callOn(opened, 'show-log-entry', { params: { index: '7' } })
    assert.equal(shown['opened']?.['email']?.['value'], 'ada@example.org')
    await assert.rejects(callOn(opened, 'show-log-entry', { params: { index: '8' } }), { code: 'not_found' })
  })

  test('prove what they show', async (t) => {
    const opened = await house(t)
    const { verifierKey } = opened.log
    const proof = await callOn(opened, 'prove-log-entry', { params: { index: '3' } })
    assert.equal((await verifyProof(proof['proof'] ?? '', { keys: [verifierKey] })).ok, true)
    const report = await callOn(opened, 'report-log', { body: { subjectKind: 'thing', extendsSize: 1 } })
    assert.equal((await verifyReport(JSON.stringify(report), { keys: [verifierKey] })).ok, true)
    const { path } = await callOn(opened, 'prove-log-consistency', { query: { from: '3', to: '8' } })
    assert.ok((path as unknown[]).length > 0)
    assert.deepEqual((await callOn(opened, 'audit-log'))['ok'], true)
  })

  test('rotate the key and erase', async (t) => {
    const opened = await house(t)
    const { verifierKey } = opened.log
    assert.notEqual((await callOn(opened, 'rotate-log-key'))['verifierKey'], verifierKey)
    const erase = (body: Body) => callOn(opened, 'erase-from-log', { body: { reason: 'asked for', ...body } })
    assert.deepEqual(await erase({ indexes: [7] }), { erased: 1 })
    assert.deepEqual(await erase({ subjectKind: 'thing', subjectId: 'thing_0' }), { erased: 0 })
    await assert.rejects(erase({ indexes: [7], subjectKind: 'thing' }), { code: 'input_invalid' })
    await assert.rejects(erase({}), { code: 'input_invalid' })
  })

  test('let only an owner rotate and erase', () => {
    const guarded = logRoutes.filter(({ needs }) => needs === 'log:admin').map(({ id }) => id)
    assert.deepEqual(guarded, ['rotate-log-key', 'erase-from-log'])
    assert.deepEqual(
      ROLES.filter((role) => isGranted(role, 'log:admin')),
      ['owner'],
    )
  })

  for (const [title, id, sent] of [
    ['a page too large', 'list-log-entries', { query: { limit: '100000' } }],
    ['an unknown filter', 'list-log-entries', { query: { colour: 'red' } }],
    ['a negative index', 'show-log-entry', { params: { index: '-1' } }],
    ['an index that is no number', 'prove-log-entry', { params: { index: 'one' } }],
    ['too many indexes', 'report-log', { body: { indexes: Array.from({ length: 1001 }, (_, i) => i) } }],
    ['an erasure without a reason', 'erase-from-log', { body: { indexes: [1] } }],
  ] as const) {
    test(`refuse ${title}`, async (t) => {
      const opened = await openHouse(t)
      await assert.rejects(callOn(opened, id, sent as { query?: Body }), { name: 'ZodError' })
    })
  }
})
