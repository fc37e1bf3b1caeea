import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { makeFolder } from './make-folder.ts'

test('a folder is made with all that is missing above it, for this user only, and making it again is fine', () => {
  const base = mkdtempSync(join(tmpdir(), 'parapet-folder-'))
  try {
    const path = join(base, 'a', 'b', 'c')
    makeFolder(path)
    makeFolder(path)
    assert.equal(statSync(join(base, 'a')).mode & 0o777, 0o700)
    assert.equal(statSync(path).mode & 0o777, 0o700)
    writeFileSync(join(base, 'file'), '')
    assert.throws(() => makeFolder(join(base, 'file')), { code: 'EEXIST' })
    assert.throws(() => makeFolder(join(base, 'file', 'x')), /EEXIST|ENOTDIR/)
  } finally {
    rmSync(base, { recursive: true })
  }
})

test('where no folder can be made it says so, and does not try for ever', { skip: !existsSync('/proc/self') }, () => {
  assert.throws(() => makeFolder('/proc/parapet/data'), /ENOENT|EACCES|EPERM|EROFS/)
})
