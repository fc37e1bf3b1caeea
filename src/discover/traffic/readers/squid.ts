// Squid's own access.log: time, duration, client, result, bytes, method, URL, user, hierarchy, type; also behind a heading of
// syslog, and in the formats that web servers use. It counts only what the client got, so how much left the house is not known.
import { countOf, defineTrafficReader, type Line, placeOf, saidOf, timeOf } from '../flow.ts'

const LINE =
  /(?:^|squid(?:-\d+)?\)?(?:\[\d+\])?:\s+)(\d{9,10}\.\d{3})\s+(-?\d+)\s+(\S+)\s+([A-Z_]+)\/(\d{3})\s+(\d+)\s+([A-Z_-]+)\s+(\S+)\s+(\S+)\s+[A-Z_]+\/\S+(?:\s|$)/

/** `common` and `combined`; Squid's result comes last. */
const WEB =
  /^(\S+) \S+ (\S+) \[(\d\d)\/(\w{3})\/(\d{4}):([\d:]{8}) ([+-]\d{4})\] "[A-Z_-]+ (\S+) HTTP\/[\d.]+" (\d{3}) (\d+|-)(?: .*)? ([A-Z_]+):[A-Z_]+\s*$/

export const squid = defineTrafficReader({
  id: 'squid',
  title: 'Squid access log',
  recognises: (lines) => lines.some((line) => LINE.test(line) || WEB.test(line)),
  open: () => (line) => webLine(line) ?? ownLine(line) ?? 'unread',
})

function ownLine(line: string): Line | undefined {
  const [, time, , source = '', result, status, bytes, , url, user] = LINE.exec(line) ?? []
  return time === undefined ? undefined : visit({ at: timeOf(time), source, user, url, bytes, status, result })
}

function webLine(line: string): Line | undefined {
  const [, source, user, day, month, year, time, zone, url, status, bytes, result] = WEB.exec(line) ?? []
  if (source === undefined) return undefined
  return visit({ at: timeOf(`${day} ${month} ${year} ${time} ${zone}`), source, user, url, bytes, status, result })
}

interface Visited {
  at: number | undefined
  source: string
  user: string | undefined
  url: string | undefined
  bytes: string | undefined
  status: string | undefined
  result: string | undefined
}

function visit({ at, source, user, url, bytes, status, result }: Visited): Line {
  const place = placeOf(url)
  if (place === undefined) return 'passed'
  const blocked = result?.includes('DENIED') === true || status === '407'
  return {
    flow: {
      at,
      source,
      user: saidOf(user),
      department: undefined,
      ...place,
      sent: undefined,
      received: countOf(bytes),
      blocked,
      seen: 'http',
    },
  }
}
