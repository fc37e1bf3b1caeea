// Verifies a signature of OpenSSF model signing 1.0: a bundle whose payload lists the files of a model with their digests. The
// steps, in order: read the bundle, verify who signed it, read the list, hold the folder against it.
import { createPublicKey, type KeyObject, X509Certificate } from 'node:crypto'
import { Failure } from '../../../lib/failure.ts'
import { printable } from '../../printable.ts'
import { type Bundle, readBundle } from './bundle.ts'
import { trustedKey } from './certificates.ts'
import { type Difference, differences } from './compare.ts'
import { envelopeHolds, keyHint } from './envelope.ts'
import { type Manifest, readManifest } from './manifest.ts'

/** Whom one trusts: a public key, roots of certificates, or a verifier of sigstore bundles. */
export type Trust =
  | { kind: 'key'; pem: string }
  | { kind: 'certificates'; pem: string }
  | { kind: 'sigstore'; identity: string; verify: (bundle: unknown) => void }

export interface SignatureFile {
  file: string
  text: string
}

/** Throws a Failure where the signature does not hold. */
export function readSignedModel(signature: SignatureFile, trust: Trust): { manifest: Manifest; signer: string } {
  const bundle = readBundle(signature.text, signature.file)
  const signer = verifySigner(bundle, trust, signature.file)
  return { manifest: readManifest(bundle.payload, signature.file), signer }
}

/** What differs from a signature that holds is told. */
export function checkSignedModel(folder: string, signature: SignatureFile, trust: Trust): Difference[] {
  return differences(folder, readSignedModel(signature, trust).manifest, [signature.file])
}

/** Gives the name by which the signer is known. */
function verifySigner(bundle: Bundle, trust: Trust, file: string): string {
  if (trust.kind === 'sigstore') {
    try {
      trust.verify(bundle.json)
    } catch (cause) {
      throw new Failure(
        'forbidden',
        `${file} is not signed by whom you trust: ${cause instanceof Error ? cause.message.slice(0, 200) : 'it does not verify'}`,
        {
          hint: 'check identity, issuer and trusted root',
          cause,
        },
      )
    }
    return trust.identity
  }
  const isByKey = bundle.certificates.length === 0
  if (trust.kind === 'key' && !isByKey) throw wrongKind(file, 'a certificate', '--certificates')
  if (trust.kind === 'certificates' && isByKey) throw wrongKind(file, 'a key', '--key')
  const key = trust.kind === 'key' ? readKey(trust.pem) : trustedKey(bundle.certificates, trust.pem, file)
  if (trust.kind === 'key' && bundle.hint !== undefined && bundle.hint !== keyHint(key))
    throw new Failure('forbidden', `${file} was made with another key`, {
      hint: 'give the public key of who signed the model',
    })
  if (!envelopeHolds(bundle, key))
    throw new Failure('forbidden', `the signature in ${file} does not hold`, {
      hint: 'the list of files was changed, or another key signed it',
    })
  return trust.kind === 'key' ? keyName(key) : certificateName(bundle.certificates[0], key)
}

export const keyName = (key: KeyObject) => `key ${keyHint(key).slice(0, 16)}`

function certificateName(leaf: Buffer | undefined, key: KeyObject): string {
  const subject = leaf === undefined ? '' : (new X509Certificate(leaf).subject ?? '')
  return printable(subject.replaceAll('\n', ', ')).slice(0, 200) || keyName(key)
}

/** A private key would give its public one; it is refused, because whoever hands it in should not have to. */
export function readKey(pem: string): KeyObject {
  try {
    if (!/PRIVATE KEY/.test(pem)) return createPublicKey(pem)
  } catch (cause) {
    throw new Failure('input_invalid', 'the key is no public key in PEM', { cause })
  }
  throw new Failure('input_invalid', 'the key is a private one', {
    hint: 'give its public key, and keep it to yourself',
  })
}

const wrongKind = (file: string, by: string, flag: string) =>
  new Failure('input_invalid', `${file} was signed with ${by}`, { hint: `use ${flag}` })
