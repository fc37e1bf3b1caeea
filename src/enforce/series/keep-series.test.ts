import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { createVault } from '../vault.ts'
import { keepSeries } from './keep-series.ts'
import { createSeriesBook } from './series-book.ts'
import type { KeptSeries, SeriesStore } from './series-store.ts'
import { sketchOf } from './sketch.ts'
import { traitsOf } from './traits.ts'

const key = { id: 'k', bytes: randomBytes(32) }
const vault = createVault({ newest: async () => key, find: async () => key, renew: async () => key })

/** Rows in memory, in place of a database. */
function rowsStore() {
  const rows = new Map<string, KeptSeries>()
  const store: SeriesStore = {
    save: async (all) => all.forEach((row) => rows.set(row.id, row)),
    latest: async () => [...rows.values()],
    sweep: async () => 0,
  }
  return { rows, store }
}

async function open(store: SeriesStore, troubles: unknown[] = []) {
  const book = createSeriesBook()
  const keeper = await keepSeries({
    book,
    vault,
    read: store,
    change: (work) => work(store),
    now: () => new Date(),
    onTrouble: (error) => troubles.push(error),
  })
  return { book, keeper }
}

const usual = (i: number) => `Where is the parcel that was sent ${i % 7} days ago to ${['Ann', 'Bob', 'Cleo'][i % 3]}?`
const look = (text: string) => traitsOf(text, text.length)

test('a restart forgets neither the series of a caller nor what is usual for it', async () => {
  const { rows, store } = rowsStore()
  const before = await open(store)
  const series = before.book.series('user:ann')
  const bins = sketchOf('hello there 17')
  series.add({ at: 5, exact: 'e', asksConfidence: true, ...bins })
  series.stop(7)
  const baseline = before.book.baseline('route:ann')
  for (let i = 0; i < 70; i++) baseline.look(look(usual(i)), 40)
  baseline.look(look('ok'), 40)
  await before.keeper.close()
  assert.doesNotMatch(JSON.stringify([...rows.values()]), /hello|parcel|17,/)

  const after = await open(store)
  assert.deepEqual([...after.book.series('user:ann').members], [{ at: 5, exact: 'e', asksConfidence: true, ...bins }])
  assert.deepEqual(after.book.series('user:ann').stopped, [7])
  const odd = look('Пожалуйста, скажите мне, где мой заказ')
  const [was, is] = [baseline.look(odd, 40), after.book.baseline('route:ann').look(odd, 40)]
  assert(
    was && is && was.trait === is.trait && Math.abs(was.score - is.score) < was.score / 20,
    `${was?.score} ${is?.score}`,
  )
  await after.keeper.close()
})

test('what did not change is not saved again', async () => {
  const { rows, store } = rowsStore()
  const { book, keeper } = await open(store)
  book.series('user:ann').stop(1)
  await keeper.save()
  rows.clear()
  await keeper.save()
  assert.equal(rows.size, 0)
  await keeper.close()
})

test('of more than are saved at once each kind has its share', () => {
  const book = createSeriesBook()
  for (let i = 0; i < 100; i++) book.series(`user:${i}`).stop(i)
  for (let i = 0; i < 3; i++) book.baseline(`route:${i}`).look(look(usual(i)), 40)
  const kinds = (most: number) => book.takeChanged(most).map(({ id }) => id.split(' ')[0])
  assert.deepEqual(kinds(8), ['series', 'series', 'series', 'series', 'usual', 'usual', 'usual'])
  assert.deepEqual(kinds(8), ['series', 'series', 'series', 'series'])
})

test('what cannot be read, or was put in by others, begins anew and is told of once', async () => {
  const { rows, store } = rowsStore()
  const at = new Date().toISOString()
  rows.set('series a', { id: 'series a', sealed: 'nonsense', at })
  const foreign = await vault.seal(Buffer.from('{"members":[{"at":"x"}]}'), 'series series b')
  rows.set('series b', { id: 'series b', sealed: foreign, at })
  const moved = await vault.seal(Buffer.from('{"members":[],"stopped":[1]}'), 'series series d')
  rows.set('series c', { id: 'series c', sealed: moved, at })
  const troubles: unknown[] = []
  const { book, keeper } = await open(store, troubles)
  assert.deepEqual(book.series('c').stopped, [])
  assert.equal(troubles.length, 1)
  assert.match(String(troubles[0]), /3 series/)
  await keeper.close()
})
