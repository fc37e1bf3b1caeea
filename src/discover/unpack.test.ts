// Archives that want out of their folder, hold more than they say, or are none.
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { Failure } from '../lib/failure.ts'
import { zipOf } from './artefacts/testing.ts'
import { unpack } from './unpack.ts'

const LIMITS = { bytes: 1_000_000, files: 100 }

function place(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'unpack-'))
  t.after(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, 'in'))
  return join(folder, 'in')
}

const zip = (files: Record<string, string>) =>
  zipOf(Object.entries(files).map(([name, text]) => ({ name, data: Buffer.from(text) })))
const refused = (code: string) => (error: unknown) => error instanceof Failure && error.code === code

test('what tar writes comes out, links do not', (t) => {
  const folder = place(t)
  const from = place(t)
  mkdirSync(join(from, 'a'.repeat(120)))
  writeFileSync(join(from, 'a'.repeat(120), 'long.py'), 'long')
  symlinkSync('/etc/passwd', join(from, 'link.py'))
  const missed = unpack(execFileSync('tar', ['-cz', '-C', from, '.']), folder, LIMITS)
  assert.equal(readFileSync(join(folder, 'a'.repeat(120), 'long.py'), 'utf8'), 'long')
  assert.deepEqual(
    missed.map(({ file, detail }) => [file, detail]),
    [['./link.py', 'it is a link or a device']],
  )
})

test('what was cut off is told, or refused where nothing is left of it', (t) => {
  const from = place(t)
  for (const name of ['a.py', 'b.py']) writeFileSync(join(from, name), 'x')
  const whole = execFileSync('tar', ['-c', '--format=ustar', '-C', from, 'a.py', 'b.py'])
  for (const end of [700, 1024]) {
    const missed = unpack(whole.subarray(0, end), place(t), LIMITS)
    assert.deepEqual(
      missed.map(({ file, detail }) => [file, detail]),
      [['archive', 'the archive has no end: it may have been cut off']],
    )
  }
  assert.throws(() => unpack(whole.subarray(0, 512), place(t), LIMITS), refused('input_invalid'))
  assert.throws(() => unpack(gzipSync('import openai\n'), place(t), LIMITS), refused('input_invalid'))
  assert.deepEqual(unpack(gzipSync(new Uint8Array(1024)), place(t), LIMITS), [])
})

test('members of a zip stay in the folder', (t) => {
  const folder = place(t)
  const missed = unpack(
    zip({ 'a/b.py': 'ok', '../evil.py': 'x', '/etc/evil.py': 'x', 'C:\\evil.py': 'x' }),
    folder,
    LIMITS,
  )
  assert.equal(readFileSync(join(folder, 'a', 'b.py'), 'utf8'), 'ok')
  assert.equal(missed.length, 3)
  assert.deepEqual(readdirSync(folder), ['a'])
  assert.equal(existsSync(join(folder, '..', 'evil.py')), false)
})

test('what holds too much is refused as a whole', (t) => {
  const bomb = gzipSync(Buffer.alloc(20_000_000))
  assert.throws(() => unpack(bomb, place(t), LIMITS), refused('too_large'))
  const many = Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`f${i}`, 'x']))
  const folder = place(t)
  assert.throws(() => unpack(zip(many), folder, LIMITS), refused('too_large'))
  assert.deepEqual(readdirSync(folder), [], 'too many are refused before the first is written')
  assert.throws(() => unpack(zip({ a: 'x'.repeat(2_000_000) }), place(t), LIMITS), refused('too_large'))
})

test('folders count like files, also those of a name that cannot be written', (t) => {
  const deep = 'd/'.repeat(90)
  const hundred = Object.fromEntries(Array.from({ length: 3 }, (_, i) => [`${i}/${deep}x`, '']))
  assert.throws(() => unpack(zip(hundred), place(t), LIMITS), refused('too_large'))
  const long = Object.fromEntries(Array.from({ length: 3 }, (_, i) => [`${i}/${deep}${'x'.repeat(300)}`, '']))
  assert.throws(() => unpack(zip(long), place(t), LIMITS), refused('too_large'))
  assert.deepEqual(unpack(zip({ [`${deep}a`]: '', [`${deep}b`]: '' }), place(t), LIMITS), [])
})

test('a name that is left out steers no terminal', (t) => {
  const [missed] = unpack(zip({ '../\u001b[31m\u202egnp.py': 'x' }), place(t), LIMITS)
  assert.equal(missed?.file, '../\\u{1b}[31m\\u{202e}gnp.py')
})

test('a zip whose end lies about its table of contents is damaged', (t) => {
  const archive = Buffer.from(zip({ 'a.py': 'x' }))
  archive.writeUInt32LE(0x7fff_ffff, archive.lastIndexOf('PK\u0005\u0006') + 12)
  assert.throws(() => unpack(archive, place(t), LIMITS), refused('input_invalid'))
})

const MOUNTED = 'mount -t tmpfs -o size=1m tmpfs "$0" && exec "$@"'
const onSmallDisk = (folder: string, command: readonly string[]) =>
  spawnSync('unshare', ['--mount', 'sh', '-c', MOUNTED, folder, ...command])
const skip = onSmallDisk(tmpdir(), ['true']).status === 0 ? false : 'needs the right to mount a file system'

test('on a full disk nothing is passed off as whole: it ends', { skip }, (t) => {
  const folder = place(t)
  const archive = `${folder}.zip`
  writeFileSync(archive, zip({ 'a.py': 'x'.repeat(900_000), 'b.py': 'x'.repeat(900_000), 'c.py': 'x' }))
  const program = `
    import { readFileSync } from 'node:fs'
    import { unpack } from ${JSON.stringify(new URL('unpack.ts', import.meta.url))}
    try { console.log(unpack(readFileSync(${JSON.stringify(archive)}), ${JSON.stringify(folder)}, { bytes: 1e7, files: 9 })) }
    catch ({ code }) { console.log(code) }`
  const { stdout } = onSmallDisk(folder, [process.execPath, '--input-type=module', '-e', program])
  assert.equal(String(stdout).trim(), 'ENOSPC')
})

test('what is no archive is told', (t) => {
  for (const bytes of [Buffer.alloc(0), Buffer.from('hello'), Buffer.from([0x1f, 0x8b, 1, 2, 3])])
    assert.throws(() => unpack(bytes, place(t), LIMITS), refused('input_invalid'))
})
