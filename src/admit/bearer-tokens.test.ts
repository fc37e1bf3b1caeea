import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, test, type TestContext } from 'node:test'
import { type CryptoKey, exportJWK, exportSPKI, generateKeyPair, SignJWT } from 'jose'
import { Failure } from '../lib/failure.ts'
import { createBearerTokens, type TokenCaller } from './bearer-tokens.ts'
import { IssuersConfig } from './issuers.ts'

const NOW = Date.parse('2026-11-21T12:00:00Z')
const ISSUER = 'https://login.example/'
const pair = await generateKeyPair('ES256', { extractable: true })
const other = await generateKeyPair('ES256', { extractable: true })

interface House {
  sign(claims?: object, options?: { key?: CryptoKey; kid?: string; alg?: string }): Promise<string>
  find(token: string): Promise<TokenCaller>
  isToken(text: string): boolean
  fetched(): number
  publish(keys: readonly { key: CryptoKey; kid: string }[]): Promise<void>
  answer(body: string, status?: number, headers?: Record<string, string>): void
  wait(ms: number): void
}

async function house(t: TestContext, more: object = {}): Promise<House> {
  let [body, status, headers, count, now]: [string, number, Record<string, string>, number, number] = [
    '',
    200,
    {},
    0,
    NOW,
  ]
  const server = createServer((_, response) => {
    count++
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`
  const issuers = IssuersConfig.parse([
    { issuer: ISSUER, audience: ['parapet'], keys: url, grants: [{ models: ['gpt-*'] }], ...more },
  ])
  const { find, isToken } = createBearerTokens({
    issuers,
    fetch,
    knowsAgent: async (id) => id === 'buyer',
    now: () => new Date(now),
  })
  const made: House = {
    sign: (claims = {}, { key = pair.privateKey, kid = 'one', alg = 'ES256' } = {}) =>
      new SignJWT({ iss: ISSUER, aud: 'parapet', sub: 'ann', iat: NOW / 1000, exp: NOW / 1000 + 600, ...claims })
        .setProtectedHeader({ alg, kid })
        .sign(key),
    find,
    isToken,
    fetched: () => count,
    async publish(keys) {
      const jwks = await Promise.all(
        keys.map(async ({ key, kid }) => ({ ...(await exportJWK(key)), kid, alg: 'ES256' })),
      )
      body = JSON.stringify({ keys: jwks })
    },
    answer: (text, code = 200, more = {}) => void ([body, status, headers] = [text, code, more]),
    wait: (ms) => void (now += ms),
  }
  await made.publish([{ key: pair.publicKey, kid: 'one' }])
  return made
}

const refusal = (code: string, words: RegExp) => (error: unknown) => {
  assert(error instanceof Failure)
  assert.equal(error.code, code)
  assert.match(error.message, words)
  return true
}

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

test('a token that an issuer signed for us lets its subject in, under a name that tells neither', async (t) => {
  const { sign, find, fetched } = await house(t)
  const [ann, bob] = [await find(await sign()), await find(await sign({ sub: 'bob' }))]
  assert.match(ann.keyId, /^oidc_[\w-]{26}$/)
  assert.notEqual(ann.keyId, bob.keyId)
  assert.equal((await find(await sign({ iat: NOW / 1000 - 1 }))).keyId, ann.keyId)
  assert.deepEqual(ann.models, ['gpt-*'])
  assert.equal(fetched(), 1)
})

test('what a token began ends with that token, whichever others its subject has', async (t) => {
  const { sign, find } = await house(t)
  const seconds = NOW / 1000
  const [early, late] = [await find(await sign()), await find(await sign({ exp: seconds + 3600 }))]
  assert.equal(early.keyId, late.keyId)
  assert.deepEqual([early.until, late.until], [(seconds + 630) * 1000, (seconds + 3630) * 1000])
})

describe('the agent that a token names', () => {
  test('is whose identity the call has, where the issuer may name agents', async (t) => {
    const [named, plain] = [await house(t, { agent: 'act.sub' }), await house(t)]
    const claims = { act: { sub: 'buyer' } }
    assert.equal((await named.find(await named.sign(claims))).agent, 'buyer')
    assert.equal((await named.find(await named.sign())).agent, undefined)
    assert.equal((await plain.find(await plain.sign(claims))).agent, undefined)
  })

  test('is one of the register, or the token does not count', async (t) => {
    const { sign, find } = await house(t, { agent: 'azp' })
    await assert.rejects(find(await sign({ azp: 'nobody' })), refusal('forbidden', /not in the register/))
  })
})

describe('a token is refused', () => {
  const seconds = NOW / 1000
  for (const [title, claims, words] of [
    ['when it has expired', { exp: seconds - 31 }, /expired/],
    ['before it begins', { nbf: seconds + 60 }, /nbf/],
    ['when it was made in the future', { iat: seconds + 600, exp: seconds + 900 }, /iat/],
    ['when it is older than tokens get', { iat: seconds - 90_000 }, /expired|iat/],
    ['when it never ends', { exp: undefined }, /exp/],
    ['when it ends at no date', { exp: 1e308 }, /exp is no date/],
    ['when it ends behind the last date', { exp: 8.64e12 + 1 }, /exp is no date/],
    ['when it is meant for others', { aud: 'shop' }, /aud/],
    ['when it names another issuer', { iss: 'https://evil.example/' }, /no issuer/],
    ['when it names nobody', { sub: undefined }, /no sub/],
    ['when its subject is no text', { sub: { a: 1 } }, /no sub/],
  ] as const)
    test(title, async (t) => {
      const { sign, find } = await house(t)
      await assert.rejects(find(await sign(claims)), refusal('unauthenticated', words))
    })

  test('within the skew of clocks it still counts', async (t) => {
    const { sign, find } = await house(t)
    assert.match((await find(await sign({ exp: seconds - 29 }))).keyId, /^oidc_/)
  })

  test('when it is not signed, or signed with what everybody knows', async (t) => {
    const { find } = await house(t)
    const claims = { iss: ISSUER, aud: 'parapet', sub: 'ann', iat: seconds, exp: seconds + 600 }
    await assert.rejects(
      find(`${part({ alg: 'none' })}.${part(claims)}.`),
      refusal('unauthenticated', /kind of signature|cannot be read/),
    )
    const known = new TextEncoder().encode(await exportSPKI(pair.publicKey))
    const forged = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'one' }).sign(known)
    await assert.rejects(find(forged), refusal('unauthenticated', /kind of signature/))
  })

  test('when its words were changed after it was signed', async (t) => {
    const { sign, find } = await house(t)
    const [head, , signature] = (await sign()).split('.')
    const [, claims] = (await sign({ sub: 'root' })).split('.')
    await assert.rejects(find(`${head}.${claims}.${signature}`), refusal('unauthenticated', /signature/))
  })

  test('when it brings its own key', async (t) => {
    const { find } = await house(t)
    const jwk = await exportJWK(other.publicKey)
    const token = await new SignJWT({ iss: ISSUER, aud: 'parapet', sub: 'ann', iat: seconds, exp: seconds + 600 })
      .setProtectedHeader({ alg: 'ES256', kid: 'one', jwk, jku: 'https://evil.example/jwks' })
      .sign(other.privateKey)
    await assert.rejects(find(token), refusal('unauthenticated', /signature/))
  })

  test('also when it was let in before, once it has expired', async (t) => {
    const { sign, find, wait } = await house(t)
    const token = await sign({ exp: seconds + 10 })
    await find(token)
    wait(41_000)
    await assert.rejects(find(token), refusal('unauthenticated', /expired/))
  })
})

describe('the keys of an issuer', () => {
  test('are fetched once for many tokens of keys that it does not have', async (t) => {
    const { sign, find, fetched } = await house(t)
    for (let i = 0; i < 20; i++)
      await assert.rejects(
        find(await sign({ sub: `a${i}` }, { key: other.privateKey, kid: `made-up-${i}` })),
        refusal('unauthenticated', /does not have/),
      )
    assert.equal(fetched(), 1)
  })

  for (const [title, body, status, headers] of [
    ['are no JSON', '<html>', 200, {}],
    ['are an error', '{}', 500, {}],
    ['are elsewhere', '', 302, { location: 'http://127.0.0.1:1/jwks' }],
    ['never end', `{"keys":[${'1,'.repeat(200_000)}1]}`, 200, {}],
  ] as const)
    test(`that ${title} are trouble of ours, and not of the caller`, async (t) => {
      const { sign, find, answer } = await house(t)
      answer(body, status, headers)
      await assert.rejects(find(await sign()), refusal('unavailable', /cannot be had/))
    })
})

describe('what is granted', () => {
  const grants = [
    { claim: 'realm_access.roles', value: 'ml-*', models: ['*'], asset: 'asset_ml' },
    { claim: 'scope', value: 'models', models: ['gpt-mini'] },
  ]
  for (const [title, claims, models] of [
    ['follows a role inside a claim', { realm_access: { roles: ['staff', 'ml-lead'] } }, ['*']],
    ['follows one of several scopes', { scope: 'openid models' }, ['gpt-mini']],
    ['is what the first grant says', { scope: 'models', realm_access: { roles: ['ml-x'] } }, ['*']],
    ['is nothing without a claim that fits', { scope: 'mymodels' }, undefined],
    ['is nothing for a claim of another kind', { realm_access: { roles: { 'ml-x': true } } }, undefined],
    ['is nothing for what an object inherits', { realm_access: 'ml-x' }, undefined],
  ] as const)
    test(title, async (t) => {
      const { sign, find } = await house(t, { grants })
      const token = await sign(claims)
      if (models === undefined) await assert.rejects(find(token), refusal('forbidden', /grants nothing/))
      else assert.deepEqual((await find(token)).models, models)
    })
})

test('gateway keys, and what is no token at all, are left to others', async (t) => {
  const { isToken } = await house(t)
  assert.deepEqual(['gw_abc', 'a.b', 'sk-x.y.z!', ''].map(isToken), [false, false, false, false])
})

for (const [title, change] of [
  ['a shared secret as a signature', { algorithms: ['HS256'] }],
  ['no signature', { algorithms: ['none'] }],
  ['keys that anybody on the way can change', { keys: 'http://login.example/jwks' }],
  ['no grant', { grants: [] }],
  ['no audience', { audience: [] }],
] as const)
  test(`an issuer with ${title} is no configuration`, () => {
    const good = { issuer: ISSUER, audience: ['x'], keys: 'https://login.example/jwks', grants: [{ models: ['*'] }] }
    assert(IssuersConfig.safeParse([good]).success)
    assert(!IssuersConfig.safeParse([{ ...good, ...change }]).success)
    assert(!IssuersConfig.safeParse([good, good]).success)
  })
