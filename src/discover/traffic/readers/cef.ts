// Web logs in the common event format, as Zscaler, Palo Alto and other proxies send them to a collector.
import { cefFields } from '../cells.ts'
import { countOf, defineTrafficReader, hostOf, placeOf, saidOf, timeOf } from '../flow.ts'

export const cef = defineTrafficReader({
  id: 'cef',
  title: 'Web log in the common event format (Zscaler, Palo Alto and others)',
  recognises: (lines) => lines.some((line) => cefFields(line) !== undefined),
  open: () => (line) => {
    const fields = cefFields(line)
    if (fields === undefined) return 'unread'
    const place = placeOf(fields['request'])
    const host = hostOf(fields['dhost'] ?? fields['destinationdnsdomain']) ?? place?.host
    if (host === undefined) return 'passed'
    return {
      flow: {
        at: timeOf(fields['rt'] ?? fields['start'] ?? fields['end']),
        source: fields['src'] ?? fields['sourcetranslatedaddress'] ?? '',
        user: saidOf(fields['suser'] ?? fields['duser']),
        department: saidOf(fields['sourcedepartment']),
        host,
        path: place?.path,
        sent: countOf(fields['out']),
        received: countOf(fields['in']),
        blocked: /block|deny|denied|drop|reset/i.test(fields['act'] ?? ''),
        seen: 'http',
      },
    }
  },
})
