// What a killed process left is cleared; what somebody works in, and what is not ours, stays.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { tmpdir } from 'node:os'
import { after, test } from 'node:test'
import { clearLeftFolders, makeWorkFolder } from './work-folders.ts'

const DAY = 86_400_000
const place = mkdtempSync(join(tmpdir(), 'work-folders-'))
after(() => rmSync(place, { recursive: true, force: true }))

function folder(name: string): string {
  const path = join(place, name)
  mkdirSync(path)
  writeFileSync(join(path, 'secret'), 'fetched')
  return path
}

/** The number of a process that has ended. */
const ended = () => spawnSync(process.execPath, ['-e', '']).pid

test('the folder of a process that is gone is cleared, with all that is in it', async () => {
  const own = await makeWorkFolder(place)
  const space = basename(own).split('-')[3] ?? ''
  const gone = folder(`parapet-scan-${ended()}-${space}-aaaaaa`)
  const parent = folder(`parapet-scan-${process.ppid}-${space}-bbbbbb`)
  const elsewhere = folder(`parapet-scan-${ended()}-999999-cccccc`)
  const before = folder(`parapet-scan-${process.pid}-${space}-dddddd`)
  const hourAgo = new Date(Date.now() - process.uptime() * 1000 - 3_600_000)
  utimesSync(before, hourAgo, hourAgo)
  const other = folder(`parapet-scans-${ended()}-${space}-eeeeee`)
  await clearLeftFolders(place)
  assert.equal(existsSync(gone), false)
  assert.equal(existsSync(before), false, 'another process had this number')
  for (const path of [own, parent, elsewhere, other]) assert(existsSync(path), path)
  await clearLeftFolders(place, Date.now() + 2 * DAY)
  assert.equal(existsSync(elsewhere), false, 'older than any scan may be')
})

test('a link is not followed', async () => {
  const target = folder('target')
  const space = basename(await makeWorkFolder(place)).split('-')[3] ?? ''
  symlinkSync(target, join(place, `parapet-scan-${ended()}-${space}-ffffff`))
  await clearLeftFolders(place, Date.now() + 2 * DAY)
  assert(existsSync(join(target, 'secret')))
})
