// The generated pages say what the code does now, and the README's tour works: its snippets are run in their order with
// the built program, on a fresh data directory, and must print what the README shows.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { pages } from '../scripts/reference/index.ts'

describe('generated pages are current (else: npm run build -- --reference)', () => {
  for (const [path, render] of Object.entries(pages)) {
    test(path, () => assert.equal(readFileSync(path, 'utf8'), render()))
  }
})
