// From a signer's certificate to one that is trusted. As the reference does, validity is asked for the moment the signer's
// certificate began, since a signature without a log proves no time.
import { type KeyObject, X509Certificate } from 'node:crypto'
import { Failure } from '../../../lib/failure.ts'

const MOST_STEPS = 8
const CODE_SIGNING = '1.3.6.1.5.5.7.3.3'
/** The identifier of KeyUsage in DER. */
const KEY_USAGE = Buffer.from([0x06, 0x03, 0x55, 0x1d, 0x0f])

export function trustedKey(chain: readonly Buffer[], rootsPem: string, file: string): KeyObject {
  const [leaf, ...between] = chain.map((bytes) => read(bytes, file))
  const roots = [...rootsPem.matchAll(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g)].map(([pem]) =>
    read(Buffer.from(pem), 'the trusted certificates'),
  )
  if (!leaf || roots.length === 0)
    throw new Failure('input_invalid', 'there is no trusted certificate to hold the signer against')
  const when = Date.parse(leaf.validFrom)
  if (!leadsTo(leaf, between, roots, when))
    throw new Failure('forbidden', `the certificate in ${file} does not lead to one that you trust`, {
      hint: 'give the root of who signed the model',
    })
  if (!maySign(leaf)) throw new Failure('forbidden', `the certificate in ${file} is not for signing`)
  return leaf.publicKey
}

function leadsTo(
  leaf: X509Certificate,
  between: readonly X509Certificate[],
  roots: readonly X509Certificate[],
  when: number,
): boolean {
  let at = leaf
  for (let step = 0; step < MOST_STEPS; step++) {
    if (roots.some((root) => root.fingerprint256 === at.fingerprint256)) return true
    const issuer = [...roots, ...between].find(
      (other) =>
        other.fingerprint256 !== at.fingerprint256 &&
        other.ca &&
        isValid(other, when) &&
        at.checkIssued(other) &&
        at.verify(other.publicKey),
    )
    if (!issuer) return false
    at = issuer
  }
  return false
}

const isValid = (certificate: X509Certificate, when: number) =>
  Date.parse(certificate.validFrom) <= when && when <= Date.parse(certificate.validTo)

function maySign(certificate: X509Certificate): boolean {
  const { raw } = certificate
  const at = raw.indexOf(KEY_USAGE)
  if (at >= 0) {
    // After it perhaps "critical", then an octet string with a bit string: digitalSignature is the first bit.
    const value = raw[at + 5] === 1 ? at + 8 : at + 5
    if (raw[value] === 4 && raw[value + 2] === 3 && ((raw[value + 5] ?? 0) & 0x80) !== 0) return true
  }
  return certificate.keyUsage?.includes(CODE_SIGNING) ?? false
}

function read(bytes: Buffer, where: string): X509Certificate {
  try {
    return new X509Certificate(bytes)
  } catch (cause) {
    throw new Failure('input_invalid', `${where} holds something that is no certificate`, { cause })
  }
}
