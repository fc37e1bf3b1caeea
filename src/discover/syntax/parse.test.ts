import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseCode } from './parse.ts'

/** So many letters the parser is given at once. */
const AT_ONCE = 5_119

test('what stands on a seam of what the parser is given at once is read as it stands there', async () => {
  for (let before = AT_ONCE - 14; before <= AT_ONCE + 2; before++) {
    const said = `"${'é😀'.repeat(4)}"`
    const text = `${'# '.padEnd(before - 1, 'ä')}\nname = ${said}\n# ${'ж'.repeat(3 * AT_ONCE)}\nend = "€"\n`
    const { statements, cut } = await parseCode('python', text, Infinity)
    assert.equal(cut, undefined)
    assert.deepEqual(
      statements.flatMap((one) =>
        one.kind === 'assign' && one.value.kind === 'text' ? [[one.target, one.value.value, one.line]] : [],
      ),
      [
        ['name', 'é😀'.repeat(4), 2],
        ['end', '€', 4],
      ],
    )
  }
})

const afterImports = (count: number) => `${'import os\n'.repeat(count)}MODEL = "gpt-4o"\n`

test('what stands behind more statements than are kept is said not to have been read', async () => {
  const all = await parseCode('python', afterImports(49_999), Infinity)
  const some = await parseCode('python', afterImports(50_000), Infinity)
  assert.deepEqual([all.statements.length, all.cut], [50_000, undefined])
  assert.deepEqual([some.statements.length, some.cut], [50_000, 'too_large'])
})
