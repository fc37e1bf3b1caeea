import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSource } from '../read/read-file.ts'
import type { Expr, Unit } from '../syntax/expr.ts'
import { type Around, CALLS, forgetVisits, metIn, SAID, visitUnit } from './visit.ts'

const SOURCE = 'import openai\nrun(model="gpt-4o", tools=[{"name": "a", "help": x.y if z == 1 else "b"}])\n'

function seen(unit: Unit, only?: typeof CALLS): string[] {
  const found: string[] = []
  const take = (expr: Expr, { keys, asked, parents }: Around) =>
    void found.push([expr.kind, keys.join('.'), asked, parents.map(({ kind }) => kind)].join(' '))
  visitUnit(unit, take, only)
  return found
}

test('a unit is met alike whether its visit is kept, was kept, or finds no room', async () => {
  const { unit } = await readSource('a.py', SOURCE)
  assert(unit)
  forgetVisits()
  const first = seen(unit)
  const some = [seen(unit, CALLS), seen(unit, SAID)]
  assert(first.length > 10)
  assert(some.every(({ length }) => length > 0 && length < first.length))
  assert.deepEqual(seen(unit), first)
  assert.equal(metIn(unit), metIn(unit))

  const items = Array.from({ length: 200_000 }, (): Expr => ({ kind: 'number', value: 1, line: 1 }))
  const documents: Expr[] = [{ kind: 'list', items, line: 1 }]
  const large: Unit = { file: 'a.json', format: 'json', language: 'json', statements: [], documents }
  forgetVisits()
  assert.equal(metIn(large).length, items.length + 1)
  assert.deepEqual(seen(unit), first)
  assert.deepEqual([seen(unit, CALLS), seen(unit, SAID)], some)
  assert.deepEqual(
    metIn(unit).map(({ expr }) => expr.kind),
    first.map((line) => line.split(' ')[0]),
  )
  forgetVisits()
})
