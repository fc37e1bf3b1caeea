// Trees that fight back. A scan always ends, says what it did not look at, and finds what stands beside.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { discover } from './run.ts'

const NOW = new Date('2026-11-21T00:00:00Z')
const CODE = 'from openai import OpenAI\nOpenAI().responses.create(model="gpt-4.1")\n'
const folders: string[] = []
after(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })))

function plant(tree: Record<string, string | Buffer>): string {
  const root = mkdtempSync(join(tmpdir(), 'discover-'))
  folders.push(root)
  for (const [file, text] of Object.entries(tree)) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
  }
  return root
}

const scan = (root: string, limits = {}) => discover([root], { now: NOW, limits })

test('links that lead in circles or out of the folder end nothing and are named', async () => {
  const root = plant({ 'a.py': CODE })
  symlinkSync(root, join(root, 'again'))
  symlinkSync('/etc/hostname', join(root, 'out.py'))
  symlinkSync('a.py', join(root, 'same.py'))
  symlinkSync('self.py', join(root, 'self.py'))
  symlinkSync('/etc', join(root, 'lib'))
  symlinkSync('/etc', join(root, 'node_modules'))
  execFileSync('mkfifo', [join(root, 'pipe.py')])
  const found = await scan(root)
  assert.deepEqual(
    found.models.map(({ name }) => name),
    ['gpt-4.1'],
  )
  assert.deepEqual(
    found.notScanned.map(({ file, reason }) => [file, reason]),
    [
      ['lib', 'link_outside'],
      ['out.py', 'link_outside'],
      ['pipe.py', 'unreadable'],
      ['self.py', 'link_outside'],
    ],
  )
})

test('a model that is no plain file is named like any other source', async () => {
  const root = plant({ 'a.py': CODE })
  symlinkSync('/dev/zero', join(root, 'out.safetensors'))
  execFileSync('mkfifo', [join(root, 'pipe.pkl')])
  const { notScanned } = await scan(root)
  assert.deepEqual(
    notScanned.map(({ file, reason }) => [file, reason]),
    [
      ['out.safetensors', 'link_outside'],
      ['pipe.pkl', 'unreadable'],
    ],
  )
})

test('files that are too large, no text, minified or damaged are named with the reason', async () => {
  const root = plant({
    'a.py': CODE,
    'binary.py': Buffer.from([0x6f, 0, 0x70, 0]),
    'bundle.js': `import o from "openai";${'x();'.repeat(20_000)}`,
    'broken.json': '{"openai": ',
    'broken.ipynb': '{"cells": openai',
    'deep.yaml': `openai: ${'{a: '.repeat(100)}1${'}'.repeat(100)}\n`,
    'deep.py': `import openai\nx = ${'('.repeat(2_000)}1${')'.repeat(2_000)}\n`,
  })
  writeFileSync(join(root, 'huge.py'), '')
  truncateSync(join(root, 'huge.py'), 10 * 1024 ** 3)
  const found = await scan(root)
  assert.deepEqual(
    found.notScanned.map(({ file, reason }) => [file, reason]),
    [
      ['binary.py', 'not_text'],
      ['broken.ipynb', 'parser_failed'],
      ['broken.json', 'parser_failed'],
      ['bundle.js', 'minified'],
      ['deep.py', 'too_deep'],
      ['deep.yaml', 'too_deep'],
      ['huge.py', 'too_large'],
    ],
  )
  assert.deepEqual(
    found.models.map(({ name }) => name),
    ['gpt-4.1'],
  )
})

test('a file is named of which not every name could be followed', async () => {
  const doubled = Array.from(
    { length: 14 },
    (_, n) =>
      `j${n} = ${Array(12)
        .fill(`j${n + 1}`)
        .join(' + ')}\n`,
  ).join('')
  const found = await scan(
    plant({ 'a.py': CODE, 'bad.py': `${doubled}j14 = "gpt-4o"\n${CODE.replace('"gpt-4.1"', 'j0')}` }),
  )
  assert.deepEqual(
    found.notScanned.map(({ file, reason }) => [file, reason]),
    [['bad.py', 'too_slow']],
  )
  assert.deepEqual(
    found.models.map(({ name }) => name),
    ['gpt-4.1', 'gpt-4o'],
  )
})

test('a file that cannot be read does not hide the others', async (context) => {
  if (process.getuid?.() === 0) return context.skip('the superuser reads everything')
  const root = plant({ 'a.py': CODE, 'locked.py': CODE })
  chmodSync(join(root, 'locked.py'), 0)
  const { notScanned, models } = await scan(root)
  assert.deepEqual(
    notScanned.map(({ reason }) => reason),
    ['unreadable'],
  )
  assert.equal(models.length, 1)
})

test('a named pipe holds nothing up', async () => {
  const root = plant({ 'a.py': CODE })
  execFileSync('mkfifo', [join(root, 'pipe.py')])
  assert.equal((await scan(root)).models.length, 1)
})

test('more files than the limit are counted as not looked at', async () => {
  const root = plant({ 'a.py': CODE, 'b.py': CODE, 'c.py': CODE })
  const { notScanned, scanned } = await scan(root, { files: 2 })
  assert.deepEqual(
    notScanned.map(({ file, reason }) => [file, reason]),
    [['c.py', 'too_many_files']],
  )
  assert.equal(scanned.files, 2)
})

test('names of files cannot steer a terminal', async () => {
  const root = plant({ 'a\u001b[2Jb\u202e.py': CODE })
  const [model] = (await scan(root)).models
  assert.equal(model?.evidence[0]?.file, 'a\\u{1b}[2Jb\\u{202e}.py')
})

test('text in another encoding is read for its ASCII words', async () => {
  const latin = Buffer.concat([Buffer.from('# caf'), Buffer.from([0xe9]), Buffer.from(`\n${CODE}`)])
  const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(CODE, 'utf16le')])
  const found = await scan(plant({ 'latin.py': latin, 'wide.py': wide }))
  assert.deepEqual(
    found.models[0]?.evidence.map(({ file, line }) => [file, line]),
    [
      ['latin.py', 3],
      ['wide.py', 2],
    ],
  )
})

test('the commit is told, and the same tree gives the same result', async () => {
  const root = plant({
    'a.py': CODE,
    '.git/HEAD': 'ref: refs/heads/main\n',
    '.git/refs/heads/main': `${'a1'.repeat(20)}\n`,
    '.git/config': '[remote "origin"]\n\turl = https://me:secret@git.example.com/x.git\n',
  })
  const [one, two] = [await scan(root), await scan(root)]
  assert.equal(one.models[0]?.evidence[0]?.commit, 'a1'.repeat(20))
  assert.equal(one.roots[0]?.remote, 'https://git.example.com/x.git')
  assert.deepEqual({ ...one, scanned: 0 }, { ...two, scanned: 0 })
})

test('two folders are told apart by their names', async () => {
  const [one, two] = [plant({ 'a.py': CODE }), plant({ 'a.py': CODE })]
  const found = await discover([one, two], { now: NOW })
  assert.deepEqual(
    found.models[0]?.evidence.map(({ file }) => file).toSorted(),
    [one, two].map((root) => `${root.split('/').at(-1)}/a.py`).toSorted(),
  )
})

test('a key is found and never shown', async () => {
  const key = ['sk-proj-', 'aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5bC7dE9fG1hJ'].join('')
  const found = await scan(plant({ 'a.py': `import openai\nc = openai.OpenAI(api_key="${key}")\n` }))
  assert.deepEqual(
    found.findings.map(({ rule }) => rule),
    ['hardcoded-key'],
  )
  assert(!JSON.stringify(found).includes(key))
})

test('.NET: what stands in a namespace of the project is read, though it says nothing of AI itself', async () => {
  const root = plant({
    'web/Agents/Desk.cs':
      'using Microsoft.Extensions.AI;\nusing Shop.Web.Tools.Plugins;\npublic static class Make { public static IList<AITool> Of<T>(T one) { return typeof(T).GetMethods().Select(m => (AITool)AIFunctionFactory.Create(m, one)).ToList(); } }\n',
    'web/Tools/Plugins/Lights.cs':
      'using System.ComponentModel;\nnamespace Shop.Web.Tools.Plugins;\npublic class Lights { [Description("Lists the lights.")] public string ListLights() => ""; }\n',
    'web/Forms/Fields.cs':
      'using System.ComponentModel;\nnamespace Shop.Web.Forms;\npublic class Fields { [Description("Draws a field.")] public string Draw() => ""; }\n',
  })
  const { tools } = await scan(root)
  assert.deepEqual(
    tools.map(({ name }) => name),
    ['ListLights'],
  )
})
