// A signer known by an identity instead of a key: Fulcio's certificate and Rekor's log, held against a trusted root that lies on
// disk. Nothing is fetched, so the root is as fresh as who keeps it.
import { bundleFromJSON } from '@sigstore/bundle'
import { TrustedRoot } from '@sigstore/protobuf-specs'
import { toSignedEntity, toTrustMaterial, Verifier } from '@sigstore/verify'
import { Failure } from '../../../lib/failure.ts'

export interface SignerIdentity {
  /** As the certificate names them: an address of mail, or of a workflow. */
  identity: string
  issuer: string
}

export function sigstoreVerifier(trustedRoot: string, { identity, issuer }: SignerIdentity): (bundle: unknown) => void {
  const verifier = new Verifier(toTrustMaterial(readRoot(trustedRoot)))
  const policy = {
    subjectAlternativeName: new RegExp(`^${identity.replaceAll(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`)}$`),
    extensions: { issuer },
  }
  return (bundle) => void verifier.verify(toSignedEntity(bundleFromJSON(bundle)), policy)
}

function readRoot(text: string): TrustedRoot {
  try {
    return TrustedRoot.fromJSON(JSON.parse(text))
  } catch (cause) {
    throw new Failure('input_invalid', 'the trusted root is not one of sigstore', {
      hint: 'give trusted_root.json',
      cause,
    })
  }
}
