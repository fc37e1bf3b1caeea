import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fingerprint } from './fingerprint.ts'

const CHANGES: [what: string, change: (folder: string) => void][] = [
  ['a longer file', (folder) => writeFileSync(join(folder, 'a', 'one.ts'), 'longer')],
  ['a touched file', (folder) => utimesSync(join(folder, 'a', 'one.ts'), 1, 1)],
  ['a new file', (folder) => writeFileSync(join(folder, 'a', 'two.ts'), '')],
  ['a file that went', (folder) => rmSync(join(folder, 'a', 'one.ts'))],
]

for (const [what, change] of CHANGES) {
  test(`${what} gives another fingerprint`, (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'parapet-print-'))
    t.after(() => rmSync(folder, { recursive: true }))
    mkdirSync(join(folder, 'a'))
    writeFileSync(join(folder, 'a', 'one.ts'), 'x')
    const before = fingerprint([folder])
    assert.equal(fingerprint([folder]), before)
    change(folder)
    assert.notEqual(fingerprint([folder]), before)
  })
}
