// The command as people and pipelines use it: what it prints, where, and with which code it ends.
import assert from 'node:assert/strict'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { EVIL } from '../../discover/artefacts/testing.ts'
import { runCli } from '../run.ts'
import { fakeIo } from '../testing.ts'

async function parapet(words: string[]) {
  const io = fakeIo({ width: Infinity })
  const code = await runCli(words, io)
  return { code, out: io.stdout, err: io.stderr }
}

let root = ''
before(() => {
  root = mkdtempSync(join(tmpdir(), 'discover-cli-'))
  writeFileSync(
    join(root, 'a.py'),
    'from transformers import AutoModel\nm = AutoModel.from_pretrained("org/model-7b", trust_remote_code=True)\n',
  )
})
after(() => rmSync(root, { recursive: true, force: true }))

test('prints all as JSON where no terminal is', async () => {
  const { out, code } = await parapet(['discover', root])
  const found = JSON.parse(out) as { models: { name: string }[]; findings: { rule: string }[] }
  assert.deepEqual(
    found.models.map(({ name }) => name),
    ['org/model-7b'],
  )
  assert.deepEqual(
    found.findings.map(({ rule }) => rule),
    ['trust-remote-code', 'unpinned-model'],
  )
  assert.equal(code, 0)
})

for (const [severity, code] of [
  ['high', 1],
  ['critical', 0],
] as const) {
  test(`--fail-on ${severity} ends with ${code}`, async () => {
    assert.equal((await parapet(['discover', root, '--fail-on', severity])).code, code)
  })
}

test('writes each format into a file', async () => {
  for (const [flag, sign] of [
    ['--cyclonedx', '"CycloneDX"'],
    ['--spdx', 'spdx'],
    ['--sarif', '"2.1.0"'],
    ['--html', '<!doctype html>'],
  ] as const) {
    const file = join(root, `out${flag}`)
    const { out, code } = await parapet(['discover', root, flag, '-o', file])
    assert.equal(code, 0)
    assert.equal(out, '')
    assert(readFileSync(file, 'utf8').toLowerCase().includes(sign.toLowerCase()), flag)
  }
})

test('says by its code that not all was looked at', async () => {
  const link = join(root, 'out.py')
  symlinkSync('/etc/hostname', link)
  try {
    const { code } = await parapet(['discover', root])
    assert.equal(code, 2)
  } finally {
    rmSync(link)
  }
})

test('refuses what it cannot do, with a hint', async () => {
  for (const [words, hint] of [
    [['discover', join(root, 'nowhere')], 'does not exist'],
    [['discover', root, '--json', '--sarif'], 'two formats'],
    [['discover', root, '--fail-on', 'hihg'], 'did you mean "high"'],
    [['discover', '-'], 'what comes in is not read'],
    [['discover', root, '--deadline', 'soon'], 'for example --deadline 10'],
    [['discover', root, '--deadline', '0'], 'minutes above 0'],
    [['discover', root, '-o', root], 'is a folder'],
    [['discover', root, '-o', join(root, 'none', 'found.json')], 'make it first'],
    [['discover', root, '-o', join(root, 'a.py', 'found.json')], 'is no folder'],
  ] as const) {
    const { err, code } = await parapet([...words])
    assert.equal(code, 2)
    assert(err.includes(hint), err)
  }
})

test('a model file between the sources is found with what loading it would do, in every format', async () => {
  const file = join(root, 'weights.pkl')
  writeFileSync(file, EVIL)
  try {
    const { out, code } = await parapet(['discover', root, '--fail-on', 'critical'])
    const found = JSON.parse(out) as { findings: { rule: string; place: { file: string } }[] }
    const said = found.findings.filter(({ place }) => place.file === 'weights.pkl')
    assert.deepEqual([code, said.map(({ rule }) => rule)], [1, ['pickle-executes-code']])
    assert.match((await parapet(['discover', file, '--sarif'])).out, /"ruleId": "pickle-executes-code"/)
    writeFileSync(file, EVIL.subarray(0, 5))
    assert.equal((await parapet(['discover', file, '--fail-on', 'low'])).code, 1)
  } finally {
    rmSync(file)
  }
})

test('where nothing can be written is said before anything is read', async () => {
  const { err } = await parapet(['discover', join(root, 'nowhere'), '-o', join(root, 'none', 'found.json')])
  assert.match(err, /cannot be written/)
})

test('a disk that is full leaves no half of a result', { skip: !existsSync('/dev/full') }, async () => {
  const file = join(root, 'full.json')
  symlinkSync('/dev/full', file)
  try {
    const { err, code } = await parapet(['discover', root, '-o', file])
    assert.match(err, /full\.json cannot be written[^]*the disk is full/)
    assert.equal(code, 2)
  } finally {
    rmSync(file)
  }
})

test('what was not reached until the deadline is named, and the code says so', async () => {
  const { out, code } = await parapet(['discover', root, '--deadline', '0.001', '--fail-on', 'high'])
  const { notScanned } = JSON.parse(out) as { notScanned: { file: string; reason: string }[] }
  // The thread that reads starts later than that.
  assert.deepEqual(
    notScanned.map(({ reason }) => reason),
    ['out_of_time'],
  )
  assert.equal(code, 2)
})

const parts = (text: string) => Object.entries(JSON.parse(text) as object).filter(([name]) => name !== 'scanned')

test('a folder that is named twice, or inside of another, counts once', async () => {
  const inner = join(root, 'inner')
  mkdirSync(inner)
  writeFileSync(join(inner, 'b.py'), 'from openai import OpenAI\nOpenAI().responses.create(model="gpt-4.1")\n')
  const skipped = join(root, 'node_modules', 'some')
  mkdirSync(skipped, { recursive: true })
  writeFileSync(join(skipped, 'c.py'), 'from openai import OpenAI\nOpenAI().responses.create(model="gpt-4o")\n')
  try {
    const once = await parapet(['discover', root])
    const again = await parapet(['discover', inner, root, `${root}/`, inner])
    assert.deepEqual(parts(again.out), parts(once.out))
    assert.match((await parapet(['discover', root, skipped])).out, /gpt-4o/)
  } finally {
    rmSync(inner, { recursive: true })
    rmSync(join(root, 'node_modules'), { recursive: true })
  }
})

test('a file that nobody can read is told where it is named', async () => {
  const file = join(root, 'picture.xyz')
  writeFileSync(file, 'openai')
  try {
    const { out, code } = await parapet(['discover', file])
    assert.match(out, /no reader for files of this kind/)
    assert.equal(code, 2)
  } finally {
    rmSync(file)
  }
})
