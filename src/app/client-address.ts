// Where a call came from. What proxies say of it is believed as far as they are trusted: from the last one backwards, up to
// the first address that is none of them.
import type { IncomingMessage } from 'node:http'
import { BlockList, isIP } from 'node:net'
import type { Config } from './config.ts'

const NAMED: Readonly<Record<string, readonly string[]>> = {
  loopback: ['127.0.0.0/8', '::1/128'],
  linklocal: ['169.254.0.0/16', 'fe80::/10'],
  uniquelocal: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
}
const MOST_HOPS = 32

export function clientAddress({
  trustedProxies,
  behindTls,
}: Pick<Config, 'trustedProxies' | 'behindTls'>): (request: IncomingMessage) => string | undefined {
  const trusted = new BlockList()
  for (const name of behindTls ? ['loopback', ...trustedProxies] : trustedProxies)
    for (const network of NAMED[name] ?? [name]) add(trusted, network)
  const isTrusted = (address: string) => isIP(address) !== 0 && trusted.check(address, family(address))

  return ({ socket, headers }) => {
    let address = plain(socket.remoteAddress ?? '')
    if (address === '') return undefined
    const forwarded = headers['x-forwarded-for']
    const said = (Array.isArray(forwarded) ? forwarded.join(',') : (forwarded ?? '')).split(',').slice(-MOST_HOPS)
    for (const hop of said.toReversed()) {
      const before = plain(hop.trim())
      if (!isTrusted(address) || isIP(before) === 0) break
      address = before
    }
    return address
  }
}

function add(list: BlockList, network: string): void {
  const [address = '', bits] = network.split('/')
  if (isIP(address) === 0) return
  if (bits === undefined) list.addAddress(address, family(address))
  else list.addSubnet(address, Number(bits), family(address))
}

/** IPv4 that came in through an IPv6 socket is IPv4. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '')
}

function family(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4'
}
