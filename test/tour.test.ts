import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isAsShown, readTour } from './tour.ts'

test('commands, their continuation and their output are told apart', () => {
  const { steps, files } = readTour(
    [
      '# A',
      '```sh tour',
      '$ one \\',
      '  --more',
      'out',
      '$ two',
      '```',
      '```sh',
      '$ not this',
      '```',
      '```text tour-file a.txt',
      'hi',
      '```',
    ].join('\n'),
  )
  assert.deepEqual(steps, [
    { line: 3, command: 'one \\\n  --more', output: 'out\n' },
    { line: 6, command: 'two', output: '' },
  ])
  assert.deepEqual(files, { 'a.txt': 'hi' })
})

const CASES: [actual: string, shown: string, same: boolean][] = [
  ['a\nb\n', 'a\nb\n', true],
  ['a\nc\n', 'a\nb\n', false],
  ['size 17\n', 'size …\n', true],
  ['a\n1\n2\nz\n', 'a\n…\nz\n', true],
  ['a\nz\n', 'a\n…\nz\n', true],
  ['a\nb\n', 'a\n', false],
  ['anything\n', '', true],
  ['a.b\n', 'a?b\n', false],
]

for (const [actual, shown, same] of CASES) {
  test(`${JSON.stringify(actual)} is ${same ? '' : 'not '}as ${JSON.stringify(shown)}`, () => {
    assert.equal(isAsShown(actual, shown), same)
  })
}
