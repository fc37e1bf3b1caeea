// Events as messages of RFC 5424: each in a datagram of its own, or counted into a stream (RFC 6587, RFC 5425), whose end
// is where the other side would know it.
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { hostname } from 'node:os'
import { connect as connectTls } from 'node:tls'
import { Failure } from '../../lib/failure.ts'
import type { Sink } from './outbox.ts'

/** Local use 0: what is of no service that the standard knows. */
const FACILITY = 16
const CONNECT_MS = 10_000
const PORTS = { 'udp:': 514, 'tcp:': 601, 'tls:': 6514 } as const
/** What a datagram can carry. */
const MOST_DATAGRAM = 65_000

interface SyslogEvent {
  time: number
  severity_id: number
}

/** `address`: udp://host:514, tcp://host:601 or tls://host:6514. */
export function syslogSink(address: string): Sink<SyslogEvent & object> {
  const { protocol, hostname: host, port } = new URL(address)
  if (!isProtocol(protocol))
    throw new Failure('config_invalid', 'export.ocsf.syslog: must begin with udp://, tcp:// or tls://')
  const to = { host: host.replace(/^\[(.*)\]$/, '$1'), port: port === '' ? PORTS[protocol] : Number(port) }
  return protocol === 'udp:' ? datagrams(to) : stream(to, protocol === 'tls:')
}

interface Place {
  host: string
  port: number
}

function datagrams({ host, port }: Place): Sink<SyslogEvent & object> {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4')
  socket.unref()
  socket.on('error', () => undefined)
  return {
    async send(batch) {
      for (const event of batch) {
        const bytes = Buffer.from(messageOf(event))
        if (bytes.length > MOST_DATAGRAM) continue
        await new Promise<void>((resolve, reject) =>
          socket.send(bytes, port, host, (error) => (error ? reject(away(host, error)) : resolve())),
        )
      }
    },
    close: async () => void socket.close(),
  }
}

function stream({ host, port }: Place, isTls: boolean): Sink<SyslogEvent & object> {
  let open: Socket | undefined
  async function connected(): Promise<Socket> {
    if (open !== undefined && !open.destroyed && open.writable) return open
    const socket = isTls ? connectTls({ host, port, servername: host }) : connect({ host, port })
    socket.unref()
    socket.on('error', () => socket.destroy())
    socket.on('data', () => undefined)
    try {
      await once(socket, isTls ? 'secureConnect' : 'connect', { signal: AbortSignal.timeout(CONNECT_MS) })
    } catch (error) {
      socket.destroy()
      throw away(host, error)
    }
    return (open = socket)
  }
  return {
    async send(batch) {
      const socket = await connected()
      const text = batch.map((event) => framed(messageOf(event))).join('')
      await new Promise<void>((resolve, reject) => {
        const lost = () => reject(away(host, new Error('closed')))
        socket.once('close', lost)
        socket.write(text, (error) => {
          socket.off('close', lost)
          if (error) reject(away(host, error))
          else resolve()
        })
      })
    },
    close: async () => void open?.destroy(),
  }
}

function isProtocol(protocol: string): protocol is keyof typeof PORTS {
  return protocol in PORTS
}

const framed = (message: string) => `${Buffer.byteLength(message)} ${message}`

function messageOf(event: SyslogEvent): string {
  const at = new Date(event.time).toISOString()
  return `<${FACILITY * 8 + severityOf(event.severity_id)}>1 ${at} ${hostname().slice(0, 255) || '-'} parapet ${process.pid} ocsf - ${JSON.stringify(event)}`
}

/** Of OCSF, where more is worse, in the words of syslog, where less is. */
function severityOf(id: number): number {
  return [6, 6, 5, 4, 3, 2, 1][id] ?? 6
}

function away(host: string, error: unknown): Failure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'closed'
  return new Failure('unavailable', `${host} takes no messages (${code})`)
}
