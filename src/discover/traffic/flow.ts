// One line of somebody's log, as far as shadow AI is concerned: who spoke with which host, and how much left the house.

/** How the host is known: asked for by name, named in the TLS handshake or by a proxy, or only an address that resolved to it. */
export const SEEN_BY = ['dns', 'sni', 'http', 'address'] as const
export type SeenBy = (typeof SEEN_BY)[number]

export interface Flow {
  /** Milliseconds since 1970; undefined where the log does not say. */
  at: number | undefined
  /** Address of who asked. */
  source: string
  user: string | undefined
  department: string | undefined
  host: string
  path: string | undefined
  /** Bytes that left the house; undefined where the log does not count them. */
  sent: number | undefined
  received: number | undefined
  blocked: boolean
  seen: SeenBy
}

/** A name in an answer of DNS: from then on the address stands for it. */
export interface Resolved {
  address: string
  host: string
}

/** What a log does not say that knows addresses or names alone. */
export const UNSAID = { user: undefined, department: undefined, path: undefined, sent: undefined, received: undefined }

export type Line = { flow: Flow } | { resolved: Resolved[]; flow?: Flow } | 'passed' | 'unread'

/** Reads the lines of one file; may remember a heading. */
export type ReadLine = (line: string) => Line

export interface TrafficReader {
  id: string
  title: string
  /** From the first lines of a file: whether they are of this kind. */
  recognises(lines: readonly string[]): boolean
  open(lines: readonly string[]): ReadLine
}

export const defineTrafficReader = (reader: TrafficReader): TrafficReader => reader

/** A host as it is compared: small letters, no dot at the end, no port, no brackets; undefined where it is none. */
export function hostOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const host = text
    .trim()
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/:\d{1,5}$/, '')
    .replace(/\.$/, '')
  return host.length <= 253 && /^[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?$/.test(host) && host.includes('.') ? host : undefined
}

interface Question {
  at: number | undefined
  source: string
  name: string | undefined
  /** What the server answered with: `NOERROR`, `NXDOMAIN`. */
  code: string | undefined
  isBlocked?: boolean
  /** That the name stands for, where the log tells them. */
  addresses?: readonly string[]
}

/** Somebody asked DNS for a name. One that nobody has leads nowhere. */
export function questionOf({ at, source, name, code, isBlocked = false, addresses = [] }: Question): Line {
  const host = hostOf(name)
  if (host === undefined || code === 'NXDOMAIN') return 'passed'
  return {
    flow: { ...UNSAID, at, source, host, blocked: isBlocked || code === 'REFUSED', seen: 'dns' },
    resolved: addresses.map((address) => ({ address, host })),
  }
}

/** What a proxy calls a URL: with a scheme, without one, or only host and port of a tunnel. */
export function placeOf(text: string | undefined): { host: string; path: string | undefined } | undefined {
  const [, authority = '', path] = /^(?:[a-z][a-z0-9+.-]*:\/\/)?([^/?#\s]+)(\/[^?#\s]*)?/i.exec(text ?? '') ?? []
  const host = hostOf(authority.slice(authority.lastIndexOf('@') + 1))
  return host === undefined ? undefined : { host, path }
}

/** A count; what is no number was not counted. */
export function countOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text.trim()) ? Number(text) : undefined
}

/** Seconds since 1970, or a time in words that JavaScript reads; without a zone it is taken for UTC. */
export function timeOf(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined
  if (/^\d{9,10}(\.\d+)?$/.test(text)) return Math.round(Number(text) * 1000)
  // Milliseconds, and nanoseconds as some exports have them.
  if (/^\d{13}$/.test(text)) return Number(text)
  if (/^\d{19}$/.test(text)) return Math.round(Number(text) / 1e6)
  const plain = text.trim().replace(/^(\d{4})\/(\d\d)\/(\d\d) /, '$1-$2-$3T')
  const zoned = /(Z|[+-]\d\d:?\d\d|GMT|UTC)$/i.test(plain) ? plain : `${plain}${plain.includes('T') ? 'Z' : ' UTC'}`
  const at = Date.parse(zoned)
  return Number.isFinite(at) ? at : undefined
}

/** `-` and the like say that nothing is known. */
export function saidOf(text: string | undefined): string | undefined {
  const said = text?.trim()
  return said === undefined || /^(-|none|n\/a|unknown|null|\(empty\))?$/i.test(said) ? undefined : said.slice(0, 256)
}
