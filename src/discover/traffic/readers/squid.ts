// Squid's own access.log: time, duration, client, result, bytes, method, URL, user, hierarchy, type. It counts only what
// the client got, so how much left the house is not known.
import { countOf, defineTrafficReader, placeOf, saidOf, timeOf } from '../flow.ts'

const LINE =
  /^(\d{9,10}\.\d{3})\s+(\d+)\s+(\S+)\s+([A-Z_]+)\/(\d{3})\s+(\d+)\s+([A-Z_-]+)\s+(\S+)\s+(\S+)\s+[A-Z_]+\/\S+(?:\s|$)/

export const squid = defineTrafficReader({
  id: 'squid',
  title: 'Squid access log',
  recognises: (lines) => lines.some((line) => LINE.test(line)),
  open: () => (line) => {
    const [, time, , source = '', result = '', status, bytes, , url, user] = LINE.exec(line) ?? []
    const place = placeOf(url)
    if (time === undefined) return 'unread'
    if (place === undefined) return 'passed'
    return {
      flow: {
        at: timeOf(time),
        source,
        user: saidOf(user),
        department: undefined,
        ...place,
        sent: undefined,
        received: countOf(bytes),
        blocked: result.includes('DENIED') || status === '407',
        seen: 'http',
      },
    }
  },
})
