import assert from 'node:assert/strict'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { Failure, type FailureCode } from '../lib/failure.ts'
import { builtInFolder } from './built-in.ts'
import { loadPack } from './load-pack.ts'

const root = mkdtempSync(join(tmpdir(), 'parapet-pack-'))
after(() => rmSync(root, { recursive: true }))

let copies = 0
function copy(): string {
  const folder = join(root, `pack-${copies++}`)
  cpSync(builtInFolder('ai-exchange/2026-11'), folder, { recursive: true })
  return folder
}

function edit(file: string, change: (text: string) => string): string {
  const folder = copy()
  writeFileSync(join(folder, file), change(readFileSync(join(folder, file), 'utf8')))
  return folder
}

function failure(folder: string): Failure {
  try {
    loadPack(folder)
  } catch (error) {
    if (error instanceof Failure) return error
    throw error
  }
  assert.fail('the pack was read')
}

test('a version is loaded by name, a folder by path', () => {
  assert.equal(loadPack('2026-11').name, 'ai-exchange/2026-11')
  assert.equal(loadPack('ai-exchange/2026-11').name, 'ai-exchange/2026-11')
  const folder = copy()
  assert.equal(loadPack(folder).name, folder)
})

test('a pack without a history has none, and its ids are as old as itself', () => {
  const folder = copy()
  rmSync(join(folder, 'history.json'))
  assert.deepEqual(loadPack(folder).history.retired, [])
})

test('a pack that cannot be read says which file, where, and what to do', () => {
  const huge = 'x'.repeat(5 * 1024 * 1024)
  const cases: [name: string, folder: () => string, code: FailureCode, message: RegExp, hint?: RegExp][] = [
    ['no such name or folder', () => join(root, 'nowhere'), 'not_found', /no catalogue version/, /known versions/],
    [
      'an empty folder',
      () => mkdirSync(join(root, 'empty'), { recursive: true }) ?? '',
      'not_found',
      /^index\.json is missing$/,
      /holds index\.json/,
    ],
    ['a missing file', () => without('frameworks/atlas.json'), 'not_found', /^frameworks\/atlas\.json is missing$/],
    [
      'a folder in place of a file',
      () => folderInsteadOf('mission.json'),
      'input_invalid',
      /^mission\.json is not a file$/,
    ],
    ['too many bytes', () => edit('privacy.json', () => huge), 'too_large', /^privacy\.json has 5242880 bytes/],
    ['no text', () => edit('privacy.json', () => '\ufeff'), 'input_invalid', /^privacy\.json is not JSON/],
    [
      'half a file',
      () => edit('privacy.json', (text) => text.slice(0, 4000)),
      'input_invalid',
      /^privacy\.json is not JSON: the file ends too early at line \d+, column \d+$/,
    ],
    [
      'a missing comma',
      () => edit('assets.json', (text) => text.replace('"schema": 1,', '"schema": 1')),
      'input_invalid',
      /^assets\.json is not JSON: unexpected text at line \d+, column \d+$/,
    ],
    [
      'an unknown key',
      () => edit('controls.json', (text) => text.replace('"tradeOff"', '"tradeof"')),
      'input_invalid',
      /^controls\.json: controls\[0\]\.tradeof: unknown key/,
      /did you mean "tradeOff"/,
    ],
    [
      'an unknown value',
      () => edit('controls.json', (text) => text.replace('"evidenceKind": "tested"', '"evidenceKind": "testd"')),
      'input_invalid',
      /^controls\.json: controls\[\d+\]\.measures\[\d+\]\.evidenceKind: expected "automatic"/,
      /did you mean "tested"/,
    ],
    [
      'a wrong type',
      () => edit('matrix.json', (text) => text.replace('"aiSpecific": true', '"aiSpecific": "yes"')),
      'input_invalid',
      /^matrix\.json: matrix\[0\]\.aiSpecific/,
    ],
    [
      'a condition of no known form',
      () => edit('threats.json', (text) => text.replace('"is": true', '"equals": true')),
      'input_invalid',
      /^threats\.json: threats\[\d+\]\.appliesWhen/,
    ],
    [
      'a file outside the folder',
      () => edit('index.json', (text) => text.replace('"threats.json"', '"../threats.json"')),
      'input_invalid',
      /^index\.json: files\[0\]: expected a file name of this pack/,
    ],
    [
      'a file that no catalogue has',
      () => edit('index.json', (text) => text.replace('"mission.json"', '"mission.json", "extra.json"')),
      'input_invalid',
      /lists extra\.json, which no catalogue has/,
      /frameworks/,
    ],
    [
      'a file that is not listed',
      () => edit('index.json', (text) => text.replace('"mission.json",', '')),
      'input_invalid',
      /files does not list mission\.json/,
    ],
    [
      'deep nesting',
      () => edit('testing.json', () => '['.repeat(100) + ']'.repeat(100)),
      'input_invalid',
      /^testing\.json nests deeper than 32 levels$/,
    ],
  ]
  for (const [name, folder, code, message, hint] of cases) {
    const found = failure(folder())
    assert.equal(found.code, code, name)
    assert.match(found.message, message, name)
    if (hint) assert.match(found.hint ?? '', hint, name)
  }
})

test('bytes that are no UTF-8 are told as that', () => {
  const folder = copy()
  writeFileSync(join(folder, 'mission.json'), Buffer.from([0x7b, 0xff, 0x7d]))
  assert.equal(failure(folder).message, 'mission.json is not UTF-8 text')
})

test('an error quotes nothing of a file that is no JSON', () => {
  const found = failure(edit('privacy.json', () => '{ "key": password-of-mine }'))
  assert.equal(found.message, 'privacy.json is not JSON: unexpected text at line 1, column 10')
})

function without(file: string): string {
  const folder = copy()
  rmSync(join(folder, file))
  return folder
}

function folderInsteadOf(file: string): string {
  const folder = without(file)
  mkdirSync(join(folder, file))
  return folder
}
