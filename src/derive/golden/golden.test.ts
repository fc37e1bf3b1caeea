// To take over a change that is meant: node_modules/.bin/node --test --test-isolation=none --test-update-snapshots
// src/derive/golden/golden.test.ts, and read the difference before committing it.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { examples } from './examples.ts'
import { analysisText } from './text.ts'

describe('what is derived is what was read and found right', () => {
  for (const [name, input] of examples) {
    test(`of ${name}`, (t) => {
      t.assert.fileSnapshot(analysisText(input), join(import.meta.dirname, `${name}.txt`), { serializers: [String] })
    })
  }

  test('in the same words each time', () => {
    for (const input of examples.values()) assert.equal(analysisText(input), analysisText(input))
  })
})
