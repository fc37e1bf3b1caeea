import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toCsv } from './csv.ts'

const cases: [string, string][] = [
  ['=HYPERLINK("https://evil.example")', `"'=HYPERLINK(""https://evil.example"")"`],
  ['+1', `'+1`],
  ['-1', `'-1`],
  ['@SUM(A1)', `'@SUM(A1)`],
  ['  =1', `'  =1`],
  ['\t=1', `'\t=1`],
  ['\r=1', `"'\r=1"`],
  ['|calc', `'|calc`],
  ['a,b', '"a,b"'],
  ['two\nlines', '"two\nlines"'],
  ['plain – text', 'plain – text'],
]

for (const [given, cell] of cases) {
  test(`${JSON.stringify(given)} stays text in a spreadsheet`, () => {
    assert.equal(toCsv(['head'], [[given]]), `head\r\n${cell}\r\n`)
  })
}

test('numbers and answers are not quoted, absent cells are empty', () => {
  assert.equal(toCsv(['a', 'b', 'c'], [[-1, true, undefined]]), 'a,b,c\r\n-1,true,\r\n')
})
