// What stands where a file should: none of it is waited for, and none of it ends what asks.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { revisionOf } from './artefacts/signature/pins.ts'
import { codeOwners } from './code-owners.ts'
import { versionOf } from './git.ts'
import { smallFile } from './small-file.ts'

const COMMIT = 'a'.repeat(40)

function place(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'small-file-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return folder
}

const MADE: [what: string, make: (path: string) => void][] = [
  ['a pipe', (path) => execFileSync('mkfifo', [path])],
  ['a folder', (path) => mkdirSync(path)],
  ['a device', (path) => symlinkSync('/dev/zero', path)],
  ['nothing', () => undefined],
]
for (const [what, make] of MADE)
  test(`${what} in place of a file says nothing`, (t) => {
    const folder = place(t)
    mkdirSync(join(folder, '.git'))
    make(join(folder, '.git', 'HEAD'))
    make(join(folder, 'CODEOWNERS'))
    assert.equal(smallFile(join(folder, 'CODEOWNERS'), { most: 100, links: true }), undefined)
    assert.equal(codeOwners(folder)('a.py'), undefined)
    assert.equal(versionOf(folder).commit, undefined)
    assert.equal(revisionOf(folder), undefined)
  })

test('a file comes whole or not at all, and a link only where it may', (t) => {
  const folder = place(t)
  const [file, link] = [join(folder, 'a'), join(folder, 'b')]
  writeFileSync(file, 'ünder')
  symlinkSync('a', link)
  assert.equal(smallFile(file, { most: 6 }), 'ünder')
  assert.equal(smallFile(file, { most: 5 }), undefined)
  assert.equal(smallFile(link, { most: 6 }), undefined)
  assert.equal(smallFile(link, { most: 6, links: true }), 'ünder')
})

const REMOTES: [written: string, told: string | undefined][] = [
  ['https://git.example/x.git', 'https://git.example/x.git'],
  ['https://me:secret@git.example/x', 'https://git.example/x'],
  ['https://me:se@cr@et@git.example/x', 'https://git.example/x'],
  ['git+ssh://me:secret@git.example/x', 'git+ssh://git.example/x'],
  ['"https://me:secret@git.example/x"', 'https://git.example/x'],
  ['https://git.example/x?private_token=secret', 'https://git.example/x'],
  ['https://git.example/x#secret', 'https://git.example/x'],
  ['https://me:se#cret@git.example/x', undefined],
  ['git@git.example:x.git', 'git@git.example:x.git'],
  ['/srv/x', '/srv/x'],
]
for (const [written, told] of REMOTES)
  test(`the remote ${written} is told as ${told}`, (t) => {
    const folder = place(t)
    mkdirSync(join(folder, '.git'))
    writeFileSync(join(folder, '.git', 'HEAD'), `${COMMIT}\n`)
    writeFileSync(join(folder, '.git', 'config'), `[remote "origin"]\n\turl = ${written}\n`)
    assert.deepEqual(versionOf(folder), { commit: COMMIT, ...(told === undefined ? {} : { remote: told }) })
  })
