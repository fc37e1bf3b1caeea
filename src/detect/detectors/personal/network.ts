// E-mail addresses, and the addresses of machines: IP and MAC.
import { isIPv6 } from 'node:net'
import type { Arrived } from '../../arrived.ts'
import type { Match } from '../../define.ts'
import { before } from './nearby.ts'
import { COLON, DOT, HYPHEN, isHex, isWord } from './units.ts'

const LOCAL = /[\p{L}\p{N}._%+'-]/u
const LONGEST_LOCAL = 64
const DOMAIN = /(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,6}\p{L}[\p{L}-]{0,22}\p{L}(?![\p{L}\p{N}])/uy

/** `at`: the at sign. */
export function emailAt(text: Arrived, at: number, found: Match[]): void {
  let from = at
  while (from > 0 && at - from < LONGEST_LOCAL && isLocal(text, from - 1)) from--
  const local = text.slice(from, at).replace(/^['.%+-]+/, '')
  if (!local || local.endsWith('.')) return
  const domain = text.run(DOMAIN, at + 1)
  if (domain === undefined) return
  const start = at - local.length
  // The user of an address such as ssh://git@host is no mailbox.
  if (
    /:\/\/[^\s/]{0,64}$/.test(before(text, start, 68)) ||
    (local === 'git' && text.charAt(at + 1 + domain.length) === ':')
  )
    return
  found.push({
    kind: 'email',
    start,
    end: at + 1 + domain.length,
    confidence: 0.95,
    note: 'E-mail address',
    redaction: '[email]',
  })
}

function isLocal(text: Arrived, at: number): boolean {
  const unit = text.charCodeAt(at)
  return isWord(unit) || unit === DOT || unit === HYPHEN || LOCAL.test(text.charAt(at))
}

const IPV4 = /(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}(?![\d]|\.\d)/y
const VERSION_WORDS =
  /(?:version|ver|build|release|rev|firmware|driver|\bv|==|@|section|chapter|clause|oid)[\s:.]{0,3}$/i

export function ipv4At(text: Arrived, at: number, found: Match[]): void {
  const prior = text.charCodeAt(at - 1)
  const isFirst = text.charCodeAt(at + 1) === DOT || text.charCodeAt(at + 2) === DOT || text.charCodeAt(at + 3) === DOT
  if (!isFirst || isWord(prior) || prior === DOT) return
  const written = text.run(IPV4, at)
  if (written === undefined || /[A-Za-z_]/.test(text.charAt(at + written.length))) return
  if (VERSION_WORDS.test(before(text, at, 16)) || /^(?:0\.|127\.|255\.)|^(?:\d\.){3}\d$/.test(written)) return
  const isPrivate = /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.)/.test(written)
  found.push({
    kind: 'ip',
    start: at,
    end: at + written.length,
    confidence: isPrivate ? 0.6 : 0.85,
    severity: 'low',
    note: 'IP address',
    redaction: '[ip]',
  })
}

const LONGEST_RUN = 39
const RUN = /[0-9A-Fa-f:]{2,45}(?:(?<=:)\d{1,3}(?:\.\d{1,3}){3})?/y
const MAC = /^(?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}$/

/** `at`: a colon between hexadecimal digits, or the first of two. Judged at the first colon of its run alone. */
export function colonAt(text: Arrived, at: number, found: Match[]): void {
  let start = at
  while (at - start < LONGEST_RUN && isHex(text.charCodeAt(start - 1))) start--
  const prior = text.charCodeAt(start - 1)
  if (isWord(prior) || prior === DOT || (prior === COLON && at - start < LONGEST_RUN)) return
  const written = text.run(RUN, start)?.replace(/(?<!:):$/, '')
  if (written === undefined || /\w/.test(text.charAt(start + written.length))) return
  const end = start + written.length
  if (MAC.test(written)) {
    if (!/^(?:00:){5}|^(?:ff:){5}/i.test(written))
      found.push({
        kind: 'mac',
        start,
        end,
        confidence: 0.85,
        severity: 'low',
        note: 'MAC address',
        redaction: '[mac]',
      })
    return
  }
  const groups = written.split(':').filter(Boolean)
  // A time of the day has three groups as well; an address has all of them, the last two as four numbers at best.
  if (groups.length < (written.includes('::') ? 3 : 7) || !/\d/.test(written) || !isIPv6(written)) return
  found.push({ kind: 'ip', start, end, confidence: 0.85, severity: 'low', note: 'IP address', redaction: '[ip]' })
}

const MAC_DASHED = /(?:[0-9A-Fa-f]{2}-){5}[0-9A-Fa-f]{2}(?![\w-])/y

export function dashedMacAt(text: Arrived, at: number, found: Match[]): void {
  const start = isHex(text.charCodeAt(at - 1)) ? at - 1 : at
  const prior = text.charCodeAt(start - 1)
  if (text.charCodeAt(start + 2) !== HYPHEN || isWord(prior) || prior === HYPHEN) return
  const written = text.run(MAC_DASHED, start)
  if (written === undefined || !/[A-Fa-f]/.test(written)) return
  found.push({
    kind: 'mac',
    start,
    end: start + written.length,
    confidence: 0.8,
    severity: 'low',
    note: 'MAC address',
    redaction: '[mac]',
  })
}
