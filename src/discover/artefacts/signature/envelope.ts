// DSSE: what is signed is the type and the payload with their lengths. Releases of the reference before 1.0 signed the text in which
// Python shows bytes; those signatures are still about, so they are tried second.
import { createHash, type KeyObject, verify } from 'node:crypto'
import type { Bundle } from './bundle.ts'

const HASHES: Readonly<Record<string, string>> = { prime256v1: 'sha256', secp384r1: 'sha384', secp521r1: 'sha512' }

export function envelopeHolds({ payload, payloadType, signature }: Bundle, key: KeyObject): boolean {
  const curve = key.asymmetricKeyDetails?.namedCurve ?? ''
  const hash = key.asymmetricKeyType === 'ed25519' ? null : HASHES[curve]
  if (hash === undefined) return false
  if (verify(hash, authenticated('DSSEv1', payloadType, payload), key, signature)) return true
  const old = Buffer.from(`DSSEV1 ${payloadType.length} ${payloadType} ${payload.length} ${pythonBytes(payload)}`)
  return (
    verify(hash, old, key, signature) || (hash !== 'sha256' && hash !== null && verify('sha256', old, key, signature))
  )
}

export function authenticated(version: string, type: string, payload: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`${version} ${Buffer.byteLength(type)} ${type} ${payload.length} `), payload])
}

/** SHA-256 of the key in PEM, as signers write it down. */
export function keyHint(key: KeyObject): string {
  return createHash('sha256')
    .update(key.export({ type: 'spki', format: 'pem' }))
    .digest('hex')
}

const ESCAPES: Readonly<Record<number, string>> = { 9: '\\t', 10: '\\n', 13: '\\r', 92: '\\\\' }

function pythonBytes(bytes: Uint8Array): string {
  const quote = bytes.includes(39) && !bytes.includes(34) ? '"' : "'"
  let text = ''
  for (const byte of bytes) {
    const char = String.fromCharCode(byte)
    if (ESCAPES[byte] !== undefined) text += ESCAPES[byte]
    else if (char === quote) text += `\\${char}`
    else text += byte >= 32 && byte < 127 ? char : `\\x${byte.toString(16).padStart(2, '0')}`
  }
  return `b${quote}${text}${quote}`
}
