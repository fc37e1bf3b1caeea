import assert from 'node:assert/strict'
import type { IncomingMessage } from 'node:http'
import { test } from 'node:test'
import { addressOf } from './client-address.ts'

const request = (remoteAddress: string, forwarded?: string) =>
  ({ socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } }) as unknown as IncomingMessage

const cases: [title: string, proxies: string[], remote: string, forwarded: string | undefined, address: string | undefined][] = [
  ['nobody is believed unless named', [], '127.0.0.1', '9.9.9.9', '127.0.0.1'],
  ['a named proxy is believed', ['loopback'], '::ffff:127.0.0.1', '9.9.9.9', '9.9.9.9'],
  ['only the word of the last proxy counts, not what the client put before it', ['loopback'], '127.0.0.1', '1.1.1.1, 9.9.9.9', '9.9.9.9'],
  ['a chain is followed as far as each is named', ['loopback', '10.0.0.0/8'], '::1', '1.1.1.1, 9.9.9.9, 10.2.3.4', '9.9.9.9'],
  ['garbage ends the chain', ['loopback'], '127.0.0.1', '1.1.1.1, <script>', '127.0.0.1'],
  ['a network of version 6', ['fd00::/8'], 'fd12::1', '2001:DB8::7', '2001:db8::7'],
  ['who is no proxy cannot choose an address', ['10.0.0.0/8'], '9.9.9.9', '1.1.1.1', '9.9.9.9'],
] // prettier-ignore

for (const [title, proxies, remote, forwarded, address] of cases)
  test(title, () => assert.equal(addressOf(proxies)(request(remote, forwarded)), address))

test('a proxy that is no address is refused with its name', () => {
  for (const bad of ['proxy.example', '10.0.0.0/33', '10.0.0.0/x', ''])
    assert.throws(() => addressOf([bad]), /trustedProxies/)
})
