// Whose address a call came from. X-Forwarded-For is a stranger's word: it is believed from the last proxy backwards, and
// only as far as each of them is one that the operator named.
import type { IncomingMessage } from 'node:http'
import { BlockList, isIP } from 'node:net'
import { Failure } from '../lib/failure.ts'

export type AddressOf = (request: IncomingMessage) => string | undefined

const MOST_HOPS = 20
const MOST_REMEMBERED = 1000

/** `proxies`: addresses, networks as in 10.0.0.0/8, or `loopback`. */
export function addressOf(proxies: readonly string[]): AddressOf {
  const trusted = new BlockList()
  for (const proxy of proxies)
    for (const network of proxy === 'loopback' ? ['127.0.0.0/8', '::1/128'] : [proxy]) add(trusted, network)
  const isTrusted = (address: string) =>
    proxies.length > 0 && trusted.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
  const plainOf = remembered(plain)
  return ({ socket, headers }) => {
    let address = plainOf(socket.remoteAddress ?? '')
    if (address === undefined || !isTrusted(address)) return address
    const header = headers['x-forwarded-for']
    const hops = (typeof header === 'string' ? header : '').split(',').slice(-MOST_HOPS)
    for (let hop = hops.pop(); hop !== undefined; hop = hops.pop()) {
      const before = plain(hop.trim())
      if (before === undefined) break
      address = before
      if (!isTrusted(address)) break
    }
    return address
  }
}

function add(list: BlockList, network: string): void {
  const [address = '', bits] = network.split('/')
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
  const most = family === 'ipv6' ? 128 : 32
  if (isIP(address) === 0 || !/^\d{1,3}$/.test(bits ?? String(most)) || Number(bits ?? most) > most)
    throw new Failure('config_invalid', `trustedProxies: ${network.slice(0, 100)} is no address or network`, {
      hint: 'write 10.0.0.5 or 10.0.0.0/8',
    })
  list.addSubnet(address, Number(bits ?? most), family)
}

/** The same few clients come again and again. */
function remembered(read: typeof plain): typeof plain {
  const known = new Map<string, string | undefined>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const address = read(text)
    if (known.size >= MOST_REMEMBERED) known.clear()
    known.set(text, address)
    return address
  }
}

/** An IPv4 address reads the same whichever socket it came through. */
function plain(text: string): string | undefined {
  const address = text.replace(/^::ffff:(?=\d+\.)/i, '').replace(/^\[(.*)\]$/, '$1')
  return isIP(address) === 0 ? undefined : address.toLowerCase()
}
