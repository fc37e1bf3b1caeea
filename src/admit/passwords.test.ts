import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isCommonPassword } from './common-passwords.ts'
import { checkPassword, createPasswords, hashPassword, verifyPassword } from './passwords.ts'

const PERSON = { email: 'ann.smith@example.org', name: 'Ann Smith' }

describe('a password is refused', () => {
  for (const [why, password, message] of [
    ['too short', 'elevenchars', /at least 12/],
    ['short in characters though long in bytes', '🦊🦊🦊🦊🦊🦊', /at least 12/],
    ['too long', 'ab1 '.repeat(257), /at most 1024 bytes/],
    ['common', 'Password1234', /first that anyone/],
    ['common with signs around', '!!Password!!2024', /first that anyone/],
    ['a run', 'abcdefghijklmnop', /first that anyone/],
    ['a repetition', 'xyzxyzxyzxyz', /first that anyone/],
    ['the own address', 'ann.smith@example.org', /own name/],
    ['the own name with a year', 'AnnSmith-2026', /own name/],
    ['broken text', `correct horse \ud800 battery`, /not valid text/],
  ] as const) {
    test(why, () => assert.throws(() => checkPassword(password, PERSON), { code: 'input_invalid', message }))
  }
})

test('a password that nobody would try first is taken', () => {
  for (const password of [
    'maple orbit candle frost',
    'tG7#kq!mZ2wL',
    '839203948571',
    'пароль-для-администратора',
    'Anna Karenina reads ann',
  ]) {
    checkPassword(password, PERSON)
  }
  assert.equal(isCommonPassword('password of the three bears'), false)
})

describe('a hash says how it was made and fits its password only', () => {
  for (const [scheme, start] of [
    ['argon2id', '$argon2id$v=19$m=19456,t=2,p=1$'],
    ['scrypt', '$scrypt$ln=17,r=8,p=1$'],
  ] as const) {
    test(scheme, async () => {
      const [one, two] = [await hashPassword('maple orbit', scheme), await hashPassword('maple orbit', scheme)]
      assert.ok(one.startsWith(start), one)
      assert.notEqual(one, two)
      assert.equal(await verifyPassword('maple orbit', one), true)
      assert.equal(await verifyPassword('maple orbit ', one), false)
    })
  }
})

test('argon2id is the published one, and other schemes are not guessed at', async () => {
  const reference = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc'
  assert.equal(await verifyPassword('password', reference), true)
  await assert.rejects(verifyPassword('password', reference.replace('argon2id', 'argon2i')), /PHC/)
})

test('letters that look the same to the person are the same password', async () => {
  const passwords = createPasswords()
  assert.equal(await passwords.isRight('cafe\u0301 au lait', await passwords.hash('caf\u00e9 au lait')), true)
})

test('no password fits an account that has none', async () => {
  assert.equal(await createPasswords().isRight('', undefined), false)
})

test('only so many wait for their turn', async () => {
  const passwords = createPasswords()
  const tries = await Promise.allSettled(Array.from({ length: 80 }, () => passwords.isRight('x', undefined)))
  const refused = tries.filter((one) => one.status === 'rejected')
  assert.equal(refused.length, 80 - 2 - 64)
  for (const one of refused) assert.equal((one.reason as { code: string }).code, 'too_many')
})
