// Certificates for the tests, in DER, with the few extensions that matter here.
import { type KeyObject, sign } from 'node:crypto'

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
