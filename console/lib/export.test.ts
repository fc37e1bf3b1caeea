import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toCsv } from './export.ts'

const CASES: readonly (readonly [string, unknown, string])[] = [
  ['a formula', '=1+1', "'=1+1"],
  ['a formula behind a blank', ' =1+1', "' =1+1"],
  ['a formula behind a tab', '\t@SUM(A1)', "'\t@SUM(A1)"],
  ['a call of a program', '|calc', "'|calc"],
  ['a minus before words', '-2+3', "'-2+3"],
  ['a number stays a number', -2, '-2'],
  ['a quote and a comma', 'a "b", c', '"a ""b"", c"'],
  ['a line break', 'a\nb', '"a\nb"'],
  ['a list of words', ['a', 'b'], 'a b'],
  ['an object', { a: 1 }, '"{""a"":1}"'],
  ['nothing', undefined, ''],
  ['a formula in a list', ['=A1', 'b'], "'=A1 b"],
]

for (const [name, value, cell] of CASES) {
  test(`a cell holds ${name}`, () => assert.equal(toCsv([{ id: 1, value }]), `id,value\r\n1,${cell}\r\n`))
}

test('rows with other keys share one head, and a name of a column is no formula either', () => {
  assert.equal(toCsv([{ a: 1 }, { '=b': 2 }]), "a,'=b\r\n1,\r\n,2\r\n")
})

test('no rows give no line', () => assert.equal(toCsv([]), '\r\n'))
