// What kept series promise: one for each id, the newest first, and the old ones go.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { opened, type Places } from './place.ts'

const day = (number: number) => `2026-01-0${number}T00:00:00.000Z`
const row = (id: string, at: string, sealed = 'a') => ({ id, sealed, at })

export function inputSeriesContract(places: Places): void {
  test('a series is kept once, and the newest come first', async (t) => {
    const { store } = await opened(t, places)
    await store.change((tx) => tx.inputSeries.save([row('one', day(1)), row('two', day(2)), row('three', day(3))]))
    await store.change((tx) => tx.inputSeries.save([row('one', day(4), 'b')]))
    const all = await store.read.inputSeries.latest(day(2), 10)
    assert.deepEqual(all, [row('one', day(4), 'b'), row('three', day(3)), row('two', day(2))])
    assert.deepEqual(await store.read.inputSeries.latest(day(1), 1), [row('one', day(4), 'b')])
    const sweep = () => store.change((tx) => tx.inputSeries.sweep(day(4), 1))
    assert.deepEqual([await sweep(), await sweep(), await sweep()], [1, 1, 0])
    assert.equal((await store.read.inputSeries.latest(day(1), 10)).length, 1)
  })
}
