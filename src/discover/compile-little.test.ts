import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import { SPARING_FLAGS } from './compile-little.ts'

test('the engine knows each flag, since it says nothing in a scan where it does not', () => {
  const known = execFileSync(process.execPath, ['--v8-options'], { encoding: 'utf8' })
  for (const flag of SPARING_FLAGS) {
    const [name = ''] = flag.replace(/^--(?:no-)?/, '').split('=')
    assert.match(known, new RegExp(`--${name} `), flag)
  }
})
