// Component files: what of them is code, where it stands, and that a file made to keep the reader busy does not.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readEmbedded } from './embedded.ts'
import { processorMs } from '../../lib/testing.ts'

test('scripts stay in their lines, and what is shown as markup knows its own', () => {
  const text = '---\n---\n<p>{@html answer}</p>\n<script generic="T extends A<B>">\nconst one = 1\n</script>\n'
  const { code, lines } = readEmbedded(text)
  const said = code.split('\n')
  assert.equal(said[4], 'const one = 1')
  const shown = said.findIndex((line) => line === ';innerHTML = (answer);')
  assert.equal(lines[shown + 1], 3)
})

test('what stands in a script is not shown', () => {
  assert.doesNotMatch(readEmbedded('<script>\nconst a = `{@html b}`\n</script>\n').code, /innerHTML/)
})

for (const unit of [
  '<script>',
  '<script ',
  '{@html a}\n',
  '{#each a as b}\n',
  '\n---\n',
  '<script></script>{@html a}\n',
]) {
  test(`${JSON.stringify(unit)} over and over takes no time to speak of`, () => {
    const text = unit.repeat(262_144 / unit.length)
    assert(processorMs(() => readEmbedded(text)) < 2000)
  })
}
