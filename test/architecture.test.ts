// Holds ARCHITECTURE.md and AGENTS.md to their word. Each rule is also shown small trees that break it and must object:
// a rule that cannot fail says nothing.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { codeRules } from './architecture/code.ts'
import { importRules } from './architecture/imports.ts'
import { readTree, sampleTree } from './architecture/tree.ts'
import { wordRules } from './architecture/words.ts'

const tree = readTree(process.cwd())

for (const rule of [...importRules, ...codeRules, ...wordRules]) {
  describe(rule.title, () => {
    test('holds', () => assert.deepEqual(rule.check(tree), []))

    for (const [i, broken] of rule.broken.entries()) {
      test(`objects to ${Object.keys(broken).join(' with ')} (sample ${i + 1})`, () => {
        assert.notDeepEqual(rule.check(sampleTree(broken)), [])
      })
    }
  })
}

test('the tree that was read is the whole one', () => {
  for (const path of ['src/lib/failure.ts', 'bin/parapet.js', 'package-lock.json', 'AGENTS.md']) assert(tree.has(path))
  const failure = tree.sources.find(({ path }) => path === 'src/lib/parse.ts')
  assert.deepEqual(
    failure?.imports.map(({ from, target, typeOnly }) => [from, target, typeOnly]),
    [
      ['./suggest.ts', 'src/lib/suggest.ts', false],
      ['./failure.ts', 'src/lib/failure.ts', false],
      ['zod', undefined, true],
    ],
  )
})
