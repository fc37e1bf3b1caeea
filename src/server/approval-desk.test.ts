// Whatever comes at the same moment – people, the clock, the client – a wait has one end, and the call, the store and the log
// know the same one. On a real store, because the order is settled there.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import type { App } from '../app/app.ts'
import { approveCall, refuseCall } from '../enforce/oversight/approvals.ts'
import { openDesk, type Question } from '../enforce/oversight/desk.ts'
import { Failure } from '../lib/failure.ts'
import type { Actor } from '../model/actor.ts'
import { openTestApp } from './testing.ts'

const OWNER = (id: string): Actor => ({ kind: 'account', id, role: 'owner', accountId: id })
const ENDS = new Set(['approval.approved', 'approval.refused', 'approval.expired', 'approval.closed'])
const QUESTION: Question = {
  callId: 'call_1',
  keyId: 'key_1',
  asset: undefined,
  route: 'r',
  model: 'm',
  stage: 'answer',
  policy: 'p',
  askers: [],
  needs: ['owner'],
  waitSeconds: 60,
  why: 'rule 1',
  isKept: false,
  gist: { asked: '', calls: [{ name: 'pay', arguments: '{}' }], words: '' },
}

function deskOn(app: App, most = { all: 100, perKey: 100 }) {
  return openDesk({
    house: app.store,
    vault: app.enforce.vault,
    secret: new Uint8Array(32),
    isAlone: true,
    most,
    now: app.now,
    listen: (listener) => app.store.onRecorded(listener),
    onTrouble: (error) => assert.fail(String(error)),
    beatMs: 50,
  })
}

const partsOf = ({ store, enforce, now }: App) => ({ store, vault: enforce.vault, now })

const acts = fc.array(fc.record({ does: fc.constantFrom('approve', 'refuse', 'leave', 'stop'), afterMs: fc.nat(40) }), {
  maxLength: 4,
})

test('a wait ends once, in one way, for everybody', async () => {
  const app = await openTestApp()
  const parts = partsOf(app)
  const seen = new Set<string>()
  await fc.assert(
    fc.asyncProperty(acts, fc.integer({ min: 1, max: 80 }), async (all, waitMs) => {
      const desk = await deskOn(app)
      const client = new AbortController()
      const given = Promise.withResolvers<string>()
      const ended = desk.ask({ ...QUESTION, waitSeconds: waitMs / 1000 }, client.signal, given.resolve)
      const id = await given.promise
      const done = all.map(async ({ does, afterMs }, i) => {
        await sleep(afterMs)
        if (does === 'leave') return client.abort()
        if (does === 'stop') return desk.closeAll()
        const decide = does === 'approve' ? approveCall : refuseCall
        await decide(parts, OWNER(`person-${i}`), id, '').catch((error: unknown) => {
          assert.ok(error instanceof Failure && error.code === 'conflict', String(error))
        })
        return undefined
      })
      const [settled] = await Promise.all([ended, ...done])
      await desk.close()
      const row = await app.store.read.approvals.byId(id)
      assert.equal(settled.outcome, row?.state)
      const { size } = await app.store.read.log.state()
      const entries = (await app.store.read.log.rows(0, size)).filter(({ subjectId }) => subjectId === id)
      assert.deepEqual(
        entries.filter(({ kind }) => ENDS.has(kind)).map(({ kind }) => kind),
        [`approval.${settled.outcome}`],
      )
      assert.equal(row?.sealed, undefined)
      seen.add(settled.outcome)
    }),
    { numRuns: 60 },
  )
  assert.ok(seen.size >= 2, `only ${[...seen].join(' and ')} came about`)
  await app.close()
})

test('many at once find no more room than there is', async () => {
  const app = await openTestApp()
  const desk = await deskOn(app, { all: 3, perKey: 2 })
  const client = new AbortController()
  const ask = (keyId: string) => desk.ask({ ...QUESTION, keyId }, client.signal, () => undefined)
  const asked = ['a', 'a', 'a', 'b', 'b'].map((key) =>
    ask(key).then(
      (one) => one.outcome,
      (error: Failure) => error.code,
    ),
  )
  await sleep(50)
  assert.equal(desk.waiting, 3)
  client.abort()
  assert.deepEqual((await Promise.all(asked)).toSorted(), ['closed', 'closed', 'closed', 'too_many', 'too_many'])
  assert.equal(desk.waiting, 0)
  await desk.close()
  await app.close()
})

test('whoever has only the machine can refuse, and not approve', async () => {
  const app = await openTestApp()
  const parts = partsOf(app)
  const desk = await deskOn(app)
  const local: Actor = { kind: 'local', id: 'this-machine', role: 'owner' }
  const given = Promise.withResolvers<string>()
  const ended = desk.ask(QUESTION, new AbortController().signal, given.resolve)
  const id = await given.promise
  await assert.rejects(approveCall(parts, local, id, ''), /nobody knows who you are/)
  await refuseCall(parts, local, id, 'not today')
  assert.equal((await ended).outcome, 'refused')
  await desk.close()
  await app.close()
})
