import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { openHouse, SYSTEM_ACTOR } from '../../test/log-house.ts'
import { type ProvenFile, readDocument, recordDocuments } from './document.ts'
import { runVerify } from './verify/command.ts'

const PAGE = '<!doctype html><html><body><h1>Claims assistant</h1><p>2 of 9 controls are proven.</p></body></html>\n'
const DATA = '{"proven":2,"note":"a trap: ,\\"proof\\":{} and </script>"}'
const TABLE = 'control,status\r\nrate-limit,proven\r\n'

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

async function sealed(t: TestContext) {
  const house = await openHouse(t)
  const [cited = 0] = await house.record(3)
  const utf8 = new TextEncoder()
  const entry = await recordDocuments(house.store, {
    report: 'dossier',
    title: 'Claims assistant',
    subject: { kind: 'asset', id: 'claims-assistant' },
    actor: SYSTEM_ACTOR,
    data: { at: '2026-03-01T10:00:00.000Z' },
    cited: [cited],
    files: [
      { name: 'dossier.html', mediaType: 'text/html', bytes: utf8.encode(PAGE) },
      { name: 'dossier.json', mediaType: 'application/json', bytes: utf8.encode(DATA) },
      { name: 'dossier.csv', mediaType: 'text/csv', bytes: utf8.encode(TABLE) },
    ],
  })
  const files: Record<string, ProvenFile> = {}
  for (const name of ['dossier.html', 'dossier.json', 'dossier.csv'])
    files[name] = await readDocument(house, entry, name)
  const dir = await mkdtemp(join(tmpdir(), 'parapet-document-'))
  t.after(() => rm(dir, { recursive: true, force: true }))
  return { key: house.log.verifierKey, dir, files }
}

async function verdict(dir: string, key: string, file: ProvenFile): Promise<string> {
  const path = join(dir, file.name)
  await writeFile(path, file.bytes)
  if (file.proof !== undefined) await writeFile(`${path}.proof.json`, file.proof)
  let printed = ''
  const exit = await runVerify([path, '--key', key], (said) => (printed += said))
  return `${exit} ${/✗ (\S+) +([\w-]+)/.exec(printed)?.slice(1).join(' ') ?? 'verified'}`
}

test('a document that left the house verifies alone, as HTML, JSON and CSV', async (t) => {
  const { dir, key, files } = await sealed(t)
  for (const name of ['dossier.html', 'dossier.json', 'dossier.csv']) {
    const file = files[name] ?? assert.fail()
    assert.equal(await verdict(dir, key, file), '0 verified', name)
  }
  const json: unknown = JSON.parse(text(files['dossier.json']?.bytes ?? assert.fail()))
  assert.deepEqual((json as { document: unknown }).document, JSON.parse(DATA))
})

type Edit = (given: string) => string
const PROOF_OPEN = 'id="parapet-proof">'

const edits: [string, string, Edit, string][] = [
  ['a changed word', 'dossier.html', (page) => page.replace('2 of 9', '9 of 9'), '1 document document-changed'],
  ['a word after the proof', 'dossier.html', (page) => `${page}<p>All is well.</p>`, '1 document document-changed'],
  [
    'a proof cut out and put in twice',
    'dossier.html',
    (page) => page.replace('<h1>', `<script type="application/json" id="parapet-proof">{}</script>\n<h1>`),
    '1 carried wrong-format',
  ],
  [
    'markup hidden in the proof',
    'dossier.html',
    (page) => page.replace(`${PROOF_OPEN}{`, `${PROOF_OPEN}{"x":"</script ><h1>All proven</h1>",`),
    '1 carried wrong-format',
  ],
  [
    'a changed number',
    'dossier.json',
    (data) => data.replace('"proven":2', '"proven":9'),
    '1 document document-changed',
  ],
  ['a blank added', 'dossier.json', (data) => data.replace('"proven":2', '"proven": 2'), '1 document document-changed'],
  [
    'a second first member',
    'dossier.json',
    (data) => data.replace('{"document":', '{"document":{},"document":'),
    '1 document document-changed',
  ],
  ['a row added', 'dossier.csv', (table) => `${table}oversight,proven\r\n`, '1 document document-changed'],
]

for (const [what, name, edit, expected] of edits) {
  test(`${what} in ${name} is found`, async (t) => {
    const { dir, key, files } = await sealed(t)
    const file = files[name] ?? assert.fail()
    const changed = edit(text(file.bytes))
    assert.notEqual(changed, text(file.bytes))
    assert.equal(await verdict(dir, key, { ...file, bytes: new TextEncoder().encode(changed) }), expected)
  })
}

test('bytes that are no text do not read as the text that they replace', async (t) => {
  const { dir, key, files } = await sealed(t)
  const file = files['dossier.html'] ?? assert.fail()
  const at = text(file.bytes).indexOf('Claims')
  const bytes = Uint8Array.from(file.bytes)
  bytes[at] = 0xff
  assert.match(await verdict(dir, key, { ...file, bytes }), /^1 /)
})

test('a report of the log itself cannot pass as the proof of a document it does not name', async (t) => {
  const { dir, key, files } = await sealed(t)
  const file = files['dossier.csv'] ?? assert.fail()
  const other = await sealed(t)
  assert.equal(
    await verdict(dir, key, {
      ...file,
      ...(other.files['dossier.csv']?.proof === undefined ? {} : { proof: other.files['dossier.csv'].proof }),
    }),
    '1 key wrong-key',
  )
})
