import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseCode } from './parse.ts'
import { silentIn } from './silent.ts'

const OTHER = (n: number) =>
  `function other${n}(list) {\n${'  list.push(render(list.length, "pixel"))\n'.repeat(100)}}\n`
const ASKS = `function outer() {
${'  draw("pixel")\n'.repeat(300)}
  return function ask() { return client.chat({ model: "gpt-4o" }) }
}
`
const TIES = 'var __defProp = Object.defineProperty\n'
const others = (from: number, count: number) => Array.from({ length: count }, (_, n) => OTHER(from + n)).join('')

test('of a bundle, functions that say nothing are left unread, whatever stands between them', async () => {
  const text = TIES + others(0, 60) + ASKS + others(60, 60)
  const { statements } = await parseCode('typescript', text, Infinity)
  const said = JSON.stringify(statements)
  assert.match(said, /gpt-4o/)
  assert.ok(statements.some((one) => one.kind === 'function' && one.name === 'other99'))
  assert.ok(said.split('pixel').length < 1_500, 'most of what the others do is not there')
})

test('of a file that somebody wrote all is read, however long it is', async () => {
  for (const [text, calls] of [
    [TIES + OTHER(1), 100],
    [others(0, 60) + ASKS + others(60, 60), 12_300],
  ] as const) {
    assert.equal(silentIn(text), undefined)
    const { statements } = await parseCode('typescript', text, Infinity)
    assert.equal(statements.filter(({ kind, ...one }) => kind === 'do' && !('returns' in one)).length, calls)
  }
})

test('bundlers leave their ties in what they put together', () => {
  const text = others(0, 70)
  for (const tie of [
    '__webpack_require__(12)',
    'var init = __esmMin(() => {})',
    '//#region src/ask.ts',
    '__exportAll({})',
  ])
    assert.ok(silentIn(`${text}${tie}\n`), tie)
  for (const written of ['//#region Asking', '// src/ask.ts', 'my__defProp()'])
    assert.equal(silentIn(`${text}${written}\n`), undefined, written)
})

test('a word that stands across two places of which each is asked alone is heard', () => {
  for (let shift = 0; shift < 8; shift++) {
    const at = 2048 * 20 - 4 + shift
    const text = `${'x '.repeat(200_000).slice(0, at)} openai ${'x '.repeat(150_000)}${TIES}`
    const isSilent = silentIn(text)
    assert.equal(isSilent?.(at - 100, at + 100), false)
    assert.equal(isSilent(0, 10_000), true)
  }
})
