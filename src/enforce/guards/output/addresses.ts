// Addresses that an answer links to or loads from, but for hosts that are allowed. Looked for as browsers read them, which
// is more than the rules for addresses say: slashes that lean the other way, one or none of them, letters as entities.
import { defineDetector, type Detector, type Match } from '../../../detect/define.ts'

const SCHEME = /(?:\b[a-z][a-z0-9+.-]{1,15}:[\\/]{2,}|\bhttps?:[\\/]?)(?<host>[^\s/?#"'<>()\\`|]{1,300})/gi
/** Without a scheme only where nothing but an address can stand. */
const BARE =
  /(?:\]\(\s{0,3}<?|\]:\s{1,3}<?|=\s{0,3}["']?|url\(\s{0,3}["']?)(?<slashes>[\\/]{2,})(?<host>[^\s/?#"'<>()\\`|]{1,300})/gi
const DISGUISED =
  /(?:\]\(\s{0,3}<?|=\s{0,3}["']?)[^\s"'<>)]{0,120}?&(?:#x?[0-9a-f]{1,8}|sol|bsol|colon|tab|newline)\b;?/gi

/** `hosts`: names, or `*.name` for all below it. */
export function foreignAddresses(hosts: readonly string[]): Detector {
  return defineDetector<Detector>({
    id: 'foreign-address',
    control: 'encode-model-output',
    family: 'output',
    title: 'An address that is not on the list of allowed hosts',
    severity: 'medium',
    most: 10_000,
    literals: [
      '//',
      String.raw`\\`,
      String.raw`/\ `.trim(),
      String.raw`\/`,
      'http:',
      'https:',
      '&#',
      '&sol',
      '&bsol',
      '&colon',
      '&tab',
      '&newline',
    ],
    reach: { before: 140, after: 340 },
    detect: (window) => [...found(window, SCHEME, hosts), ...found(window, BARE, hosts), ...disguised(window)],
    examples: {
      hit: [
        'see https://evil.test/x',
        '![x](//evil.test/a.png)',
        String.raw`<img src="/\evil.test">`,
        '[x](https:&#47;/evil.test)',
      ],
      miss: ['and/or, 1//2, // a comment', 'see docs/reference', 'a = b && c'],
    },
  })
}

function* found(window: string, pattern: RegExp, hosts: readonly string[]): Generator<Match> {
  for (const match of window.matchAll(pattern)) {
    const host = hostOf(match.groups?.['host'] ?? '')
    if (hosts.some((one) => isAllowed(host, one))) continue
    const start = match.index
    yield { start, end: start + match[0].length, confidence: 0.9, note: 'An address of a host that is not allowed' }
  }
}

function* disguised(window: string): Generator<Match> {
  for (const { 0: text, index } of window.matchAll(DISGUISED))
    yield {
      start: index,
      end: index + text.length,
      confidence: 0.8,
      note: 'An address with letters written as entities',
    }
}

/** What stands before an @ is no host, whatever it looks like. */
function hostOf(authority: string): string {
  const host = authority.slice(authority.lastIndexOf('@') + 1).replace(/:\d*$/, '')
  return host.toLowerCase().replace(/[.,;:!]+$/, '')
}

function isAllowed(host: string, allowed: string): boolean {
  return allowed.startsWith('*.') ? host.endsWith(allowed.slice(1)) : host === allowed
}
