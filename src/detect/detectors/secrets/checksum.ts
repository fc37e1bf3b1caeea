// Checksums that issuers build into their tokens. They need no network and no key: they say whether a token was
// typed or made up, never whether it still works.

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

const CRC_TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  return crc
})

/** CRC-32 (IEEE 802.3) of a text of ASCII characters. */
export function crc32(ascii: string): number {
  let crc = -1
  for (let i = 0; i < ascii.length; i++) crc = (CRC_TABLE[(crc ^ ascii.charCodeAt(i)) & 0xff] ?? 0) ^ (crc >>> 8)
  return (crc ^ -1) >>> 0
}

/** Most significant digit first, padded with `0`: the alphabet that GitHub and npm use. */
export function toBase62(value: number, width: number): string {
  let digits = ''
  for (let rest = value; rest > 0; rest = Math.floor(rest / 62)) digits = (BASE62[rest % 62] ?? '') + digits
  return digits.padStart(width, '0')
}

/** `ghp_`, `gho_`, `npm_` and their kin: 30 random characters and the base-62 CRC-32 of them in 6. */
export function hasCrcTail(token: string): boolean {
  const body = token.slice(token.indexOf('_') + 1)
  return body.length === 36 && toBase62(crc32(body.slice(0, 30)), 6) === body.slice(30)
}

/** A JSON Web Token whose header is an object that names an algorithm. */
export function hasJwtHeader(token: string): boolean {
  const header = /^(?:ghs_\d+_)?([\w-]{10,})[.]/.exec(token)?.[1]
  return header !== undefined && /^\{[^]*"alg"\s*:/.test(decodeBase64(header, 2048))
}

/** A base-64 body that decodes to printable text with the given word in it. */
export function decodesTo(word: RegExp, after = ''): (token: string) => boolean {
  return (token) => word.test(decodeBase64(token.slice(after.length), 4096))
}

/** The account number in an AWS key id: base 32 behind the prefix. Ids made before 2019 hold none. */
export function hasAwsAccount(id: string): boolean {
  return /^(?:AKIA|ASIA|ABIA|ACCA|A3T.)[A-Z2-7]{16}$/.test(id)
}

/** Latin-1 of base64 or base64url, of at most `most` characters of it. */
export function decodeBase64(text: string, most: number): string {
  return Buffer.from(text.slice(0, most), 'base64').toString('latin1')
}
