// The handshake of a WebSocket (RFC 6455) on both sides of the gateway: what of it goes on to the upstream, and what comes
// back. Extensions are not passed on, because a frame that they changed could not be told apart any more.
import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { Failure } from '../../lib/failure.ts'

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'
const KEY = /^[A-Za-z0-9+/]{22}==$/
const PROTOCOLS = /^[\w.!#$%&'*+^`|~-]+(?:, *[\w.!#$%&'*+^`|~-]+){0,9}$/
/** Browsers put keys there, and a key of ours is for nobody else. */
const SECRET = /key|token|secret/i

export function isWebSocket({ method, headers }: Pick<IncomingMessage, 'method' | 'headers'>): boolean {
  return method === 'GET' && headers.upgrade?.toLowerCase() === 'websocket'
}

export function askedOf({ headers }: Pick<IncomingMessage, 'headers'>): Record<string, string> {
  const { 'sec-websocket-key': key = '', 'sec-websocket-version': version, 'sec-websocket-protocol': offered } = headers
  if (!KEY.test(key) || version !== '13')
    throw new Failure('input_invalid', 'this is no handshake of a WebSocket', { hint: 'use a WebSocket client' })
  const asked = { 'sec-websocket-key': key, 'sec-websocket-version': '13' }
  if (offered === undefined) return asked
  const names = offered.split(/, */)
  if (!PROTOCOLS.test(offered) || names.some((name) => SECRET.test(name)))
    throw new Failure('input_invalid', 'sec-websocket-protocol: names of protocols are expected, and no key', {
      hint: 'send the key as authorization: Bearer',
    })
  return { ...asked, 'sec-websocket-protocol': offered }
}

/** The lines of the answer. An upstream that did not mean this very handshake is not believed. */
export function acceptedAs(asked: Readonly<Record<string, string>>, answer: IncomingHttpHeaders): string[] {
  const wanted = createHash('sha1').update(`${asked['sec-websocket-key']}${GUID}`).digest('base64')
  if (answer['sec-websocket-accept'] !== wanted || answer['sec-websocket-extensions'] !== undefined)
    throw new Failure('upstream_invalid', 'the upstream did not take the WebSocket as it was asked to')
  const protocol = answer['sec-websocket-protocol']
  const offered = asked['sec-websocket-protocol']?.split(/, */) ?? []
  if (protocol !== undefined && !offered.includes(protocol))
    throw new Failure('upstream_invalid', 'the upstream chose a protocol that nobody offered')
  return [
    'upgrade: websocket',
    'connection: Upgrade',
    `sec-websocket-accept: ${wanted}`,
    ...(protocol === undefined ? [] : [`sec-websocket-protocol: ${protocol}`]),
  ]
}
