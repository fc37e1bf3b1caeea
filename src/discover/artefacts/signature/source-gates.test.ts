import assert from 'node:assert/strict'
import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { ScanGates } from '../../../model/scan.ts'
import { certificate, signModel } from './testing.ts'
import { checkSource } from './source-gates.ts'

const FILES = { 'model.safetensors': 'weights', 'config.json': '{}' }
const signer = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const other = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const pem = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }).toString()
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const SIGNATURE = signModel(FILES, signer.privateKey)
const byKey: ScanGates = { keys: [pem(other.publicKey), pem(signer.publicKey)] }

/** A repository with a signed model in a folder of its own, and a program that nobody signed. */
function repository(t: TestContext, files: Record<string, string> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'parapet-gates-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const model = Object.fromEntries(Object.entries(FILES).map(([name, text]) => [`m/${name}`, text]))
  for (const [name, text] of Object.entries({ 'app.py': 'print()', ...model, 'm/model.sig': SIGNATURE, ...files })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return folder
}

async function checked(folder: string, gates: ScanGates, commit?: string) {
  const { vouched, findings } = await checkSource(folder, gates, commit)
  const says = [...vouched].map(([file, word]) => `${file} ${word.says}`).toSorted()
  const against = [...findings]
    .flatMap(([file, some]) => some.map(({ technique }) => `${file} ${technique}`))
    .toSorted()
  return { says, against }
}

test('a signature vouches for the folder that it lies in, and for nothing else of the repository', async (t) => {
  assert.deepEqual(await checked(repository(t), byKey), {
    says: ['m/config.json signed', 'm/model.safetensors signed'],
    against: [],
  })
})

const CASES: [what: string, change: (folder: string) => void, says: string[], against: string[]][] = [
  [
    'a byte is changed',
    (folder) => writeFileSync(join(folder, 'm/model.safetensors'), 'Weights'),
    ['m/config.json signed'],
    ['m/model.safetensors not-as-signed'],
  ],
  [
    'a file is put beside it',
    (folder) => writeFileSync(join(folder, 'm/model.pkl'), 'x'),
    ['m/config.json signed', 'm/model.safetensors signed'],
    ['m/model.pkl not-as-signed'],
  ],
  [
    'a file is a link out of the folder',
    (folder) => (rmSync(join(folder, 'm/config.json')), symlinkSync('/etc/hostname', join(folder, 'm/config.json'))),
    ['m/model.safetensors signed'],
    ['m/config.json not-as-signed', 'm/config.json not-as-signed'],
  ],
  [
    'a file is a pipe, which is not waited for',
    (folder) => (rmSync(join(folder, 'm/config.json')), execFileSync('mkfifo', [join(folder, 'm/config.json')])),
    ['m/model.safetensors signed'],
    ['m/config.json not-as-signed'],
  ],
  [
    'the signature is by somebody else',
    (folder) =>
      writeFileSync(
        join(folder, 'm/model.sig'),
        signModel(FILES, generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey),
      ),
    [],
    ['m/model.sig signature-invalid'],
  ],
  [
    'the signature is broken',
    (folder) => writeFileSync(join(folder, 'm/model.sig'), SIGNATURE.slice(0, 100)),
    [],
    ['m/model.sig signature-invalid'],
  ],
  ['the signature is gone', (folder) => rmSync(join(folder, 'm/model.sig')), [], []],
  [
    'another folder is called like the signature',
    (folder) => (mkdirSync(join(folder, 'm/model')), writeFileSync(join(folder, 'm/model/x'), 'x')),
    ['m/config.json signed', 'm/model.safetensors signed'],
    ['m/model/x not-as-signed'],
  ],
]

for (const [what, change, says, against] of CASES) {
  test(`it is told where ${what}`, async (t) => {
    const folder = repository(t)
    change(folder)
    assert.deepEqual(await checked(folder, byKey), { says, against })
  })
}

test('one file is vouched for by the signature of its name, and a certificate counts as a key does', async (t) => {
  const authority = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const root = { name: 'root', key: authority.publicKey, issuer: 'root', by: authority.privateKey, authority: true }
  const leaf = certificate({ name: 'Model Maker', key: signer.publicKey, issuer: 'root', by: authority.privateKey })
  const certificates = `-----BEGIN CERTIFICATE-----\n${certificate(root).toString('base64')}\n-----END CERTIFICATE-----\n`
  const material = { x509CertificateChain: { certificates: [{ rawBytes: leaf.toString('base64') }] } }
  const signature = signModel({ '.': 'weights' }, signer.privateKey, material)
  const folder = repository(t, { 'm/model.sig': '', 'one.gguf': 'weights', 'one.gguf.sig': signature })
  rmSync(join(folder, 'm/model.sig'))
  const { vouched } = await checkSource(folder, { certificates })
  assert.deepEqual([...vouched], [['one.gguf', { says: 'signed', by: 'CN=Model Maker' }]])
})

test('many files that differ are not all told, and none of them is vouched for', async (t) => {
  const names = Array.from({ length: 800 }, (_, i) => `f${i}`)
  const signature = signModel(Object.fromEntries(names.map((name) => [name, 'right'])), signer.privateKey)
  const files = Object.fromEntries(names.map((name) => [`m/${name}`, 'wrong']))
  const folder = repository(t, { ...files, 'm/model.sig': signature })
  const { says, against } = await checked(folder, byKey)
  assert.deepEqual([says, against.length], [[], 501])
})

const list = (text: string) => `${sha256(text)}  m/model.safetensors\n${sha256('{}')}  ../m/config.json\n`

test('a list of hashes vouches for what it names, and says nothing of the rest', async (t) => {
  const folder = repository(t)
  assert.deepEqual(await checked(folder, { hashes: list('weights') }), {
    says: ['m/model.safetensors listed'],
    against: ['../m/config.json not-as-signed'],
  })
  assert.deepEqual((await checked(folder, { hashes: list('others') })).says, [])
})

test('a pinned commit vouches for what git fetched, and of a folder it can only be missed', async (t) => {
  const [commit, second] = ['a'.repeat(40), 'b'.repeat(40)]
  const folder = repository(t)
  assert.equal((await checked(folder, { revision: commit }, commit)).says.length, 4)
  assert.deepEqual(await checked(folder, { revision: commit }, second), { says: [], against: ['. revision-differs'] })
  assert.deepEqual(await checked(folder, { revision: commit }), { says: [], against: ['. revision-differs'] })
  mkdirSync(join(folder, '.git'))
  writeFileSync(join(folder, '.git/HEAD'), `${commit}\n`)
  assert.deepEqual(await checked(folder, { revision: commit }), { says: [], against: [] })
})
