// Which addresses an upstream may have. Names are resolved by us and the connection goes to the very address that was
// checked, so that a name cannot mean one machine when it is looked at and another when it is called.
import { lookup } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { Failure } from '../../lib/failure.ts'

const PRIVATE: readonly [network: string, prefix: number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  // Nothing, this machine, and addresses of the old kind in an old way of writing them.
  ['::', 96],
  // What stands for an address of the old kind, or leads to one.
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['2001::', 23],
  ['2002::', 16],
  ['100::', 64],
  ['2001:db8::', 32],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
]

const blocked = new BlockList()
for (const [network, prefix] of PRIVATE) blocked.addSubnet(network, prefix, network.includes(':') ? 'ipv6' : 'ipv4')

export function isPrivate(address: string): boolean {
  return blocked.check(address, address.includes(':') ? 'ipv6' : 'ipv4')
}

/** A host that is itself a private address was named by the operator; a name that leads to one was not. */
export function isNamedPrivate(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '')
  return bare === 'localhost' || (isIP(bare) !== 0 && isPrivate(bare))
}

/** Resolves a name, and refuses it when any of its addresses is private. */
export function publicLookup(resolve: typeof lookup = lookup): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, [])
      const inside = addresses.find(({ address }) => isPrivate(address))
      if (inside === undefined && addresses.length > 0) {
        if (options.all === true) return callback(null, addresses)
        return callback(null, addresses[0]?.address ?? '', addresses[0]?.family)
      }
      const refusal = new Failure('upstream_unreachable', `${hostname} leads into a private network`, {
        hint: 'if it is meant to, set private: true at this upstream',
      })
      callback(refusal, [])
    })
  }
}
