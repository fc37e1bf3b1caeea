// Files that their readers cannot finish in time.
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { discover } from './run.ts'

const CODE = 'from openai import OpenAI\nOpenAI().responses.create(model="gpt-4.1")\n'

test('a file that takes too long costs itself and nothing else', async () => {
  const root = mkdtempSync(join(tmpdir(), 'discover-slow-'))
  try {
    for (let at = 0; at < 20; at++) writeFileSync(join(root, `m${at}.py`), CODE.replace('gpt-4.1', `gpt-4o-${at + 10}`))
    writeFileSync(join(root, 'k.py'), `import openai\n${'x = f(1, "a")\n'.repeat(4_000_000)}`)
    // What a parser may take in half a second is less than is read of a file.
    const limits = { fileTime: 500, fileBytes: 64 * 1024 * 1024 }
    const found = await discover([root], { now: new Date('2026-11-21T00:00:00Z'), limits })
    assert.deepEqual(
      found.notScanned.map(({ file, reason }) => [file, reason]),
      [['k.py', 'too_slow']],
    )
    assert.equal(found.models.length, 20)
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
})

test('two files that hang cost two threads, and nothing of what was read is lost or counted twice', async (t) => {
  const root = mkdtempSync(join(tmpdir(), 'discover-slow-'))
  t.after(() => rmSync(root, { recursive: true, force: true }))
  for (const folder of ['a', 'c']) {
    mkdirSync(join(root, folder))
    for (let at = 100; at < 400; at++) writeFileSync(join(root, folder, `m${at}.py`), '# one of many\n')
    writeFileSync(join(root, folder, 'n.py'), CODE.replace('gpt-4.1', `gpt-4o-${folder === 'a' ? 10 : 11}`))
  }
  // Each of these words may begin a key, and each is looked at.
  for (const folder of ['b', 'd']) {
    mkdirSync(join(root, folder))
    writeFileSync(join(root, folder, 'h.py'), 'secret'.repeat(10_000_000))
  }
  writeFileSync(join(root, 'd', 'n.py'), CODE.replace('gpt-4.1', 'gpt-4o-12'))
  const told: number[] = []
  const found = await discover([root], {
    now: new Date('2026-11-21T00:00:00Z'),
    limits: { fileTime: 1_500, fileBytes: 64 * 1024 * 1024 },
    onProgress: ({ files }) => told.push(files),
  })
  assert.deepEqual(
    found.notScanned.map(({ file, reason }) => [file, reason]),
    [
      ['b/h.py', 'too_slow'],
      ['d/h.py', 'too_slow'],
    ],
  )
  assert.deepEqual(found.models.map(({ name }) => name).toSorted(), ['gpt-4o-10', 'gpt-4o-11', 'gpt-4o-12'])
  assert.equal(found.scanned.files, 605)
  assert.equal(told.at(-1), 605)
})

test('a scan for which there is no memory says so', async () => {
  const root = mkdtempSync(join(tmpdir(), 'discover-slow-'))
  try {
    await assert.rejects(discover([root], { now: new Date(), limits: { heap: 8 } }), {
      name: 'Failure',
      code: 'too_large',
      message: /needs too much memory/,
    })
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
})

const many = (at: number) =>
  `{"openai": [${Array.from({ length: 20_000 }, (_, n) => `"m${at}-${n}", [${n}]`).join(',')}]}`

test('a crowd of large files is named where it does not fit, and what is small is read on', async (t) => {
  const root = mkdtempSync(join(tmpdir(), 'discover-slow-'))
  t.after(() => rmSync(root, { recursive: true, force: true }))
  for (let at = 0; at < 5; at++) writeFileSync(join(root, `crowd${at}.json`), many(at))
  writeFileSync(join(root, 'z.py'), CODE)
  const found = await discover([root], { now: new Date('2026-11-21T00:00:00Z'), limits: { crowds: 130_000 } })
  assert.deepEqual(
    found.notScanned.map(({ file, reason }) => [file, reason]),
    [
      ['crowd2.json', 'too_large'],
      ['crowd3.json', 'too_large'],
      ['crowd4.json', 'too_large'],
    ],
  )
  assert.deepEqual(
    found.models.map(({ name }) => name),
    ['gpt-4.1'],
  )
})

/** Far more to judge than to read: each of these asks for what it names by a way of its own. */
const heavy = `using OpenAI;\n${Array.from({ length: 12_000 }, (_, n) => `public class Tool${n} : BaseTool { [Description("does ${n}")] public string Run(string a) { return a; } }\n`).join('')}`

test('what is too much to judge is judged once more without the large files, which are named', async (t) => {
  const root = mkdtempSync(join(tmpdir(), 'discover-slow-'))
  t.after(() => rmSync(root, { recursive: true, force: true }))
  writeFileSync(join(root, 'Heavy.cs'), heavy)
  writeFileSync(join(root, 'a.py'), CODE)
  writeFileSync(join(root, 'names.py'), 'MODEL = "gpt-4o-10"\n')
  writeFileSync(join(root, 'z.py'), `from names import MODEL\n${CODE.replace('"gpt-4.1"', 'MODEL')}`)
  writeFileSync(
    join(root, 'k.py'),
    `import openai\nKEY = "${'sk-proj-'}aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5bC7dE9fG1hJ"\n`,
  )
  const now = new Date('2026-11-21T00:00:00Z')
  const lean = await discover([root], { now, limits: { judgeTime: 300 } })
  assert.deepEqual(
    lean.notScanned.map(({ file, reason }) => [file, reason]),
    [['Heavy.cs', 'too_slow']],
  )
  rmSync(join(root, 'Heavy.cs'))
  const without = await discover([root], { now })
  const { scanned: _, notScanned: _n, ...left } = lean
  const { scanned: _s, notScanned: _m, ...whole } = without
  assert.deepEqual(left, whole)
  assert.equal(whole.models.length, 2)
  assert.equal(whole.findings.filter(({ rule }) => rule === 'hardcoded-key').length, 1)
})

test('what is still too much to judge without the large files ends the scan with what to do', async (t) => {
  const root = mkdtempSync(join(tmpdir(), 'discover-slow-'))
  t.after(() => rmSync(root, { recursive: true, force: true }))
  for (let at = 0; at < 40; at++) writeFileSync(join(root, `Heavy${at}.cs`), heavy.slice(0, 60 * 1024))
  await assert.rejects(discover([root], { now: new Date(), limits: { judgeTime: 100 } }), {
    name: 'Failure',
    code: 'too_large',
    message: /takes too long while it judges/,
  })
})
