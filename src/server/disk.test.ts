// The whole server on a disk that is really full and really read-only, in a mount namespace of its own.
import assert from 'node:assert/strict'
import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'

const canMount =
  spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', tmpdir()], { stdio: 'ignore' })
    .status === 0
const skip = canMount ? false : 'needs the right to mount a file system in a namespace of its own'

const seen = (why: string, refused: object) => ({
  notices: [
    `${why}; reading works, and writing once the disk does`,
    'there is no owner yet: run `parapet owner-link` when writing works',
  ],
  ownerLink: null,
  read: { status: 200 },
  write: { ...refused, hasHint: true },
  readyz: { status: 503, ready: false },
  runFile: false,
  after: { readyz: { status: 200, ready: true }, write: { status: 200 } },
})

test(
  'on a full or read-only disk the server starts, serves reads, refuses changes, says so, and recovers',
  {
    skip,
  },
  async () => {
    const disk = mkdtempSync(join(tmpdir(), 'parapet-server-disk-'))
    try {
      const words = ['--mount', process.execPath, join(import.meta.dirname, 'disk-child.ts'), disk]
      const { stdout } = await promisify(execFile)('unshare', words, { timeout: 60_000 })
      assert.deepEqual(JSON.parse(stdout), {
        readOnly: seen('the storage is read-only: nothing can be changed', { status: 503, code: 'storage_read_only' }),
        full: seen('the disk is full: nothing can be recorded, so nothing can be changed', {
          status: 507,
          code: 'storage_full',
        }),
        nothingThere: { code: 'storage_read_only', namesFolder: true, namesRemedy: true },
      })
    } finally {
      rmSync(disk, { recursive: true })
    }
  },
)
