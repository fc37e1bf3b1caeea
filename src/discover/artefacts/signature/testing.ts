// Signers for the tests: certificates in DER with the few extensions that matter here, and models really signed with a key.
import { createHash, type KeyObject, sign } from 'node:crypto'
import { authenticated } from './envelope.ts'

const der = (tag: number, ...parts: Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts)
  const length = body.length < 128 ? [body.length] : [0x82, body.length >> 8, body.length & 255]
  return Buffer.concat([Buffer.from([tag, ...length]), body])
}
const hex = (text: string) => Buffer.from(text, 'hex')
const ECDSA_SHA256 = der(0x30, hex('06082a8648ce3d040302'))
const commonName = (name: string) => der(0x30, der(0x31, der(0x30, hex('0603550403'), der(0x0c, Buffer.from(name)))))

export interface CertificateOptions {
  name: string
  key: KeyObject
  issuer: string
  by: KeyObject
  authority?: boolean
  /** The bits of KeyUsage; the first is digitalSignature. */
  usage?: number
}

export function certificate({
  name,
  key,
  issuer,
  by,
  authority = false,
  usage = authority ? 0x04 : 0x80,
}: CertificateOptions): Buffer {
  const extensions = der(
    0x30,
    der(0x30, hex('0603551d0f'), der(0x04, der(0x03, Buffer.from([0, usage])))),
    der(0x30, hex('0603551d13'), der(0x04, der(0x30, ...(authority ? [hex('0101ff')] : [])))),
  )
  const body = der(
    0x30,
    der(0xa0, hex('020102')),
    der(0x02, Buffer.from([1])),
    ECDSA_SHA256,
    commonName(issuer),
    der(0x30, der(0x17, Buffer.from('240101000000Z')), der(0x17, Buffer.from('440101000000Z'))),
    commonName(name),
    key.export({ type: 'spki', format: 'der' }),
    der(0xa3, extensions),
  )
  return der(0x30, body, ECDSA_SHA256, der(0x03, Buffer.from([0]), sign('sha256', body, by)))
}

const HASHES: Record<string, string> = { prime256v1: 'sha256', secp384r1: 'sha384', secp521r1: 'sha512' }

export function bundleOf(statement: object, key: KeyObject, material: object): string {
  const payload = Buffer.from(JSON.stringify(statement))
  const signature = sign(
    HASHES[key.asymmetricKeyDetails?.namedCurve ?? ''] ?? 'sha256',
    authenticated('DSSEv1', 'application/vnd.in-toto+json', payload),
    key,
  )
  return JSON.stringify({
    mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
    verificationMaterial: { ...material, tlogEntries: [] },
    dsseEnvelope: {
      payload: payload.toString('base64'),
      payloadType: 'application/vnd.in-toto+json',
      signatures: [{ sig: signature.toString('base64'), keyid: '' }],
    },
  })
}

/** A model as signers of the standard sign it. */
export function signModel(files: Readonly<Record<string, string | Uint8Array>>, key: KeyObject, material = {}): string {
  const names = Object.keys(files).toSorted()
  const resources = names.map((name) => ({
    name,
    algorithm: 'sha256',
    digest: createHash('sha256')
      .update(files[name] ?? '')
      .digest('hex'),
  }))
  const root = createHash('sha256')
  for (const { digest } of resources) root.update(Buffer.from(digest, 'hex'))
  const serialization = { method: 'files', hash_type: 'sha256', allow_symlinks: false, ignore_paths: [] }
  const statement = {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: 'model', digest: { sha256: root.digest('hex') } }],
    predicateType: 'https://model_signing/signature/v1.0',
    predicate: { serialization, resources },
  }
  return bundleOf(statement, key, material)
}
