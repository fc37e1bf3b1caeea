// A sigstore bundle as far as model signing uses it: a DSSE envelope and how to find who signed it.
import { z } from 'zod'
import { Failure } from '../../../lib/failure.ts'

const MOST_BYTES = 64 * 1024 * 1024
const MEDIA_TYPE = 'application/vnd.dev.sigstore.bundle.v0.3+json'

const Base64 = z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/)
const Certificate = z.object({ rawBytes: Base64 })
const BundleJson = z.object({
  mediaType: z.literal(MEDIA_TYPE),
  verificationMaterial: z.object({
    publicKey: z.object({ hint: z.string().nullish() }).optional(),
    x509CertificateChain: z.object({ certificates: z.array(Certificate).min(1).max(16) }).optional(),
    certificate: Certificate.optional(),
  }),
  dsseEnvelope: z.object({
    payload: Base64,
    payloadType: z.literal('application/vnd.in-toto+json'),
    signatures: z.array(z.object({ sig: Base64 })).length(1),
  }),
})

export interface Bundle {
  json: unknown
  payloadType: string
  payload: Buffer
  signature: Buffer
  /** Hash of the public key that made it. */
  hint: string | undefined
  /** The signer's first. */
  certificates: Buffer[]
}

export function readBundle(text: string, file: string): Bundle {
  if (text.length > MOST_BYTES) throw new Failure('too_large', `${file} has more than ${MOST_BYTES} characters`)
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    throw new Failure('input_invalid', `${file} is no signature: it is not JSON`, { cause })
  }
  const parsed = BundleJson.safeParse(json)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new Failure(
      'input_invalid',
      `${file} is no signature of a model: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.slice(0, 300),
    )
  }
  const { verificationMaterial: material, dsseEnvelope: envelope } = parsed.data
  const chain = material.x509CertificateChain?.certificates ?? (material.certificate ? [material.certificate] : [])
  return {
    json,
    payloadType: envelope.payloadType,
    payload: Buffer.from(envelope.payload, 'base64'),
    signature: Buffer.from(envelope.signatures[0]?.sig ?? '', 'base64'),
    hint: material.publicKey?.hint ?? undefined,
    certificates: chain.map(({ rawBytes }) => Buffer.from(rawBytes, 'base64')),
  }
}
