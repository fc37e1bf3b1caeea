import assert from 'node:assert/strict'
import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { keyHint } from './envelope.ts'
import { checkHashes, revisionOf } from './pins.ts'
import { checkSignedModel, type Trust } from './signed-model.ts'
import { bundleOf, certificate } from './testing.ts'

const FILES = { 'a.bin': 'first', 'b.bin': 'second', 'd/c.bin': 'third' }
const sha256 = (text: string | Buffer) => createHash('sha256').update(text).digest('hex')

function modelIn(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'parapet-signed-'))
  t.after(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, 'd'))
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text)
  return folder
}

const resources = Object.entries(FILES).map(([name, text]) => ({ name, algorithm: 'sha256', digest: sha256(text) }))

function statementOf(listed = resources, serialization: object = {}) {
  const root = sha256(Buffer.concat(resources.map(({ digest }) => Buffer.from(digest, 'hex'))))
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: 'model', digest: { sha256: root } }],
    predicateType: 'https://model_signing/signature/v1.0',
    predicate: {
      serialization: {
        method: 'files',
        hash_type: 'sha256',
        allow_symlinks: false,
        ignore_paths: ['notes'],
        ...serialization,
      },
      resources: listed,
    },
  }
}

const pem = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }).toString()
const signer = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const byKey: Trust = { kind: 'key', pem: pem(signer.publicKey) }
const signed = (statement: object = statementOf()) =>
  bundleOf(statement, signer.privateKey, { publicKey: { hint: keyHint(signer.publicKey) } })
const check = (folder: string, text: string, trust: Trust = byKey) =>
  checkSignedModel(folder, { file: join(folder, 'model.sig'), text }, trust).map(({ file, what }) => [
    file.slice(folder.length + 1),
    what,
  ])

for (const namedCurve of ['P-256', 'P-384', 'P-521']) {
  test(`a model signed with a key on ${namedCurve} is as it was signed`, (t) => {
    const folder = modelIn(t)
    writeFileSync(join(folder, 'model.sig'), 'the signature itself does not count')
    writeFileSync(join(folder, 'notes'), 'nor does what the signer left out')
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve })
    assert.deepEqual(check(folder, bundleOf(statementOf(), privateKey, {}), { kind: 'key', pem: pem(publicKey) }), [])
  })
}

const CHANGES: [what: string, change: (folder: string) => void, expected: string[][]][] = [
  ['a byte is changed', (folder) => writeFileSync(join(folder, 'b.bin'), 'Second'), [['b.bin', 'changed']]],
  ['a file is added', (folder) => writeFileSync(join(folder, 'd/x.py'), ''), [['d/x.py', 'extra']]],
  ['a file is gone', (folder) => rmSync(join(folder, 'a.bin')), [['a.bin', 'missing']]],
  [
    'a file is renamed',
    (folder) => renameSync(join(folder, 'a.bin'), join(folder, 'z.bin')),
    [
      ['z.bin', 'extra'],
      ['a.bin', 'missing'],
    ],
  ],
  [
    'two files change places',
    (folder) => (writeFileSync(join(folder, 'a.bin'), 'second'), writeFileSync(join(folder, 'b.bin'), 'first')),
    [
      ['a.bin', 'changed'],
      ['b.bin', 'changed'],
    ],
  ],
  ['a link is added', (folder) => symlinkSync('/etc/hostname', join(folder, 'l')), [['l', 'link']]],
]

for (const [what, change, expected] of CHANGES) {
  test(`it is told when ${what}`, (t) => {
    const folder = modelIn(t)
    change(folder)
    assert.deepEqual(check(folder, signed()), expected)
  })
}

test('a model is signed in parts', (t) => {
  const folder = modelIn(t)
  const parts = [
    { name: 'a.bin:0:3', algorithm: 'sha256', digest: sha256('fir') },
    { name: 'a.bin:3:5', algorithm: 'sha256', digest: sha256('st') },
  ]
  const statement = {
    ...statementOf(parts, { method: 'shards', shard_size: 3, ignore_paths: ['b.bin', 'd'] }),
    subject: [
      { name: 'm', digest: { sha256: sha256(Buffer.concat(parts.map(({ digest }) => Buffer.from(digest, 'hex')))) } },
    ],
  }
  assert.deepEqual(check(folder, signed(statement)), [])
  writeFileSync(join(folder, 'a.bin'), 'first and more')
  assert.deepEqual(check(folder, signed(statement)), [['a.bin', 'changed']])
})

const REFUSALS: [what: string, text: () => string, trust: Trust, message: RegExp][] = [
  [
    'another key signed',
    signed,
    { kind: 'key', pem: pem(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey) },
    /another key/,
  ],
  [
    'another key signed and hides it',
    () => bundleOf(statementOf(), signer.privateKey, {}),
    { kind: 'key', pem: pem(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey) },
    /does not hold/,
  ],
  [
    'the order of the list is changed',
    () => signed(statementOf(resources.toReversed())),
    byKey,
    /does not give the digest/,
  ],
  ['the payload was changed', () => signed().replace(/"payload":"eyJf/, '"payload":"eyJg'), byKey, /does not hold/],
  ['it is no bundle', () => '{}', byKey, /no signature of a model/],
  ['it is cut off', () => signed().slice(0, 200), byKey, /not JSON/],
  ['it is of another kind', () => signed().replace('bundle.v0.3+json', 'other+json'), byKey, /no signature of a model/],
  [
    'it signs something else',
    () => signed({ ...statementOf(), predicateType: 'https://slsa.dev/provenance/v1' }),
    byKey,
    /not a model/,
  ],
  ['a certificate is asked of a key', signed, { kind: 'certificates', pem: '' }, /signed with a key/],
]

for (const [what, text, trust, message] of REFUSALS) {
  test(`a signature does not hold where ${what}`, (t) => {
    const folder = modelIn(t)
    assert.throws(() => check(folder, text(), trust), message)
  })
}

const root = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const middle = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const ROOT = certificate({ name: 'root', key: root.publicKey, issuer: 'root', by: root.privateKey, authority: true })
const MIDDLE = certificate({
  name: 'middle',
  key: middle.publicKey,
  issuer: 'root',
  by: root.privateKey,
  authority: true,
})
const chain = (...certificates: Buffer[]) => ({
  x509CertificateChain: { certificates: certificates.map((der) => ({ rawBytes: der.toString('base64') })) },
})
const trusting = (der: Buffer): Trust => ({
  kind: 'certificates',
  pem: `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----\n`,
})

test('a certificate counts that leads to a trusted root', (t) => {
  const leaf = certificate({ name: 'signer', key: signer.publicKey, issuer: 'middle', by: middle.privateKey })
  assert.deepEqual(
    check(modelIn(t), bundleOf(statementOf(), signer.privateKey, chain(leaf, MIDDLE)), trusting(ROOT)),
    [],
  )
})

const CHAINS: [what: string, material: () => object, trusted: Buffer, message: RegExp][] = [
  [
    'the root is another',
    () =>
      chain(certificate({ name: 'signer', key: signer.publicKey, issuer: 'middle', by: middle.privateKey }), MIDDLE),
    certificate({ name: 'root', key: middle.publicKey, issuer: 'root', by: middle.privateKey, authority: true }),
    /does not lead/,
  ],
  [
    'a link of the chain is missing',
    () => chain(certificate({ name: 'signer', key: signer.publicKey, issuer: 'middle', by: middle.privateKey })),
    ROOT,
    /does not lead/,
  ],
  [
    'the issuer is no authority',
    () =>
      chain(
        certificate({ name: 'signer', key: signer.publicKey, issuer: 'leaf', by: middle.privateKey }),
        certificate({ name: 'leaf', key: middle.publicKey, issuer: 'root', by: root.privateKey }),
      ),
    ROOT,
    /does not lead/,
  ],
  [
    'it is not for signing',
    () =>
      chain(certificate({ name: 'signer', key: signer.publicKey, issuer: 'root', by: root.privateKey, usage: 0x20 })),
    ROOT,
    /not for signing/,
  ],
]

for (const [what, material, trusted, message] of CHAINS) {
  test(`a certificate does not count where ${what}`, (t) => {
    const folder = modelIn(t)
    assert.throws(
      () => check(folder, bundleOf(statementOf(), signer.privateKey, material()), trusting(trusted)),
      message,
    )
  })
}

test('a list of hashes is held against the folder in both of its spellings', (t) => {
  const folder = modelIn(t)
  const lines = resources.map(({ name, digest }) => `${digest}  ./${name}`).join('\n')
  const json = JSON.stringify(Object.fromEntries(resources.map(({ name, digest }) => [name, digest])))
  writeFileSync(join(folder, 'b.bin'), 'other')
  for (const text of [lines, json])
    assert.deepEqual(
      checkHashes(folder, { file: '/sums', text }).map(({ what }) => what),
      ['changed'],
    )
  assert.throws(() => checkHashes(folder, { file: '/sums', text: 'nonsense' }), /line 1 of \/sums/)
})

test('the revision of a folder is found in caches, notes and git', (t) => {
  const folder = modelIn(t)
  const commit = 'a'.repeat(40)
  assert.equal(revisionOf(`/cache/models--a--b/snapshots/${commit}`), commit)
  assert.equal(revisionOf(folder), undefined)
  mkdirSync(join(folder, '.git/refs/heads'), { recursive: true })
  writeFileSync(join(folder, '.git/HEAD'), 'ref: refs/heads/main\n')
  writeFileSync(join(folder, '.git/refs/heads/main'), `${commit}\n`)
  assert.equal(revisionOf(folder), commit)
})
