// What is read as what, by its name alone: endings of code settle most, and must not take what has a name of its own.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readerOf } from './classify.ts'

const CASES: readonly [file: string, read: string][] = [
  ['src/a.ts', 'typescript'],
  ['src/a.mjs', 'tsx'],
  ['env.ts', 'typescript'],
  ['app/build.gradle.kts', 'manifest'],
  ['Dockerfile.py', 'docker'],
  ['.clinerules/rules.md', 'instructions'],
  ['.clinerules/rules.py', 'python'],
  ['gradle.lockfile', 'lock'],
  ['package-lock.json', 'lock'],
  ['package.json', 'json'],
  ['.env.local', 'env'],
  ['.env-example', 'env'],
  ['bin/run', 'script'],
  ['a.d.ts', 'nobody'],
  ['a.min.js', 'nobody'],
  ['env.js.map', 'nobody'],
  ['src/run', 'nobody'],
]

for (const [file, expected] of CASES)
  test(`${file}: ${expected}`, () => {
    const reader = readerOf(file)
    assert.equal(reader?.kind === 'code' ? reader.grammar : (reader?.kind ?? 'nobody'), expected)
  })
