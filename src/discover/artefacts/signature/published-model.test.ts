// A model that others signed with the reference of the standard, through sigstore's public service: it holds offline, and no part
// of it can be exchanged.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import published from './published-model.json' with { type: 'json' }
import { checkSignedModel } from './signed-model.ts'
import { type SignerIdentity, sigstoreVerifier } from './sigstore.ts'

const SIGNER: SignerIdentity = {
  identity: 'stefanb@us.ibm.com',
  issuer: 'https://sigstore.verify.ibm.com/oauth2',
}
const { signature, trustedRoot } = published

function check(t: TestContext, bundle: unknown = signature, signer = SIGNER, root: unknown = trustedRoot): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'parapet-published-'))
  t.after(() => rmSync(folder, { recursive: true }))
  for (const [name, text] of Object.entries(published.files)) writeFileSync(join(folder, name), text)
  const verify = sigstoreVerifier(JSON.stringify(root), signer)
  const file = { file: join(folder, 'model.sig'), text: JSON.stringify(bundle) }
  return checkSignedModel(folder, file, { kind: 'sigstore', identity: signer.identity, verify }).map(({ what }) => what)
}

test('a published model holds against the published root, without a network', (t) => {
  assert.deepEqual(check(t), [])
})

const { verificationMaterial: material, dsseEnvelope: envelope } = signature
const [entry] = material.tlogEntries
const swapped = Buffer.from(envelope.payload, 'base64').toString().replace('signme-1', 'signme-9')
const withMaterial = (change: object) => ({ ...signature, verificationMaterial: { ...material, ...change } })
const withEnvelope = (change: object) => ({ ...signature, dsseEnvelope: { ...envelope, ...change } })

const wrong: [what: string, bundle: unknown, signer?: SignerIdentity, root?: unknown][] = [
  ['somebody else is asked for', signature, { ...SIGNER, identity: 'somebody@us.ibm.com' }],
  ['only part of the name is asked for', signature, { ...SIGNER, identity: 'stefanb@us.ibm' }],
  ['somebody else vouches for the signer', signature, { ...SIGNER, issuer: 'https://accounts.google.com' }],
  ['the list of files is another', withEnvelope({ payload: Buffer.from(swapped).toString('base64') })],
  ['the signature is another', withEnvelope({ signatures: [{ sig: Buffer.alloc(70, 48).toString('base64') }] })],
  ['it is in no log', withMaterial({ tlogEntries: [] })],
  ['the log speaks of another signature', withMaterial({ tlogEntries: published.otherEntries })],
  [
    'the log proves nothing',
    withMaterial({ tlogEntries: [{ ...entry, inclusionPromise: undefined, inclusionProof: undefined }] }),
  ],
  ['the log names another hour', withMaterial({ tlogEntries: [{ ...entry, integratedTime: '1500000000' }] })],
  ['the root knows no such log', signature, SIGNER, { ...trustedRoot, tlogs: [] }],
  ['the root knows no such authority', signature, SIGNER, { ...trustedRoot, certificateAuthorities: [] }],
]

for (const [what, bundle, signer, root] of wrong) {
  test(`it does not hold where ${what}`, (t) => {
    assert.throws(() => check(t, bundle, signer, root), { code: 'forbidden' })
  })
}
