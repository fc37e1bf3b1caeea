// Zscaler's web log as its feeds write it: JSON with the fields in `event`, fields as `name=value` between tabs, or a CSV
// with a heading or in the usual order. The names are the same in all of them.
import { countOf, defineTrafficReader, hostOf, placeOf, saidOf, timeOf, type Line } from '../flow.ts'
import { csvCells, jsonObject, lowerKeys } from '../cells.ts'

type Fields = Readonly<Record<string, string>>

const MARKS = /zscaler|\burlcategory=|\bclienttranstime=|"urlcategory"|"nssvc/i
const NAMES = new Set(['hostname', 'urlcategory', 'requestsize', 'department', 'user', 'login', 'host', 'url'])

export const zscaler = defineTrafficReader({
  id: 'zscaler',
  title: 'Zscaler web log',
  recognises: (lines) =>
    lines.some((line) => MARKS.test(line) && !line.includes('CEF:') && /hostname|\burl|host/i.test(line)) ||
    isHeading(lines[0]) ||
    lines.some((line) => unlabelled(line) !== undefined),
  open(lines) {
    const heading = isHeading(lines[0]) ? csvCells(lines[0] ?? '').map((name) => name.toLowerCase()) : undefined
    return (line) => {
      if (heading !== undefined && line === lines[0]) return 'passed'
      const fields = fieldsOf(line, heading)
      return fields === undefined ? 'unread' : read(fields)
    }
  },
})

function isHeading(line = ''): boolean {
  if (line.startsWith('{')) return false
  const names = csvCells(line).map((name) => name.toLowerCase())
  return names.length > 4 && names.filter((name) => NAMES.has(name)).length >= 3 && names.includes('urlcategory')
}

/** The columns that a feed of CSV begins with, unless somebody changed them. */
const COLUMNS = ['time', 'login', 'proto', 'url', 'action', 'appname', 'appclass', 'reqsize', 'respsize']

function unlabelled(line: string): Fields | undefined {
  if (!/^"?\w{3} \w{3} +\d{1,2} \d\d:\d\d:\d\d \d{4}"?,/.test(line)) return undefined
  const cells = csvCells(line)
  const isWeb = /^(?:https?|ssl|tunnel|ftp|http_proxy|dnsoverhttps|websocket\w*)$/i.test(cells[2] ?? '')
  if (!isWeb || !/^(?:allow|block)/i.test(cells[4] ?? '')) return undefined
  return Object.fromEntries(COLUMNS.map((name, i) => [name, cells[i] ?? '']))
}

function fieldsOf(line: string, heading: readonly string[] | undefined): Fields | undefined {
  const json = jsonObject(line)
  if (json !== undefined) {
    const { event } = json
    return lowerKeys(typeof event === 'object' && event !== null ? event : json)
  }
  if (heading !== undefined) {
    const cells = csvCells(line)
    return Object.fromEntries(heading.map((name, i) => [name, cells[i] ?? '']))
  }
  const bare = unlabelled(line)
  if (bare !== undefined) return bare
  const pairs = line.split('\t').flatMap((cell) => {
    const at = cell.indexOf('=')
    // The first cell is the time, without a name.
    if (at < 0) return /^\d{4}-\d\d-\d\d |^\w{3} \w{3} /.test(cell) ? [['datetime', cell]] : []
    return at > 0 ? [[cell.slice(0, at).trim().toLowerCase(), cell.slice(at + 1)]] : []
  })
  return pairs.length > 2 ? (Object.fromEntries(pairs) as Fields) : undefined
}

function read(fields: Fields): Line {
  const named = hostOf(fields['hostname'] ?? fields['host'])
  const place = placeOf(fields['url'] ?? fields['eurl'])
  const host = named ?? place?.host
  if (host === undefined) return 'passed'
  return {
    flow: {
      at: timeOf(fields['datetime'] ?? fields['time'] ?? fields['epochtime']),
      source: fields['clientip'] ?? fields['cip'] ?? fields['clientpublicip'] ?? '',
      user: saidOf(fields['user'] ?? fields['login']),
      department: saidOf(fields['department'] ?? fields['dept']),
      host,
      path: place?.path,
      sent: countOf(fields['requestsize'] ?? fields['reqsize']),
      received: countOf(fields['responsesize'] ?? fields['respsize']),
      blocked: /block|deny|denied/i.test(fields['action'] ?? ''),
      seen: 'http',
    },
  }
}
