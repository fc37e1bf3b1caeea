// Signatures against those that Amazon published for its own suite of tests, and what each part of a request means to them.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type AwsCredentials, type SigV4Request, signV4 } from './sigv4.ts'

const EXAMPLE: AwsCredentials = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
}
const REQUEST: SigV4Request = {
  method: 'GET',
  host: 'example.amazonaws.com',
  path: '/',
  headers: {},
  body: new Uint8Array(),
  region: 'us-east-1',
  service: 'service',
  at: new Date('2015-08-30T12:36:00Z'),
}
const signatureOf = (change: Partial<SigV4Request> = {}, credentials = EXAMPLE) =>
  /Signature=(?<hex>[0-9a-f]{64})$/.exec(signV4({ ...REQUEST, ...change }, credentials)['authorization'] ?? '')
    ?.groups?.['hex']

describe('the published signature of', () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const listUsers = {
    host: 'iam.amazonaws.com',
    path: '/?Action=ListUsers&Version=2010-05-08',
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    service: 'iam',
  }
  const cases: [title: string, change: Partial<SigV4Request>, signature: string][] = [
    ['get-vanilla', {}, '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
    ['post-vanilla', { method: 'POST' }, '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b'],
    [
      'get-vanilla-query-order-key-case',
      { path: '/?Param2=value2&Param1=value1' },
      'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
    ],
    [
      'post-x-www-form-urlencoded',
      { method: 'POST', headers: form, body: Buffer.from('Param1=value1') },
      'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
    ],
    ['the list of users', listUsers, '5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7'],
  ]
  for (const [title, change, signature] of cases) test(title, () => assert.equal(signatureOf(change), signature))
})

describe('a signature', () => {
  const changes: [string, Partial<SigV4Request>][] = [
    ['method', { method: 'PUT' }],
    ['host', { host: 'other.amazonaws.com' }],
    ['path', { path: '/x' }],
    ['query', { path: '/?a=1' }],
    ['headers', { headers: { 'x-thing': '1' } }],
    ['body', { body: Buffer.from('x') }],
    ['region', { region: 'eu-central-1' }],
    ['service', { service: 'bedrock' }],
    ['time', { at: new Date('2015-08-30T12:36:01Z') }],
  ]
  for (const [title, change] of changes)
    test(`is another with another ${title}`, () => assert.notEqual(signatureOf(change), signatureOf()))
  test('covers the token of credentials that end, which goes with the request', () => {
    const credentials = { ...EXAMPLE, sessionToken: 'token==' }
    const headers = signV4(REQUEST, credentials)
    assert.equal(headers['x-amz-security-token'], 'token==')
    assert.match(headers['authorization'] ?? '', /SignedHeaders=host;x-amz-date;x-amz-security-token,/)
    assert.notEqual(signatureOf({}, credentials), signatureOf())
  })
  test('does not care how headers are written', () =>
    assert.equal(signatureOf({ headers: { 'X-Thing': ' a  b ' } }), signatureOf({ headers: { 'x-thing': 'a b' } })))
  test('says nothing of the secret', () =>
    assert.ok(!JSON.stringify(signV4(REQUEST, EXAMPLE)).includes(EXAMPLE.secretAccessKey)))
})
