import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { runCli } from '../run.ts'
import { fakeIo } from '../testing.ts'

function folderWith(t: TestContext, files: Readonly<Record<string, unknown>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'parapet-bom-'))
  t.after(() => rmSync(folder, { recursive: true }))
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content))
  }
  return folder
}

async function bom(...words: string[]) {
  const io = fakeIo()
  const code = await runCli(['bom', ...words], io)
  return { code, out: io.stdout, err: io.stderr }
}

const model = (version: string) => ({
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  components: [{ type: 'machine-learning-model', name: 'gpt-4o', version }],
})

test('a changed version is one line, and the exit code says so when asked', async (t) => {
  const folder = folderWith(t, { 'a.json': model('2024-05-13'), 'b.json': model('2024-08-06') })
  const [a, b] = [join(folder, 'a.json'), join(folder, 'b.json')]
  const { code, out } = await bom('diff', a, b, '--exit-code')
  assert.equal(code, 1)
  assert.match(out, /~ version +model\/gpt-4o: 2024-05-13 → 2024-08-06/)
  assert.deepEqual(await bom('diff', a, a, '--exit-code'), { code: 0, out: 'no difference\n', err: '' })
})

test('CycloneDX becomes SPDX and comes back with nothing lost', async (t) => {
  const folder = folderWith(t, { 'a.json': model('2024-05-13') })
  const [a, spdx, back] = ['a.json', 'a.spdx.json', 'back.json'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]
  assert.equal((await bom('convert', a, '--to', 'spdx', '--out', spdx)).code, 0)
  assert.match(readFileSync(spdx, 'utf8'), /"ai_AIPackage"/)
  assert.equal((await bom('convert', spdx, '--to', 'cyclonedx', '-o', back)).code, 0)
  assert.equal((await bom('diff', a, back, '--exit-code')).code, 0)
})

const REFUSED: [what: string, words: string[], says: RegExp][] = [
  ['a format that there is not', ['convert', 'a.json', '--to', 'swid'], /--to: expected cyclonedx/],
  ['a file that is not there', ['convert', 'no.json', '--to', 'spdx'], /cannot be read/],
  ['XML of something else', ['convert', 'x.xml', '--to', 'spdx'], /is no CycloneDX in XML/],
  ['an output that is there', ['convert', 'a.json', '--to', 'spdx', '--out', 'x.xml'], /is there already/],
]

for (const [what, [verb = '', file = '', ...rest], says] of REFUSED) {
  test(`${what} is refused`, async (t) => {
    const folder = folderWith(t, { 'a.json': model('1'), 'x.xml': '<bom/>' })
    const words = rest.map((word) => (word === 'x.xml' ? join(folder, word) : word))
    const { code, err } = await bom(verb, join(folder, file), ...words)
    assert.equal(code, 2)
    assert.match(err, says)
  })
}

test('a part without a name is told, and the rest is read', async (t) => {
  const folder = folderWith(t, { 'a.json': { ...model('1'), services: [{}] } })
  const { code, err } = await bom('convert', join(folder, 'a.json'), '--to', 'spdx')
  assert.equal(code, 0)
  assert.match(err, /services\.0: has no name/)
})
