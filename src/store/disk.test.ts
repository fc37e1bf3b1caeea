// A disk that is really full and really read-only: a small file system in a mount namespace of its own.
import assert from 'node:assert/strict'
import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { Failure } from '../lib/failure.ts'
import { toFailure } from './trouble.ts'

const canMount =
  spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', tmpdir()], { stdio: 'ignore' })
    .status === 0
const skip = canMount ? false : 'needs the right to mount a file system in a namespace of its own'

test('a full and a read-only disk refuse changes, serve reads, say so, and recover', { skip }, async () => {
  const disk = mkdtempSync(join(tmpdir(), 'parapet-disk-'))
  const child = join(import.meta.dirname, 'contract', 'disk-child.ts')
  try {
    const words = ['--mount', process.execPath, child, disk]
    const { stdout } = await promisify(execFile)('unshare', words, { timeout: 60_000 })
    const full = 'the disk is full: nothing can be recorded, so nothing can be changed'
    const readOnly = 'the storage is read-only: nothing can be changed'
    const { appendAfterSpace, ...seen } = JSON.parse(stdout)
    assert.equal(appendAfterSpace.length, 1)
    assert.deepEqual(seen, {
      full: 'storage_full',
      fullChange: 'storage_full',
      nothingHalf: true,
      fullHealth: { writable: false, reason: full },
      healthAfterSpace: { writable: true },
      startedReadOnly: true,
      startedReadOnlyChange: 'storage_read_only',
      startedReadOnlyHealth: { writable: false, reason: readOnly },
      writableAgain: { writable: true },
      appendAgain: 'done',
      readAgain: 2,
      newOnReadOnly: 'storage_read_only',
    })
  } finally {
    rmSync(disk, { recursive: true })
  }
})

const troubles = [
  ['SQLITE_FULL', 'storage_full'],
  ['ENOSPC', 'storage_full'],
  ['53100', 'storage_full'],
  ['SQLITE_READONLY_DBMOVED', 'storage_read_only'],
  ['EROFS', 'storage_read_only'],
  ['25006', 'storage_read_only'],
  ['SQLITE_IOERR_WRITE', 'unavailable'],
  ['SQLITE_CORRUPT', 'unavailable'],
  ['ECONNREFUSED', 'unavailable'],
  ['57P03', 'unavailable'],
  ['28P01', 'config_invalid'],
] as const

for (const [code, expected] of troubles)
  test(`${code} is told as ${expected}, with a hint`, () => {
    const failure = toFailure(Object.assign(new Error('x'), { code }))
    assert.ok(failure instanceof Failure && failure.hint)
    assert.equal(failure.code, expected)
  })

test('a bug stays a bug', () => {
  const bug = new TypeError('x')
  assert.equal(toFailure(bug), bug)
})
