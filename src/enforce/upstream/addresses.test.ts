// Which addresses an upstream may have, and that a name is held to what it leads to.
import assert from 'node:assert/strict'
import type { lookup } from 'node:dns'
import { test } from 'node:test'
import { isNamedPrivate, isPrivate, publicLookup } from './addresses.ts'

const PRIVATE = `127.0.0.1 10.1.2.3 172.31.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 ::1 fd00::1 fe80::1
  ::ffff:10.0.0.1 64:ff9b::a00:1 ::10.0.0.1 64:ff9b:1::a00:1 2001:0:7f00:1:: 2002:7f00:1:: fec0::1 203.0.113.9`
const PUBLIC = '8.8.8.8 172.32.0.1 2606:4700::1111 2001:4860::8888 ::ffff:8.8.8.8'

test('addresses are private or not', () => {
  for (const address of PRIVATE.split(/\s+/)) assert.equal(isPrivate(address), true, address)
  for (const address of PUBLIC.split(' ')) assert.equal(isPrivate(address), false, address)
})

test('an operator names a private place by its address, or as localhost', () => {
  for (const host of ['localhost', '127.0.0.1', '[::1]']) assert.equal(isNamedPrivate(host), true, host)
  for (const host of ['models.example', '8.8.8.8', 'localhost.example']) assert.equal(isNamedPrivate(host), false, host)
})

test('all that a name leads to is looked at, and the connection goes where was looked', async () => {
  assert.deepEqual(await lookedUp(['8.8.8.8', '::ffff:8.8.4.4']), [
    { address: '8.8.8.8', family: 4 },
    { address: '::ffff:8.8.4.4', family: 6 },
  ])
  assert.match(String(await lookedUp(['8.8.8.8', '127.0.0.1'])), /leads into a private network/)
})

/** With a resolver that gives these addresses. */
function lookedUp(addresses: readonly string[]): Promise<unknown> {
  const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
  const resolve = (_host: string, _options: object, callback: (error: null, all: object[]) => void) =>
    callback(null, found)
  const look = publicLookup(resolve as unknown as typeof lookup)
  return new Promise((resolve) => {
    look('models.example', { all: true }, (error, all) => resolve(error?.message ?? all))
  })
}
