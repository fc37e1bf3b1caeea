// Passwords: which we take, and how they are kept. argon2id where this Node has it (24.7 and newer), scrypt otherwise;
// both as PHC strings, so that a hash says how it was made. Hashing takes memory, so only a few run at a time and a
// bounded number waits.
import crypto, { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { Failure } from '../lib/failure.ts'
import { isCommonPassword } from './common-passwords.ts'

export const SHORTEST_PASSWORD = 12
export const MOST_PASSWORD_BYTES = 1024

const AT_ONCE = 2
const MOST_WAITING = 64
const ARGON = { memory: 19_456, passes: 2, parallelism: 1 }
const SCRYPT = { ln: 17, r: 8, p: 1 }
const LENGTH = 32
type Scheme = 'argon2id' | 'scrypt'

const PHC = /^\$(argon2id\$v=19|scrypt)\$([a-z]+=\d+(?:,[a-z]+=\d+)*)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/

const PHRASE = 'four random words make a good one'

export interface Passwords {
  hash(password: string): Promise<string>
  /** With `undefined` for an account without a password it takes as long and says no. */
  isRight(password: string, phc: string | undefined): Promise<boolean>
}

/** Refuses what is too short, too long, common, or the person's own address or name. */
export function checkPassword(password: string, person: { email: string; name: string }): void {
  if ([...password].length < SHORTEST_PASSWORD) {
    throw refuse(`a password needs at least ${SHORTEST_PASSWORD} characters`, PHRASE)
  }
  if (Buffer.byteLength(password) > MOST_PASSWORD_BYTES) {
    throw refuse(`a password has at most ${MOST_PASSWORD_BYTES} bytes`, 'take a shorter one')
  }
  if (!password.isWellFormed()) throw refuse('the password is not valid text', 'type it again')
  if (isCommonPassword(password)) throw refuse('this password is one of the first that anyone would try', PHRASE)
  const own = [person.email, person.email.split('@')[0] ?? '', person.name]
    .map(letters)
    .filter((text) => text.length > 3)
  const rest = own.reduce((text, word) => text.replaceAll(word, ''), letters(password))
  if (rest.length < 6 && rest.length < letters(password).length) {
    throw refuse('the password is little more than your own name or e-mail address', PHRASE)
  }
}

function refuse(message: string, hint: string): Failure {
  return new Failure('input_invalid', message, { hint, issues: [{ path: 'password', message }] })
}

function letters(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}

export function createPasswords(): Passwords {
  let running = 0
  const waiting: (() => void)[] = []

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (running >= AT_ONCE) {
      if (waiting.length >= MOST_WAITING) {
        throw new Failure('too_many', 'too many people are signing in right now', {
          hint: 'wait a few seconds, then try again',
          retryAfter: 5,
        })
      }
      await new Promise<void>((resolve) => waiting.push(resolve))
    } else running++
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }

  const decoy = phcString(bestScheme(), randomBytes(16), randomBytes(LENGTH))
  return {
    hash: (password) => inTurn(() => hashPassword(password)),
    async isRight(password, phc) {
      const right = await inTurn(() => verifyPassword(password, phc ?? decoy))
      return right && phc !== undefined
    },
  }
}

export async function hashPassword(password: string, scheme: Scheme = bestScheme()): Promise<string> {
  const salt = randomBytes(16)
  const key = await (scheme === 'argon2id' ? argon(password, salt, ARGON) : stretch(password, salt, SCRYPT))
  return phcString(scheme, salt, key)
}

function phcString(scheme: Scheme, salt: Buffer, key: Buffer): string {
  const settings =
    scheme === 'argon2id'
      ? `argon2id$v=19$m=${ARGON.memory},t=${ARGON.passes},p=${ARGON.parallelism}`
      : `scrypt$ln=${SCRYPT.ln},r=${SCRYPT.r},p=${SCRYPT.p}`
  return `$${settings}$${base64(salt)}$${base64(key)}`
}

export async function verifyPassword(password: string, phc: string): Promise<boolean> {
  const match = PHC.exec(phc)
  if (!match) throw new Error('a stored password hash is not a PHC string that this program writes')
  const [, scheme = '', settings = '', salt64 = '', key64 = ''] = match
  const [salt, key] = [Buffer.from(salt64, 'base64'), Buffer.from(key64, 'base64')]
  const {
    m = 0,
    t = 0,
    p = 0,
    ln = 0,
    r = 0,
  } = Object.fromEntries(settings.split(',').map((pair) => [pair.split('=')[0], Number(pair.split('=')[1])]))
  const got = scheme.startsWith('argon2id')
    ? await argon(password, salt, { memory: m, passes: t, parallelism: p })
    : await stretch(password, salt, { ln, r, p })
  return got.length === key.length && timingSafeEqual(got, key)
}

function bestScheme(): Scheme {
  return typeof crypto.argon2 === 'function' ? 'argon2id' : 'scrypt'
}

function argon(password: string, nonce: Buffer, settings: typeof ARGON): Promise<Buffer> {
  if (typeof crypto.argon2 !== 'function') {
    throw new Failure('unavailable', 'this password was stored with argon2id, which this Node cannot compute', {
      hint: 'run Parapet on Node 24.7 or newer',
    })
  }
  return new Promise((resolve, reject) => {
    const message = Buffer.from(password.normalize('NFKC'))
    crypto.argon2('argon2id', { message, nonce, tagLength: LENGTH, ...settings }, (error, key) =>
      error ? reject(error) : resolve(key),
    )
  })
}

const scryptAsync: (password: string, salt: Buffer, length: number, options: object) => Promise<unknown> =
  promisify(scrypt)

async function stretch(password: string, salt: Buffer, { ln, r, p }: typeof SCRYPT): Promise<Buffer> {
  const N = 2 ** ln
  const key = await scryptAsync(password.normalize('NFKC'), salt, LENGTH, { N, r, p, maxmem: 256 * N * r })
  return key as Buffer
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '')
}
