import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { Failure } from '../../lib/failure.ts'
import { createOutbox, type OutboxOptions, type Sink } from './outbox.ts'

function opened(
  send: (batch: readonly number[]) => ReturnType<Sink<number>['send']>,
  more: Partial<OutboxOptions<number>> = {},
) {
  const got: number[] = []
  const troubles: unknown[] = []
  const outbox = createOutbox<number>({
    id: 'test',
    sink: {
      async send(batch) {
        const untaken = await send(batch)
        got.push(...batch)
        return untaken
      },
    },
    gatherMs: 1,
    firstPauseMs: 10,
    onTrouble: (error) => troubles.push(error),
    ...more,
  })
  return { outbox, got, troubles }
}

const away = () => Promise.reject(new Failure('unavailable', 'the receiver is away'))
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i)

test('events arrive in their order, in batches', async () => {
  const sizes: number[] = []
  const { outbox, got } = opened(async ({ length }) => void sizes.push(length), { mostAtOnce: 10 })
  for (const n of range(0, 35)) outbox.push(n)
  await outbox.close()
  assert.deepEqual(got, range(0, 35))
  assert.deepEqual(sizes, [10, 10, 10, 5])
  assert.deepEqual(outbox.state, { id: 'test', waiting: 0, sent: 35, dropped: 0, trouble: undefined })
})

test('a receiver that is away gets everything later, in order, and is told of once', async () => {
  let isAway = true
  const { outbox, got, troubles } = opened(() => (isAway ? away() : Promise.resolve()))
  for (const n of range(0, 5)) outbox.push(n)
  for (let i = 0; i < 200 && troubles.length === 0; i++) await setTimeout(5)
  await setTimeout(60)
  assert.equal(outbox.state.trouble, 'the receiver is away')
  isAway = false
  for (let i = 0; i < 400 && got.length < 5; i++) await setTimeout(5)
  assert.deepEqual(got, range(0, 5))
  assert.deepEqual([troubles.length, outbox.state.trouble], [1, undefined])
  await outbox.close()
})

test('what is too much is dropped and counted, and so is what waits at the end', async () => {
  const { outbox, got, troubles } = opened(away, { mostWaiting: 100 })
  for (const n of range(0, 150)) outbox.push(n)
  assert.deepEqual([outbox.state.waiting, outbox.state.dropped], [100, 50])
  await outbox.close(50)
  assert.deepEqual([got.length, outbox.state.waiting, outbox.state.dropped], [0, 0, 150])
  assert.match(String(troubles.at(-1)), /test: 100 events were not told before the stop/)
  outbox.push(1)
  assert.equal(outbox.state.dropped, 151)
})

test('what is refused for good does not stand in the way of what comes after', async () => {
  const { outbox, got } = opened(
    (batch) => (batch.includes(1) ? Promise.reject(new Failure('upstream_invalid', 'refused')) : Promise.resolve()),
    { mostAtOnce: 1 },
  )
  for (const n of range(0, 3)) outbox.push(n)
  await outbox.close()
  assert.deepEqual(got, [0, 2])
  assert.deepEqual([outbox.state.sent, outbox.state.dropped], [2, 1])
})

test('what a receiver says it did not take is counted, told of once and not sent again', async () => {
  const { outbox, got, troubles } = opened(async () => ({ count: 2, why: 'too old' }), { mostAtOnce: 5 })
  for (const i of range(0, 10)) outbox.push(i)
  while (outbox.state.waiting > 0) await setTimeout(1)
  assert.deepEqual(got, range(0, 10))
  assert.deepEqual(outbox.state, { id: 'test', waiting: 0, sent: 6, dropped: 4, trouble: 'too old' })
  assert.equal(troubles.length, 1)
  await outbox.close()
})

test('a receiver that never answers holds up a stop no longer than it may', async () => {
  const outbox = createOutbox<number>({
    id: 'test',
    sink: {
      send: (_, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new Failure('unavailable', 'late')))
        }),
    },
    gatherMs: 1,
    onTrouble: () => undefined,
  })
  outbox.push(1)
  await setTimeout(20)
  const started = performance.now()
  await outbox.close(100)
  assert.ok(performance.now() - started < 2000)
  assert.equal(outbox.state.dropped, 1)
})
