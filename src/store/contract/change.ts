// What a change promises: all of it or nothing, together with its log entries, beside any number of others.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Change } from '../store.ts'
import { account, actor, entry, hasCode, opened, type Places } from './place.ts'

export function changeContract(places: Places): void {
  test('a change commits its rows together with its log entries', async (t) => {
    const { store } = await opened(t, places)
    const ada = account()
    await store.change(async (tx) => {
      await tx.accounts.insert(ada)
      tx.record(entry('account.created', { personal: { email: ada.email } }))
    })
    assert.deepEqual(await store.read.accounts.byId(ada.id), ada)
    assert.equal((await store.read.log.state()).size, 1)
    assert.equal((await store.read.log.personal(0))[0]?.value, ada.email)
  })

  test('a stamp names the time and the index that its entries get, also when the clock ran back', async (t) => {
    let time = Date.parse('2026-05-01T10:00:00Z')
    const { store } = await opened(t, places, { now: () => new Date((time -= 5000)) })
    const stamps = await Promise.all(
      Array.from({ length: 6 }, () =>
        store.change(async (tx) => {
          tx.record(entry('thing.first'))
          const stamp = await tx.stamp()
          tx.record(entry('thing.stamped'))
          return stamp
        }),
      ),
    )
    const { items } = await store.read.log.search({ limit: 50, order: 'oldest' })
    assert.ok(items.some(({ kind }) => kind === 'log.clock-moved-back'))
    const stamped = items.filter(({ kind }) => kind === 'thing.stamped')
    assert.deepEqual(
      stamps.toSorted((a, b) => a.entry - b.entry),
      stamped.map(({ at, index }) => ({ at, entry: index })),
    )
  })

  test('changes that follow one another leave others a turn of the event loop', async (t) => {
    const { store } = await opened(t, places)
    let [turns, isDone] = [0, false]
    const count = () => {
      turns++
      if (!isDone) setImmediate(count)
    }
    setImmediate(count)
    for (let i = 0; i < 20; i++)
      await store.change(async () => {
        for (const until = performance.now() + 10; performance.now() < until;);
      })
    isDone = true
    assert.ok(turns >= 10, `${turns} turns beside 20 changes`)
  })

  test('a change that fails leaves neither rows nor log entries', async (t) => {
    const { store } = await opened(t, places)
    const ada = account()
    const work = async (tx: Change) => {
      await tx.accounts.insert(ada)
      tx.record(entry())
      throw new Error('no')
    }
    await assert.rejects(store.change(work), /no/)
    assert.equal(await store.read.accounts.byId(ada.id), undefined)
    assert.equal((await store.read.log.state()).size, 0)
    await store.append([entry()])
    assert.equal((await store.read.log.search({ limit: 10, kind: 'thing.made' })).items.length, 1)
  })

  test('an entry that cannot be recorded undoes the change', async (t) => {
    const { store } = await opened(t, places)
    const ada = account()
    const work = async (tx: Change) => {
      await tx.accounts.insert(ada)
      tx.record(entry('Not A Kind'))
    }
    await assert.rejects(store.change(work), hasCode('input_invalid'))
    assert.equal(await store.read.accounts.byId(ada.id), undefined)
  })

  test('reads go on while a change is open, and see nothing of it', async (t) => {
    const { store } = await opened(t, places)
    const ada = account()
    await store.change(async (tx) => {
      await tx.accounts.insert(ada)
      assert.deepEqual(await tx.accounts.byId(ada.id), ada)
      assert.equal(await store.read.accounts.byId(ada.id), undefined)
    })
    assert.deepEqual(await store.read.accounts.byId(ada.id), ada)
  })

  test('what is not awaited never reaches the next change', async (t) => {
    const { store } = await opened(t, places)
    const ada = account()
    let leaked: Change | undefined
    await store.change(async (tx) => {
      leaked = tx
    })
    await store.change(async () => {
      await assert.rejects(async () => leaked?.accounts.insert(ada), /has ended/)
    })
    assert.equal(await store.read.accounts.byId(ada.id), undefined)
  })

  test('a statement that failed cannot be swallowed', async (t) => {
    const { store } = await opened(t, places)
    const ada = account()
    const session = { id: 's', accountId: 'nobody', createdAt: 'a', expiresAt: 'b', lastSeenAt: 'c' }
    const work = async (tx: Change) => {
      await tx.accounts.insert(ada)
      await tx.sessions.insert(session).catch(() => undefined)
    }
    await assert.rejects(store.change(work))
    assert.equal(await store.read.accounts.byId(ada.id), undefined)
  })

  test('a change inside a change is refused instead of waiting for itself', async (t) => {
    const { store } = await opened(t, places)
    await assert.rejects(
      store.change(() => store.change(async () => undefined)),
      /inside a change/,
    )
    await assert.rejects(
      store.change(() => store.append([entry()])),
      /inside a change/,
    )
  })

  test('reading cannot write', async (t) => {
    const { store } = await opened(t, places)
    await assert.rejects(store.read.accounts.insert(account()), /store\.change/)
    assert.deepEqual(await store.health(), { writable: true })
  })

  test('a taken e-mail address is a conflict that the change survives', async (t) => {
    const { store } = await opened(t, places)
    const [ada, eve] = [account({ email: 'Ada@example.org' }), account({ email: 'ADA@EXAMPLE.ORG' })]
    await store.change(async (tx) => {
      await tx.accounts.insert(ada)
      await assert.rejects(tx.accounts.insert(eve), hasCode('conflict'))
      await tx.accounts.insert({ ...eve, email: 'eve@example.org' })
      await assert.rejects(tx.accounts.update(eve.id, { email: 'aDa@example.org' }), hasCode('conflict'))
    })
    assert.equal((await store.read.accounts.byEmail('ada@EXAMPLE.org'))?.id, ada.id)
    assert.equal((await store.read.accounts.byId(eve.id))?.email, 'eve@example.org')
  })

  test('text that one engine cannot keep is refused by both', async (t) => {
    const { store } = await opened(t, places)
    for (const name of ['a\0b', 'a\ud800b'])
      await assert.rejects(
        store.change((tx) => tx.accounts.insert(account({ name }))),
        hasCode('input_invalid'),
      )
    const name = '𝄞 "quoted" \u0001 \' -- ;'
    const ada = account({ name })
    await store.change((tx) => tx.accounts.insert(ada))
    assert.equal((await store.read.accounts.byId(ada.id))?.name, name)
  })

  test('changes side by side all get in, and the log has no gap', async (t) => {
    const { store } = await opened(t, places)
    const ids = await Promise.all(
      Array.from({ length: 40 }, () =>
        store.change(async (tx) => {
          const one = account()
          await tx.accounts.insert(one)
          tx.record(entry('account.created', { subject: { kind: 'account', id: one.id } }))
          return one.id
        }),
      ),
    )
    const rows = await store.read.log.rows(0, 100)
    assert.deepEqual(
      rows.map(({ index }) => index),
      ids.map((_, i) => i),
    )
    assert.deepEqual(new Set(rows.map((row) => row.subjectId)), new Set(ids))
  })

  test('two owners who demote each other at once do not both succeed', async (t) => {
    const { store } = await opened(t, places)
    const owners = [account(), account()]
    for (const one of owners) await store.change((tx) => tx.accounts.insert(one))
    const demote = (id: string) =>
      store.change(async (tx) => {
        if ((await tx.accounts.countEnabled('owner')) < 2) throw new Error('the last owner stays')
        await sleep(20)
        await tx.accounts.update(id, { role: 'auditor' })
      })
    const results = await Promise.allSettled(owners.map(({ id }) => demote(id)))
    assert.deepEqual(results.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected'])
    assert.equal(await store.read.accounts.countEnabled('owner'), 1)
  })

  test('of many who use a one-time link at once, one does', async (t) => {
    const { store } = await opened(t, places)
    const link = {
      purpose: 'owner',
      accountId: undefined,
      role: 'owner',
      expiresAt: '2030',
      usedAt: undefined,
    } as const
    await store.change((tx) => tx.links.insert({ id: 'l', ...link }))
    const used = await Promise.all(Array.from({ length: 8 }, () => store.change((tx) => tx.links.use('l', '2026'))))
    assert.equal(used.filter(Boolean).length, 1)
  })

  test('who listens hears of every entry once and in order, on every replica', async (t) => {
    const { store, place, again } = await opened(t, places)
    const other = place.engine === 'postgres' ? await again() : store
    const heard: number[] = []
    const troubles: unknown[] = []
    other.onRecorded((rows) => heard.push(...rows.map(({ index }) => index)))
    const stop = other.onRecorded((rows) => troubles.push(rows))
    stop()
    await Promise.all(
      Array.from({ length: 30 }, (_, i) =>
        i % 2 === 0 ? store.append([entry(), entry()]) : store.change(async (tx) => tx.record(entry())),
      ),
    )
    for (let i = 0; heard.length < 45 && i < 100; i++) await sleep(50)
    assert.deepEqual(
      heard,
      Array.from({ length: 45 }, (_, i) => i),
    )
    assert.deepEqual(troubles, [])
  })

  test('a listener that throws hurts nobody', async (t) => {
    const troubles: unknown[] = []
    const { store } = await opened(t, places, { onTrouble: (error) => troubles.push(error) })
    const heard: number[] = []
    store.onRecorded(() => {
      throw new Error('deaf')
    })
    store.onRecorded((rows) => heard.push(rows.length))
    await store.append([entry()])
    for (let i = 0; heard.length < 1 && i < 100; i++) await sleep(50)
    assert.deepEqual(heard, [1])
    assert.match(String(troubles[0]), /deaf/)
  })

  test('entries appended together share commits; a bad one fails its caller only', async (t) => {
    const { store } = await opened(t, places)
    const calls = Array.from({ length: 60 }, (_, i) =>
      store.append(i === 7 ? [entry(), entry('NOT.A.KIND')] : [entry(), entry()]),
    )
    const results = await Promise.allSettled(calls)
    assert.equal(results.filter(({ status }) => status === 'rejected').length, 1)
    const indexes = results.flatMap((result) => (result.status === 'fulfilled' ? result.value : []))
    assert.deepEqual(
      indexes,
      Array.from({ length: 118 }, (_, i) => i),
    )
    assert.equal((await store.read.log.state()).size, 118)
  })

  test('more entries than may wait are refused', async (t) => {
    const { store } = await opened(t, places)
    const many = Array.from({ length: 20_001 }, () => entry())
    await assert.rejects(store.append(many), hasCode('too_many'))
    assert.deepEqual(await store.append([]), [])
    assert.deepEqual(await store.append([entry('thing.made', { actor })]), [0])
  })

  test('a closed store says so', async (t) => {
    const { store } = await opened(t, places)
    await store.close()
    await assert.rejects(
      store.change(async () => undefined),
      hasCode('unavailable'),
    )
  })
}
