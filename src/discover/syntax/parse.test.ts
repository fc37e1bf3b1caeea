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
