// Secrets that we hand out: what they look like, how they are stored (hashed) and how an API token is told from noise.
// They carry 256 random bits, so a plain SHA-256 is enough: there is nothing to guess.
import { createHash, createHmac, hash, randomBytes, timingSafeEqual } from 'node:crypto'
import { crc32 } from 'node:zlib'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const BODY = 43
const CHECK = 6
const TOKEN = new RegExp(`^pp_[0-9A-Za-z]{${BODY + CHECK}}$`)
const GATEWAY_KEY = new RegExp(`^gw_[0-9A-Za-z]{${BODY + CHECK}}$`)
const SECRET = /^[A-Za-z0-9_-]{43}$/

/** For cookies and one-time links. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

export function isSecret(text: string): boolean {
  return SECRET.test(text)
}

/** `pp_`, 43 random letters and digits, and 6 of checksum, so that secret scanners find it without false alarms. */
export function newToken(): string {
  return checked('pp_')
}

export function isToken(text: string): boolean {
  return TOKEN.test(text) && isChecked(text)
}

/** Like a token, but for calling models. */
export function newGatewayKey(): string {
  return checked('gw_')
}

export function isGatewayKey(text: string): boolean {
  return GATEWAY_KEY.test(text) && isChecked(text)
}

export function hashSecret(secret: string): string {
  return hash('sha256', secret, 'hex')
}

/** What a page must send with each change: derived from the cookie, which scripts cannot read. */
export function csrfOf(secret: string): string {
  return createHmac('sha256', secret).update('parapet csrf').digest('base64url')
}

/** Compares without telling by its duration where two texts differ. */
export function isSame(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => createHash('sha256').update(text).digest())
  return left !== undefined && right !== undefined && timingSafeEqual(left, right)
}

function checked(prefix: string): string {
  const body = prefix + base62(BigInt(`0x${randomBytes(32).toString('hex')}`), BODY)
  return body + checksum(body)
}

function isChecked(text: string): boolean {
  return checksum(text.slice(0, -CHECK)) === text.slice(-CHECK)
}

function checksum(text: string): string {
  return base62(BigInt(crc32(text)), CHECK)
}

function base62(number: bigint, length: number): string {
  let text = ''
  for (let rest = number; text.length < length; rest /= 62n) text = (ALPHABET[Number(rest % 62n)] ?? '0') + text
  return text
}
