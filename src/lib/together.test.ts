import assert from 'node:assert/strict'
import { setImmediate as turn } from 'node:timers/promises'
import { test } from 'node:test'
import { together } from './together.ts'

test('what falls due in one turn is done at its end, in order, and once', async () => {
  const done: number[] = []
  const add = together((item: number) => done.push(item))
  for (const item of [1, 2, 3]) add(item)
  assert.deepEqual(done, [])
  await turn()
  assert.deepEqual(done, [1, 2, 3])
  await turn()
  assert.deepEqual(done, [1, 2, 3])
})

test('what comes while others are done is done in the next turn', async () => {
  const done: number[] = []
  const add = together((item: number) => {
    done.push(item)
    if (item < 3) add(item + 1)
  })
  add(1)
  await turn()
  assert.deepEqual(done, [1])
  await turn()
  await turn()
  assert.deepEqual(done, [1, 2, 3])
})

test('one that throws takes nobody down with it', async (t) => {
  const done: number[] = []
  const thrown: unknown[] = []
  const add = together((item: number) => {
    if (item % 2 === 0) throw new Error(`no ${item}`)
    done.push(item)
  })
  const before = process.rawListeners('uncaughtException') as NodeJS.UncaughtExceptionListener[]
  process.removeAllListeners('uncaughtException')
  process.on('uncaughtException', (error) => thrown.push(error.message))
  t.after(() => {
    process.removeAllListeners('uncaughtException')
    for (const listener of before) process.on('uncaughtException', listener)
  })
  for (const item of [1, 2, 3, 4, 5]) add(item)
  for (let i = 0; i < 4; i++) await turn()
  assert.deepEqual(
    [done, thrown],
    [
      [1, 3, 5],
      ['no 2', 'no 4'],
    ],
  )
})
