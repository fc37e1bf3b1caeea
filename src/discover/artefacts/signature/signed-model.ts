// Verifies a signature of OpenSSF model signing 1.0: a bundle whose payload lists the files of a model with their digests. The
// steps, in order: read the bundle, verify who signed it, read the list, hold the folder against it.
import { createPublicKey } from 'node:crypto'
import { Failure } from '../../../lib/failure.ts'
import { type Bundle, readBundle } from './bundle.ts'
import { trustedKey } from './certificates.ts'
import { type Difference, differences } from './compare.ts'
import { envelopeHolds, keyHint } from './envelope.ts'
import { type Manifest, readManifest } from './manifest.ts'

/** Whom one trusts: a public key, roots of certificates, or a verifier of sigstore bundles. */
export type Trust =
  | { kind: 'key'; pem: string }
  | { kind: 'certificates'; pem: string }
  | { kind: 'sigstore'; verify: (bundle: unknown) => void }

export interface SignatureCheck {
  manifest: Manifest
  differences: Difference[]
}

/** Throws a Failure where the signature does not hold; what differs from a signature that holds is told. */
export function checkSignedModel(
  folder: string,
  signature: { file: string; text: string },
  trust: Trust,
): SignatureCheck {
  const bundle = readBundle(signature.text, signature.file)
  verifySigner(bundle, trust, signature.file)
  const manifest = readManifest(bundle.payload, signature.file)
  return { manifest, differences: differences(folder, manifest, signature.file) }
}

function verifySigner(bundle: Bundle, trust: Trust, file: string): void {
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
    return
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
}

function readKey(pem: string) {
  try {
    return createPublicKey(pem)
  } catch (cause) {
    throw new Failure('input_invalid', 'the key is no public key in PEM', { cause })
  }
}

const wrongKind = (file: string, by: string, flag: string) =>
  new Failure('input_invalid', `${file} was signed with ${by}`, { hint: `use ${flag}` })
