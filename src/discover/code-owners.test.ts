// CODEOWNERS as the forges read it: the last rule that matches counts.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseCodeOwners } from './code-owners.ts'
import { processorMs } from '../lib/testing.ts'

const CASES: [rules: string, file: string, owner: string | undefined][] = [
  ['* @all', 'a/b.py', '@all'],
  ['* @all\n*.py @py', 'a/b.py', '@py'],
  ['*.py @py\n* @all', 'a/b.py', '@all'],
  ['/docs/ @docs', 'docs/a/b.md', '@docs'],
  ['/docs/ @docs', 'src/docs/b.md', undefined],
  ['docs/ @docs', 'src/docs/b.md', '@docs'],
  ['docs/ @docs', 'src/docs', undefined],
  ['docs/* @docs', 'docs/a.md', '@docs'],
  ['apps/**/agent.py @a', 'apps/x/y/agent.py', '@a'],
  ['apps/**/agent.py @a', 'apps/agent.py', '@a'],
  ['apps/** @a', 'apps/x/y.py', '@a'],
  ['**/logs @l', 'deep/down/logs/x.txt', '@l'],
  ['a?c.py @q', 'abc.py', '@q'],
  ['a?c.py @q', 'ac.py', undefined],
  ['* @all\n/vendor/', 'vendor/x.py', undefined],
  ['# nothing\n\n*.py @py # who else', 'x.py', '@py'],
  ['[Section]\n* one@example.org two@example.org', 'x', 'one@example.org'],
]
for (const [rules, file, owner] of CASES)
  test(`${JSON.stringify(rules)} of ${file}: ${owner ?? 'nobody'}`, () =>
    assert.equal(parseCodeOwners(rules)(file), owner))

test('a pattern that is made to cost time costs none', () => {
  const owner = parseCodeOwners(`${'**/'.repeat(40)}${'*a'.repeat(40)} @x`)
  assert(processorMs(() => owner(`${'a/'.repeat(60)}${'a'.repeat(200)}b`)) < 1000)
})
