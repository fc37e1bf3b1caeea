import assert from 'node:assert/strict'
import { test } from 'node:test'
import { csvLine } from './csv.ts'

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
    assert.equal(csvLine([given]), `${cell}\r\n`)
  })
}

test('cells are quoted where they must be, and no cell runs as a formula', () => {
  const cases: [Parameters<typeof csvLine>[0], string][] = [
    [['a', 1, true, undefined], 'a,1,true,\r\n'],
    [['a,b', 'say "x"', 'two\nlines'], '"a,b","say ""x""","two\nlines"\r\n'],
    [['=1+1', '+1', '-1', '@x', '|x', '%x', ' =x'], `'=1+1,'+1,'-1,'@x,'|x,'%x,' =x\r\n`],
    [['=HYPERLINK("http://x","y")'], `"'=HYPERLINK(""http://x"",""y"")"\r\n`],
    [[-1], '-1\r\n'],
  ]
  for (const [cells, line] of cases) assert.equal(csvLine(cells), line)
})
