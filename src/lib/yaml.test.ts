import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Failure } from './failure.ts'
import { parseYaml } from './yaml.ts'
import { processorMs } from './testing.ts'

const values = (text: string) => parseYaml(text, 'p.yaml').map(({ value }) => value)

test('plain YAML is read', () => {
  assert.deepEqual(values('a: 1\nb: [x, { c: true }]\n'), [{ a: 1, b: ['x', { c: true }] }])
  assert.deepEqual(values('a: 1\n---\nb: 2\n'), [{ a: 1 }, { b: 2 }])
  assert.deepEqual(values(''), [])
})

test('a place is told by its line, and one that is not there by the nearest around it', () => {
  const [first, second] = parseYaml(
    'a:\n  - b: 1\n    c: &x [1]\n---\n# x\nd: *x\ne:\n\n  - 2\n'.replace('*x', '3'),
    'p.yaml',
  )
  const cases: [string, number][] = [
    ['a', 2],
    ['a[0].c', 3],
    ['a[0].c[0]', 3],
    ['a[0].none.more', 2],
    ['a[9]', 2],
    ['none', 1],
    ['', 1],
  ]
  for (const [path, line] of cases) assert.equal(first?.lineOf(path), line, path)
  assert.deepEqual([second?.lineOf('d'), second?.lineOf('e[0]')], [6, 9])
})

test('an alias may be used now and then', () => {
  assert.deepEqual(values('a: &x { y: 1 }\nb: *x\n'), [{ a: { y: 1 }, b: { y: 1 } }])
})

const bomb = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]']
for (let i = 1; i < 10; i++) bomb.push(`a${i}: &a${i} [${Array.from({ length: 10 }, () => `*a${i - 1}`).join(', ')}]`)

for (const [title, text, words] of [
  ['a bomb of aliases', bomb.join('\n'), /alias/i],
  ['an alias to itself', 'a: &a [*a]', /./],
  ['brackets a hundred thousand deep', '['.repeat(100_000), /deeper than 64/],
  [
    'indentation a thousand deep',
    Array.from({ length: 1000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
    /deeper than 64/,
  ],
  ['more than eight megabytes', `a: ${'x'.repeat(9_000_000)}`, /9000003 characters/],
  ['the same key twice', 'a: 1\na: 2\n', /unique.*line 2/s],
  ['an unknown tag', 'a: !!js/function "f"\n', /tag/i],
  ['a key that means the prototype', 'a: [{ __proto__: 1 }]\n', /__proto__/],
  ['an open quote', 'a: "x\n', /line/],
] as const) {
  const refused = (error: unknown) => {
    assert.ok(error instanceof Failure, String(error))
    assert.match(error.message, /^p\.yaml/)
    assert.match(`${error.message} ${error.hint ?? ''}`, words)
    return true
  }
  test(`${title} is refused with the name of the file`, () => {
    assert.ok(processorMs(() => assert.throws(() => parseYaml(text, 'p.yaml'), refused)) < 3000, 'in bounded time')
  })
}
