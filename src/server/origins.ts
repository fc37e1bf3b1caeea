// Which names this server answers to, and which pages may speak to it. A page elsewhere can make a browser send requests
// here under a name of its own (DNS rebinding); its Host header gives it away.
import type { IncomingHttpHeaders } from 'node:http'
import type { Config } from '../app/config.ts'
import { Failure } from '../lib/failure.ts'

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']
const HOST = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?$/i
const MOST_PATH = 4096

type Named = Pick<Config, 'host' | 'publicUrl' | 'behindTls' | 'allowedHosts'>

export function checkHost(host: string | undefined, config: Named): string {
  const name = HOST.exec(host ?? '')?.[1]?.toLowerCase()
  if (name !== undefined && namesOf(config).includes(name)) return (host ?? '').toLowerCase()
  throw new Failure('forbidden', 'this server does not answer to this name', {
    hint: 'use the address it printed at start, or set publicUrl or allowedHosts in its configuration',
  })
}

/** The origin that a browser sees. Behind TLS it is the public one, whatever the proxy made of the Host header. */
export function originOf(host: string, config: Named): string {
  if (config.behindTls && config.publicUrl !== undefined) return new URL(config.publicUrl).origin
  const known = config.publicUrl === undefined ? undefined : new URL(config.publicUrl)
  return known?.host === host ? known.origin : new URL(`http://${host}`).origin
}

/** Refuses what another site made the browser send. Programs send neither header and are known by their token. */
export function checkSite(headers: IncomingHttpHeaders, origin: string): void {
  const site = headers['sec-fetch-site']
  const sentBy = headers.origin
  const isOurs = site === undefined || site === 'same-origin' || site === 'none'
  if (isOurs && (sentBy === undefined || sentBy === origin)) return
  throw new Failure('forbidden', 'this request comes from another site', {
    hint: 'use the console at its own address; behind a proxy set publicUrl to what people type',
  })
}

/** Refuses paths that a proxy and we might read differently. */
export function checkPath(url: string): void {
  const path = url.split('?', 1)[0] ?? ''
  const isBad =
    !path.startsWith('/') ||
    path.length > MOST_PATH ||
    path.includes('//') ||
    path.includes('\\') ||
    /%(?:00|2e|2f|5c)/i.test(path) ||
    /(?:^|\/)\.{1,2}(?:\/|$)/.test(path) ||
    /[^\u0021-\u007e]/.test(url)
  if (isBad) throw new Failure('input_invalid', 'the path of the request is not acceptable')
}

function namesOf(config: Named): string[] {
  const publicName = config.publicUrl === undefined ? [] : [new URL(config.publicUrl).hostname]
  const bound = config.host.includes(':') ? `[${config.host}]` : config.host
  const isAny = ['0.0.0.0', '[::]'].includes(bound)
  return [...LOOPBACK, ...publicName, ...(isAny ? [] : [bound]), ...config.allowedHosts].map((name) =>
    name.toLowerCase(),
  )
}
